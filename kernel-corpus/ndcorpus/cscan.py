"""A light C statement scanner: enough of C to find a statement and cut it out.

It is not a parser. It knows comments, literals, preprocessor lines, brackets,
function extents and the nesting of statements, and it must never be wrong about
where a statement begins and ends. It was chosen over Clang's AST because the
same locator has to work on trees that this machine cannot parse, on files
outside the configuration, and on macros, which the AST shows only expanded.

  mask(text)       same length; comments, literals and directives are blanks
  functions(text)  every function definition with its extent, in order
  Function.statements()   its statements in source order, as a tree

Preprocessor conditionals: the first branch is read (`#if 0`: the second), the
others are blanked, so that brackets balance; Statement.conditional tells that a
statement stands inside one. A `}` in column 0 ends a function in any case, so one
unbalanced macro cannot swallow the rest of the file.
"""
import functools
import re

IDENT = re.compile(r"[A-Za-z_]\w*")
KEYWORDS = {"if", "else", "for", "while", "do", "switch", "case", "default", "return", "goto",
            "break", "continue", "sizeof", "typeof", "__typeof__", "struct", "union", "enum",
            "static", "const", "void", "int", "char", "long", "unsigned", "signed", "bool",
            "volatile", "extern", "inline", "__attribute__", "alignof", "_Static_assert"}
LOOP_MACRO = re.compile(r"for_each|foreach|^scoped_|^wait_event_cmd$|_for_every|^hlist_|^list_for")


def _blank(s):
    return re.sub(r"[^\n]", " ", s)


_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z)|//(?:\\\n|[^\n])*)
      |(?P<string>"(?:\\.|[^"\\\n])*"?)
      |(?P<char>'(?:\\.|[^'\\\n])*'?)
      |(?P<directive>(?:^|(?<=\n))[ \t]*\#(?:\\\n|/\*.*?\*/|[^\n])*)""",
    re.S | re.X)


def mask(text):
    """The text with everything that is not code blanked; offsets stay."""
    return scan(text)[0]


def scan(text):
    """(masked text, [(begin, end)] of the regions inside conditionals, blanked else branches included)."""
    directives = []

    def sub(m):
        if m.lastgroup == "directive":
            directives.append((m.start(), m.end(), m.group()))
        if m.lastgroup in ("string", "char"):
            q = m.group()[0]
            return q + _blank(m.group()[1:-1]) + q if len(m.group()) > 1 else " "
        return _blank(m.group())

    out = _TOKEN.sub(sub, text)
    regions, dead, stack = [], [], []
    for b, e, d in directives:
        word = re.match(r"\s*#\s*(\w+)\s*(.*)", d, re.S)
        if not word:
            continue
        kind, rest = word.group(1), word.group(2).strip()
        if kind in ("if", "ifdef", "ifndef"):
            off = kind == "if" and re.match(r"0\b", rest) is not None
            stack.append({"begin": b, "off": e if off else None, "taken": not off})
        elif kind in ("else", "elif", "elifdef", "elifndef") and stack:
            top = stack[-1]
            if top["off"] is not None:
                dead.append((top["off"], b))
                top["off"] = None
            if top["taken"]:
                top["off"] = e
            top["taken"] = True
        elif kind == "endif" and stack:
            top = stack.pop()
            if top["off"] is not None:
                dead.append((top["off"], b))
            regions.append((top["begin"], e))
    for b, e in dead:
        out = out[:b] + _blank(out[b:e]) + out[e:]
    return out, _without_include_guard(text, regions)


def _without_include_guard(text, regions):
    return [r for r in regions if r[1] - r[0] < 0.9 * len(text)]


_PAIRS = {"(": re.compile(r"[()]"), "[": re.compile(r"[\[\]]"), "{": re.compile(r"[{}]")}


def match(m, i):
    """The offset behind the bracket that closes m[i]."""
    depth, opening = 0, m[i]
    for x in _PAIRS[opening].finditer(m, i):
        depth += 1 if x.group() == opening else -1
        if depth == 0:
            return x.end()
    return len(m)


def calls_in(s):
    """Names that are called in masked text s, in order."""
    return [x.group(1) for x in re.finditer(r"\b([A-Za-z_]\w*)\s*\(", s) if x.group(1) not in KEYWORDS]


def names_in(s):
    return set(IDENT.findall(s))


