"""make-database.py DIR FLAGS... -- FILE...: a compile_commands.json in DIR."""
import json
import sys

folder, rest = sys.argv[1], sys.argv[2:]
flags, files = rest[:rest.index("--")], rest[rest.index("--") + 1:]
with open(folder + "/compile_commands.json", "w", encoding="utf-8") as out:
    json.dump([{"directory": folder, "file": f,
                "command": " ".join(["gcc", *flags, "-DNAME='\"n\"'", "-c", "-o",
                                     f + ".o", f])} for f in files], out, indent=1)
