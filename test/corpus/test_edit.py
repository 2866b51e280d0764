"""Both forms of edits on C of our own, and how they agree."""
import json
import os
import pathlib
import unittest

import common
from ndcorpus import cases, edit, tree
from ndcorpus.errors import Bad

TEXT = """\
static int probe(void)
{
	int err;

	dev = get();
	if (!dev)
		return -1;
	err = reg(dev);
	if (err)
		goto out;
	work(dev,
	     1); /* twice */
	if (ready(dev)) {
		go(dev);
	}
	return 0;

out:
	put(dev);
	return err;
}

static struct ops o = {
	.open = a,
	.stop = b,
};
"""


def own(source=TEXT, /, **e):
    return edit.apply_edit(source, {"function": "probe", **e})


def lines(source=TEXT, /, **e):
    return edit.apply_edit(source, {"function": "probe", "occurrence": 1, **e})


class Own(unittest.TestCase):
    def same(self, a, b):
        self.assertEqual(edit.squeeze(a), edit.squeeze(b))
        self.assertNotEqual(edit.squeeze(a), edit.squeeze(TEXT))

    def test_delete(self):
        self.same(own(op="delete", at={"call": "put"}), lines(op="delete", anchor="put(dev);"))

    def test_delete_with_comment_and_two_lines(self):
        self.same(own(op="delete", at={"call": "work"}), lines(op="delete", anchor="work(dev,", count=2))

    def test_delete_keeps_a_body(self):
        t = own(op="delete", at={"goto": "out"}, keep_body=True)
        self.assertIn("if (err)\n\t\t;\n", t)

    def test_delete_whole_if(self):
        self.same(own(op="delete", at={"if": ["err"]}), lines(op="delete", anchor="if (err)", count=2))

    def test_delete_siblings(self):
        self.same(own(op="delete", at={"call": "reg"}, statements=2),
                  lines(op="delete", anchor="err = reg(dev);", count=3))

    def test_moves(self):
        self.same(own(op="move_after", at={"call": "put"}, to={"set": "dev"}),
                  lines(op="move_after", anchor="put(dev);", to_anchor="dev = get();"))
        self.same(own(op="move_after", at={"set": "dev"}, to={"call": "put"}),
                  lines(op="move_after", anchor="dev = get();", to_anchor="put(dev);"))
        want = lines(lines(op="delete", anchor="put(dev);"), op="insert_before", anchor="dev = get();", text="put(dev);")
        self.same(own(op="move_before", at={"call": "put"}, to={"set": "dev"}), want)

    def test_move_keeps_the_moved_text(self):
        t = own(op="move_after", at={"call": "work"}, to={"call": "put"})
        self.assertIn("\tput(dev);\n\twork(dev,\n\t     1); /* twice */\n\treturn err;", t)

    def test_move_into_itself(self):
        with self.assertRaisesRegex(Bad, "lies in what is moved"):
            own(op="move_after", at={"if": ["ready"]}, to={"call": "go"})

    def test_insert(self):
        code = [{"call": "f", "args": ["dev", "0"], "into": "err"}, {"if": "err", "then": [{"goto": "out"}]}]
        self.same(own(op="insert_after", at={"call": "reg"}, code=code),
                  lines(op="insert_after", anchor="err = reg(dev);", text="err = f(dev, 0);\nif (err) {\n\tgoto out;\n}"))
        self.same(own(op="insert_before", at={"return": True, "n": 3}, code=[{"set": "dev->x", "value": "1"}]),
                  lines(op="insert_before", anchor="return err;", text="dev->x = 1;"))

    def test_insert_beside_a_body_makes_braces(self):
        t = own(op="insert_before", at={"goto": "out"}, code=[{"call": "f", "args": []}])
        self.assertIn("\tif (err) {\n\t\tf();\n\t\tgoto out;\n\t}\n", t)
        t = own(op="insert_after", at={"goto": "out"}, code=[{"call": "f", "args": []}])
        self.assertIn("\tif (err) {\n\t\tgoto out;\n\t\tf();\n\t}\n", t)

    def test_insert_after_the_statement_around(self):
        t = own(op="insert_after", at={"call": "go", "up": 1}, code=[{"return": "1"}])
        self.assertIn("\t}\n\treturn 1;\n\treturn 0;", t)

    def test_replace(self):
        self.same(own(op="replace", at={"goto": "out"}, code=[{"return": "err"}]),
                  lines(op="replace", anchor="goto out;", text="return err;"))

    def test_drop_condition(self):
        self.assertIn("\t\tgoto out;\n", own(op="drop_condition", at={"if": ["err"]}).replace("\tgoto", "\t\tgoto"))
        self.assertNotIn("if (err)", own(op="drop_condition", at={"if": ["err"]}))

    def test_rename(self):
        t = own(op="rename", at={"call": "work"}, **{"from": "dev", "to": "other"})
        self.assertIn("work(other,", t)
        self.assertIn("/* twice */", t)
        with self.assertRaisesRegex(Bad, "no 'nothing'"):
            own(op="rename", at={"call": "work"}, **{"from": "nothing", "to": "x"})

    def test_initialiser(self):
        t = edit.apply_edit(TEXT, {"op": "delete", "function": "", "at": {"init": "stop"}})
        self.assertNotIn(".stop", t)
        self.assertIn(".open", t)

    def test_not_there(self):
        for e, why in (({"at": {"call": "nope"}}, "call nope number 1 in probe"),
                       ({"at": {"call": "put", "n": 2}}, "1 there"),
                       ({"at": {"call": "put"}, "function": "other"}, "no function 'other'"),
                       ({"at": {"what": "x"}}, "locator without a kind"),
                       ({"at": {"call": "put", "up": 1}}, "nothing encloses"),
                       ({"at": {"call": "put"}, "statements": 9}, "only 2 of 9")):
            with self.assertRaisesRegex(Bad, why):
                own(**{"op": "delete", **e})
        with self.assertRaisesRegex(Bad, "unknown op 'burn'"):
            own(op="burn", at={"call": "put"})
        with self.assertRaisesRegex(Bad, "anchor not found: 'x' number 1 in probe"):
            lines(op="delete", anchor="x")


