#!/usr/bin/env python3
"""Tests of check_netdev.py itself: it must fail where a test is not met."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = """static int bad_probe(int x)
{
	free(x); /* WARN: netdev-leak: lost */
	return x; /* NOTE: leaves */
}

static int ok_probe(int x)
{
	return x;
}
"""
LEAK = "t.c:3:2: warning: it is lost [netdev-leak]\n"
NOTE = "t.c:4:2: note: leaves here\n"


class Check(unittest.TestCase):
    def check(self, source, lint, tidy=None, facts=None, note=NOTE):
        """Exit and output of the script with doors that print these texts."""
        with tempfile.TemporaryDirectory() as tmp:
            os.mkdir(tmp + "/bin")
            with open(tmp + "/t.c", "w", encoding="utf-8") as f:
                f.write(source)
            stub = "#!/bin/sh\ncase \"$*\" in\n" \
                   f"*--format=text*) printf '%s' '{lint}{note}';;\n" \
                   "lower*) ;;\n" \
                   f"solve*) printf '%s' '{lint if facts is None else facts}';;\n" \
                   f"*) printf '%s' '{lint}';;\nesac\n"
            for name, text in (("bin/netdev-lint", stub), ("tidy", "#!/bin/sh\nprintf '%s' '"
                               + (lint if tidy is None else tidy) + "'\n")):
                with open(f"{tmp}/{name}", "w", encoding="utf-8") as f:
                    f.write(text)
                os.chmod(f"{tmp}/{name}", 0o755)
            result = subprocess.run(
                [sys.executable, HERE + "/check_netdev.py", "--build", tmp, "--tidy",
                 tmp + "/tidy", "--mock", tmp, tmp + "/t.c"],
                capture_output=True, text=True, check=False)
            return result.returncode, result.stdout + result.stderr

    def test_passes(self):
        self.assertEqual(self.check(SOURCE, LEAK), (0, ""))

    def test_missing(self):
        code, out = self.check(SOURCE, "")
        self.assertEqual(code, 1)
        self.assertIn("missing netdev-leak", out)

    def test_unexpected(self):
        code, out = self.check(SOURCE, LEAK + "t.c:9:2: warning: no [netdev-leak]\n")
        self.assertEqual(code, 1)
        self.assertIn("unexpected in ok_probe", out)

    def test_other_message(self):
        code, out = self.check(SOURCE, LEAK.replace("lost", "gone"))
        self.assertEqual(code, 1)
        self.assertIn("missing", out)

    def test_doors_differ(self):
        for other in ({"tidy": ""}, {"facts": ""}):
            code, out = self.check(SOURCE, LEAK, **other)
            self.assertEqual(code, 1)
            self.assertIn("only by file", out)

    def test_missing_note(self):
        code, out = self.check(SOURCE, LEAK, note="")
        self.assertEqual(code, 1)
        self.assertIn("no step 'leaves'", out)

    def test_verdict_names(self):
        code, out = self.check(SOURCE.replace("bad_", "ok_a"), LEAK)
        self.assertEqual(code, 1)
        self.assertIn("ok_aprobe holds a WARN", out)
        code, out = self.check(SOURCE.replace("ok_", "bad_b"), LEAK)
        self.assertIn("bad_bprobe holds no WARN", out)

    def test_known_miss(self):
        missed = SOURCE.replace("bad_", "fn_").replace("WARN", "MISS")
        self.assertEqual(self.check(missed, ""), (0, ""))
        code, out = self.check(missed, LEAK)
        self.assertEqual(code, 1)
        self.assertIn("unexpected in fn_probe", out)
        code, out = self.check(missed.replace("MISS", "SEEN"), "")
        self.assertIn("fn_probe holds no MISS", out)
        code, out = self.check(missed.replace("netdev-leak", "leak"), "")
        self.assertIn("'leak' is not a check's name", out)

    def test_macro_function(self):
        define = "DEFINE_FREE(bad_x, int, free(_T)) /* WARN: netdev-leak */\n"
        self.assertEqual(self.check(SOURCE + define,
                                    LEAK + "t.c:11:1: warning: gone [netdev-leak]\n"), (0, ""))


if __name__ == "__main__":
    unittest.main()
