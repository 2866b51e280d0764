"""Operators that put one jump or call for another: error paths cut short, RTNL variants."""
import re

from . import cscan
from .mutation import (FREE, ALLOC, REG, UNREG, Site, args_of, one_of, siblings, error_return, ladder,
                       register_in)


def register_takes_rtnl(u):
    held = u.table("newlink")
    for f in u.fns:
        for s in f.statements():
            if "register_netdevice" not in s.calls:
                continue
            lock = any("rtnl_lock" in x.calls and x.begin < s.begin for x in f.statements())
            why = "" if f.name in held or lock else "that RTNL is held is not shown in the function"
            loc = u.locator(f, s, "register_netdevice")
            yield Site("", u, f.name, [{"op": "rename", "function": f.name, "at": loc, "from": "register_netdevice",
                                        "to": "register_netdev"}], loc.get("n", 1), why)


def register_without_rtnl(u):
    free = u.table("probe", "probe_new")
    free |= {m.group(1) for m in re.finditer(r"\bmodule_init\s*\(\s*(\w+)", cscan.mask(u.text))}
    for f in u.fns:
        for s in f.statements():
            if "register_netdev" not in s.calls:
                continue
            lock = any(set(x.calls) & {"rtnl_lock", "rtnl_trylock"} for x in f.statements())
            why = "RTNL is taken in the function" if lock else "" if f.name in free else \
                "the function is not a probe or module init"
            loc = u.locator(f, s, "register_netdev")
            yield Site("", u, f.name, [{"op": "rename", "function": f.name, "at": loc, "from": "register_netdev",
                                        "to": "register_netdevice"}], loc.get("n", 1), why)


def _is_kept(f, s):
    """Before s the device, or what is private of it, is put where others find it: a member, a list."""
    mine = {a for x in f.statements() for c in x.calls if c in REG for a in args_of(x.own, c)[:1]}
    mine |= {x.target() for x in f.statements() if "netdev_priv" in x.calls}
    for x in f.statements():
        if x.begin >= s.begin or x.kind != "simple":
            continue
        kept = re.search(r"(?:->|\]|\.)[^=]*(?<![=!<>])=\s*(\w+)\s*;", x.own)
        lists = any(re.search(r"list_add|set_(?:intf|drv)data", c) for c in x.calls)
        if (kept and kept.group(1) in mine) or (lists and x.names & mine):
            return True
    return False


def _inside(x):
    """x and all that is in it."""
    yield x
    for y in x.body + x.orelse:
        yield from _inside(y)


def _collects(u, row):
    """The statements walk over devices and unregister them, by themselves or in what they call."""
    ends = {n for n in u.names
            if any(one_of(x, UNREG) for g in u.closure([n]) for h in u.by_name[g] for x in h.statements())}
    called = u.closure({c for x in row for c in x.calls} & u.names)
    loops = [x for x in row + [x for n in called for h in u.by_name[n] for x in h.statements()] if x.kind == "loop"]
    return any(one_of(y, UNREG) or set(y.calls) & ends for x in loops for b in x.body for y in _inside(b))


def _caller_collects(u, f):
    """Every caller, told of the failure, unregisters all the devices there are."""
    calls = [(g, x) for g, x in u.all if f.name in x.calls and g is not f]
    for g, x in calls:
        row, i = siblings(g, x)
        check = row[i + 1] if i + 1 < len(row) and row[i + 1].kind == "if" else None
        if check is None or not x.target() or x.target() not in cscan.names_in(check.cond):
            return False
        then = [y for b in check.body for y in _inside(b)]
        then += [z for y in then if y.kind == "goto" for b in ladder(g, y.name) for z in _inside(b)]
        if not _collects(u, then):
            return False
    return bool(calls)


def return_after_register(u):
    for f in u.fns:
        reg, _, check = register_in(f)
        if reg is None:
            continue
        for s in f.statements():
            if s.kind != "goto" or s.begin < (check or reg).end:
                continue
            v = error_return(f, s)
            why = ""
            if not any(one_of(x, UNREG) for x in ladder(f, s.name)):
                why = "the label does not unregister"
            elif not v:
                why = "the function returns no int variable on failure"
            elif _is_kept(f, s) and _caller_collects(u, f):
                why = "the caller's error path unregisters every device that is kept"
            loc = u.locator(f, s)
            yield Site("", u, f.name, [{"op": "replace", "function": f.name, "at": loc, "code": [{"return": v or "-EIO"}]}],
                       f"{s.name}-{loc.get('n', 1)}", why)


def skip_unregister_on_error(u):
    for f in u.fns:
        reg, _, check = register_in(f)
        if reg is None:
            continue
        for s in f.statements():
            if s.kind != "goto" or s.begin < (check or reg).end:
                continue
            rest = ladder(f, s.name)
            at = next((i for i, x in enumerate(rest) if one_of(x, UNREG)), None)
            nxt = next((x.name for x in rest[at + 1:] if x.kind == "label"), "") if at is not None else ""
            why = "" if nxt else "no label behind the unregistration"
            if nxt and not any(one_of(x, FREE) for x in ladder(f, nxt)):
                why = "the device is not freed below"
            loc = u.locator(f, s)
            yield Site("", u, f.name, [{"op": "replace", "function": f.name, "at": loc, "code": [{"goto": nxt or "x"}]}],
                       f"{s.name}-{loc.get('n', 1)}", why)


def return_before_free(u):
    for f in u.fns:
        allocs = [s for s in f.statements() if set(s.calls) & ALLOC]
        if not allocs:
            continue
        reg, _, check = register_in(f)
        for s in f.statements():
            if s.kind != "goto" or s.begin < allocs[0].end:
                continue
            rest = ladder(f, s.name)
            v = error_return(f, s)
            var = allocs[0].target()
            row, i = siblings(f, allocs[0])
            why = ""
            if not any(one_of(x, FREE) for x in rest):
                why = "the label does not free the device"
            elif not v:
                why = "the function returns no int variable on failure"
            elif i + 1 < len(row) and row[i + 1].begin <= s.begin < row[i + 1].end and var in row[i + 1].names:
                why = "this is the allocation's own failure"
            elif reg is not None and s.begin >= (check or reg).end:
                why = "behind the registration: another operator"
            loc = u.locator(f, s)
            yield Site("", u, f.name, [{"op": "replace", "function": f.name, "at": loc, "code": [{"return": v or "-EIO"}]}],
                       f"{s.name}-{loc.get('n', 1)}", why)
