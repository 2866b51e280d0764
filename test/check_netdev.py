#!/usr/bin/env python3
"""Runs one test through all three doors and compares with what it expects.

check_netdev.py --build DIR --tidy CLANG-TIDY --mock DIR FILE [-- FLAGS]

The doors are netdev-lint on the file, netdev-lint solve on its stored facts,
and the clang-tidy module. All must print the same findings. Expectations stand
in the test as comments, on the line of the finding:

    free_netdev(dev); /* WARN: netdev-double-free: part of the message */
    /* WARN+1: netdev-leak */          the next line; +2, -1 likewise
    p->dev = dev;     /* NOTE: part of a step's message, in this line */

A NOTE must be among the steps of the text output at that place. Whatever else
is printed is an error. Function names carry the verdict: bad_* holds at least
one WARN, ok_* none. fp_* (a known false alarm) holds a WARN that should not be,
fn_* (a known miss) none although it should; what it should is written so:

    free_netdev(dev); /* MISS: netdev-leak: part of the message */

in an fn_*, or in a bad_* that holds a WARN as well. Options for all doors may stand in
the file: /* OPTIONS: --precision=medium */, /* FLAGS: -DX */.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

LINE = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):(?P<col>\d+): "
                  r"(?P<kind>warning|note|error): (?P<msg>.*?)"
                  r"(?: \[(?P<check>[\w.,-]+)\])?$")
EXPECT = re.compile(r"/\*\s*(?P<kind>WARN|NOTE)(?P<rel>[+-]\d+)?:\s*(?P<text>.*?)\s*\*/")
FUNCTION = re.compile(r"^[A-Za-z_][^;=(]*?\b(\w+)\(")
MISS = re.compile(r"/\*\s*MISS(?:[+-]\d+)?:\s*(?P<check>[^:*]*?)\s*(?::[^*]*)?\*/")
# A macro that makes a function, in one line.
DEFINE = re.compile(r"DEFINE_FREE\((\w+),")
VERDICT = re.compile(r"(bad|ok|fp|fn)_")


class Bad(Exception):
    """The test cannot be run or fails; the text says why."""


def functions(lines):
    """(name, first line, last line) of each function; kernel style is assumed:
    a body's braces stand in column one."""
    found, name, start = [], None, 0
    for number, line in enumerate(lines, 1):
        match = DEFINE.match(line)
        if match:
            found.append([match[1], number, number])
            continue
        match = FUNCTION.match(line)
        if match and not line.startswith(("struct", "return", "#")) or (
                match and re.match(r"struct \w+ \*?\w+\(", line)):
            name, start = match[1], number
        if line.startswith("{") and name:
            found.append([name, start, None])
            name = None
        if line.startswith("}") and found and found[-1][2] is None:
            found[-1][2] = number
    return [tuple(f) for f in found if f[2]]


def expectations(lines):
    want = []
    for number, line in enumerate(lines, 1):
        for match in EXPECT.finditer(line):
            where = number + int(match["rel"] or 0)
            check, _, text = match["text"].partition(":")
            if match["kind"] == "NOTE":
                want.append(("NOTE", where, "", match["text"]))
            else:
                if not re.fullmatch(r"netdev-[a-z-]+", check.strip()):
                    raise Bad(f"line {number}: '{check}' is not a check's name")
                want.append(("WARN", where, check.strip(), text.strip()))
        for match in MISS.finditer(line):
            if not re.fullmatch(r"netdev-[a-z-]+", match["check"]):
                raise Bad(f"line {number}: '{match['check']}' is not a check's name")
    return want


def verdict_errors(lines, want):
    """Disagreements between the functions' names and their expectations."""
    errors = []
    spans = functions(lines)
    for name, start, end in spans:
        match = VERDICT.match(name)
        if not match:
            continue
        has = any(k == "WARN" and start <= line <= end for k, line, _, _ in want)
        if match[1] in ("bad", "fp") and not has:
            errors.append(f"{name} holds no WARN")
        if match[1] in ("ok", "fn") and has:
            errors.append(f"{name} holds a WARN")
        misses = any(MISS.search(line) for line in lines[start - 1:end])
        if match[1] == "fn" and not misses:
            errors.append(f"{name} holds no MISS")
        if match[1] in ("ok", "fp") and misses:
            errors.append(f"{name} holds a MISS")
    for kind, line, _, _ in want:
        if kind == "WARN" and not any(
                start <= line <= end and VERDICT.match(name) and
                VERDICT.match(name)[1] in ("bad", "fp")
                for name, start, end in spans):
            errors.append(f"line {line}: a WARN stands outside of bad_* and fp_*")
    return errors


def parse(output, root):
    """The findings and notes of a door's output, files relative to root."""
    found = []
    for line in output.splitlines():
        match = LINE.match(line)
        if match:
            name = os.path.relpath(os.path.join(root, match["file"]), root)
            found.append((match["kind"], name, int(match["line"]),
                          int(match["col"]), match["msg"], match["check"] or ""))
    return found


