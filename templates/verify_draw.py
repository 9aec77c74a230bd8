"""Checks a published draw with nothing but Python: does the result follow from the standings and the seed?

python verify_draw.py [draw.json] [--seed SEED] [--seal SEALED.json] [--id ID --number NUMBER] [--lang zh|en]
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import sys

WORDS = {  # English, Chinese
    "seed": ("The seed in the file is {0}, not {1}.", "文件里的种子是 {0}，不是 {1}。"),
    "sealed": ("The sealed list has another {0}: {1}.", "封存名单里的 {0} 不同：{1}。"),
    "joined": ("Children who are not in the sealed list: {0}.", "不在封存名单里的儿童：{0} 名。"),
    "left": ("Note: sealed, but no longer taking part: {0}.", "提示：封存过、不再参加的儿童：{0} 名。"),
    "unknown": ("This id and number belong to no line of the file.", "文件里没有与此编号和签号相符的行。"),
    "draw": ("Line {0}: the draw does not follow from the seed.", "{0} 行：签不是由种子算出的。"),
    "own": ("Your line is {0}. Its draw follows from the seed.", "您的行号是 {0}，签确由种子算出。"),
    "twice": ("Line {0} is placed twice in week {1}.", "{0} 行在第 {1} 周有两个名额。"),
    "seats": ("{0}, week {1}: more children than seats.", "{0}，第 {1} 周：人数超过名额。"),
    "order": ("{0}, week {1}: a list is out of order.", "{0}，第 {1} 周：名单没有按排位和签的次序。"),
    "cutoff": ("{0}, week {1}: the cut-off is wrong.", "{0}，第 {1} 周：录取线不是最后一名入选者。"),
    "refused": (
        "{0}, week {1}: the reason why line {2} was refused is not true; it may stand before others placed.",
        "{0}，第 {1} 周：{2} 行未入选的理由不成立，它可能排在某个入选者之前。",
    ),
    "placed": ("Your child is placed: {0}, week {1}.", "您的孩子已入选：{0}，第 {1} 周。"),
    "waits": ("Your child waits: {0}, week {1}, position {2}.", "您的孩子候补：{0}，第 {1} 周，第 {2} 位。"),
    "counts": (
        "Class-weeks: {0}. Places: {1}. Children placed by hand: {3}. Refusals: {2}.",
        "班周 {0} 个，入选 {1} 人次，其中由主办方直接安排的儿童 {3} 名；未入选 {2} 条。",
    ),
    "only": ("Of these declared, but not proven here: {0}.", "其中只作声明、此处无法核对的：{0} 条。"),
    "good": ("The result follows from the standings and draws.", "结果与排位和抽签相符。"),
    "bad": ("NOT confirmed. Findings: {0}.", "未能确认，发现问题 {0} 处。"),
}
parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("file", nargs="?", default=pathlib.Path(__file__).with_name("draw.json"))
parser.add_argument("--lang", choices=("en", "zh"), default=os.environ.get("LANG", "")[:2])
for option in ("--seed", "--seal", "--id", "--number"):
    parser.add_argument(option)
asked = parser.parse_args()
data = json.loads(pathlib.Path(asked.file).read_text("utf-8"))
draws, groups, by_hand = data["children"], data["standings"], set(data["by_hand"])
family = {child: members for members in data["families"] for child in members}
lists = {(row["class"], row["week"]): row for row in data["class_weeks"]}
nobody = {"seated": [], "refused": [], "least": 0, "open": False, "seats": 0}
findings = []


def say(key: str, *values: object) -> None:
    """Print a sentence."""
    print(WORDS[key][asked.lang == "zh"].format(*values))  # noqa: T201 - for a person at a screen


def sha(*parts: str) -> str:
    """SHA-256 of parts joined by bars."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def unit(child: str) -> list:
    """The child alone, or with the siblings it is bound to."""
    return family.get(child, [child])


def standing(child: str, venue: str) -> tuple:
    """The smaller stands first; siblings who are bound stand as the best of them."""
    return min((groups[venue][one], draws[one] if data["ties"] == "draw" else "") for one in unit(child))


def left(child: str, name: str, week: str, seats: int) -> tuple:
    """(all, those who need not give way) in a class if the unit of this child took so many seats."""
    row = lists.get((name, week), nobody)
    there = [one for one in row["seated"] if one not in unit(child)]
    stay = [o for o in there if o in by_hand or standing(o, row["venue"]) <= standing(child, row["venue"])]
    return len(there) + seats, max(len(stay) + seats, min(row["least"], len(there) + seats))


