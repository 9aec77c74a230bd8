"""What changes in a season without touching what matters leaves the answer as good as it was."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from scheduler.domain.plan import Level
from scheduler.rules import RULES
from scheduler.solver.door import Contradiction
from tests.tiny.judge import solved, tiny_season
from tests.tiny.seasons import Tables

SEASONS = range(2000, 2020)

Change = Callable[[Tables], Tables]


def levels(tables: Tables, *, draw: bool = True) -> tuple[tuple[str, float], ...] | None:
    """The levels told, with their names; None where the hard rules contradict one another."""
    try:
        found = solved(tables).stage.levels
    except Contradiction:
        return None
    return tuple((row.name, row.value) for row in found if draw or row.name != "draw")


def shuffled(tables: Tables) -> Tables:
    """The rows of every table in another order."""
    found, dice = tables.copy(), Random(tables.settings["season"])
    for rows in found.rows.values():
        dice.shuffle(rows)
    # the order of a child's choices matters, that of all other lists does not
    for row in found.rows["children"]:
        for column in ("weeks", "friends", "apart", "employer"):
            dice.shuffle(row.get(column, []))
    found.rows["days"].sort(key=lambda row: str(row["date"]))
    return found


def renamed(tables: Tables, names: dict[str, str]) -> Tables:
    """Ids exchanged wherever they stand."""

    def new(value: object) -> object:
        if isinstance(value, list):
            return [new(part) for part in value]
        return names.get(value, value) if isinstance(value, str) else value

    found = tables.copy()
    for rows in found.rows.values():
        for row in rows:
            row.update({column: new(value) for column, value in row.items() if column != "kind"})
    found.withheld = [(names.get(class_, class_), names.get(week, week)) for class_, week in found.withheld]
    return found


def other_places(tables: Tables) -> Tables:
    """Venues, classes, rooms, weeks and priorities bear names that sort the other way round."""
    ids = [row["id"] for table in ("venues", "classes", "rooms", "priorities") for row in tables.rows[table]]
    # a choice may name a venue that no class is at, and that is in no table
    ids += ["V1", "V2", "V3", *(row["week"] for row in tables.rows["days"])]
    return renamed(tables, {id: f"z{99 - number}" for number, id in enumerate(sorted(set(ids)))})


def other_children(tables: Tables) -> Tables:
    """Children bear names that sort the other way round; their draws are others then."""
    ids = sorted(row["id"] for row in tables.rows["children"])
    return renamed(tables, {id: f"k{99 - number}" for number, id in enumerate(ids)})


def with_a_class_shut(tables: Tables) -> Tables:
    """One class more, like the first, locked shut."""
    found = tables.copy()
    found.rows["classes"].append({**found.rows["classes"][0], "id": "C9", "name": "Shut", "room": None})
    found.rows["locks"].append({"id": "L9", "kind": "close", "class_": "C9"})
    return found


def with_a_class_withheld(tables: Tables) -> Tables:
    """One class more, like the last, withheld in every week."""
    found = tables.copy()
    found.rows["classes"].append({**found.rows["classes"][-1], "id": "C9", "name": "Back", "room": None})
    found.withheld += [("C9", row["week"]) for row in found.rows["days"]]
    return found


def with_a_child_unprocessed(tables: Tables) -> Tables:
    """One child more, like the first, whose guardians have not consented; a sibling, friend and foe."""
    found = tables.copy()
    like = found.rows["children"][0]
    found.rows["children"].append({**like, "id": "zz", "name": "ZZ", "consent": False, "siblings": "must"})
    like["friends"] = [*like.get("friends", []), "zz"]
    return found


def with_a_venue_for_nobody(tables: Tables) -> Tables:
    """One venue more, with a class for whom there is not."""
    found = tables.copy()
    found.rows["venues"].append({"id": "V9", "name": "V9", "mode": "joint", "only_for": ["nobody"]})
    found.rows["classes"].append({"id": "C9", "name": "C9", "venue": "V9", "capacity": 5})
    for lock in found.rows["locks"]:
        if lock["kind"] == "open" and not lock["class_"]:
            lock["kind"] = "close"  # one that opens every class would open this one too
            lock["class_"] = "C9"
    return found


@pytest.mark.parametrize("change", [shuffled, other_places, with_a_class_withheld, with_a_child_unprocessed])
def test_what_does_not_matter_changes_no_level(change: Change) -> None:
    looked_at = 0
    for seed in SEASONS:
        tables = tiny_season(seed)
        before = levels(tables)
        assert levels(change(tables)) == before, f"season {seed}:\n{tables}"
        looked_at += before is not None
    assert looked_at > 10


@pytest.mark.parametrize("change", [with_a_class_shut, with_a_venue_for_nobody])
def test_classes_that_nobody_can_be_in_change_no_level(change: Change) -> None:
    # but where all classes are locked open: what is locked open must hold somebody
    for seed in SEASONS:
        tables = tiny_season(seed)
        tables.rows["locks"] = [row for row in tables.rows["locks"] if row["kind"] != "open"]
        assert levels(change(tables)) == levels(tables), f"season {seed}:\n{tables}"


def test_the_order_of_rows_does_not_change_the_plan() -> None:
    for seed in SEASONS:
        tables = tiny_season(seed)
        if levels(tables) is not None:
            assert solved(shuffled(tables)).plan == solved(tables).plan, seed


def test_other_names_for_children_change_the_draw_alone() -> None:
    looked_at = 0
    for seed in SEASONS:
        tables = tiny_season(seed)
        tables.settings["ties"] = "places"  # else the draw is part of the standing
        before = levels(tables, draw=False)
        assert levels(other_children(tables), draw=False) == before, f"season {seed}:\n{tables}"
        looked_at += before is not None
    assert looked_at > 10


def test_weights_counted_double_double_the_cost_and_nothing_else() -> None:
    soft = [rule.id() for rule in RULES if rule.stage == "placement" and not rule.hard]
    costly = 0
    for seed in SEASONS:
        tables = tiny_season(seed, roomy=seed % 2 == 0)
        weights = {name: float(number + 1) for number, name in enumerate(soft)}
        tables.settings["weights"] = weights
        double = tables.copy()
        double.settings["weights"] = {name: 2 * weight for name, weight in weights.items()}
        once, twice = levels(tables), levels(double)
        if once is None or twice is None:
            assert once == twice
            continue
        costs = (dict(once).pop("soft"), dict(twice).pop("soft"))
        assert costs[1] == pytest.approx(2 * costs[0])
        costly += costs[0] > 0
        assert [row for row in once if row[0] != "soft"] == [row for row in twice if row[0] != "soft"]
    assert costly > 3


def test_a_class_split_in_two_is_as_good_as_whole() -> None:
    # where nobody names classes, friends and foes do not matter, and no minimum asks for numbers: who fits in
    # a class of 3 fits in one of 1 and one of 2
    looked_at = 0
    for seed in SEASONS:
        tables = tiny_season(
            seed, pool=False, apart=False, optional=False, rooms=False, locks=False, opened=False
        )
        for row in tables.rows["classes"]:
            row["min_children"] = 0
        for child in tables.rows["children"]:
            child["choices"] = [choice for choice in child["choices"] if choice.startswith("V")] or ["V1"]
        tables.rows["classes"][0]["capacity"] = 3
        apart = tables.copy()
        apart.rows["classes"][0]["capacity"] = 1
        apart.rows["classes"].append({**apart.rows["classes"][0], "id": "C9", "name": "Twin", "capacity": 2})
        apart.withheld += [("C9", week) for class_, week in apart.withheld if class_ == "C1"]
        for closed in list(apart.rows["closures"]):
            if closed.get("class_") == "C1":
                apart.rows["closures"].append({**closed, "class_": "C9"})
        one, two = (levels(found) for found in (tables, apart))
        assert one is not None
        assert two is not None
        assert _hard(one) == _hard(two), f"season {seed}:\n{tables}"
        looked_at += 1
    assert looked_at == len(SEASONS)


def _hard(told: tuple[tuple[str, float], ...]) -> list[tuple[str, float]]:
    return [row for row in told if row[0] not in ("soft", "draw")]


# ---- `seats`: what can only help, helps ---------------------------------------------------------


def a_seat_more(tables: Tables) -> Tables:
    """One seat more in the first class and, where they are limits, its venue and room."""
    found = tables.copy()
    first = found.rows["classes"][0]
    first["capacity"] += 1
    for row in (*found.rows["venues"], *found.rows["rooms"]):
        if row["id"] in (first["venue"], first.get("room")) and "capacity" in row:
            row["capacity"] += 1
    return found


def without_barring(tables: Tables) -> Tables:
    """No locks that bar: `keep_out` and `close`."""
    found = tables.copy()
    found.rows["locks"] = [row for row in found.rows["locks"] if row["kind"] not in ("keep_out", "close")]
    return found


def a_class_more(tables: Tables) -> Tables:
    """A class more at the first venue."""
    found = tables.copy()
    found.rows["classes"].append(
        {"id": "C9", "name": "More", "venue": found.rows["classes"][0]["venue"], "capacity": 1}
    )
    for lock in found.rows["locks"]:
        if lock["kind"] == "open" and not lock["class_"]:
            lock["class_"] = "C1"
    return found


def peace(tables: Tables) -> Tables:
    """Nobody must be kept apart."""
    found = tables.copy()
    for row in found.rows["children"]:
        row["apart"] = []
    return found


@pytest.mark.parametrize(
    ("change", "theme"),
    [(a_seat_more, "points"), (without_barring, "locks"), (a_class_more, "families"), (peace, "roomy")],
)
def test_under_seats_what_allows_more_never_places_fewer(change: Change, theme: str) -> None:
    # every plan of before is a plan still, and has the same levels down to the choices
    better = 0
    for seed in SEASONS:
        tables = tiny_season(seed, policy="seats", **{"apart": change is peace, theme: True})
        before, after = levels(tables), levels(change(tables))
        if before is None:
            continue
        assert after is not None
        assert _down_to_choices(after) <= _down_to_choices(before), f"season {seed}:\n{tables}"
        better += _down_to_choices(after) < _down_to_choices(before)
    assert better > 0


def _down_to_choices(told: tuple[tuple[str, float], ...]) -> list[float]:
    """The levels down to the choices, each the less the better."""
    return [-value if name.startswith(("placed", "rank")) else value for name, value in _hard(told)]


def test_levels_are_named_as_the_contract_orders_them() -> None:
    found: tuple[Level, ...] = solved(tiny_season(3, policy="fair", locks=False, opened=False)).stage.levels
    names = [level.name for level in found]
    assert names[:2] == ["claims", "placed"]
    ranks = [name for name in names if name.startswith("rank_")]
    assert names[2 : 2 + len(ranks)] == sorted(ranks)
    assert names.index("soft") == 3 + len(ranks)
