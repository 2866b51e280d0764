"""The commands on a small tree, with a stand-in for the analyser."""
import json
import unittest
from importlib.machinery import SourceFileLoader

from common import CASE, CORPUS, FAKE, TreeTest
from ndcorpus import mutation, mutators


class History(TreeTest):
    def history(self, cases, *args, env=None):
        self.out = self.tmp / "out.json"
        return self.run_tool("history", self.write("cases.json", cases), "--tree", self.tree, "--json", self.out,
                             "--tool", FAKE, *args, env=env)

    def test_found(self):
        r = self.history([CASE])
        self.assertEqual(r.returncode, 0, r.stderr)
        self.assertIn("3 leak |    1 |    1 |", r.stdout)
        self.assertIn("recall at high: 1 of 1 (100.0 %); left out: 0", r.stdout)
        d = json.loads(self.out.read_text())
        self.assertEqual(d["recall"], {"high": [1, 1], "medium": [1, 1], "low": [1, 1]})
        self.assertEqual(d["results"][0]["by"][0]["check"], "netdev-leak")

    def test_other_function_or_class_is_not_found(self):
        for change in ({"functions": ["demo_remove"]}, {"class": 8}):
            r = self.history([{**CASE, **change}])
            self.assertIn("recall at high: 0 of 1", r.stdout)
            self.assertIn("other new: netdev-leak in demo_probe()", r.stdout)
        r = self.history([{**CASE, "class": 8, "also_classes": [3]}])
        self.assertIn("recall at high: 1 of 1", r.stdout)

    def test_precision(self):
        c = {**CASE, "class": 1, "functions": ["demo_remove"], "edits": [
            {"op": "insert_after", "function": "demo_remove", "at": {"call": "free_netdev"},
             "code": [{"call": "use_dev", "args": ["the_dev"]}]}]}
        self.assertIn("recall at high: 0 of 1", self.history([c]).stdout)
        r = self.history([c], "--precision=medium")
        self.assertIn("recall at medium: 1 of 1", r.stdout)
        self.assertIn("medium only", self.history([c]).stdout)

    def test_what_the_untouched_file_has_says_nothing(self):
        demo = self.tree / "drivers/net/demo/demo.c"
        demo.write_text(demo.read_text().replace("\tfree_netdev(dev);\n", ""))
        c = {**CASE, "edits": [{"op": "delete", "function": "demo_probe", "at": {"set": "the_dev"}}]}
        self.assertIn("recall at high: 0 of 1", self.history([c]).stdout)

    def test_left_out_is_listed(self):
        cs = [{**CASE, "id": "a", "file": "drivers/net/demo/gone.c"},
              {**CASE, "id": "b", "file": "drivers/net/demo/broken.c", "functions": ["broken"],
               "edits": [{"op": "delete", "function": "broken", "at": {"return": True}}]}, CASE]
        r = self.history(cs)
        self.assertEqual(r.returncode, 0, r.stderr)
        self.assertIn("the tree has no such file", r.stdout)
        self.assertIn("'missing.h' file not found", r.stdout)
        self.assertIn("recall at high: 1 of 1 (100.0 %); left out: 2", r.stdout)

    def test_flags_of_a_sibling(self):
        r = self.history([{**CASE, "file": "drivers/net/demo/loose.c"}])
        self.assertIn("recall at high: 1 of 1", r.stdout)
        self.assertIn("flags_of", json.loads(self.out.read_text())["results"][0])

    def test_failing_tool_is_a_miss_with_a_reason(self):
        for mode, why in (("broken", "output is not JSON"), ("truncated", "output is not JSON"),
                          ("crash", "crashed by signal 11"), ("failed", "unit failed: cannot")):
            r = self.history([CASE], "--no-answers", env={"FAKE_LINT": mode})
            self.assertEqual(r.returncode, 0, r.stderr)
            self.assertIn(why, r.stdout)
            self.assertIn("0 of 1 (0.0 %); left out: 0; not applied: 0; the tool failed on: 1", r.stdout)

    def test_tree_is_not_written(self):
        def look():
            return sorted((str(p), p.stat().st_mtime_ns) for p in self.tree.rglob("*"))
        before = look()
        self.history([CASE, {**CASE, "id": "x", "file": "drivers/net/demo/loose.c"}])
        self.assertEqual(before, look())

    def test_bad_input(self):
        self.bad(self.history('[{"id": '), "cases.json", "not JSON")
        self.bad(self.history([{**CASE, "edits": [{"op": "burn", "at": {}}]}]), "unknown op 'burn'", "demo-leak")
        self.bad(self.history([{k: v for k, v in CASE.items() if k != "file"}]), "'file' is missing")
        self.bad(self.history([{**CASE, "class": 99}]), "unknown class 99")
        self.bad(self.history([CASE, CASE]), "case 'demo-leak' is also in")
        self.bad(self.history([CASE], "--only", "nope"), "no case nope")
        self.bad(self.history({"version": 7, "cases": [CASE]}), "version 7 is unknown")
        self.bad(self.history({"a": 1}), "neither a list")
        r = self.history([{**CASE, "edits": [{"op": "delete", "function": "demo_probe", "at": {"call": "nope"}}]}])
        self.assertEqual(r.returncode, 2)
        self.assertIn("place not found: call nope number 1 in demo_probe()", r.stdout)

    def test_bad_tree_and_tool(self):
        c = self.write("c.json", [CASE])
        j = self.tmp / "o.json"
        self.bad(self.run_tool("history", c, "--tree", self.tmp / "no", "--json", j, "--tool", FAKE), "no such tree")
        self.bad(self.run_tool("history", c, "--tree", self.tmp, "--json", j, "--tool", FAKE), "kernel-corpus/prepare")
        self.bad(self.run_tool("history", c, "--tree", self.tree, "--json", j, "--tool", "/nowhere"), "no netdev-lint")
        self.bad(self.run_tool("history", self.tmp / "no.json", "--tree", self.tree, "--json", j, "--tool", FAKE),
                 "no.json")
        (self.tree / "compile_commands.json").write_text("[")
        self.bad(self.run_tool("history", c, "--tree", self.tree, "--json", j, "--tool", FAKE), "not JSON")


