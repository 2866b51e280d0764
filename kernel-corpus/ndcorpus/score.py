"""What counts as found: corpus README's definition, in one place."""
from .tree import LEVELS


def key(f):
    return (f["check"], f.get("function", ""), f["message"])


def at_level(findings, level):
    """Findings of at least this precision."""
    ok = LEVELS[:LEVELS.index(level) + 1]
    return [f for f in findings if f.get("precision", "low") in ok]


def new_findings(before, after):
    """Those of after that before has not, by check, function and message."""
    had = {key(f) for f in before}
    out, seen = [], set()
    for f in after:
        if key(f) not in had and key(f) not in seen:
            seen.add(key(f))
            out.append(f)
    return out


def touches(f, functions):
    """In one of the functions, or with a step in one. No functions: anywhere."""
    return not functions or f.get("function") in functions or \
        any(s.get("function") in functions for s in f.get("steps", []))


def found_by(new, checks, functions, level):
    """The new findings that fit, at this precision."""
    return [f for f in at_level(new, level) if f["check"] in checks and touches(f, functions)]


def short(f):
    return {k: f.get(k) for k in ("check", "rule", "precision", "message", "file", "line", "function")}


def table(head, rows):
    """A plain table; numbers to the right."""
    rows = [[("" if c is None else str(c)) for c in r] for r in [head, *rows]]
    width = [max(len(r[i]) for r in rows) for i in range(len(head))]
    right = [all(r[i] == "" or r[i].replace("%", "").replace(".", "").replace(" ", "").replace("-", "").isdigit()
                 for r in rows[1:]) and len(rows) > 1 for i in range(len(head))]
    out = []
    for n, r in enumerate(rows):
        out.append(" | ".join(c.rjust(w) if rt else c.ljust(w) for c, w, rt in zip(r, width, right)).rstrip())
        if n == 0:
            out.append("-|-".join("-" * w for w in width))
    return "\n".join(out)


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"
