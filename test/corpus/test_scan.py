"""The statement scanner on C of our own."""
import unittest

import common  # noqa: F401
from ndcorpus import cscan


def stmts(body, name="f"):
    text = f"static int {name}(int a,\n\t\tchar *b)\n{{\n{body}\n}}\n"
    (f,) = cscan.functions(text)
    return text, f


class Scan(unittest.TestCase):
    def kinds(self, body):
        return [s.kind for s in stmts(body)[1].statements()]

    def test_comments_and_strings_are_no_code(self):
        m = cscan.mask('a("x); /*" ); // b();\n/* c(); */ d(\'"\');\n#define E e(); \\\n\tg();\nh();')
        self.assertEqual(cscan.calls_in(m), ["a", "d", "h"])
        self.assertEqual(m.count("\n"), 4)

    def test_offsets_stay(self):
        t = 'x = "é\\"/*"; /* y */ z();\n'
        self.assertEqual(len(cscan.mask(t)), len(t))
        self.assertEqual(cscan.mask(t).index("z"), t.index("z"))

    def test_functions(self):
        t = ("struct s { int (*cb)(int); };\n"
             "static struct s v = { .cb = f0, };\n"
             "int f1(void)\n{\n\treturn 0;\n}\n"
             "static int __init f2(int a) __acquires(lock)\n{\n\tif (a) { g(); }\n}\n"
             "void\nf3(struct s *p)\n{\n}\n"
             "DECLARE(x);\nenum { A, B };\n")
        self.assertEqual([f.name for f in cscan.functions(t)], ["f1", "f2", "f3"])

    def test_unbalanced_macro_ends_at_column_0(self):
        t = "int f(void)\n{\n\tOPEN {\n\tg();\n}\nint h(void)\n{\n\treturn 1;\n}\n"
        self.assertEqual([f.name for f in cscan.functions(t)], ["f", "h"])

    def test_else_branches_of_conditionals_are_blank(self):
        t = "int f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t\tg();\n\t}\n\th();\n}\n"
        (f,) = cscan.functions(t)
        self.assertEqual([s.kind for s in f.top()], ["if", "simple"])
        self.assertEqual([s.conditional for s in f.top()], [True, False])

    def test_if_0(self):
        t = "int f(void)\n{\n#if 0\n\ta();\n#else\n\tb();\n#endif\n}\n"
        self.assertEqual([c for s in cscan.functions(t)[0].statements() for c in s.calls], ["b"])

    def test_statement_kinds(self):
        self.assertEqual(self.kinds("\tint x = 1;\n\tif (a)\n\t\tg();\n\telse if (b) {\n\t\treturn 1;\n\t} else\n"
                                    "\t\tgoto out;\nout:\n\treturn 0;"),
                         ["simple", "if", "simple", "else", "if", "block", "return", "else", "goto", "label", "return"])

    def test_loops(self):
        self.assertEqual(self.kinds("\tfor (;;)\n\t\tg();\n\tdo {\n\t\th();\n\t} while (a--);\n"
                                    "\tlist_for_each_entry(x, &l, y)\n\t\tg();\n\tscoped_guard(rtnl) {\n\t\tg();\n\t}"),
                         ["loop", "simple", "do", "block", "simple", "loop", "simple", "loop", "block", "simple"])

    def test_switch_and_labels(self):
        self.assertEqual(self.kinds("\tswitch (a) {\n\tcase A ? 1 : 2:\n\tcase 'x':\n\t\tbreak;\n\tdefault:\n"
                                    "\t\tg();\n\t}"),
                         ["loop", "block", "case", "case", "break", "case", "simple"])

    def test_macro_without_semicolon(self):
        self.assertEqual(self.kinds("\tASSERT_THING(a)\n\tg();"), ["simple", "simple"])

    def test_statement_expression_and_initialiser(self):
        self.assertEqual(self.kinds("\tstruct s v = { .a = 1, .b = { 2 } };\n\tx = ({ int y = 1; y; });\n\tg();"),
                         ["simple"] * 3)

    def test_targets(self):
        for text, want in (("p->q.field = 1;", "field"), ("x[a == b] = 2;", "x"), ("v |= 1;", "v"),
                           ("v <<= 1;", "v"), ("a == b;", ""), ("f(x = 1);", ""), ("struct s *d = g();", "d")):
            (s,) = stmts("\t" + text)[1].statements()
            self.assertEqual(s.target(), want, text)

    def test_initialisers(self):
        t = "struct o ops = {\n\t.open = f,\n\t.nested = { .x = 1, .y = g(1, 2) },\n\t.last = h\n};\n" \
            "int f(void)\n{\n\tstruct o l = { .open = 1 };\n}\n"
        got = [(n, t[b:e]) for n, b, e in cscan.initialisers(t)]
        self.assertEqual([n for n, _ in got], ["open", "nested", "x", "y", "last"])
        self.assertEqual(got[0][1], ".open = f,")


if __name__ == "__main__":
    unittest.main()