class Mutate(TreeTest):
    def mutate(self, *args):
        self.out = self.tmp / "m.json"
        return self.run_tool("mutate", "--tree", self.tree, "--json", self.out, "--tool", FAKE, *args)

    def test_run(self):
        r = self.mutate("--count", 8)
        self.assertEqual(r.returncode, 0, r.stderr)
        d = json.loads(self.out.read_text())
        self.assertEqual(len(d["mutants"]), 8)
        self.assertIn("drop-free-on-error", r.stdout)
        by_op = {m["op"]: m["killed"]["high"] for m in d["mutants"]}
        self.assertTrue(by_op["drop-free-on-error"])
        self.assertFalse(by_op["drop-unregister"])

    def test_brief(self):
        self.mutate("--count", 8)
        whole = json.loads(self.out.read_text())
        self.mutate("--count", 8, "--brief")
        d = json.loads(self.out.read_text())
        self.assertEqual([m["killed"] for m in d["mutants"]], [m["killed"] for m in whole["mutants"]])
        self.assertNotIn("edits", d["mutants"][0])
        self.assertEqual(sum(x["sites"] for x in d["excluded"]), len(whole["excluded"]))

    def test_drawn_by_seed(self):
        def ids(*a):
            self.mutate("--list-sites", *a)
            return json.loads(self.out.read_text())["sites"]
        a = ids("--seed", 1)
        self.assertEqual(a, ids("--seed", 1, "-j", 1))
        self.assertEqual(sorted(a), sorted(ids("--seed", 2)))

    def test_preconditions(self):
        self.mutate("--list-sites", "--only", "drop-cancel")
        self.assertEqual(json.loads(self.out.read_text())["sites"],
                         ["drop-cancel:drivers/net/demo/demo.c:demo_remove:cancel_work_sync-work-1"])
        demo = self.tree / "drivers/net/demo/demo.c"
        demo.write_text(demo.read_text().replace("\tschedule_work(&priv->work);\n", ""))
        self.mutate("--list-sites", "--only", "drop-cancel")
        d = json.loads(self.out.read_text())
        self.assertEqual(d["sites"], [])
        self.assertEqual([e["reason"] for e in d["excluded"]], ["never armed in the file"])

    def sites_of(self, op, text):
        """What the operator makes of a file with this text: (function, reason), in order."""
        unit = mutation.Unit("drivers/net/x.c", text)
        return [(s.function, s.reason) for s in mutators.OPERATORS[op][0](unit)]

    def test_dead_code_is_no_error_path(self):
        text = """static int x_probe(struct d *d)
{
	struct net_device *dev = alloc_etherdev(4);
	struct p *p;
	p = netdev_priv(dev);
	if (!p) {
		free_netdev(dev);
		return -ENOMEM;
	}
	if (d->bad) {
		free_netdev(dev);
		return -EINVAL;
	}
	return 0;
}
"""
        self.assertEqual([r for _, r in self.sites_of("drop-free-on-error", text)],
                         ["dead code: netdev_priv() is never NULL", ""])

    def test_under_the_rtnl_nobody_opens_it(self):
        text = """static int x_open(struct net_device *dev)
{
	struct p *p = netdev_priv(dev);
	mutex_lock(&p->lock);
	return 0;
}
static const struct net_device_ops x_ops = { .ndo_open = x_open };
static int x_newlink(struct net_device *dev)
{
	struct p *p = netdev_priv(dev);
	int err;
	mutex_init(&p->lock);
	err = %s(dev);
	if (err)
		return err;
	return 0;
}
"""
        def reason(call):
            return self.sites_of("init-after-register", text % call)[0][1]
        self.assertEqual(reason("register_netdev"), "")
        self.assertEqual(reason("register_netdevice"),
                         "the RTNL is held: nothing opens the device before it is dropped")

    def test_a_caller_may_unregister_them_all(self):
        text = """static int x_add(struct x *x, int i)
{
	struct net_device *dev = alloc_etherdev(4);
	int err;
	err = register_netdev(dev);
	if (err)
		goto free;
	%s
	err = x_start(dev);
	if (err)
		goto unregister;
	return 0;
unregister:
	unregister_netdev(dev);
free:
	free_netdev(dev);
	return err;
}
static void x_remove_all(struct x *x)
{
	for (int i = 0; i < x->n; i++) {
		unregister_netdev(x->devs[i]);
		free_netdev(x->devs[i]);
	}
}
static int x_probe(struct x *x)
{
	int err;
	for (int i = 0; i < x->n; i++) {
		err = x_add(x, i);
		if (err)
			goto %s;
	}
	return 0;
all:
	x_remove_all(x);
out:
	return err;
}
"""
        def reason(*parts):
            return self.sites_of("return-after-register", text % parts)[0][1]
        self.assertEqual(reason("x->devs[i] = dev;", "all"),
                         "the caller's error path unregisters every device that is kept")
        self.assertEqual(reason("x->devs[i] = dev;", "out"), "")
        self.assertEqual(reason("", "all"), "")

    def test_a_counted_clock_may_go(self):
        text = """static int x_open(struct net_device *dev)
{
	struct p *p = netdev_priv(dev);
	%s
	return clk_get_rate(p->clk);
}
static const struct net_device_ops x_ops = { .ndo_open = x_open };
static void x_remove(struct d *d)
{
	unregister_netdev(d->dev);
	clk_disable_unprepare(d->p->clk);
	free_netdev(d->dev);
}
"""
        def reason(line):
            return self.sites_of("destroy-before-unregister", text % line)[0][1]
        self.assertEqual(reason(""), "")
        self.assertEqual(reason("clk_prepare_enable(p->clk);"),
                         "a clock is counted, and a callback enables it for itself")

    def test_made_again_from_its_id(self):
        self.mutate("--count", 3)
        for m in json.loads(self.out.read_text())["mutants"]:
            r = self.run_tool("mutate", "--tree", self.tree, "--show", m["id"])
            self.assertEqual(r.returncode, 0, r.stderr)
            self.assertIn("+++ b/drivers/net/demo/demo.c", r.stdout)

    def test_too_few_sites_and_bad_input(self):
        r = self.mutate("--count", 500)
        self.assertEqual(r.returncode, 2)
        self.assertIn("no sites are left", r.stderr)
        self.assertTrue(json.loads(self.out.read_text())["mutants"])
        self.bad(self.mutate("--only", "nope"), "unknown operator nope")
        self.bad(self.mutate("--count", 0), "--count")
        self.bad(self.run_tool("mutate", "--tree", self.tree, "--show", "x:y"), "no mutant x:y")


