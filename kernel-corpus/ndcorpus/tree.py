"""A prepared kernel tree: flags of a file, an edited view of it, the tools run on it.

The tree is never written to. An edited file is shown in a *shadow*: a folder
that looks like the tree (symbolic links) in which only the edited file is real,
with a compile_commands.json of that one unit. Clang's -ivfsoverlay would do the
same, but LibTooling ignores it (a ClangTool brings its own file manager), so it
cannot be used for the tools under test.
"""
import hashlib
import json
import os
import pathlib
import re
import resource
import shlex
import shutil
import subprocess
import threading

from .cases import read_json
from .errors import Bad

LEVELS = ("high", "medium", "low")
TIMEOUT = 300


def cache_root():
    base = os.environ.get("NETDEV_LINT_CACHE") or os.path.expanduser("~/.cache/netdev-lint")
    return pathlib.Path(base) / "corpus"


def clang():
    for v in (22, 21, 20, 19):
        p = shutil.which(f"clang-{v}")
        if p:
            return p
    raise Bad("no clang of version 22 to 19 found")


def find_tool(given):
    """The analyser: --tool, else this checkout's build, else PATH."""
    here = pathlib.Path(__file__).resolve().parents[2]
    for c in [given] if given else [here / "build/bin/netdev-lint", shutil.which("netdev-lint")]:
        if c and os.access(c, os.X_OK):
            return str(pathlib.Path(c).resolve())
    raise Bad(f"no netdev-lint at {given or 'build/bin/netdev-lint or on PATH'}: build it or give --tool")


def digest(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode(errors="surrogateescape")).hexdigest()


