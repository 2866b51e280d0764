"""Operators that add a statement: a second free, a store that changes who frees."""
import re

from .mutation import FREE, ALLOC, UNREG, Site, args_of, one_of, register_in, same_row


def set_needs_free(u):
    pairs = [p for f in u.fns for p in same_row(u, f, UNREG, FREE)]
    for f in u.fns:
        reg, callee, _ = register_in(f)
        if reg is None or not any(set(s.calls) & ALLOC for s in f.statements()):
            continue
        dev = (args_of(reg.own, callee) or [""])[0]
        why = ""
        if u.needs_free:
            why = "needs_free_netdev is set already"
        elif not pairs:
            why = "the file does not free after unregistration"
        elif not re.fullmatch(r"\w+", dev):
            why = "the device is not a plain variable"
        yield Site("", u, f.name, [{"op": "insert_before", "function": f.name, "at": u.locator(f, reg, callee),
                                    "code": [{"set": f"{dev}->needs_free_netdev", "value": "true"}]}], "1", why)


def free_in_dellink(u):
    for name in sorted(u.table("dellink")):
        for f in u.by_name[name]:
            for s in f.statements():
                if one_of(s, {"unregister_netdevice_queue"}):
                    dev = (args_of(s.own, "unregister_netdevice_queue") or [""])[0]
                    why = "" if re.fullmatch(r"\w+", dev) else "the device is not a plain variable"
                    loc = u.locator(f, s, "unregister_netdevice_queue")
                    yield Site("", u, f.name, [{"op": "insert_after", "function": f.name, "at": loc,
                                                "code": [{"call": "free_netdev", "args": [dev]}]}],
                               loc.get("n", 1), why)


def _twice(u, names):
    for f, s in u.all:
        c = one_of(s, names)
        if c and s.own.strip().startswith(c):
            args = args_of(s.own, c)
            why = "" if len(args) == 1 else "more than one argument"
            if u.needs_free and names is FREE:
                why = ""
            loc = u.locator(f, s, c)
            yield Site("", u, f.name, [{"op": "insert_after", "function": f.name, "at": loc,
                                        "code": [{"call": c, "args": args}]}], f"{c}-{loc.get('n', 1)}", why)


def unregister_twice(u):
    yield from _twice(u, UNREG)


def free_twice(u):
    yield from _twice(u, FREE)


def use_after_free(u):
    for f, s in u.all:
        c = one_of(s, FREE)
        if not c or not s.own.strip().startswith(c):
            continue
        dev = (args_of(s.own, c) or [""])[0]
        why = "" if re.fullmatch(r"\w+", dev) else "the device is not a plain variable"
        loc = u.locator(f, s, c)
        yield Site("", u, f.name, [{"op": "insert_after", "function": f.name, "at": loc,
                                    "code": [{"set": f"{dev}->flags", "value": "0"}]}], f"{c}-{loc.get('n', 1)}", why)