def blocked(child: str, at: dict) -> bool:
    """Whether the unit of a child really cannot take the seats it asks for there."""
    week, place, asks = at["week"], at["place"], at["asks"]
    row = lists.get((place, week), nobody)
    if at["blocker"] == "closed":
        return not row["open"] and not row["seated"]
    if at["blocker"] == "needed":  # the class it would leave may not lose one more
        return left(child, place, week, asks.get(place, 0))[0] < row["least"]
    limits = [{"classes": [place], "seats": row["seats"]}]
    if at["blocker"] == "venue":
        limits = [one for one in data["venues"] if (one["venue"], one["week"]) == (place, week)]
    totals = [sum(left(child, c, week, asks.get(c, 0))[1] for c in one["classes"]) for one in limits]
    waits = any(one["child"] in unit(child) for c in asks for one in lists[c, week]["refused"])
    full = any(total > one["seats"] for total, one in zip(totals, limits))  # noqa: B905 - Python 3.8 runs it
    return full and waits and sum(asks.values()) <= len(unit(child))


def is_true(row: dict, refused: dict) -> bool:
    """Whether the reason given for a refusal bears it out."""
    child, because, at = refused["child"], refused["because"], refused.get("at", [])
    if because in ("claim", "other"):
        return True  # declared
    if because == "by_hand":
        return bool(by_hand.intersection(unit(child)))
    if because == "together":  # seats it needs as well: for siblings, or in other weeks of the same stay
        fits = len(unit(child)) > 1 or all(one["week"] != row["week"] for one in at)
    else:
        here = ((row["class"], row["week"]), (row["venue"], row["week"]))
        fits = all((one["place"], one["week"]) in here or one["blocker"] == "needed" for one in at)
    return bool(at) and fits and all(blocked(child, one) for one in at)


def check(row: dict, mine: str) -> None:
    """One class-week: seats, order, cut-off, and each refusal."""
    name, week, seated = row["name"], row["week"], row["seated"]
    order = {child: (*standing(child, row["venue"]), draws[child]) for child in seated}
    queue = [(*standing(one["child"], row["venue"]), draws[one["child"]]) for one in row["refused"]]
    last = max((order[child] for child in seated if child not in by_hand), default=None)
    if len(seated) > row["seats"]:
        findings.append(("seats", name, week))
    if queue != sorted(queue) or list(order.values()) != sorted(order.values()):
        findings.append(("order", name, week))
    if row["cutoff"] != (last and {"group": last[0], "draw": last[1]}):
        findings.append(("cutoff", name, week))
    for position, one in enumerate(row["refused"], 1):
        if not is_true(row, one):
            findings.append(("refused", name, week, one["child"]))
        if one["child"] == mine:
            say("waits", name, week, position)
    if mine in seated:
        say("placed", name, week)


mine = sha(asked.number, data["season"], asked.id)[:32] if asked.id and asked.number else ""
if asked.seed and asked.seed != data["lottery_seed"]:
    findings.append(("seed", data["lottery_seed"], asked.seed))
if mine and mine not in draws:
    findings.append(("unknown",))
elif mine and draws[mine] != sha(data["lottery_seed"], data["season"], asked.id):
    findings.append(("draw", mine))
elif mine:
    say("own", mine)
if asked.seal:
    seal = json.loads(pathlib.Path(asked.seal).read_text("utf-8"))
    findings += [("sealed", key, seal[key]) for key in ("season", "policy", "ties") if seal[key] != data[key]]
    if set(draws) - set(seal["lines"]):
        findings.append(("joined", len(set(draws) - set(seal["lines"]))))
    if set(seal["lines"]) - set(draws):
        say("left", len(set(seal["lines"]) - set(draws)))
for class_week in lists.values():
    check(class_week, mine)
places = [(child, row["week"]) for row in lists.values() for child in row["seated"]]
findings += [("twice", *one) for one, number in collections.Counter(places).items() if number > 1]
for limit in data["venues"]:
    classes = [lists.get((name, limit["week"]), nobody) for name in limit["classes"]]
    if sum(len(row["seated"]) for row in classes) > limit["seats"]:
        findings.append(("seats", limit["venue"], limit["week"]))
reasons = [one["because"] for row in lists.values() for one in row["refused"]]
say("counts", len(lists), len(places), len(reasons), len(by_hand))
if {"claim", "other"} & set(reasons):
    say("only", reasons.count("claim") + reasons.count("other"))
for finding in findings:
    say(*finding)
say("bad", len(findings)) if findings else say("good")
sys.exit(1 if findings else 0)
