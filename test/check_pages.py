#!/usr/bin/env python3
"""Runs the examples of the checks' pages.

check_pages.py --src DIR (--clang CLANG | --build DIR) [PAGE ...]

The first ```c block under "## Unsafe" must compile without a warning and have a
finding of the page's check; the one under "## Safe" must have none at all. The
rules named under "## Rule" are those that Checks.def has for the check. With
--clang they are only compiled. Pages of checks that Checks.def does not have yet
are compiled, and said to wait.
"""
import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile

HEADINGS = ["Rule", "Unsafe", "Safe", "What is not seen", "How to silence",
            "Options", "Known fixes"]
FINDING = re.compile(r"^[^:\n]+:\d+:\d+: warning: .* \[(netdev-[a-z-]+)\]$", re.M)


def example(text, heading):
    match = re.search(rf"^## {heading}\n+```c\n(.*?)^```$", text, re.M | re.S)
    return match[1] if match else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--src", required=True)
    parser.add_argument("--clang")
    parser.add_argument("--build")
    parser.add_argument("pages", nargs="*")
    args = parser.parse_args()
    with open(args.src + "/checks/Checks.def", encoding="utf-8") as f:
        registry = f.read()
    known = set(re.findall(r'CHECK\(\w+, "(netdev-[a-z0-9-]+)"', registry))
    rules = re.findall(r'RULE\("(ND-\w+)",\s*"(netdev-[a-z0-9-]+)"', registry)
    pages = args.pages or sorted(glob.glob(args.src + "/checks/netdev-*.md"))
    flags = ["-nostdinc", f"-I{os.path.abspath(args.src)}/test/Inputs/include",
             "-D__KERNEL__", "-DMODULE", "-std=gnu11", "-Wall"]
    errors = []
    names = set()
    for page in pages:
        name = os.path.basename(page)[:-3]
        names.add(name)
        with open(page, encoding="utf-8") as f:
            text = f.read()
        if re.findall(r"^## (.*)$", text, re.M) != HEADINGS:
            errors.append(f"{page}: the headings are not {', '.join(HEADINGS)}")
        if not text.startswith(f"# {name}\n"):
            errors.append(f"{page}: the title is not '# {name}'")
        said = set(re.findall(r"\bND-\w+", text.partition("## Rule\n")[2].partition("\n## ")[0]))
        if name in known and said != {rule for rule, check in rules if check == name}:
            errors.append(f"{page}: the rules under Rule are not those of Checks.def")
        for heading in ("Unsafe", "Safe"):
            code = example(text, heading)
            if code is None:
                errors.append(f"{page}: no C example under {heading}")
                continue
            with tempfile.TemporaryDirectory() as tmp:
                with open(tmp + "/example.c", "w", encoding="utf-8") as f:
                    f.write(code)
                if args.clang:
                    words = [args.clang, "-fsyntax-only", *flags, "example.c"]
                else:
                    words = [args.build + "/bin/netdev-lint", "--no-cache",
                             "--precision=medium", "--format=kernel",
                             "example.c", "--", *flags]
                run = subprocess.run(words, cwd=tmp, capture_output=True, text=True,
                                     check=False)
            if run.returncode or (args.clang and run.stderr):
                errors.append(f"{page}: {heading}: exit {run.returncode}\n{run.stderr}")
            elif args.build and name in known:
                found = FINDING.findall(run.stdout)
                if heading == "Unsafe" and name not in found:
                    errors.append(f"{page}: nothing found in Unsafe\n{run.stdout}")
                if heading == "Safe" and found:
                    errors.append(f"{page}: found in Safe:\n{run.stdout}")
        if name not in known:
            print(f"{name} waits for its check")
    if not args.pages:
        errors += [f"{name} has no page" for name in sorted(known - names)]
        tests = os.path.join(args.src, "test/checks")
        errors += [f"{name} has no tests" for name in sorted(known)
                   if not glob.glob(f"{tests}/{name[7:]}/*.c")]
    print("\n".join(errors), end="\n" if errors else "")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
