"""What must show on a prepared kernel tree: label corpus.

    on_tree.py VERSION TOOL [TEST ...]

The tree is $NETDEV_LINT_CACHE/linux-VERSION (kernel-corpus/prepare); exit 77, with
the reason, when it is not there. Nothing is written into it.
"""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "kernel-corpus"))
from ndcorpus import tree  # noqa: E402

TOOL = ROOT = None

# Files in which all initialisation after registration is told with the callback
# that uses it, and files in which nothing false may be said (issue 2).
LATE = ["drivers/net/ethernet/aeroflex/greth.c", "drivers/net/ethernet/wiznet/w5100.c",
        "drivers/net/ethernet/korina.c", "drivers/net/ethernet/smsc/smsc9420.c",
        "drivers/net/can/peak_canfd/peak_pciefd_main.c"]
SOUND = ["drivers/net/veth.c", "drivers/net/macvlan.c", "drivers/net/ethernet/realtek/8139too.c",
         "drivers/net/dummy.c", "drivers/net/loopback.c"]
E100 = "drivers/net/ethernet/intel/e100.c"

# What only another architecture's headers have, said so that this one's do.
PORTED = {LATE[0]: (r"\w+->archdata\.irqs\[0\]", "platform_get_irq(ofdev, 0)")}


def lint(*args):
    return subprocess.run([TOOL, "--no-cache", *map(str, args)], capture_output=True, text=True)


@contextlib.contextmanager
def database(file):
    """A folder with a compile database of one file of the tree, and that file; one outside
    the tree's database takes the flags of its nearest neighbour, as in kernel-corpus/history."""
    t = tree.Tree(ROOT)
    flags, directory, _ = t.arguments(file)
    with tempfile.TemporaryDirectory() as tmp:
        path = ROOT / file
        if file in PORTED:
            text, count = re.subn(*PORTED[file], path.read_text())
            assert count, f"{file} is not what it was"
            path = pathlib.Path(tmp, path.name)
            path.write_text(text)
        db = [{"directory": directory, "file": str(path),
               "arguments": ["clang", *flags, "-c", str(path)]}]
        pathlib.Path(tmp, "compile_commands.json").write_text(json.dumps(db))
        yield tmp, path


def findings(file):
    """What netdev-lint says of a file of the tree."""
    with database(file) as (folder, path):
        r = lint("-p", folder, path, "--format=json")
    if r.returncode:
        raise AssertionError(f"{file}: {r.stderr}")
    return json.loads(r.stdout)["findings"]


def said_by_clang_tidy(file):
    """The same by Debian's clang-tidy with our module, without snippets and notes."""
    version = re.search(r"LLVM (\d+)", lint("--version").stdout)[1]
    module = pathlib.Path(TOOL).parents[1] / "lib/netdev-tidy.so"
    with database(file) as (folder, path):
        r = subprocess.run([f"clang-tidy-{version}", f"--load={module}", "--checks=-*,netdev-*",
                            "--quiet", "-p", folder, path], capture_output=True, text=True)
    if r.returncode:
        raise AssertionError(f"{file}: {r.stderr}")
    return [line.replace(f"{ROOT}/", "", 1) for line in r.stdout.splitlines() if ": warning: " in line]


class Model(unittest.TestCase):
    def test_every_row_is_true(self):
        r = lint("--check-model", "-p", ROOT, "--error-exitcode=1")
        self.assertEqual(r.returncode, 0, r.stdout + r.stderr)
        self.assertRegex(r.stdout, r"kernel \d+\.\d+\.\d+: \d{4} rows, 0 not true")


class Files(unittest.TestCase):
    def test_e100(self):
        found = {(f["check"], f["message"].split("'")[1]): f for f in findings(E100)}
        self.assertEqual(set(found), {("netdev-work-after-register", "nic->cbs_pool"),
                                      ("netdev-pending-work", "nic->tx_timeout_task")})
        late = found["netdev-work-after-register", "nic->cbs_pool"]
        self.assertIn("e100_alloc_cbs", late["steps"][-1]["function"])
        armed = found["netdev-pending-work", "nic->tx_timeout_task"]
        self.assertIn("e100_tx_timeout", [s["function"] for s in armed["steps"]])

    def test_example_of_the_readme(self):
        shown = re.search(r"```\n\$ netdev-lint (\S+) --checks='(.*)'\n(.*?)```",
                          (TOP / "README.md").read_text(), re.S)
        r = subprocess.run([TOOL, "--no-cache", shown[1], f"--checks={shown[2]}"], cwd=ROOT,
                           capture_output=True, text=True)
        lines = r":\d+:\d+:|^ *\d+ \|"  # move with the kernel's updates
        self.assertEqual(re.sub(lines, ":", r.stdout, flags=re.M), re.sub(lines, ":", shown[3], flags=re.M))

    def test_both_doors_say_the_same(self):
        for f in [E100, LATE[3], LATE[4], SOUND[0]]:
            ours = [f"{f}:{x['line']}:{x['column']}: warning: {x['message']} [{x['check']}]"
                    for x in findings(f)]
            self.assertEqual(said_by_clang_tidy(f), ours)

    def test_late_initialisation(self):
        told = [f for f in LATE if any(x["check"] == "netdev-work-after-register"
                                       for x in findings(f))]
        self.assertGreaterEqual(len(told), 4, f"only in {told}")
        self.assertIn(LATE[0], told)

    def test_nothing_false(self):
        judged = {(v["file"], v["function"], v["message"])
                  for p in (TOP / "kernel-corpus/verdicts/6.12").glob("*.json")
                  for v in json.loads(p.read_text())["verdicts"].values()
                  if v["verdict"] == "true"}
        for f in SOUND:
            told = [(f, x["function"], x["message"]) for x in findings(f)]
            self.assertEqual([x for x in told if x not in judged], [], f)


def main():
    global TOOL, ROOT
    version, TOOL, *wanted = sys.argv[1:]
    TOOL = str(pathlib.Path(TOOL).resolve())
    cache = os.environ.get("NETDEV_LINT_CACHE") or os.path.expanduser("~/.cache/netdev-lint")
    ROOT = pathlib.Path(cache, f"linux-{version}").resolve()
    if not (ROOT / "compile_commands.json").exists():
        print(f"skipped: no prepared tree {ROOT}")
        sys.exit(77)
    if "SpeedTest" in wanted:
        os.environ.update(NETDEV_CORPUS_TREE=str(ROOT), NETDEV_LINT=TOOL)
        os.environ.setdefault("NETDEV_CORPUS_UNITS", "300")
        import test_speed  # reads them
        globals()["SpeedTest"] = test_speed.SpeedTest
    unittest.main(argv=[sys.argv[0], *wanted])


if __name__ == "__main__":
    main()
