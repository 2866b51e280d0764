"""source-view.py TREE VIEW: VIEW shows the source files of the prepared TREE by
links, without what configuring and building left there.

Files of the package have the times it was made at; what is not older than
scripts/basic/fixdep, which kbuild makes first, was generated. Sources that a small x86 network
configuration never reads are left out, their Kconfig and make files stay."""
import os
import sys

SPARE = ("Documentation/", "sound/", "tools/testing/", "tools/perf/", "rust/", "samples/")
KEEP_ALL = ("drivers/net/",)


def wanted(rel, name):
    if name.startswith(("Kconfig", "Makefile", "Kbuild", "Platform")):
        return True
    if rel.startswith(SPARE) or (rel.startswith("arch/") and not rel.startswith("arch/x86/")):
        return False
    if rel.startswith("drivers/"):
        return rel.startswith(KEEP_ALL) or name.endswith(".h")
    return True


def main():
    tree, view = sys.argv[1:]
    limit = os.stat(os.path.join(tree, "scripts/basic/fixdep")).st_mtime - 1
    for folder, dirs, files in os.walk(tree):
        rel = os.path.relpath(folder, tree)
        rel = "" if rel == "." else rel + "/"
        made = False
        for name in files:
            path = os.path.join(folder, name)
            if not wanted(rel, name) or os.lstat(path).st_mtime > limit:
                continue
            if not made:
                os.makedirs(os.path.join(view, rel), exist_ok=True)
                made = True
            os.symlink(path, os.path.join(view, rel, name))


main()
