"""Verdicts on findings: kernel-corpus/verdicts/TREE/CHECK.json.

  {"version": 1, "tree": "6.12", "check": "netdev-leak", "verdicts": {"FINGERPRINT:FILE": {
     "check", "file", "function", "message", "verdict": "true|false|unclear",
     "reason", "root_cause", "fixed_upstream", "judged_by",
     "second": null | {"verdict", "reason", "judged_by"}}}}

The file is part of the key because a fingerprint leaves the file's name out.
reason says the path or interleaving and the kernel functions it rests on;
root_cause is an id: findings that one fix would end share it and count once;
fixed_upstream is a commit, "" when not fixed or not known.
"""
import json
import pathlib
import re

from .cases import read_json
from .errors import Bad

HOME = pathlib.Path(__file__).resolve().parents[1] / "verdicts"
KINDS = ("true", "false", "unclear")
FIELDS = {"check", "file", "function", "message", "verdict", "reason", "root_cause", "fixed_upstream",
          "judged_by", "second"}
MIN_REASON = 40


def key(f):
    """What a finding's verdict is stored under."""
    return f"{f['fingerprint']}:{f['file']}"


def problems(fp, v):
    """What is wrong with one verdict, as lines."""
    out = []
    if not isinstance(v, dict):
        return [f"{fp}: not an object"]
    out += [f"{fp}: field '{k}' is missing" for k in sorted(FIELDS - set(v))]
    out += [f"{fp}: unknown field '{k}'" for k in sorted(set(v) - FIELDS)]
    if out:
        return out
    if v["verdict"] not in KINDS:
        out.append(f"{fp}: verdict '{v['verdict']}' is none of {', '.join(KINDS)}")
    if not fp.endswith(f":{v['file']}"):
        out.append(f"{fp}: the key is not FINGERPRINT:{v['file']}")
    if len(str(v["reason"]).strip()) < MIN_REASON:
        out.append(f"{fp}: the reason is too short to be checked (under {MIN_REASON} characters)")
    elif not re.search(r"\b\w+\(\)", v["reason"]):
        out.append(f"{fp}: the reason names no kernel function, like free_netdev()")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", str(v["root_cause"])):
        out.append(f"{fp}: root_cause '{v['root_cause']}' is not an id (lower case, digits, - _ .)")
    if not str(v["judged_by"]).strip():
        out.append(f"{fp}: judged_by is empty")
    if not isinstance(v["fixed_upstream"], str) or not re.fullmatch(r"([0-9a-f]{8,40})?", v["fixed_upstream"]):
        out.append(f"{fp}: fixed_upstream is neither '' nor a commit")
    s = v["second"]
    if s is not None:
        if not isinstance(s, dict) or s.get("verdict") not in KINDS or not s.get("judged_by") or \
                len(str(s.get("reason", ""))) < MIN_REASON:
            out.append(f"{fp}: second needs verdict, reason and judged_by")
        elif s["judged_by"] == v["judged_by"]:
            out.append(f"{fp}: the second judgement is by the same judge")
    return out


def path_of(tree, check, home=HOME):
    return pathlib.Path(home) / tree / f"{check}.json"


def load_file(p):
    d = read_json(p)
    if not isinstance(d, dict) or d.get("version") != 1 or not isinstance(d.get("verdicts"), dict):
        raise Bad(f"{p}: not a verdict file of version 1")
    bad = [x for fp, v in d["verdicts"].items() for x in problems(fp, v)]
    bad += [f"{fp}: check {v['check']} in the file of {d['check']}" for fp, v in d["verdicts"].items()
            if isinstance(v, dict) and v.get("check") != d.get("check")]
    by_cause = {}
    for fp, v in d["verdicts"].items():
        if isinstance(v, dict) and "root_cause" in v and "verdict" in v:
            by_cause.setdefault(v["root_cause"], {}).setdefault(v["verdict"], fp)
    bad += [f"root cause {c} has verdicts {' and '.join(sorted(k))}" for c, k in sorted(by_cause.items()) if len(k) > 1]
    if bad:
        raise Bad(f"{p}: " + "; ".join(bad[:5]) + (f"; and {len(bad) - 5} more" if len(bad) > 5 else ""))
    return d


def load(tree, home=HOME):
    """{key: verdict} of a tree."""
    out = {}
    folder = pathlib.Path(home) / tree
    for p in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        for fp, v in load_file(p)["verdicts"].items():
            if fp in out:
                raise Bad(f"{p}: {fp} is also in the file of {out[fp]['check']}")
            out[fp] = v
    return out


def save(tree, check, verdicts, home=HOME):
    p = path_of(tree, check, home)
    p.parent.mkdir(parents=True, exist_ok=True)
    p.write_text(json.dumps({"version": 1, "tree": tree, "check": check,
                             "verdicts": dict(sorted(verdicts.items()))}, indent=1, ensure_ascii=False) + "\n")
    load_file(p)
    return p


def precision(findings, verdicts):
    """{check: counts} of findings that were judged: root causes, not findings, are counted.
    'unjudged' are findings without a verdict; they are in no precision."""
    out = {}
    for f in findings:
        row = out.setdefault(f["check"], {"findings": 0, "unjudged": 0, "causes": {}})
        row["findings"] += 1
        v = verdicts.get(key(f))
        if v is None:
            row["unjudged"] += 1
        else:
            row["causes"][v["root_cause"], v["verdict"]] = v["verdict"]
    for row in out.values():
        c = list(row.pop("causes").values())
        row.update({k: c.count(k) for k in KINDS})
        row["precision"] = c.count("true") / len(c) if c else None
    return out


def agreement(verdicts):
    """(pairs, agreeing, Cohen's kappa or None) of second judgements."""
    pairs = [(v["verdict"], v["second"]["verdict"]) for v in verdicts.values() if v["second"]]
    n = len(pairs)
    same = sum(a == b for a, b in pairs)
    if not n:
        return 0, 0, None
    chance = sum((sum(a == k for a, _ in pairs) / n) * (sum(b == k for _, b in pairs) / n) for k in KINDS)
    return n, same, (same / n - chance) / (1 - chance) if chance < 1 else None
