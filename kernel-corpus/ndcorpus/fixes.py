"""The fixes that findings bring along, applied to a mutant: do they compile, and is
the finding gone?
"""
from . import score


def apply_fixes(text, findings):
    """(the text with the first fix of each finding that meets no other, how many)."""
    data, taken, count = text.encode(errors="surrogateescape"), [], 0
    for f in findings:
        for fix in f.get("fixes", [])[:1]:
            edits = [(e["offset"], e["offset"] + e["length"], e["text"]) for e in fix["edits"]]
            if all(b < c or d < a for a, b, _ in edits for c, d, _ in taken):
                taken += edits
                count += 1
    for begin, end, new in sorted(taken, reverse=True):
        data = data[:begin] + new.encode(errors="surrogateescape") + data[end:]
    return data.decode(errors="surrogateescape"), count


def try_fixes(shadow, lint, rel, text, before, fresh):
    """What the fixes of the fresh findings in rel do; None if there is none."""
    fixable = [f for f in fresh if f["file"] == rel and f.get("fixes")]
    new, count = apply_fixes(text, fixable)
    if not count:
        return None
    shadow.put({rel: new}, rel)
    error = shadow.parses(rel)
    after, bad = ([], error) if error else lint.run(shadow, rel)
    left = score.at_level(score.new_findings(before, after), "high")
    had = {score.key(f) for f in fixable}
    known = {score.key(f) for f in fresh}
    return {"offered": count, "compiles": not error, "error": bad,
            "silent": not bad and not any(score.key(f) in had for f in left),
            "left": [score.short(f) for f in left],
            "came": [score.short(f) for f in left if score.key(f) not in known]}


def table(results, operators):
    rows = []
    for op in [*operators, None]:
        rs = [r for r in results if op in (None, r["op"])]
        fixed = [r["fix"] for r in rs if r.get("fix")]
        if rs:
            rows.append([op or "all", sum(r["killed"]["high"] for r in rs), len(fixed),
                         sum(x["compiles"] for x in fixed), sum(x["silent"] for x in fixed),
                         sum(x["silent"] and not x["left"] for x in fixed), sum(bool(x["came"]) for x in fixed)])
    return score.table(["operator", "found at high", "fix offered", "compiles", "finding gone", "nothing left", "new finding"], rows)
