"""Verdicts, precision, the comparison of two runs, reports, tables."""
import json
import unittest

from common import TreeTest
from ndcorpus import score, verdict

REASON = "free_netdev() is called at out: after register_netdev() failed, and again by the caller."


def finding(fp, check="netdev-leak", precision="high", **more):
    return {"check": check, "rule": "ND-L07", "precision": precision, "message": f"'{fp}' leaks", "fingerprint": fp,
            "file": "drivers/net/can/usb/x.c", "line": 7, "column": 1, "function": "x_probe",
            "steps": [{"file": "drivers/net/can/usb/x.c", "line": 3, "column": 1, "function": "x_probe",
                       "message": "allocated here"}], "fixes": [], **more}


def judged(v, cause, second=None):
    return {"check": "netdev-leak", "file": "f.c", "function": "f", "message": "m", "verdict": v, "reason": REASON,
            "root_cause": cause, "fixed_upstream": "", "judged_by": "one",
            "second": second and {"verdict": second, "reason": REASON, "judged_by": "two"}}


class Numbers(unittest.TestCase):
    def test_precision_counts_root_causes(self):
        fs = [finding(x) for x in "abcdef"]
        have = {"a": judged("true", "r1"), "b": judged("true", "r1"), "c": judged("false", "r2"),
                "d": judged("unclear", "r3"), "e": judged("true", "r4")}
        have = {f"{k}:drivers/net/can/usb/x.c": v for k, v in have.items()}
        row = verdict.precision(fs, have)["netdev-leak"]
        self.assertEqual(row, {"findings": 6, "unjudged": 1, "true": 2, "false": 1, "unclear": 1, "precision": 0.5})

    def test_two_files_may_share_a_fingerprint(self):
        fs = [finding("a"), finding("a", file="other.c")]
        row = verdict.precision(fs, {"a:other.c": judged("true", "r1")})["netdev-leak"]
        self.assertEqual((row["unjudged"], row["true"]), (1, 1))

    def test_nothing_judged_is_no_figure(self):
        self.assertIsNone(verdict.precision([finding("a")], {})["netdev-leak"]["precision"])

    def test_agreement(self):
        self.assertEqual(verdict.agreement({"a": judged("true", "r")}), (0, 0, None))
        n, same, kappa = verdict.agreement({
            "a": judged("true", "1", "true"), "b": judged("true", "2", "true"),
            "c": judged("false", "3", "false"), "d": judged("true", "4", "false"), "e": judged("true", "5")})
        self.assertEqual((n, same), (4, 3))
        self.assertAlmostEqual(kappa, 0.5)

    def test_problems(self):
        self.assertEqual(verdict.problems("x:f.c", judged("true", "r")), [])
        for change, word in (({"verdict": "maybe"}, "none of"), ({"file": "g.c"}, "not FINGERPRINT:g.c"), ({"reason": "because"}, "too short"),
                             ({"reason": "a long reason that names nothing that could be looked up at all"}, "function"),
                             ({"root_cause": "Not An Id"}, "not an id"), ({"judged_by": ""}, "judged_by"),
                             ({"fixed_upstream": "soon"}, "commit"), ({"extra": 1}, "unknown field"),
                             ({"second": {"verdict": "true", "reason": REASON, "judged_by": "one"}}, "same judge")):
            self.assertIn(word, " ".join(verdict.problems("x:f.c", {**judged("true", "r"), **change})))

    def test_found_by(self):
        f = finding("a", precision="medium")
        self.assertTrue(score.found_by([f], {"netdev-leak"}, ["x_probe"], "medium"))
        self.assertFalse(score.found_by([f], {"netdev-leak"}, ["x_probe"], "high"))
        self.assertFalse(score.found_by([f], {"netdev-leak"}, ["other"], "low"))
        self.assertFalse(score.found_by([f], {"netdev-double-free"}, ["x_probe"], "low"))
        self.assertTrue(score.found_by([{**f, "function": "other"}], {"netdev-leak"}, ["x_probe"], "low"))

    def test_new_findings(self):
        a, b = finding("a"), finding("b")
        self.assertEqual(score.new_findings([a], [{**a, "line": 99, "precision": "low"}, b, b]), [b])

    def test_table(self):
        self.assertEqual(score.table(["check", "n"], [["leak", 1], ["double-free", 12], ["x", None]]),
                         "check       |  n\n------------|---\nleak        |  1\ndouble-free | 12\nx           |")