class Committed(unittest.TestCase):
    """The committed cases give the text they gave when converted from the line form."""

    def test_same_text_as_the_line_form(self):
        root = os.environ.get("NETDEV_CORPUS_TREE")
        if not root or not pathlib.Path(root).is_dir():
            self.skipTest("NETDEV_CORPUS_TREE names no prepared 6.12 tree")
        want = json.loads((common.HERE / "Inputs/edited-6.12.json").read_text())
        cs = cases.load(common.CORPUS / "cases")
        self.assertEqual(sorted(want), sorted(c["id"] for c in cs))
        compared = 0
        for c in cs:
            got = {r: [tree.digest(edit.squeeze(x)) for x in p] for r, p in cases.edited(c, root).items()}
            for rel, (before, after) in want[c["id"]].items():
                if got[rel][0] == before:        # another point release has other text
                    self.assertEqual(got[rel][1], after, c["id"])
                    compared += 1
        self.assertGreater(compared, 0, "not one file is as it was: another tree?")

    def test_both_forms(self):
        root, history = (os.environ.get(k) for k in ("NETDEV_CORPUS_TREE", "NETDEV_CORPUS_HISTORY"))
        if not root or not history:
            self.skipTest("NETDEV_CORPUS_TREE and NETDEV_CORPUS_HISTORY are not set")
        ours = {c["id"]: c for c in cases.load(common.CORPUS / "cases")}
        theirs = {c["id"]: c for c in cases.load(history)}
        self.assertEqual(sorted(ours), sorted(theirs))
        for k, c in theirs.items():
            a, b = cases.edited(c, root), cases.edited(ours[k], root)
            self.assertEqual({r: edit.squeeze(x[1]) for r, x in a.items()},
                             {r: edit.squeeze(x[1]) for r, x in b.items()}, k)

    def test_cases_quote_no_code(self):
        """Own form only: nothing in an edit is a statement or a line."""
        for c in cases.load(common.CORPUS / "cases"):
            self.assertNotIn("recreate", c)
            self.assertNotIn(";", json.dumps(c["edits"]), c["id"])


if __name__ == "__main__":
    unittest.main()
