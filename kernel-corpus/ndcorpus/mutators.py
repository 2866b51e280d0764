"""Mutation operators: where a fault of the net_device lifetime can be put into a
correct driver, and why some places are left out.

An operator looks at one file (Unit) and yields Sites; a site is edits in our own
form, so a mutant is described without a line of kernel code and can be made again
from its id. Preconditions say when the change really is a fault; a place that
matches the shape but not the precondition is a site with a reason, and is listed.
"""
import re

from . import cscan, edit
from .cases import FITTING

FREE = {"free_netdev", "free_candev", "free_arcdev", "free_c_can_dev", "free_sja1000dev", "free_cc770dev"}
ALLOC = {"alloc_netdev", "alloc_netdev_mq", "alloc_netdev_mqs", "alloc_etherdev", "alloc_etherdev_mq",
         "alloc_etherdev_mqs", "alloc_candev", "alloc_candev_mqs", "alloc_fddidev", "alloc_fcdev", "alloc_hdlcdev",
         "alloc_arcdev", "alloc_hippi_dev", "alloc_c_can_dev", "alloc_sja1000dev", "alloc_cc770dev"}
REG = {"register_netdev", "register_netdevice", "register_candev", "register_c_can_dev", "register_sja1000dev",
       "register_cc770dev", "register_hdlc_device", "cfg80211_register_netdevice"}
UNREG = {"unregister_netdev", "unregister_candev", "unregister_hdlc_device", "unregister_netdevice",
         "unregister_c_can_dev", "unregister_sja1000dev", "unregister_cc770dev"}
INIT = {"INIT_WORK", "INIT_DELAYED_WORK", "timer_setup", "tasklet_setup", "spin_lock_init", "mutex_init",
        "init_completion", "init_waitqueue_head", "skb_queue_head_init", "netif_napi_add",
        "netif_napi_add_weight", "netif_napi_add_tx", "hrtimer_init"}
DESTROY = {"kfree", "vfree", "kvfree", "iounmap", "pci_iounmap", "free_irq", "dma_free_coherent", "destroy_workqueue",
           "netif_napi_del", "phy_disconnect", "mdiobus_unregister", "mdiobus_free", "clk_disable_unprepare",
           "free_percpu", "dma_pool_destroy", "usb_free_urb", "phylink_destroy"}
CANCEL = {"cancel_work_sync": "work", "cancel_delayed_work_sync": "work", "disable_work_sync": "work",
          "disable_delayed_work_sync": "work", "del_timer_sync": "timer", "timer_delete_sync": "timer",
          "timer_shutdown_sync": "timer", "tasklet_kill": "tasklet", "hrtimer_cancel": "hrtimer"}
STOP = set(CANCEL) | {"flush_work", "flush_delayed_work", "cancel_work", "cancel_delayed_work", "del_timer",
                      "timer_delete", "timer_shutdown"}
QUEUES = {"flush_workqueue", "drain_workqueue", "destroy_workqueue"}
ARM = {"schedule_work", "queue_work", "queue_work_on", "schedule_delayed_work", "queue_delayed_work",
       "mod_delayed_work", "mod_timer", "add_timer", "tasklet_schedule", "tasklet_hi_schedule", "hrtimer_start"}
HOLD = {"dev_hold", "netdev_hold"}
GET = {"dev_get_by_name", "dev_get_by_index", "netdev_get_by_name", "netdev_get_by_index", "ip_dev_find"} | HOLD
PUT = {"dev_put", "netdev_put"}
BIND = INIT | {"tasklet_init", "request_irq", "request_threaded_irq", "devm_request_irq",
               "devm_request_threaded_irq"}
# Files that implement what is mutated, or are tests of it.
CORE = re.compile(r"^net/core/|^drivers/net/(dummy_selftest|netdevsim/)")

TOKENS = re.compile(r"free_netdev|free_candev|register_(?:netdev|candev|hdlc)|needs_free_netdev|dev_put|dev_hold|"
                    r"netdev_put|rtnl_lock|register_netdevice_notifier|alloc_\w*dev\b")


class Site:
    __slots__ = ("op", "file", "function", "edits", "what", "reason")

    def __init__(self, op, unit, function, edits, what, reason=""):
        self.op, self.file, self.function = op, unit.rel, function
        self.edits, self.what, self.reason = edits, what, reason

    @property
    def id(self):
        return f"{self.op}:{self.file}:{self.function}:{self.what}".replace(" ", "-")


def args_of(own, callee):
    """The arguments of the first call of callee in masked text, white space squeezed."""
    m = re.search(rf"\b{re.escape(callee)}\s*\(", own)
    if not m:
        return []
    e = cscan.match(own, m.end() - 1)
    out, depth, cur = [], 0, ""
    for c in own[m.end():e - 1]:
        if c == "," and depth == 0:
            out.append(" ".join(cur.split()))
            cur = ""
            continue
        depth += (c in "([{") - (c in ")]}")
        cur += c
    if cur.strip():
        out.append(" ".join(cur.split()))
    return out


