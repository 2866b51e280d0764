"""The two forms of an edit, and how they change a text.

Line form (history.json): the anchor is a whole line, looked for inside a
function; see corpus README. Own form (cases/*.json): the place is named by what
stands there, and no line of kernel code is quoted:

  {"op": OP, "function": F, "at": LOCATOR, ...}       F "" is the whole file

  LOCATOR  {"call": f}      a statement that calls f (of `if (f())` its head)
           {"set": name}    an assignment whose left side ends in that name
           {"goto": label}  {"label": name}  {"return": true}
           {"if": [names]}  {"loop": [names]}   a head that mentions all names
           {"init": field}  a designated initialiser (file level)
           {"open": true}   the first statement that is not a declaration
           any with  "names": [...]  the statement's own text mentions all,
                     "n": k          the k-th such, from 1 (default 1),
                     "up": k         the k-th enclosing control statement of it
  OP       delete         at, statements (how many siblings, default 1)
           move_after, move_before   at, statements, to (LOCATOR, and in_function)
           insert_after, insert_before   at, code
           replace        at, statements, code
           drop_condition at an `if`: its head goes, what it guarded stays
           rename         at, from, to: a name in the statement's own text;
                          "which": k only its k-th use there
  CODE     a list of {"call": f, "args": [...], "into": var}
                     {"set": "lvalue", "value": "rvalue"}
                     {"goto": label}   {"return": "expr"}   {"declare": "type", "name": n}
                     {"if": "cond", "then": CODE}

Places are found at the time of the edit. A body without braces gets them when a
statement is put beside it.
"""
import re

from . import cscan
from .errors import Bad

OPS = ("delete", "move_after", "move_before", "insert_after", "insert_before", "replace",
       "drop_condition", "rename")
LINE_OPS = ("delete", "replace", "move_after", "insert_after", "insert_before")
KINDS = ("call", "set", "goto", "label", "return", "if", "loop", "init", "open")


def squeeze(text):
    """The text without white space differences."""
    return " ".join(re.findall(r"\w+|[^\w\s]", text))


def apply_edit(text, e):
    """One edit of either form."""
    return (apply_lines if "anchor" in e else apply_own)(text, e)


# ---- line form ----------------------------------------------------------------------------------

def _function_lines(text, name):
    """Index of every line that belongs to a definition of the function."""
    lines = text.split("\n")
    if not name:
        return lines, range(len(lines))
    found = [f for f in cscan.functions(text) if f.name == name]
    if not found:
        raise Bad(f"no function '{name}'")
    idx = []
    for f in found:
        idx += range(text.count("\n", 0, f.head), text.count("\n", 0, f.end) + 1)
    return lines, idx


def _find_line(text, function, anchor, occurrence):
    lines, idx = _function_lines(text, function)
    want = anchor.strip()
    hits = [i for i in idx if lines[i].strip() == want]
    if len(hits) < occurrence:
        raise Bad(f"anchor not found: '{want}' number {occurrence} in "
                  f"{function + '()' if function else 'the file'} ({len(hits)} there)")
    return lines, hits[occurrence - 1]


def apply_lines(text, e):
    op = e.get("op")
    if op not in LINE_OPS:
        raise Bad(f"unknown op '{op}'")
    fn, count = e.get("function", ""), e.get("count", 1)
    lines, i = _find_line(text, fn, e["anchor"], e.get("occurrence", 1))
    indent = re.match(r"\s*", lines[i]).group()
    new = [indent + t for t in e.get("text", "").split("\n")] if "text" in e else []
    if op == "delete":
        del lines[i:i + count]
    elif op == "replace":
        lines[i:i + count] = new
    elif op == "insert_after":
        lines[i + 1:i + 1] = new
    elif op == "insert_before":
        lines[i:i] = new
    else:
        _, j = _find_line(text, fn, e["to_anchor"], e.get("to_occurrence", 1))
        if i <= j < i + count:
            raise Bad("move_after: the target lies in what is moved")
        block = lines[i:i + count]
        del lines[i:i + count]
        if j > i:
            j -= count
        lines[j + 1:j + 1] = block
    return "\n".join(lines)


# ---- own form -----------------------------------------------------------------------------------

