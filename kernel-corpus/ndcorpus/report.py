"""Reading json reports of netdev-lint."""
from . import tree
from .cases import read_json
from .errors import Bad


def load(path):
    """The report of one run over a tree, checked."""
    d = read_json(path)
    if not isinstance(d, dict) or d.get("version") != 1 or not isinstance(d.get("findings"), list):
        raise Bad(f"{path}: not a netdev-lint report of version 1")
    for i, f in enumerate(d["findings"]):
        for k in ("check", "message", "file", "line", "precision", "fingerprint"):
            if not isinstance(f, dict) or k not in f:
                raise Bad(f"{path}: finding {i} lacks '{k}'")
        if f["precision"] not in tree.LEVELS:
            raise Bad(f"{path}: finding {i} has precision '{f['precision']}'")
    return d