def field(arg):
    """The member an argument names: `&priv->a.work` gives work; '' for a plain variable."""
    m = re.fullmatch(r"&?\s*[\w>.\-\[\]]*(?:->|\.)\s*(\w+)(?:\[[^\]]*\])?", arg.strip())
    return m.group(1) if m else ""


def one_of(s, names):
    """The first callee of a simple statement that is in names; '' for other statements."""
    return next((c for c in s.calls if c in names), "") if s.kind == "simple" else ""


class Unit:
    """One file, scanned once."""

    def __init__(self, rel, text):
        self.rel, self.text = rel, text
        self.fns = cscan.functions(text)
        self.by_name = {}
        for f in self.fns:
            self.by_name.setdefault(f.name, []).append(f)
        self.names = {f.name for f in self.fns}
        self.all = [(f, s) for f in self.fns for s in f.statements()]
        self.inits = [(n, text[b:e].split("=", 1)[-1].strip(" ,\n\t&")) for n, b, e in cscan.initialisers(text)]
        self.needs_free = any(s.target() == "needs_free_netdev" for _, s in self.all)
        self.devm = "devm_alloc_etherdev" in text
        self._closure = {}

    def table(self, *patterns):
        """Functions that stand in a table's field matching one of the patterns."""
        return {v for n, v in self.inits if v in self.names and any(re.fullmatch(p, n) for p in patterns)}

    def closure(self, roots):
        """The roots and what they call or name, within the file."""
        seen, todo = set(), list(roots)
        while todo:
            n = todo.pop()
            if n in seen or n not in self.by_name:
                continue
            seen.add(n)
            for f in self.by_name[n]:
                for s in f.statements():
                    todo += (set(s.calls) & self.names) - seen
        return seen

    def callbacks(self):
        """Functions that run once the device is registered and up."""
        if "cb" not in self._closure:
            roots = self.table(r"ndo_\w+") | self.table(r"get_\w+|set_\w+|begin|nway_reset")
            self._closure["cb"] = self.closure(roots)
        return self._closure["cb"]

    def asynchronous(self):
        """Callbacks plus what work, timers, NAPI and interrupts run."""
        if "as" not in self._closure:
            roots = set(self.callbacks())
            for _, s in self.all:
                if any(c in BIND for c in s.calls):
                    roots |= s.names & self.names
            self._closure["as"] = self.closure(roots)
        return self._closure["as"]

    def uses(self, name, functions):
        return any(name in s.names for n in functions for f in self.by_name.get(n, []) for s in f.statements())

    def locator(self, f, s, callee=None):
        """An own-form locator of a statement."""
        if callee:
            loc = {"call": callee}
        elif s.kind == "goto":
            loc = {"goto": s.name}
        elif s.kind == "if":
            loc = {"if": sorted(cscan.names_in(s.cond) - cscan.KEYWORDS)}
        elif s.kind == "return":
            loc = {"return": True}
        else:
            raise ValueError(s.kind)
        hits = [x for g in self.by_name[f.name] for x in g.statements() if edit.fits(x, loc)]
        n = next(i for i, x in enumerate(hits) if x is s)
        return {**loc, "n": n + 1} if len(hits) > 1 else loc


def siblings(f, s):
    row = s.parent.body if s.parent is not None else f.top()
    return row, row.index(s)


def returned(f):
    """The variable the function returns on failure: the last `return v;` with a plain name."""
    v = [m.group(1) for s in f.statements() if s.kind == "return"
         for m in [re.fullmatch(r"return\s*\(?\s*([a-z_]\w*)\s*\)?\s*;", s.own)] if m]
    return v[-1] if v and not re.match(r"(true|false|NULL)$", v[-1]) else ""


def error_return(f, s):
    """What `return` gives an error at statement s: the function's error variable where it
    is set or tested just there, -EIO elsewhere; '' when the function returns no int."""
    v = returned(f)
    if not v or not any(edit.is_declaration(x) and v in x.names and re.match(r"\s*(int|long|s32|ssize_t)\b", x.own)
                        for x in f.statements()):
        return ""
    row, i = siblings(f, s)
    up = s.parent
    while up is not None and up.kind in ("block", "else"):
        up = up.parent
    here = any(x.target() == v for x in row[:i]) or (up is not None and v in cscan.names_in(up.cond))
    return v if here else "-EIO"


def ladder(f, label):
    """The statements from a label of the outermost block to the return."""
    row = f.top()
    for i, s in enumerate(row):
        if s.kind == "label" and s.name == label:
            return row[i:]
    return []


def register_in(f):
    """(statement, callee, check) of the first registration at the outermost level; check is the
    statement that looks at its result."""
    row = f.top()
    for i, s in enumerate(row):
        hit = next((c for c in s.calls if c in REG), "")
        if hit and s.kind in ("simple", "if"):
            if s.kind == "if":
                return s, hit, s
            nxt = row[i + 1] if i + 1 < len(row) else None
            v = s.target()
            if nxt is not None and nxt.kind == "if" and v and v in cscan.names_in(nxt.cond) and not nxt.orelse:
                return s, hit, nxt
            return s, hit, None
    return None, "", None