def run(words, cwd):
    result = subprocess.run(words, cwd=cwd, capture_output=True, text=True,
                            check=False)
    # clang-tidy counts warnings on stderr, and exits 1 only on errors.
    if result.returncode != 0 or re.search(r"error:", result.stderr):
        raise Bad(f"{' '.join(words)}\nexit {result.returncode}\n"
                  f"{result.stdout}{result.stderr}")
    return result.stdout


def doors(args, name, root, flags, options):
    """Output of each door as {door: findings}, and the notes."""
    lint = os.path.join(args.build, "bin/netdev-lint")
    common = ["--", *flags]
    # netdev.Precision and netdev.Pedantic are the options' other spelling.
    pairs = []
    for option in options:
        key, _, value = option.lstrip("-").partition("=")
        pairs.append((key.capitalize(), value or "true"))
    config = "{CheckOptions: {%s}}" % ", ".join(
        f"netdev.{k}: '{v}'" for k, v in pairs)
    out = {}
    out["file"] = run([lint, *options, "--no-cache", "--format=kernel", name, *common], root)
    with tempfile.TemporaryDirectory() as tmp:
        facts = os.path.join(tmp, "unit.facts")
        run([lint, "lower", name, "-o", facts, *common], root)
        out["facts"] = run([lint, "solve", facts, *options, "--format=kernel"], root)
    if not args.no_tidy:
        out["tidy"] = run([args.tidy, "--load=" + os.path.join(args.build, "lib/netdev-tidy.so"),
                           "--checks=-*,netdev-*", "--quiet", "--config=" + config,
                           name, *common], root)
    text = run([lint, *options, "--no-cache", "--format=text", name, *common], root)
    notes = [f for f in parse(text, root) if f[0] == "note"]
    found = {}
    for door, output in out.items():
        found[door] = sorted({f[1:] for f in parse(output, root)
                              if f[0] == "warning" and f[5].startswith("netdev-")})
    return found, notes


def compare(lines, want, found, notes, name):
    errors = []
    first_door, first = next(iter(found.items()))
    for door, findings in found.items():
        for f in sorted(set(findings) ^ set(first)):
            only, other = (door, first_door) if f in findings else (first_door, door)
            errors.append(f"only by {only}, not by {other}: {show(f)}")
    left = list(first)
    for kind, line, check, text in want:
        if kind == "NOTE":
            if not any(n[1] == name and n[2] == line and text in n[4] for n in notes):
                errors.append(f"line {line}: no step '{text}'")
            continue
        match = next((f for f in left if f[0] == name and f[1] == line
                      and f[4] == check and text in f[3]), None)
        if match:
            left.remove(match)
        else:
            errors.append(f"line {line}: missing {check}: {text}\n    {lines[line - 1].strip()}")
    for f in left:
        inside = next((n for n, a, b in functions(lines) if a <= f[1] <= b), "?")
        errors.append(f"unexpected in {inside}: {show(f)}")
    return errors


def show(finding):
    name, line, col, message, check = finding
    return f"{name}:{line}:{col}: {message} [{check}]"


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--tidy", required=True)
    parser.add_argument("--mock", required=True)
    parser.add_argument("--no-tidy", action="store_true",
                        help="leave the clang-tidy door out")
    parser.add_argument("--show", action="store_true",
                        help="print what is found instead of comparing")
    parser.add_argument("--clang", help="only check that FILE compiles without a warning")
    parser.add_argument("file")
    split = argv.index("--") if "--" in argv else len(argv)
    args = parser.parse_args(argv[:split])
    with open(args.file, encoding="utf-8") as f:
        source = f.read()
    lines = source.splitlines()
    flags = ["-nostdinc", "-I" + os.path.abspath(args.mock), "-D__KERNEL__",
             "-DMODULE", "-std=gnu11", "-Wall", *argv[split + 1:]]
    flags += [w for m in re.findall(r"/\* FLAGS: (.*?) \*/", source) for w in m.split()]
    options = [w for m in re.findall(r"/\* OPTIONS: (.*?) \*/", source) for w in m.split()]
    root, name = os.path.split(os.path.abspath(args.file))
    try:
        want = expectations(lines)
        errors = verdict_errors(lines, want)
        if args.clang:
            result = subprocess.run([args.clang, "-fsyntax-only", *flags, name],
                                    cwd=root, capture_output=True, text=True, check=False)
            errors += [result.stderr] if result.stderr else []
        else:
            found, notes = doors(args, name, root, flags, options)
            if args.show:
                for f in sorted({x for y in found.values() for x in y}):
                    print(show(f))
                return 0
            errors += compare(lines, want, found, notes, name)
    except Bad as why:
        errors = [str(why)]
    for error in errors:
        print(f"{args.file}: {error}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
