"""Operators that put one jump or call for another: error paths cut short, RTNL variants."""
import re

from . import cscan
from .mutation import FREE, ALLOC, UNREG, Site, one_of, siblings, error_return, ladder, register_in


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
