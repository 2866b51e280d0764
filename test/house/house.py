#!/usr/bin/env python3
"""The rules of the house that no compiler checks. One subcommand, one rule.

    house.py TOP RULE [ARGUMENT...]

Prints `file:line: what is wrong` and exits with 1, 77 if it cannot judge.
"""
import pathlib
import re
import shutil
import subprocess
import sys

# A room may include the rooms before it in its own list; see docs/architecture.md.
ROOMS = {
    "ir": [],
    "model": [],
    "lower": ["ir", "model"],
    "engine": ["ir", "model"],
    "rules": ["ir", "model", "engine"],
    "report": ["rules"],
    "project": ["ir", "model", "lower", "engine", "rules", "report"],
}
# Rooms of lib/ that may include Clang, and what no room of lib/ may include.
CLANG = ("lower", "project")
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]')

# Names of drivers that are no English word. A rule that needs one is a rule
# about that driver, not about the kernel.
DRIVERS = """
3c59x 8139cp 8139too alx amd8111e at86rf230 ath10k ath11k ath9k atl1c atl1e atl2
atlantic_nic b43 bcmgenet be2net bna bnx2 bnx2x bnxt_en brcmfmac c_can cassini
cdc_ncm cpsw cxgb3 cxgb4 de2104x de4x5 dm9000 dmfe dnet e100 e1000 e1000e ehea
emac_arc ena enic epic100 ethoc fealnx forcedeth fs_enet ftgmac100 ftmac100
gianfar greth gve hamachi hinic hip04_eth hns3 hso i40e iavf ibmveth igb igbvf
igc ipheth iwlwifi ixgbe ixgbevf jme ks8851 korina lan743x lan78xx liquidio
macb mlx4 mlx5 mlxsw mt76 mv643xx_eth mvneta mvpp2 mwifiex myri10ge natsemi
ne2k_pci netxen ngbe nicvf niu ns83820 octeon_mgmt pasemi_mac pch_gbe pcnet32
pegasus qca_spi qede qlcnic qlge r6040 r8152 r8169 rtl8150 rtl8187 sc92031 sh_eth
sis190 sis900 skfp sky2 smsc75xx smsc911x smsc95xx stmmac sungem sunhme sunvnet
tehuti tg3 tlan tulip txgbe typhoon ucc_geth uli526x usbnet vmxnet3 vxge
w5100 winbond_840 xgbe xilinx_emaclite yellowfin
""".split()

# What the machine of an author leaks; in halves, or this file would find itself.
MACHINE = ["/wo" + "rk/", "/tmp/ba" + "sh_jobs", "/var" + "/tmp"]

MAX_LINES = 450

PLANNED = "This check is planned and not in the tool yet."

TOP = pathlib.Path()
FAULTS = []


