"""What the figures in the README stand on, run again: label corpus.

    truth.py VERSION TOOL corpus|history|mutants|fixes|units

corpus: the whole corpus is analysed, and every finding at high has its verdict.
history: every re-created bug that kernel-corpus/results says is found, is.
mutants: of the mutants drawn now, no more live than did in kernel-corpus/results.
fixes: in mutants what is fixed compiles, is no finding any more, and nothing new is.
units: any file of the tree is analysed, also one that names nothing of a device, in 20 seconds:
some, drawn by a seed, or with NETDEV_CORPUS_UNITS=all, all of them.

The tree is $NETDEV_LINT_CACHE/linux-VERSION (kernel-corpus/prepare); exit 77, with
the reason, when it is not there.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
CORPUS = TOP / "kernel-corpus"
sys.path.insert(0, str(CORPUS))
from ndcorpus import tree  # noqa: E402

UNITS = 300
FIXED = ["swap-free-unregister", "free-twice", "return-before-free", "init-after-register"]
MUTANTS = 200  # of those in results: the first of each operator's draw


def run(*args):
    """The command's exit status; what it prints stays in the test's log."""
    return subprocess.run([sys.executable, "-B", *map(str, args)]).returncode


def results(name):
    with open(CORPUS / "results" / name) as file:
        return json.load(file)


def corpus(version, tool, root, out):
    return run(CORPUS / "lint", "--tree", root, "--tool", tool, "--require-verdicts", "--json", out)


def history(version, tool, root, out):
    if run(CORPUS / "history", CORPUS / "cases", "--tree", root, "--tool", tool, "--json", out):
        return 1
    now = {r["id"]: r for r in json.loads(out.read_text())["results"]}
    kept = [r for r in results(f"history-{version}.json")["results"] if r["status"] == "run"]
    lost = [r["id"] for r in kept
            if r["found"]["high"] and not now.get(r["id"], {}).get("found", {}).get("high")]
    print(f"{len(kept)} bugs in the results, lost: {', '.join(lost) or 'none'}")
    return bool(lost) or not kept


def mutants(version, tool, root, out):
    if run(CORPUS / "mutate", "--tree", root, "--tool", tool, "--json", out,
           "--seed", 1, "--count", MUTANTS):
        return 1
    kept = {m["id"]: m for m in results(f"mutate-{version}.json")["mutants"]}
    both = [m for m in json.loads(out.read_text())["mutants"] if m["id"] in kept]
    lost = [m["id"] for m in both if kept[m["id"]]["killed"]["high"] and not m["killed"]["high"]]
    print(f"{len(both)} mutants are in the results, alive now: {', '.join(lost) or 'none'}")
    return bool(lost) or len(both) < MUTANTS * 3 / 4


def fixes(version, tool, root, out):
    only = [word for op in FIXED for word in ("--only", op)]
    if run(CORPUS / "mutate", "--tree", root, "--tool", tool, "--json", out, "--seed", 1,
           "--count", 6 * len(FIXED), "--fix", *only):
        return 1
    made = [m for m in json.loads(out.read_text())["mutants"] if m.get("fix")]
    wrong = [m for m in made if not m["fix"]["silent"] or m["fix"]["came"]]
    for m in wrong:
        print(json.dumps(m))
    print(f"{len(made)} fixes offered, wrong: {len(wrong)}")
    return bool(wrong) or len(made) < 2 * len(FIXED)


def units(version, tool, root, out):
    names = sorted(tree.Tree(root).units)
    if os.environ.get("NETDEV_CORPUS_UNITS") != "all":
        names = random.Random(1).sample(names, UNITS)
    r = subprocess.run([tool, "--no-cache", "--stats", f"--format=json:{out}", *names], cwd=root,
                       stderr=subprocess.PIPE, text=True)
    print(r.stderr)
    bad = [u for u in json.loads(out.read_text())["units"] if u["status"] != "analysed"]
    slow = [line for line in re.findall(r"^ +([0-9.]+) s \S+$", r.stderr, re.M) if float(line) > 20]
    return r.returncode or len(bad) or len(slow)


def main():
    version, tool, what = sys.argv[1:]
    cache = os.environ.get("NETDEV_LINT_CACHE")
    root = pathlib.Path(cache, f"linux-{version}") if cache else None
    if not root or not (root / "compile_commands.json").exists():
        print(f"no tree of {version}: tools/run-tests prepares it")
        return 77
    with tempfile.TemporaryDirectory() as tmp:
        part = {"corpus": corpus, "history": history, "mutants": mutants, "fixes": fixes, "units": units}[what]
        return int(part(version, pathlib.Path(tool).resolve(), root, pathlib.Path(tmp, "out.json")))


if __name__ == "__main__":
    sys.exit(main())
