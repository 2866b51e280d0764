"""Mutation operators: where a fault of the net_device lifetime can be put into a
correct driver, and why some places are left out.

An operator looks at one file (Unit) and yields Sites; a site is edits in our own
form, so a mutant is described without a line of kernel code and can be made again
from its id. Preconditions say when the change really is a fault; a place that
matches the shape but not the precondition is a site with a reason, and is listed.
"""
import re

from . import edit
from . import mutators_drop as drop, mutators_insert as insert, mutators_move as move, mutators_replace as replace
from .cases import FITTING
from .mutation import Unit

# Files that implement what is mutated, or are tests of it.
CORE = re.compile(r"^net/core/|^drivers/net/(dummy_selftest|netdevsim/)")

TOKENS = re.compile(r"free_netdev|free_candev|register_(?:netdev|candev|hdlc)|needs_free_netdev|dev_put|dev_hold|"
                    r"netdev_put|rtnl_lock|register_netdevice_notifier|alloc_\w*dev\b")


def _fitting(*classes):
    """The checks that fit the classes of fault."""
    return {"netdev-" + c for k in classes for c in FITTING[k].split()}


# Name of an operator: the function that yields its sites, the checks that fit.
OPERATORS = {
    "drop-free-on-error": (drop.free_on_error, _fitting(3, 4)),
    "drop-free-in-remove": (drop.free_in_remove, _fitting(3)),
    "drop-unregister": (drop.unregister, _fitting(6)),
    "swap-free-unregister": (move.swap_free_unregister, _fitting(1, 2, 6)),
    "init-after-register": (move.init_after_register, _fitting(5)),
    "destroy-before-unregister": (move.destroy_before_unregister, _fitting(7)),
    "drop-cancel": (drop.cancel, _fitting(11)),
    "drop-put": (drop.put, _fitting(9)),
    "set-needs-free": (insert.set_needs_free, _fitting(2, 12)),
    "register-takes-rtnl": (replace.register_takes_rtnl, _fitting(8)),
    "register-without-rtnl": (replace.register_without_rtnl, _fitting(8)),
    "free-in-dellink": (insert.free_in_dellink, _fitting(2)),
    "return-after-register": (replace.return_after_register, _fitting(3, 6)),
    "skip-unregister-on-error": (replace.skip_unregister_on_error, _fitting(6)),
    "return-before-free": (replace.return_before_free, _fitting(3)),
    "unregister-twice": (insert.unregister_twice, _fitting(14, 2)),
    "free-twice": (insert.free_twice, _fitting(2)),
    "use-after-free": (insert.use_after_free, _fitting(1)),
    "drop-rtnl-unlock": (drop.rtnl_unlock, _fitting(8)),
    "drop-notifier-unregister": (drop.notifier_unregister, _fitting(10)),
    "ignore-register-result": (drop.ignore_register_result, _fitting(14, 4)),
}


def sites(rel, text, only=None):
    """Every site of a file, excluded ones too (with a reason)."""
    if not TOKENS.search(text):
        return []
    u = Unit(rel, text)
    out, ids = [], set()
    for name, (fn, _) in OPERATORS.items():
        if only and name not in only:
            continue
        for s in fn(u):
            s.op = name
            if not s.reason and CORE.match(rel):
                s.reason = "the file implements the core or simulates it"
            if not s.reason and _conditional(u, s):
                s.reason = "inside a preprocessor conditional"
            if s.id not in ids:
                ids.add(s.id)
                out.append(s)
    return out


def _conditional(u, s):
    try:
        e = s.edits[0]
        p = edit.find(u.text, e["function"], e["at"], e.get("statements", 1))
        return p.stmt is not None and p.stmt.conditional
    except edit.Bad:
        return False