def fault(path, line, what):
    FAULTS.append(f"{path.relative_to(TOP)}:{line}: {what}")


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def tracked():
    """Files of the project: what git knows, else all that is no build folder."""
    got = shutil.which("git") and subprocess.run(
        ["git", "-c", f"safe.directory={TOP}", "-C", str(TOP), "ls-files", "-co",
         "--exclude-standard"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    names = got.stdout.splitlines() if got and got.returncode == 0 else [
        str(p.relative_to(TOP)) for p in sorted(TOP.rglob("*"))
        if not re.match(r"(build|\.git)($|[-/])", str(p.relative_to(TOP)))]
    return [TOP / n for n in names if (TOP / n).is_file()]


def cxx(*folders):
    return [p for p in tracked() if p.suffix in (".cpp", ".h")
            and p.relative_to(TOP).parts[0] in folders]


def text(path):
    return path.read_text(encoding="utf-8", errors="replace")


def rooms():
    """Rooms include downwards; Clang only where it belongs."""
    for path in cxx("lib"):
        room = path.relative_to(TOP).parts[1]
        if room not in ROOMS:
            fault(path, 1, f"there is no room lib/{room}")
            continue
        for n, line in enumerate(text(path).splitlines(), 1):
            m = INCLUDE.match(line)
            if not m:
                continue
            head = m.group(1).split("/")[0]
            if head in ROOMS and head != room and head not in ROOMS[room]:
                fault(path, n, f"room {room} must not include room {head}")
            if head == "clang" and room not in CLANG:
                fault(path, n, f"room {room} must not include Clang")
            if head == "clang-tidy":
                fault(path, n, "lib/ must not include clang-tidy")
            if head in ("checks", "tools") and not m.group(1).endswith(".def"):
                fault(path, n, f"lib/ must not include {head}/")


def drivers():
    """No driver's name in code: not in an identifier, not in a string."""
    names = "|".join(map(re.escape, DRIVERS))
    word = re.compile(rf"(?<![A-Za-z0-9_])({names})(?![A-Za-z0-9])", re.I)
    comment = re.compile(r'//[^\n]*|/\*.*?\*/|("(?:\\.|[^"\\\n])*")', re.S)
    for path in cxx("lib", "checks"):
        # Comments may name the file that forced a line; strings stay.
        code = comment.sub(lambda m: m.group(1) or re.sub(r"[^\n]", " ", m.group(0)), text(path))
        for n, line in enumerate(code.splitlines(), 1):
            for m in word.finditer(line):
                fault(path, n, f"names the driver {m.group(1)}")


def checks():
    """Every check has a page and tests, every page and test folder a check, or a
    name in the line `// PLANNED: NAME...` of Checks.def: then its page says so."""
    registry = text(TOP / "checks/Checks.def")
    names = re.findall(r'^CHECK\(\w+,\s*"([^"]+)"', registry, re.M)
    planned = set(" ".join(re.findall(r"^// PLANNED: (.*)$", registry, re.M)).split())
    for name in planned & set(names):
        fault(TOP / "checks/Checks.def", 1, f"{name} is planned and there")
    for name in names:
        page = TOP / f"checks/{name}.md"
        if not page.is_file():
            fault(page, 1, f"{name} has no page")
        folder = TOP / "test/checks" / name.removeprefix("netdev-")
        code = "".join(text(p) for p in sorted(folder.glob("**/*.c"))) if folder.is_dir() else ""
        for verdict in ("bad_", "ok_"):
            if not re.search(rf"\b{verdict}\w+\(", code):
                fault(folder, 1, f"{name} has no test function {verdict}...")
    known = set(names) | planned
    for page in (TOP / "checks").glob("netdev-*.md"):
        if page.stem not in known:
            fault(page, 1, "the page of no check")
        elif (PLANNED in text(page)) != (page.stem in planned):
            fault(page, 3, f"'{PLANNED}' stands on the pages of planned checks, and only there")
    tests = TOP / "test/checks"
    for folder in tests.iterdir() if tests.is_dir() else []:
        if folder.is_dir() and f"netdev-{folder.name}" not in known:
            fault(folder, 1, "the tests of no check")


def paths():
    """Nothing of the machine it was written on."""
    for path in tracked():
        if b"\0" in path.read_bytes()[:4096]:
            continue
        for n, line in enumerate(text(path).splitlines(), 1):
            for p in MACHINE:
                if p in line:
                    fault(path, n, f"mentions {p}")


def size():
    """A file that grows past the limit is asking for a new room."""
    for path in tracked():
        parts = path.relative_to(TOP).parts
        script = path.suffix == "" and text(path).startswith("#!")
        if path.suffix not in (".cpp", ".h", ".py", ".sh", ".cmake") and not script:
            continue
        if parts[0] == "test" and "Inputs" in parts:
            continue
        lines = len(text(path).splitlines())
        if lines > MAX_LINES:
            fault(path, lines, f"{lines} lines, the limit is {MAX_LINES}")


def header():
    """Every C++ file starts with its name, its purpose and the licence."""
    for path in cxx("lib", "checks", "tools"):
        lines = text(path).splitlines()
        if not lines or not lines[0].startswith(f"//===- {path.name} - "):
            fault(path, 1, f"the first line must be '//===- {path.name} - PURPOSE ---*- C++ -*-===//'")
        if not any("SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception" in x
                   for x in lines[:8]):
            fault(path, 1, "no SPDX-License-Identifier in the first lines")


def format(program):
    """clang-format has nothing to change."""
    files = cxx("lib", "checks", "tools", "test")
    files = [f for f in files if "Inputs" not in f.parts]
    if not files:
        return
    got = subprocess.run([program, "--dry-run", *map(str, files)],
                         stderr=subprocess.PIPE, text=True, cwd=TOP)
    for line in got.stderr.splitlines():
        m = re.match(r"(.+?):(\d+):\d+: .*\[-Wclang-format-violations\]", line)
        if m:
            fault(pathlib.Path(m.group(1)), int(m.group(2)), "not clang-formatted")
    if got.returncode:
        sys.exit(got.stderr)


def shell(program):
    """shellcheck has nothing to say."""
    files = [p for p in tracked() if re.match(r"#!.*\b(ba|da)?sh\b", text(p).split("\n", 1)[0])]
    if subprocess.run([program, "-x", *map(str, files)], cwd=TOP).returncode:
        sys.exit(1)


def main():
    global TOP
    TOP = pathlib.Path(sys.argv[1]).resolve()
    rule = {f.__name__: f for f in
            (rooms, drivers, checks, paths, size, header, format, shell)}[sys.argv[2]]
    args = sys.argv[3:]
    if any(a.endswith("-NOTFOUND") for a in args):
        skip(f"'{rule.__name__}' needs a program that is not installed")
    rule(*args)
    for f in FAULTS:
        print(f)
    if FAULTS:
        sys.exit(f"{len(FAULTS)} faults against: {rule.__doc__}")


if __name__ == "__main__":
    main()
