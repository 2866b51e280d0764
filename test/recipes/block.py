"""block.py FILE.md HEADING [N]: the Nth fenced block (1) below a heading, as it
is written. Fails if there is none, so that a recipe that is gone is noticed."""
import re
import sys

text = open(sys.argv[1], encoding="utf-8").read()
section = re.search(rf"^#+ {re.escape(sys.argv[2])}\n(.*?)(?=^#|\Z)", text, re.M | re.S)
if not section:
    sys.exit(f"{sys.argv[1]} has no heading '{sys.argv[2]}'")
blocks = re.findall(r"^```\w*\n(.*?)^```$", section[1], re.M | re.S)
print(blocks[int(sys.argv[3] if len(sys.argv) > 3 else 1) - 1], end="")