def file_digest(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


class Tree:
    def __init__(self, path):
        self.path = pathlib.Path(path).resolve()
        db = self.path / "compile_commands.json"
        if not self.path.is_dir():
            raise Bad(f"{path}: no such tree")
        if not db.exists():
            raise Bad(f"{path}: no compile_commands.json; kernel-corpus/prepare makes one")
        units = read_json(db)
        if not isinstance(units, list) or not units:
            raise Bad(f"{db}: lists no unit")
        self.units = {}
        for u in units:
            if not isinstance(u, dict) or "file" not in u:
                raise Bad(f"{db}: an entry without 'file'")
            rel = os.path.relpath(os.path.join(u.get("directory", "."), u["file"]), self.path)
            self.units.setdefault(rel, u)
        self._dirs = None

    def name(self):
        """The version the Makefile gives, '6.12' style."""
        try:
            head = (self.path / "Makefile").read_text()[:400]
        except OSError:
            return self.path.name
        v, p = re.search(r"^VERSION = (\d+)", head, re.M), re.search(r"^PATCHLEVEL = (\d+)", head, re.M)
        return f"{v.group(1)}.{p.group(1)}" if v and p else self.path.name

    def sibling(self, rel):
        """The unit whose flags a file takes: itself, or the nearest in the tree."""
        if rel in self.units:
            return rel
        if self._dirs is None:
            self._dirs = {}
            for u in sorted(self.units):
                self._dirs.setdefault(os.path.dirname(u), u)
        want = rel.split("/")[:-1]

        def nearness(d):
            have = d.split("/")
            k = 0
            while k < min(len(have), len(want)) and have[k] == want[k]:
                k += 1
            return (-k, len(have) - k, d)
        return self._dirs[min(self._dirs, key=nearness)]

    def arguments(self, rel):
        """(arguments without the compiler, output and source; directory; borrowed from)."""
        sib = self.sibling(rel)
        u = self.units[sib]
        args = list(u["arguments"]) if "arguments" in u else shlex.split(u["command"])
        out, skip, src = [], False, os.path.basename(u["file"])
        for a in args[1:]:
            if skip:
                skip = False
            elif a == "-o":
                skip = True
            elif a == "-c" or a.startswith("-Wp,-M"):
                pass
            elif os.path.basename(a) == src and not a.startswith("-"):
                pass
            else:
                out.append(a)
        if sib != rel:
            stem, old = (re.sub(r"[-.]", "_", pathlib.Path(x).stem) for x in (rel, sib))
            out = [re.sub(r"^(-DKBUILD_BASENAME=).*", rf'\1"{stem}"', a) for a in out]
            # A sibling's own folder may not be on the path of the file's headers.
            out.append(f"-I{os.path.dirname(rel)}")
        return out, u.get("directory", str(self.path)), None if sib == rel else sib

    def modules(self):
        """{file: folder}: what counts as one driver."""
        return {u: os.path.dirname(u) for u in self.units}


class Shadow:
    """A folder that looks like the tree; put() shows one file with another text."""

    def __init__(self, tree, root, cache=None):
        self.tree, self.root, self.cache = tree, pathlib.Path(root), cache
        if self.root.exists():
            shutil.rmtree(self.root)
        self.root.mkdir(parents=True)
        self._opened = set()
        self._open("")
        self._put = []

    def _open(self, rel):
        if rel in self._opened:
            return
        d = self.root / rel
        if d.is_symlink():
            d.unlink()
        d.mkdir(exist_ok=True)
        for e in os.scandir(self.tree.path / rel):
            if rel == "" and e.name == "compile_commands.json":
                continue
            os.symlink(e.path, d / e.name)
        self._opened.add(rel)

    def put(self, texts, main):
        """Shows {relative path: text}; main is the unit the database lists."""
        self.clear()
        for rel, text in texts.items():
            parts = rel.split("/")
            for i in range(1, len(parts)):
                self._open("/".join(parts[:i]))
            p = self.root / rel
            if p.is_symlink() or p.exists():
                p.unlink()
            p.write_text(text, errors="surrogateescape")
            self._put.append(rel)
        args, _, _ = self.tree.arguments(main)
        entry = {"directory": str(self.root), "file": str(self.root / main),
                 "arguments": [os.path.basename(clang())] + self._here(args) + ["-c", main]}
        (self.root / "compile_commands.json").write_text(json.dumps([entry], indent=1) + "\n")

    def _here(self, args):
        return [a.replace(str(self.tree.path), str(self.root)) for a in args]

    def clear(self):
        for rel in self._put:
            p = self.root / rel
            p.unlink()
            if (self.tree.path / rel).exists():
                os.symlink(self.tree.path / rel, p)
        self._put = []

    def parses(self, main):
        """'' when clang takes the file as it stands, else its first error."""
        args, _, _ = self.tree.arguments(main)
        text = "".join((self.root / r).read_text(errors="surrogateescape")
                       for r in sorted(set(self._put + [main])))
        key = digest("\0".join([clang(), str(self.tree.path), main, *args, text]))
        kept = self.cache / "parse" / key[:2] / key if self.cache else None
        if kept and kept.exists():
            return kept.read_text()
        error = self._parses(main, args)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(error)
        return error

    def _parses(self, main, args):
        r = subprocess.run([clang()] + self._here(args) + ["-fsyntax-only", "-w", "-Wno-error",
                                                           "-ferror-limit=1", main],
                           cwd=self.root, capture_output=True, text=True, errors="replace")
        if r.returncode == 0:
            return ""
        line = next((x for x in r.stderr.splitlines() if "error:" in x), r.stderr.strip()[:200])
        return re.sub(r"^.*?error: ", "", line)


class Workers:
    """One shadow per thread, made when first needed."""

    def __init__(self, tree, scratch, cache=None):
        self.cache = cache
        self.tree, self.scratch = tree, pathlib.Path(scratch)
        self._local, self._n, self._lock = threading.local(), 0, threading.Lock()

    def shadow(self):
        s = getattr(self._local, "shadow", None)
        if s is None:
            with self._lock:
                self._n += 1
                n = self._n
            s = self._local.shadow = Shadow(self.tree, self.scratch / f"shadow-{n}", self.cache)
        return s


class Lint:
    """netdev-lint, run at --precision=low, answers kept by (tool, flags, text)."""

    def __init__(self, path, scratch, cache=None, options=()):
        self.path, self.options = path, list(options)
        self.id = file_digest(path)
        self.cache = pathlib.Path(cache) if cache else None
        self.runs = self.hits = 0
        try:
            r = subprocess.run([path, "--help"], capture_output=True, text=True, errors="replace", timeout=60)
            help_text = r.stdout + r.stderr
        except (OSError, subprocess.TimeoutExpired) as e:
            raise Bad(f"{path} does not run: {e}") from None
        # The tool's own cache serves: facts have no path of the shadow. A prefix would.
        for o in ("--no-prefix", "--quiet"):
            if o in help_text:
                self.options.append(o)

    def run(self, shadow, main):
        """(findings, '' or the reason of a failure) of the file the shadow shows."""
        args, _, _ = shadow.tree.arguments(main)
        text = "".join((shadow.root / r).read_text(errors="surrogateescape")
                       for r in sorted(set(shadow._put + [main])))
        key = digest("\0".join([self.id, main, str(shadow.tree.path), *self.options, *args, text]))
        kept = self.cache / "lint" / key[:2] / (key + ".json") if self.cache else None
        if kept and kept.exists():
            try:
                self.hits += 1
                a = json.loads(kept.read_text())
                return a["findings"], a["failed"]
            except (ValueError, KeyError):
                self.hits -= 1          # cut short by a killed run
        self.runs += 1
        findings, failed = self._run(shadow, main)
        if kept and not failed.startswith("no answer"):
            kept.parent.mkdir(parents=True, exist_ok=True)
            tmp = kept.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
            tmp.write_text(json.dumps({"findings": findings, "failed": failed}))
            os.replace(tmp, kept)
        return findings, failed

    def _run(self, shadow, main):
        cmd = [self.path, "-p", str(shadow.root), "--precision=low", "--format=json", *self.options, main]
        try:
            r = subprocess.run(cmd, cwd=shadow.root, capture_output=True, text=True, errors="replace",
                               timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return [], f"no answer within {TIMEOUT} s"
        return parse_report(r.stdout, r.stderr, r.returncode)


def parse_report(out, err, rc):
    """(findings, reason of failure) of one json report."""
    tail = (err.strip().splitlines() or ["no message"])[-1][:300]
    if rc < 0:
        return [], f"crashed by signal {-rc}: {tail}"
    try:
        d = json.loads(out)
    except ValueError:
        return [], f"exit {rc}, output is not JSON: {tail}"
    if not isinstance(d, dict) or d.get("version") != 1 or not isinstance(d.get("findings"), list):
        return [], f"exit {rc}, not a report of version 1: {tail}"
    for f in d["findings"]:
        for k in ("check", "message", "file", "line", "precision"):
            if k not in f:
                return [], f"a finding lacks '{k}'"
    bad = [u for u in d.get("units", []) if u.get("status") == "failed"]
    return d["findings"], f"unit failed: {bad[0].get('reason', '')}" if bad else ""


def user_seconds(cmd, cwd):
    """(user CPU seconds of a command and its children, exit status)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    rc = subprocess.run(cmd, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, rc
