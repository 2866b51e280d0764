#!/usr/bin/env python3
"""Compares the mock headers' functions with a real kernel tree's.

check_mock_headers.py --clang CLANG --mock DIR --tree DIR

Every function the mock headers declare must have the same type in the tree.
What the tree has as a macro, or under another name because a lock or a log
call is one of several variants there, is in NOT_COMPARED with the reason.
"""
import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

NOT_COMPARED = {
    # x86 configuration or lock debugging decides what these are in the tree.
    "warn_slowpath_fmt": "asm on x86",
    "class_": "made by guard macros", "__free_": "made by DEFINE_FREE",
    "__must_check_fn": "inline helper",
}
DECL = re.compile(r"FunctionDecl .*?(?:line:\d+:\d+|col:\d+|[^ ]+:\d+:\d+) "
                  r"(?:used |referenced |implicit |invalid )*(\w+) '([^']*)'")


def types(clang, flags, source, cwd):
    out = subprocess.run([clang, "-fsyntax-only", "-w", *flags, "-Xclang",
                          "-ast-dump", "-fno-color-diagnostics", source],
                         capture_output=True, text=True, cwd=cwd)
    if "fatal error" in out.stderr:
        sys.exit(out.stderr)
    return {m[1]: m[2] for m in DECL.finditer(out.stdout)}


def normal(t):
    t = re.sub(r"__attribute__\(\(.*?\)\)", "", t)
    t = re.sub(r"\b_Bool\b", "bool", t)
    t = t.replace("callback_head", "rcu_head").replace("ktime_t", "s64")
    return re.sub(r"\s+", " ", t).strip()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--clang", default="clang")
    p.add_argument("--mock", required=True)
    p.add_argument("--tree", required=True)
    a = p.parse_args()
    mock_dir, tree = os.path.abspath(a.mock), os.path.abspath(a.tree)
    headers = sorted(os.path.relpath(os.path.join(d, f), mock_dir)
                     for d, _, fs in os.walk(mock_dir) for f in fs)
    entry = next(e for e in json.load(open(tree + "/compile_commands.json"))
                 if e["file"].endswith("drivers/net/ethernet/intel/e100.c"))
    words = entry.get("arguments") or shlex.split(entry["command"])
    flags = [w for w in words[1:] if w.startswith(("-I", "-D", "-std", "-nostdinc", "--target"))]
    for i, w in enumerate(words):
        if w in ("-include", "-isystem"):
            flags += [w, words[i + 1]]
    with tempfile.NamedTemporaryFile("w", suffix=".c") as f:
        f.write("".join(f"#include <{h}>\n" for h in headers))
        f.flush()
        mock = types(a.clang, ["-nostdinc", "-I" + mock_dir, "-D__KERNEL__",
                               "-DMODULE", "-std=gnu11"], f.name, mock_dir)
        real = types(a.clang, flags, f.name, entry["directory"])
    bad = 0
    missing = []
    for name in sorted(mock):
        if any(name.startswith(k) for k in NOT_COMPARED):
            continue
        if name not in real:
            missing.append(name)
        elif normal(real[name]) != normal(mock[name]):
            bad += 1
            print(f"{name}: mock '{normal(mock[name])}', tree '{normal(real[name])}'")
    print(f"{len(mock) - len(missing) - bad} functions agree, {bad} differ, "
          f"not in the tree as functions: {' '.join(missing)}")
    return 1 if bad or len(mock) < 100 or len(real) < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
