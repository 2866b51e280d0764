"""Operators that put a statement before or behind another: the right calls, the wrong order."""
from .mutation import FREE, UNREG, INIT, DESTROY, Site, args_of, field, one_of, siblings, register_in, same_row


def swap_free_unregister(u):
    for f in u.fns:
        for a, ca, b, cb in same_row(u, f, UNREG, FREE):
            yield Site("", u, f.name, [{"op": "move_before", "function": f.name, "at": u.locator(f, b, cb),
                                        "to": u.locator(f, a, ca)}], u.locator(f, b, cb).get("n", 1))


# Registrations for which the caller holds the RTNL (catalogue E.17).
HELD = {"register_netdevice", "cfg80211_register_netdevice"}


def init_after_register(u):
    for f in u.fns:
        reg, callee, check = register_in(f)
        if reg is None:
            continue
        for s in f.top():
            if s.begin >= reg.begin:
                break
            c = one_of(s, INIT)
            if not c:
                continue
            args = args_of(s.own, c)
            name = field(args[1] if c.startswith("netif_napi_add") and len(args) > 1 else args[0] if args else "")
            why = ""
            if not name:
                why = "what is initialised is not a member"
            elif check is None:
                why = "the result of the registration is not looked at"
            elif not u.uses(name, u.callbacks() - {f.name}):
                why = "no callback of the file uses it"
            elif callee in HELD:
                why = "the RTNL is held: nothing opens the device before it is dropped"
            to = u.locator(f, check) if check is not None and check is not reg else u.locator(f, reg, callee)
            yield Site("", u, f.name, [{"op": "move_after", "function": f.name, "at": u.locator(f, s, c), "to": to}],
                       f"{c}-{name or '?'}-{u.locator(f, s, c).get('n', 1)}", why)


def _counted(u, clock):
    """A callback of the file enables the clock for as long as it needs it."""
    return any(clock in s.names and {"clk_prepare_enable", "clk_enable"} & set(s.calls)
               for n in u.callbacks() for f in u.by_name.get(n, []) for s in f.statements())


def destroy_before_unregister(u):
    for f in u.fns:
        un = next((s for s in f.top() if one_of(s, UNREG)), None)
        if un is None:
            continue
        row, i = siblings(f, un)
        for s in row[i + 1:]:
            if s.kind in ("label", "return"):
                break
            c = one_of(s, DESTROY)
            if not c:
                continue
            which = {"pci_iounmap": 1, "dma_free_coherent": 2}.get(c, 0)
            names = [x for x in (field(a) for a in args_of(s.own, c)[which:which + 1]) if x]
            used = [x for x in names if u.uses(x, u.callbacks() - {f.name})]
            why = "" if used else "no callback of the file uses it" if names else "what is destroyed is not a member"
            if not why and c == "free_irq":
                why = "an interrupt may be freed before, once the device is quiet"
            elif not why and c == "clk_disable_unprepare" and _counted(u, names[0]):
                why = "a clock is counted, and a callback enables it for itself"
            yield Site("", u, f.name, [{"op": "move_before", "function": f.name, "at": u.locator(f, s, c),
                                        "to": u.locator(f, un, one_of(un, UNREG))}],
                       f"{c}-{'-'.join(names) or '?'}-{u.locator(f, s, c).get('n', 1)}", why)
