"""What makes runs fast changes no result: on a real tree, named by NETDEV_CORPUS_TREE.

NETDEV_CORPUS_UNITS is how many units are compared (at least 300 where it proves
anything; the default is a quick part).
"""
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import common  # noqa: F401, puts kernel-corpus on the path
from ndcorpus import tree

UNITS = int(os.environ.get("NETDEV_CORPUS_UNITS", "40"))


class SpeedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        root = os.environ.get("NETDEV_CORPUS_TREE")
        if not root:
            raise unittest.SkipTest("NETDEV_CORPUS_TREE names no prepared tree")
        cls.tree = tree.Tree(root)
        cls.tool = tree.find_tool(os.environ.get("NETDEV_LINT"))
        tmp = tempfile.TemporaryDirectory()
        cls.addClassCleanup(tmp.cleanup)
        cls.tmp = pathlib.Path(tmp.name)

    def lint(self, name, *options):
        """(report, --stats) of one run with a cache of its own."""
        out = self.tmp / f"{name}.json"
        r = subprocess.run([self.tool, "-p", str(self.tree.path), f"--cache={self.tmp / name}", "--stats", "--quiet",
                            "--precision=low", f"--format=json:{out}", *options],
                           capture_output=True, text=True)
        self.assertIn(r.returncode, (0, 2), r.stderr)
        return json.loads(out.read_text()), r.stderr

    def facts(self, name):
        """Facts are kept under their digests."""
        return {p.parent.name + p.name for p in (self.tmp / name / "facts").rglob("*") if p.is_file()}

    def test_prefix_changes_no_fact(self):
        files = random.Random(8).sample(sorted(self.tree.units), UNITS)
        with_prefix, stats = self.lint("with", *(str(self.tree.path / f) for f in files))
        without, _ = self.lint("without", "--no-prefix", *(str(self.tree.path / f) for f in files))
        self.assertEqual(with_prefix, without)
        self.assertEqual(self.facts("with"), self.facts("without"))
        self.assertGreater(len(self.facts("with")), UNITS * 9 // 10)
        used = int(stats.split("parsed after a prefix: ")[1].split(",")[0])
        self.assertGreater(used, UNITS * 7 // 10, stats)

    def test_prefilter_loses_no_finding(self):
        folders = [str(self.tree.path / d) for d in
                   (["drivers/net", "net"] if UNITS >= 4000 else ["drivers/net/can", "net/8021q", "net/hsr"])]
        some, _ = self.lint("some", "--all", *folders)
        every, _ = self.lint("every", "--all", "--no-prefilter", *folders)
        self.assertEqual(some["findings"], every["findings"])
        self.assertGreater(len(some["findings"]), 0)
        self.assertTrue(any(u["status"] == "skipped" for u in some["units"]))


if __name__ == "__main__":
    unittest.main()