def fits(s, loc):
    """Does statement s match the locator, its number aside?"""
    if "call" in loc:
        ok = loc["call"] in s.calls
    elif "set" in loc:
        ok = s.target() == loc["set"]
    elif "goto" in loc:
        ok = s.kind == "goto" and s.name == loc["goto"]
    elif "label" in loc:
        ok = s.kind == "label" and s.name == loc["label"]
    elif "return" in loc:
        ok = s.kind == "return"
    elif "if" in loc:
        ok = s.kind == "if" and set(loc["if"]) <= cscan.names_in(s.cond)
    elif "loop" in loc:
        ok = s.kind == "loop" and set(loc["loop"]) <= s.names
    elif "open" in loc:
        ok = s.kind != "block" and not is_declaration(s)
    else:
        raise Bad(f"locator without a kind ({', '.join(KINDS)}): {loc}")
    return ok and set(loc.get("names", ())) <= s.names


_DECL = re.compile(
    r"\s*(?:(?:static|const|struct|union|enum|unsigned|signed|volatile|register)\s+)*"
    r"[A-Za-z_]\w*(?:\s+const)?(?:\s+\**|\s*\*+\s*)(?!return\b)[A-Za-z_]\w*\s*(?:\[[^;]*\])*\s*(?:[=;,:(]|$)")


def is_declaration(s):
    if s.kind != "simple":
        return False
    t = s.own
    if re.match(r"\s*(?:struct|union|enum|static|const|unsigned|signed|int|char|long|short|bool|void|"
                r"u8|u16|u32|u64|s8|s16|s32|s64|__\w+|LIST_HEAD|DEFINE_\w+|DECLARE_\w+)\b", t):
        return True
    return _DECL.match(t) is not None and not re.match(r"\s*[A-Za-z_]\w*\s*\(", t)


def describe(loc):
    kind = next((k for k in KINDS if k in loc), "?")
    v = loc.get(kind)
    v = " ".join(v) if isinstance(v, list) else "" if v is True else v
    more = f" with {' '.join(loc['names'])}" if loc.get("names") else ""
    return f"{kind} {v}{more}".replace("  ", " ").strip() + f" number {loc.get('n', 1)}"


class Place:
    """A run of sibling statements, or an initialiser, as offsets of a text."""

    def __init__(self, text, begin, end, stmt=None, siblings=()):
        self.text, self.begin, self.end = text, begin, end
        self.stmt, self.siblings = stmt, list(siblings)

    def lines(self):
        """The place widened to whole lines where nothing but blanks and comments shares them."""
        t = self.text
        b = t.rfind("\n", 0, self.begin) + 1
        e = t.find("\n", self.end)
        e = len(t) if e < 0 else e + 1
        m = cscan.mask(t)
        if m[b:self.begin].strip() or m[self.end:e].strip():
            return self.begin, self.end
        return b, e

    def indent(self):
        b = self.text.rfind("\n", 0, self.begin) + 1
        return re.match(r"[ \t]*", self.text[b:]).group()


def find(text, function, loc, statements=1):
    n = loc.get("n", 1)
    if "init" in loc:
        hits = [x for x in cscan.initialisers(text)
                if x[0] == loc["init"] and set(loc.get("names", ())) <= cscan.names_in(text[x[1]:x[2]])]
        if len(hits) < n:
            raise Bad(f"place not found: {describe(loc)} ({len(hits)} there)")
        return Place(text, hits[n - 1][1], hits[n - 1][2])
    defs = [f for f in cscan.functions(text) if f.name == function]
    if not defs:
        raise Bad(f"no function '{function}'")
    hits = [s for f in defs for s in f.statements() if fits(s, loc)]
    if len(hits) < n:
        raise Bad(f"place not found: {describe(loc)} in {function}() ({len(hits)} there)")
    s = hits[n - 1]
    up = loc.get("up", 0)
    while up:
        s = s.parent
        while s is not None and s.kind in ("block", "else"):
            s = s.parent
        if s is None:
            raise Bad(f"place not found: nothing encloses {describe(loc)} in {function}()")
        up -= 1
    return run_of(text, s, defs, statements)


def run_of(text, s, defs, statements=1):
    """The place of s and the siblings behind it."""
    if s.parent is not None:
        row = s.parent.body
    else:
        row = next(f.top() for f in defs if f.begin < s.begin < f.end)
    k = row.index(s)
    run = row[k:k + statements]
    if len(run) < statements:
        raise Bad(f"only {len(run)} of {statements} statements are left in the block")
    return Place(text, run[0].begin, run[-1].end, s, run)