OPERATORS = {}


def operator(name, *classes, checks=()):
    fit = {"netdev-" + c for k in classes for c in FITTING[k].split()} | {"netdev-" + c for c in checks}

    def put(fn):
        OPERATORS[name] = (fn, fit)
        fn.operator = name
        return fn
    return put


def same_row(u, f, first, second):
    """(a, callee, b, callee) with a before b, siblings, the same plain argument."""
    for a in f.statements():
        ca = one_of(a, first)
        if not ca:
            continue
        row, i = siblings(f, a)
        for b in row[i + 1:]:
            cb = one_of(b, second)
            if cb and args_of(a.own, ca)[:1] == args_of(b.own, cb)[:1]:
                yield a, ca, b, cb
                break


@operator("drop-free-on-error", 3, 4)
def _(u):
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
            yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": u.locator(f, s, c),
                                        "keep_body": True}], u.locator(f, s, c).get("n", 1), why)


@operator("drop-free-in-remove", 3)
def _(u):
    for f in u.fns:
        if any(set(s.calls) & ALLOC for s in f.statements()):
            continue
        for a, ca, b, cb in same_row(u, f, UNREG, FREE):
            why = "needs_free_netdev is set in the file" if u.needs_free else \
                "devices of the file are device-managed" if u.devm else ""
            yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": u.locator(f, b, cb),
                                        "keep_body": True}], u.locator(f, b, cb).get("n", 1), why)


@operator("drop-unregister", 6)
def _(u):
    for f in u.fns:
        for a, ca, b, cb in same_row(u, f, UNREG, FREE):
            n = sum(1 for s in f.statements() if set(s.calls) & UNREG)
            why = "another unregistration in the function" if n > 1 else ""
            yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": u.locator(f, a, ca),
                                        "keep_body": True}], u.locator(f, a, ca).get("n", 1), why)


@operator("swap-free-unregister", 1, 2, 6)
def _(u):
    for f in u.fns:
        for a, ca, b, cb in same_row(u, f, UNREG, FREE):
            yield Site("", u, f.name, [{"op": "move_before", "function": f.name, "at": u.locator(f, b, cb),
                                        "to": u.locator(f, a, ca)}], u.locator(f, b, cb).get("n", 1))


@operator("init-after-register", 5)
def _(u):
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
            to = u.locator(f, check) if check is not None and check is not reg else u.locator(f, reg, callee)
            yield Site("", u, f.name, [{"op": "move_after", "function": f.name, "at": u.locator(f, s, c), "to": to}],
                       f"{c}-{name or '?'}-{u.locator(f, s, c).get('n', 1)}", why)


@operator("destroy-before-unregister", 7)
def _(u):
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
            yield Site("", u, f.name, [{"op": "move_before", "function": f.name, "at": u.locator(f, s, c),
                                        "to": u.locator(f, un, one_of(un, UNREG))}],
                       f"{c}-{'-'.join(names) or '?'}-{u.locator(f, s, c).get('n', 1)}", why)


@operator("drop-cancel", 11)
def _(u):
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


@operator("drop-put", 9)
def _(u):
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


@operator("set-needs-free", 2, 12)
def _(u):
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


@operator("register-takes-rtnl", 8)
def _(u):
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


@operator("register-without-rtnl", 8)
def _(u):
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


@operator("free-in-dellink", 2)
def _(u):
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


@operator("return-after-register", 3, 6)
def _(u):
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


@operator("skip-unregister-on-error", 6)
def _(u):
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


@operator("return-before-free", 3)
def _(u):
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


@operator("unregister-twice", 14, 2)
def _(u):
    yield from _twice(u, UNREG)


@operator("free-twice", 2)
def _(u):
    yield from _twice(u, FREE)


@operator("use-after-free", 1)
def _(u):
    for f, s in u.all:
        c = one_of(s, FREE)
        if not c or not s.own.strip().startswith(c):
            continue
        dev = (args_of(s.own, c) or [""])[0]
        why = "" if re.fullmatch(r"\w+", dev) else "the device is not a plain variable"
        loc = u.locator(f, s, c)
        yield Site("", u, f.name, [{"op": "insert_after", "function": f.name, "at": loc,
                                    "code": [{"set": f"{dev}->flags", "value": "0"}]}], f"{c}-{loc.get('n', 1)}", why)


@operator("drop-rtnl-unlock", 8)
def _(u):
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


@operator("drop-notifier-unregister", 10)
def _(u):
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


@operator("ignore-register-result", 14, 4)
def _(u):
    for f in u.fns:
        reg, callee, check = register_in(f)
        if reg is None:
            continue
        why = ""
        if check is None:
            why = "the result is not looked at as it is"
        elif check is reg:
            why = "the call stands in the condition"
        loc = u.locator(f, check if check is not None else reg, None if check not in (None, reg) else callee)
        yield Site("", u, f.name, [{"op": "delete", "function": f.name, "at": loc, "keep_body": True}], "1", why)


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
