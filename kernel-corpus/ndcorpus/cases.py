"""Reading cases, in either form, and applying their edits."""
import json
import pathlib

from . import edit
from .errors import Bad

FITTING = {
    1: "double-free free-with-needs-free pending-work use-after-free",
    2: "destructor double-free free-while-registered free-with-needs-free link-ops link-ops-free use-after-free",
    3: "destructor leak link-ops register-error",
    4: "destructor double-free leak link-ops link-ops-free ndo-init reference-leak reference-misuse "
       "register-error use-after-free",
    5: "work-after-register",
    6: "free-while-registered leak link-ops link-ops-free register-error use-after-free",
    7: "double-free pending-work teardown-before-unregister use-after-free",
    8: "rtnl-balance rtnl-deadlock rtnl-missing",
    9: "destructor ndo-init notifier-missing-put reference-leak reference-misuse use-after-free",
    10: "notifier-pairing rtnl-deadlock",
    11: "pending-work teardown-before-unregister use-after-free",
    12: "destructor double-free free-with-needs-free leak link-ops",
    13: "allocation double-free free-while-registered leak pending-work register-error "
        "teardown-before-unregister unregister-state use-after-free",
    14: "allocation double-free free-while-registered leak register-error unregister-state",
    15: "allocation free-while-registered link-ops unregister-list",
    16: "destructor double-free leak ndo-init reference-leak reference-misuse use-after-free",
}
CLASS_NAMES = {
    1: "use after free_netdev", 2: "double free", 3: "leak", 4: "error path after failed register",
    5: "initialisation after register", 6: "free of a registered device",
    7: "teardown before unregister", 8: "RTNL", 9: "references", 10: "notifier pairing",
    11: "work or timer outlives the device", 12: "needs_free_netdev in setup", 13: "devm mixing",
    14: "result of register, never registered", 15: "static device, stack list",
    16: "ndo_init, ndo_uninit"}


def fitting(*classes):
    """The checks that fit these classes, with their prefix."""
    return {"netdev-" + c for k in classes for c in FITTING[k].split()}


def read_json(path):
    try:
        return json.loads(pathlib.Path(path).read_text())
    except OSError as e:
        raise Bad(f"{path}: {e.strerror}") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as e:
        raise Bad(f"{path}: not JSON: {e}") from None


def load(*paths):
    """All cases of files and folders, either form, checked."""
    files = []
    for p in map(pathlib.Path, paths):
        files += sorted(p.glob("*.json")) if p.is_dir() else [p]
    if not files:
        raise Bad(f"no cases in {', '.join(map(str, paths))}")
    out, seen = [], {}
    for f in files:
        d = read_json(f)
        if isinstance(d, dict) and d.get("version", 1) != 1:
            raise Bad(f"{f}: version {d['version']} is unknown")
        cs = d.get("cases") if isinstance(d, dict) else d
        if not isinstance(cs, list):
            raise Bad(f"{f}: neither a list of cases nor an object with 'cases'")
        for i, c in enumerate(cs):
            check(f, i, c)
            if c["id"] in seen:
                raise Bad(f"{f}: case '{c['id']}' is also in {seen[c['id']]}")
            seen[c["id"]] = f
            out.append(c)
    return out


def edits_of(c):
    return c["edits"] if "edits" in c else c["recreate"]


def check(f, i, c):
    where = f"{f}: case {c.get('id', i) if isinstance(c, dict) else i}"
    if not isinstance(c, dict):
        raise Bad(f"{where}: not an object")
    for k in ("id", "file", "functions", "class"):
        if k not in c:
            raise Bad(f"{where}: field '{k}' is missing")
    for k in [c["class"]] + c.get("also_classes", []):
        if k not in FITTING:
            raise Bad(f"{where}: unknown class {k}")
    if not c.get("edits") and not c.get("recreate"):
        raise Bad(f"{where}: no edits")
    for e in edits_of(c):
        lines = "anchor" in e
        if e.get("op") not in (edit.LINE_OPS if lines else edit.OPS):
            raise Bad(f"{where}: unknown op '{e.get('op')}'")
        if not lines and "at" not in e:
            raise Bad(f"{where}: an edit has neither 'anchor' nor 'at'")
        need = {"move_after": "to_anchor" if lines else "to", "move_before": "to",
                "replace": "text" if lines else "code", "insert_after": "text" if lines else "code",
                "insert_before": "text" if lines else "code", "rename": "from"}.get(e["op"])
        if need and need not in e:
            raise Bad(f"{where}: {e['op']} without '{need}'")


def file_of(c, tree):
    """The case's file in this tree (a few moved between versions), or None."""
    for k in ("file", "file_61"):
        if c.get(k) and (pathlib.Path(tree) / c[k]).exists():
            return c[k]
    return None


def edited(c, tree):
    """{relative path: (untouched, edited)} of a case."""
    home = file_of(c, tree)
    if home is None:
        raise Bad(f"no file {c['file']} in this tree")
    out = {}
    for e in edits_of(c):
        rel = e.get("file", c["file"])
        rel = home if rel == c["file"] else rel
        if rel not in out:
            p = pathlib.Path(tree) / rel
            if not p.exists():
                raise Bad(f"no file {rel} in this tree")
            t = p.read_text(errors="surrogateescape")
            out[rel] = (t, t)
        before, now = out[rel]
        out[rel] = (before, edit.apply_edit(now, e))
    return out