class Commands(TreeTest):
    def setUp(self):
        super().setUp()
        self.home = self.tmp / "verdicts"
        self.report = self.write("r.json", {"version": 1, "units": [{"file": "a", "status": "analysed"}],
                                            "findings": [finding("aaa1"), finding("aab2"), finding("ccc3", precision="low")]})

    def add(self, fp, v="true", cause="r1", *args, by="one", reason=REASON):
        return self.run_tool("verdicts/add", self.report, "--tree", "6.12", "--fingerprint", fp, "--verdict", v,
                             "--reason", reason, "--root-cause", cause, "--by", by, "--home", self.home, *args)

    def test_add(self):
        r = self.add("aaa")
        self.assertEqual(r.returncode, 0, r.stderr)
        d = json.loads((self.home / "6.12/netdev-leak.json").read_text())
        self.assertEqual(d["verdicts"]["aaa1:drivers/net/can/usb/x.c"]["function"], "x_probe")
        self.bad(self.add("aaa"), "has a verdict already")
        self.bad(self.add("aa"), "2 findings")
        self.bad(self.add("zzz"), "0 findings")
        self.bad(self.add("aab", "false"), "root cause r1 is 'true' in aaa1:drivers/net/can/usb/x.c")
        self.bad(self.add("aab", reason="short"), "too short")
        self.bad(self.add("aab", "false", "r2", "--second", by="two"), "no first verdict")
        self.assertEqual(self.add("aaa", "true", "r1", "--second", by="two").returncode, 0)
        self.bad(self.add("aaa", "true", "r1", "--second", by="two"), "second verdict already")
        self.assertEqual(self.add("aab", "false", "r2").returncode, 0)
        r = self.run_tool("verdicts/precision", self.report, "--tree", "6.12", "--home", self.home)
        self.assertIn("netdev-leak |        2 |          0 |    1 |     1 |       0 |    50.0 %", r.stdout)
        self.assertIn("second judgements: 1, agreeing: 1", r.stdout)
        r = self.run_tool("verdicts/add", self.report, "--tree", "6.12", "--home", self.home, "--todo")
        self.assertEqual([x.split()[0] for x in r.stdout.splitlines()], ["ccc3:drivers/net/can/usb/x.c"])

    def test_lint_compare(self):
        now = self.write("n.json", {"version": 1, "units": [], "findings": [
            finding("aaa1", message="another message"), finding("moved", message="'aab2' leaks"),
            finding("new", check="netdev-double-free")]})
        r = self.run_tool("lint", "--tree", self.tree, "--json", self.tmp / "o.json", "--base", self.report,
                          "--from", now, "--home", self.home)
        self.assertEqual(r.returncode, 0, r.stderr)
        self.assertIn("netdev-double-free |     1 |       0 |       0", r.stdout)
        self.assertIn("netdev-leak        |     0 |       1 |       2", r.stdout)
        self.assertIn("findings at high: 3, without a verdict: 3", r.stdout)
        r = self.run_tool("lint", "--tree", self.tree, "--json", self.tmp / "o.json", "--from", now,
                          "--home", self.home, "--require-verdicts")
        self.assertEqual(r.returncode, 1)

    def test_same_run_twice_is_no_difference(self):
        r = self.run_tool("lint", "--tree", self.tree, "--json", self.tmp / "o.json", "--base", self.report,
                          "--from", self.report, "--home", self.home)
        self.assertIn("all   |     0 |       0 |       0", r.stdout)

    def test_reports(self):
        self.add("aaa")
        self.add("aab")
        r = self.run_tool("reports/make", self.report, "--tree", "6.12", "--out", self.tmp / "rep", "--home", self.home)
        self.assertIn("1 reports", r.stdout)
        (p,) = (self.tmp / "rep").iterdir()
        t = p.read_text()
        for part in ("Subject: [bug] can: x: 'aaa1' leaks", "1. allocated here", "Suggested change:",
                     "The same cause is reported at:", "netdev-leak, ND-L07"):
            self.assertIn(part, t)
        self.assertLessEqual(max(map(len, t.splitlines())), 80)
        self.add("aaa", "true", "r1", "--replace", "--fixed-upstream", "0123456789ab")
        r = self.run_tool("reports/make", self.report, "--tree", "6.12", "--out", self.tmp / "rep2", "--home", self.home)
        self.assertIn("fixed upstream by 0123456789ab", r.stdout)

    def test_bad_input(self):
        lint = ("lint", "--tree", self.tree, "--json", self.tmp / "o.json", "--home", self.home, "--from")
        self.bad(self.run_tool(*lint, self.write("x.json", '{"version": 1, "findi')), "x.json", "not JSON")
        self.bad(self.run_tool(*lint, self.write("x.json", {"version": 2, "findings": []})), "version 1")
        self.bad(self.run_tool(*lint, self.write("x.json", {"version": 1, "findings": [{}]})), "finding 0 lacks 'check'")
        (self.home / "6.12").mkdir(parents=True)
        (self.home / "6.12/netdev-leak.json").write_text(json.dumps(
            {"version": 1, "check": "netdev-leak", "verdicts": {"a:f.c": judged("true", "r"), "b:f.c": judged("false", "r")}}))
        self.bad(self.run_tool(*lint, self.report), "root cause r has verdicts false and true")
        (self.home / "6.12/netdev-leak.json").write_text("{}")
        self.bad(self.run_tool(*lint, self.report), "not a verdict file")


if __name__ == "__main__":
    unittest.main()