class Statement:
    """One statement. [begin, end) is all of it; [begin, head_end) its own text
    (the whole of a simple one, up to the closing parenthesis of `if (...)`)."""
    __slots__ = ("kind", "begin", "end", "head_end", "cond", "body", "orelse", "parent",
                 "conditional", "own", "index", "name", "_calls", "_names")

    def __init__(self, kind, begin):
        self.kind, self.begin, self.end, self.head_end = kind, begin, begin, begin
        self.cond, self.body, self.orelse, self.parent = "", [], [], None
        self.conditional, self.own, self.index, self.name = False, "", 0, ""
        self._calls = self._names = None

    @property
    def calls(self):
        if self._calls is None:
            self._calls = calls_in(self.own)
        return self._calls

    @property
    def names(self):
        if self._names is None:
            self._names = names_in(self.own)
        return self._names

    @property
    def unbraced(self):
        """The single, unbraced statement under a control statement."""
        return self.parent is not None and self.parent.kind in ("if", "else", "loop", "do")

    def target(self):
        """The last name on the left of the assignment this statement is, or ''."""
        if self.kind != "simple":
            return ""
        depth = 0
        for i, c in enumerate(self.own):
            if c in "([{":
                depth += 1
            elif c in ")]}":
                depth -= 1
            elif c == "=" and depth == 0:
                shift = self.own[i - 2:i] in ("<<", ">>")
                if self.own[i + 1:i + 2] == "=" or (self.own[i - 1] in "=!<>" and not shift):
                    return ""       # a comparison comes first: no assignment
                left = re.sub(r"\[[^\]]*\]\s*$", "", self.own[:i].rstrip("+-*/|&^%<> ").rstrip())
                ids = IDENT.findall(left)
                return ids[-1] if ids else ""
        return ""

    def __repr__(self):
        return f"<{self.kind} {self.own.strip()[:50]!r}>"


class Function:
    def __init__(self, name, head, begin, end, m, regions):
        self.name, self.head = name, head       # head: offset of the line its name stands on
        self.begin, self.end = begin, end       # the body, '{' to behind '}'
        self._m, self._regions, self._stmts, self._top = m, regions, None, None

    def statements(self):
        """All statements in source order."""
        if self._stmts is None:
            p = _Parser(self._m, self.begin + 1, self.end - 1)
            self._top = p.block(self.begin + 1, None)
            self._stmts = sorted(p.all, key=lambda s: (s.begin, -s.end))
            for i, s in enumerate(self._stmts):
                s.index = i
                s.own = self._m[s.begin:s.head_end]
                s.conditional = any(b <= s.begin < e for b, e in self._regions)
        return self._stmts

    def top(self):
        self.statements()
        return self._top

    def params(self):
        return self._m[self.head:self.begin]


class _Parser:
    def __init__(self, m, begin, end):
        self.m, self.stop, self.all = m, end, []

    def skip(self, i):
        while i < self.stop and self.m[i] in " \t\n\r\f\\":
            i += 1
        return i

    def block(self, i, parent):
        out = []
        while True:
            i = self.skip(i)
            if i >= self.stop or self.m[i] == "}":
                self.pos = i
                return out
            s, i2 = self.statement(i, parent)
            if i2 <= i:
                i2 = i + 1
            if s is not None:
                out.append(s)
            i = i2

    def body(self, i, parent):
        """A control statement's body: a block's statements, or one statement."""
        i = self.skip(i)
        if i < self.stop and self.m[i] == "{":
            b = Statement("block", i)
            b.parent = parent
            b.head_end = i + 1
            self.all.append(b)
            b.body = self.block(i + 1, b)
            b.end = min(self.pos + 1, self.stop)
            return [b], b.end
        s, e = self.statement(i, parent)
        return ([s] if s else []), e

    def statement(self, i, parent):
        m = self.m
        if m[i] == ";":
            return None, i + 1
        s = Statement("simple", i)
        s.parent = parent
        if m[i] == "{":
            (b,), e = self.body(i, parent)
            return b, e
        w = IDENT.match(m, i, self.stop)
        word = w.group() if w else ""
        if word in ("if", "while", "for", "switch"):
            p = self.skip(w.end())
            if p < self.stop and m[p] == "(":
                e = min(match(m, p), self.stop)
                return self.control(s, "if" if word == "if" else "loop", word, p, e)
        elif word == "do":
            s.kind, s.name, s.head_end = "do", "do", w.end()
            self.all.append(s)
            s.body, e = self.body(w.end(), s)
            e = self.skip(e)
            x = re.compile(r"while\s*\(").match(m, e, self.stop)
            if x:
                e = match(m, x.end() - 1)
                s.cond = m[x.end():e - 1]
                e = self.skip(e)
                if e < self.stop and m[e] == ";":
                    e += 1
            s.end = e
            return s, e
        elif word == "else":            # an else whose if was in a blanked branch
            return None, w.end()
        elif word in ("case", "default"):
            e, depth = i, 0
            while e < self.stop and not (m[e] == ":" and depth == 0):
                depth += (m[e] in "([?") - (m[e] in ")]:")      # a ':' ends its '?'
                e += 1
            s.kind, s.name, s.end, s.head_end = "case", word, e + 1, e + 1
            self.all.append(s)
            return s, e + 1
        elif word and word not in KEYWORDS:
            p = self.skip(w.end())
            if p < self.stop and m[p] == ":" and m[p + 1:p + 2] != ":":
                s.kind, s.name, s.end, s.head_end = "label", word, p + 1, p + 1
                self.all.append(s)
                return s, p + 1
            if p < self.stop and m[p] == "(":
                e = min(match(m, p), self.stop)
                n = self.skip(e)
                nxt = m[n] if n < self.stop else "}"
                if nxt == "{" or (LOOP_MACRO.search(word) and nxt not in ";=.-+,[)"):
                    return self.control(s, "loop", word, p, e)
                if nxt == "}" or ((nxt.isalpha() or nxt == "_") and "\n" in m[e:n]):
                    s.end = s.head_end = e      # a macro that ends its own line
                    self.all.append(s)
                    return s, e
        s.kind = word if word in ("return", "goto", "break", "continue") else "simple"
        e, depth = i, 0
        while e < self.stop:
            c = m[e]
            if c in "([{":
                depth += 1
            elif c in ")]}":
                depth -= 1
                if depth < 0:
                    break
            elif c == ";" and depth == 0:
                e += 1
                break
            e += 1
        s.end = s.head_end = e
        if s.kind == "goto":
            ids = IDENT.findall(m[i + 4:e])
            s.name = ids[0] if ids else ""
        self.all.append(s)
        return s, e

    def control(self, s, kind, word, p, e):
        m = self.m
        s.kind, s.name, s.cond, s.head_end = kind, word, m[p + 1:e - 1], e
        self.all.append(s)
        s.body, e = self.body(e, s)
        if kind == "if":
            n = self.skip(e)
            x = re.compile(r"else\b").match(m, n, self.stop)
            if x:
                o = Statement("else", n)
                o.parent, o.head_end = s, x.end()
                self.all.append(o)
                o.body, e = self.body(x.end(), o)
                o.end = e
                s.orelse = [o]
        s.end = e
        return s, e


