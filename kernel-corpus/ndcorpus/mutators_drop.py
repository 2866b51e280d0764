"""Operators that leave a statement out: a free, a cancellation, a put, a check."""
import re

from . import cscan
from .mutation import (FREE, ALLOC, UNREG, CANCEL, STOP, QUEUES, ARM, HOLD, GET, PUT, Site, args_of, field, one_of,
                       siblings, register_in, same_row)


def _is_dead(f, s):
    """The statement stands under `if (!p)`, and what p was set to last is what netdev_priv() gives."""
    up = s.parent
    while up is not None and up.kind in ("block", "else"):
        up = up.parent
    m = re.fullmatch(r"!\s*(\w+)", up.cond.strip()) if up is not None and up.kind == "if" else None
    sets = [x for x in f.statements() if m and x.target() == m.group(1) and x.begin < up.begin]
    return bool(sets) and "netdev_priv" in sets[-1].calls


def free_on_error(u):
    for f in u.fns:
        allocs = [s for s in f.statements() if set(s.calls) & ALLOC]
        if not allocs:
            continue
        for s in f.statements():
            c = one_of(s, FREE)
            if not c or s.begin < allocs[0].begin:
                continue
            row, i = siblings(f, s)
            why = ""
            if any(one_of(x, UNREG) for x in row[max(0, i - 6):i]) and not any(
                    x.kind == "label" for x in row[max(0, i - 3):i]):
                why = "not an error path: it follows unregistration"
            elif not (any(x.kind in ("label",) for x in row[:i]) or s.parent is not None):
                why = "not an error path"
            elif any(one_of(x, FREE) and args_of(x.own, one_of(x, FREE)) == args_of(s.own, c)
                     for x in row if x is not s):
                why = "freed again in the same block"
            elif _is_dead(f, s):
                why = "dead code: netdev_priv() is never NULL"
            yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": u.locator(f, s, c),
                                        "keep_body": True}], u.locator(f, s, c).get("n", 1), why)


def free_in_remove(u):
    for f in u.fns:
        if any(set(s.calls) & ALLOC for s in f.statements()):
            continue
        for a, ca, b, cb in same_row(u, f, UNREG, FREE):
            why = "needs_free_netdev is set in the file" if u.needs_free else \
                "devices of the file are device-managed" if u.devm else ""
            yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": u.locator(f, b, cb),
                                        "keep_body": True}], u.locator(f, b, cb).get("n", 1), why)


def unregister(u):
    for f in u.fns:
        for a, ca, b, cb in same_row(u, f, UNREG, FREE):
            n = sum(1 for s in f.statements() if set(s.calls) & UNREG)
            why = "another unregistration in the function" if n > 1 else ""
            yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": u.locator(f, a, ca),
                                        "keep_body": True}], u.locator(f, a, ca).get("n", 1), why)


def cancel(u):
    frees = bool(set(cscan.calls_in(cscan.mask(u.text))) & FREE) or u.needs_free or u.devm
    for f, s in u.all:
        c = one_of(s, CANCEL)
        if not c:
            continue
        name = field((args_of(s.own, c) or [""])[0])
        others = [x for _, x in u.all if x is not s and name in x.names and set(x.calls) & STOP]
        arms = [g for g, x in u.all if name in x.names and set(x.calls) & ARM]
        why = ""
        if not name:
            why = "what is cancelled is not a member"
        elif not frees:
            why = "no device is freed in the file"
        elif others:
            why = "cancelled or flushed elsewhere in the file"
        elif not arms:
            why = "never armed in the file"
        elif not any(g.name in u.asynchronous() for g in arms):
            why = "not armed from a callback"
        elif CANCEL[c] == "work" and any(set(x.calls) & QUEUES for _, x in u.all):
            why = "a work queue is flushed or destroyed in the file"
        yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": u.locator(f, s, c), "keep_body": True}],
                   f"{c}-{name or '?'}-{u.locator(f, s, c).get('n', 1)}", why)


def put(u):
    for f in u.fns:
        gets = [s for s in f.statements() if set(s.calls) & GET and s.kind in ("simple", "if")]
        for s in f.statements():
            c = one_of(s, PUT)
            if not c:
                continue
            a = (args_of(s.own, c) or [""])[0]
            got = [g for g in gets if g.begin < s.begin and
                   (g.target() and re.search(rf"\b{g.target()}$", a) or a in [
                       x for k in g.calls if k in HOLD for x in args_of(g.own, k)[:1]])]
            watches = any("NETDEV_UNREGISTER" in x.names for x in f.statements())
            why = "" if got or watches else "the reference is not taken in this function"
            yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": u.locator(f, s, c),
                                        "keep_body": True}], f"{c}-{u.locator(f, s, c).get('n', 1)}", why)


def rtnl_unlock(u):
    for f in u.fns:
        locks = [s for s in f.statements() if set(s.calls) & {"rtnl_lock", "rtnl_trylock"}]
        for s in f.statements():
            if not one_of(s, {"rtnl_unlock"}):
                continue
            row, i = siblings(f, s)
            why = "" if locks and locks[0].begin < s.begin else "RTNL is not taken in the function before"
            if not why and any(one_of(x, {"rtnl_unlock"}) for x in row[i + 1:i + 4]):
                why = "unlocked again just behind"
            loc = u.locator(f, s, "rtnl_unlock")
            yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": loc, "keep_body": True}],
                       loc.get("n", 1), why)


def notifier_unregister(u):
    pair = {"unregister_netdevice_notifier": "register_netdevice_notifier",
            "unregister_netdevice_notifier_net": "register_netdevice_notifier_net"}
    for f, s in u.all:
        c = one_of(s, set(pair))
        if not c:
            continue
        here = any(pair[c] in x.calls for x in f.statements())
        there = any(pair[c] in x.calls for _, x in u.all)
        last = sum(c in x.calls for g, x in u.all if g is f) == 1
        why = "" if there else "registered in another file"
        if not why and not here and not last:
            why = "unregistered elsewhere in the function"
        loc = u.locator(f, s, c)
        yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": loc, "keep_body": True}],
                   f"{'error' if here else 'exit'}-{loc.get('n', 1)}", why)


def ignore_register_result(u):
    for f in u.fns:
        reg, callee, check = register_in(f)
        if reg is None:
            continue
        why = ""
        if check is None:
            why = "the result is not looked at as it is"
        elif check is reg:
            why = "the call stands in the condition"
        elif re.fullmatch(r"!\s*\w+|\w+\s*==\s*0", check.cond.strip()):
            why = "dropped would be what follows success"
        loc = u.locator(f, check if check is not None else reg, None if check not in (None, reg) else callee)
        yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": loc, "keep_body": True}], "1", why)
