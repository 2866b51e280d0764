"""What operators are written with: names of the kernel's API, the place of a fault
(Site), one file (Unit), and questions about its statements.
"""
import re

from . import cscan, edit

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