_ATTR = re.compile(r"^(__\w+|__attribute__)$")


@functools.lru_cache(maxsize=16)
def functions(text):
    """Every function definition of the file, in order (shared: do not change them)."""
    m, regions = scan(text)
    out, i = [], 0
    while True:
        i = m.find("{", i)
        if i < 0:
            return out
        end = match(m, i)
        name, head = _function_head(m, i)
        if name:
            # A function ends at a '}' in column 0 whatever the brackets say.
            col0 = m.find("\n}", i)
            if col0 >= 0 and end > col0 + 2:
                end = col0 + 2
            out.append(Function(name, m.rfind("\n", 0, head) + 1, i, end, m, regions))
        i = max(end, i + 1)


def _function_head(m, brace):
    """(name, offset of the name) when the '{' opens a function body."""
    i = brace
    while True:
        i = len(m[:i].rstrip())
        if i == 0:
            return "", 0
        if m[i - 1] != ")":
            w = re.search(r"([A-Za-z_]\w*)$", m[max(0, i - 80):i])
            if w and _ATTR.match(w.group(1)):
                i -= len(w.group(1))
                continue
            return "", 0
        depth, j = 0, i - 1
        while j >= 0:
            if m[j] == ")":
                depth += 1
            elif m[j] == "(":
                depth -= 1
                if depth == 0:
                    break
            elif m[j] in "{};":
                return "", 0
            j -= 1
        before = m[:j].rstrip()
        w = re.search(r"([A-Za-z_]\w*)$", before[-120:])
        if not w:
            return "", 0
        name = w.group(1)
        if name in KEYWORDS:
            if name == "__attribute__":
                i = len(before) - len(name)
                continue
            return "", 0
        if _ATTR.match(name) and re.search(r"\)\s*$", before[:len(before) - len(name)]):
            i = len(before) - len(name)
            continue
        return name, len(before) - len(name)


def initialisers(text):
    """(field, begin, end) of every designated initialiser at file level, ',' included."""
    m = mask(text)
    spans = [(f.begin, f.end) for f in functions(text)]
    out = []
    for x in re.finditer(r"\.\s*([A-Za-z_]\w*)\s*=(?!=)", m):
        if any(b <= x.start() < e for b, e in spans):
            continue
        e, depth = x.end(), 0
        while e < len(m):
            if m[e] in "([{":
                depth += 1
            elif m[e] in ")]}":
                if depth == 0:
                    break
                depth -= 1
            elif m[e] == "," and depth == 0:
                e += 1
                break
            e += 1
        out.append((x.group(1), x.start(), e))
    return out