class Others(TreeTest):
    def test_bench(self):
        out = self.tmp / "b.json"
        r = self.run_tool("bench", "--tree", self.tree, "--json", out, "--tool", FAKE, "--rounds", 1,
                          "--with", "no-prefix", "drivers/net/demo/demo.c", "drivers/net/demo/broken.c")
        self.assertEqual(r.returncode, 0, r.stderr)
        d = json.loads(out.read_text())
        self.assertEqual(sorted(d["kinds"]), ["clang -fsyntax-only", "netdev-lint --no-prefix"])
        base = d["kinds"]["clang -fsyntax-only"]
        self.assertEqual(base["units"], 1)                # broken.c is counted, and in no figure
        self.assertEqual(base["failed"], ["drivers/net/demo/broken.c"])
        self.assertEqual(base["ratio"], [1.0] * 5)
        self.bad(self.run_tool("bench", "--tree", self.tree, "nope.c"), "nope.c is not in the database")

    def test_convert(self):
        line = {**{k: v for k, v in CASE.items() if k != "edits"}, "recreate": [
            {"file": CASE["file"], "op": "delete", "function": "demo_probe", "anchor": "free_netdev(dev);", "occurrence": 1}]}
        r = self.run_tool("convert-cases", self.write("h.json", [line]), "--tree", self.tree, "--out", self.tmp / "c")
        self.assertEqual(r.returncode, 0, r.stderr)
        (c,) = json.loads((self.tmp / "c/03-leak.json").read_text())["cases"]
        self.assertEqual(c["edits"], CASE["edits"])
        line["recreate"][0]["anchor"] = "nothing();"
        r = self.run_tool("convert-cases", self.write("h.json", [line]), "--tree", self.tree, "--out", self.tmp / "c")
        self.bad(r, "demo-leak: anchor not found")

    def test_both_forms_give_one_result(self):
        line = {**{k: v for k, v in CASE.items() if k != "edits"}, "recreate": [
            {"file": CASE["file"], "op": "delete", "function": "demo_probe", "anchor": "free_netdev(dev);", "occurrence": 1}]}
        a, b = (self.run_tool("history", self.write("h.json", [c]), "--tree", self.tree, "--json", self.tmp / "o.json",
                              "--tool", FAKE).stdout for c in (line, CASE))
        self.assertEqual(a, b)

    def test_prepare_refuses(self):
        self.bad(self.run_tool("prepare", "--debian", "9.99", "--out", self.tmp / "p"), "linux-source-9.99")
        self.bad(self.run_tool("prepare", "--source", self.tree, "--out", self.tmp / "p"), "not a kernel tree")


class SolveTime(unittest.TestCase):
    STATS = ("units: 2 analysed, 1 skipped, 0 failed\nfunctions: 30, executed 12 times, 345 states, 1 given up, "
             "entries too large to tell all paths apart: 2\n"
             "CPU time: 1.5 s, most of it in\n  1.2 s drivers/net/a.c\n  0.3 s net/b.c\n")

    def test_figures(self):
        figures = SourceFileLoader("solve_time", str(CORPUS / "solve-time")).load_module().figures
        self.assertEqual(figures(self.STATS), {
            "seconds": 1.5, "units": 2, "functions": 30, "executions": 12, "states": 345, "given_up": 1,
            "slowest": [{"seconds": 1.2, "file": "drivers/net/a.c"}, {"seconds": 0.3, "file": "net/b.c"}]})


if __name__ == "__main__":
    unittest.main()