def render(code, indent=""):
    """Our own statements as C, kernel style."""
    out = []
    for c in code:
        if "call" in c:
            into = f"{c['into']} = " if c.get("into") else ""
            out.append(f"{indent}{into}{c['call']}({', '.join(c.get('args', []))});")
        elif "set" in c:
            out.append(f"{indent}{c['set']} = {c['value']};")
        elif "goto" in c:
            out.append(f"{indent}goto {c['goto']};")
        elif "return" in c:
            out.append(f"{indent}return{' ' if c['return'] else ''}{c['return']};")
        elif "declare" in c:
            out.append(f"{indent}{c['declare']} {c['name']};")
        elif "if" in c:
            out.append(f"{indent}if ({c['if']}) {{")
            out.append(render(c["then"], indent + "\t"))
            out.append(f"{indent}}}")
        else:
            raise Bad(f"unknown code {c}")
    return "\n".join(out)


def _insert(text, place, code_of, after):
    """Puts code beside the place; code_of(indent) makes it."""
    s = place.stmt
    if s is not None and s.unbraced:
        outer = Place(text, s.parent.begin, s.parent.end).indent()
        inner = outer + "\t"
        # What stands before the body on its line (the head) takes the brace.
        b, e = s.begin, s.end
        body = text[b:e]
        parts = (body, code_of(inner).lstrip("\t ")) if after else (code_of(inner).lstrip("\t "), body)
        head = text[:b].rstrip(" \t\n")
        return (head + " {\n" + inner + parts[0] + "\n" + inner + parts[1] + "\n" + outer + "}" + text[e:])
    b, e = place.lines()
    ind = place.indent()
    if s is not None and s.kind in ("label", "case"):
        ind = ind + "\t"
    if (b, e) == (place.begin, place.end):
        at = e if after else b
        return text[:at] + (" " if after else "") + code_of("").strip() + ("" if after else " ") + text[at:]
    at = e if after else b
    code = code_of(ind)
    if not code.endswith("\n"):
        code += "\n"
    return text[:at] + code + text[at:]


def apply_own(text, e):
    op = e.get("op")
    if op not in OPS:
        raise Bad(f"unknown op '{op}'")
    fn, n = e.get("function", ""), e.get("statements", 1)
    if "at" not in e:
        raise Bad(f"{op} without 'at'")
    place = find(text, fn, e["at"], n)
    if op == "delete":
        b, end = place.lines()
        stub = ""
        if e.get("keep_body") and place.stmt is not None and place.stmt.unbraced:
            stub = place.indent() + ";\n" if text[end - 1:end] == "\n" else ";"
        return text[:b] + stub + text[end:]
    if op in ("insert_after", "insert_before"):
        return _insert(text, place, lambda i: render(e["code"], i), op == "insert_after")
    if op == "replace":
        b, end = place.lines()
        code = render(e["code"], place.indent())
        if text[end - 1:end] == "\n":
            code += "\n"
        else:
            code = code.strip()
        return text[:b] + code + text[end:]
    if op == "drop_condition":
        s = place.stmt
        if s.kind != "if":
            raise Bad("drop_condition: not an if")
        return text[:s.begin] + text[s.head_end:].lstrip(" \t\n")
    if op == "rename":
        own_b, own_e = place.begin, place.stmt.head_end if place.stmt else place.end
        own = text[own_b:own_e]
        hits = [m for m in re.finditer(rf"\b{re.escape(e['from'])}\b", cscan.mask(own))]
        if "which" in e:
            hits = hits[e["which"] - 1:e["which"]]
        if not hits:
            raise Bad(f"rename: no '{e['from']}' in {describe(e['at'])} of {fn}()")
        for m in reversed(hits):
            own = own[:m.start()] + e["to"] + own[m.end():]
        return text[:own_b] + own + text[own_e:]
    # moves
    to_fn = e.get("in_function", fn)
    target = find(text, to_fn, e["to"])
    if target.begin >= place.begin and target.end <= place.end:
        raise Bad(f"{op}: the target lies in what is moved")
    b, end = place.lines()
    piece = text[b:end]
    mark = "\0"
    # The moved text is put in under a mark first, so that both places keep their offsets.
    if target.begin > place.begin:
        put = _insert(text, target, lambda i: i + mark, op == "move_after")
        put = put[:b] + put[end:]
    else:
        gone = text[:b] + "\1" * (end - b) + text[end:]
        put = _insert(gone, target, lambda i: i + mark, op == "move_after")
        put = put.replace("\1", "")
    at = put.index(mark)
    if piece.endswith("\n"):
        ls = put.rfind("\n", 0, at) + 1
        if put[ls:at].strip() == "":
            at_b, at_e = ls, at + 1
            if put[at_e:at_e + 1] == "\n":
                at_e += 1
            return put[:at_b] + piece + put[at_e:]
    return put[:at] + piece.strip() + put[at + 1:]
