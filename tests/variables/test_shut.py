"""Whether a class lets nobody new of a standing in, by who sits where."""

from __future__ import annotations

import pytest

from scheduler.domain.plan import Plan
from scheduler.rules import Rulebook
from scheduler.solver.door import Limits, Request
from scheduler.solver.placement.build import Built, Task, build_hard
from scheduler.solver.placement.starting import seat_values
from scheduler.variables.cutoffs import Cutoffs
from scheduler.variables.shut import Shut
from tests.seasons import tiny

YOUNG, OLD = {"min_age": 6, "max_age": 8}, {"min_age": 9, "max_age": 12}


def built() -> Built:
    """A venue of three places, with a class of two seats for the young and one of two for the old; `a`, `c`
    and `d` are of the first rank, `b` and `e` of the second."""
    ranks = {"a": "first", "b": "second", "c": "first", "d": "first", "e": "second"}
    season = tiny(
        venues=[{"id": "V1", "name": "North", "mode": "community", "capacity": 3}],
        rooms=[],
        classes=[
            {"id": "young", "name": "young", "venue": "V1", "capacity": 2, **YOUNG},
            {"id": "old", "name": "old", "venue": "V1", "capacity": 2, **OLD},
        ],
        children=[
            {
                "id": child,
                "name": child,
                "birth_date": "2017-01-01" if child in "ab" else "2014-01-01",
                "choices": ["V1"],
                "priority": rank,
            }
            for child, rank in ranks.items()
        ],
    )
    request = Request(season, Rulebook(season.settings), Plan(), Limits())
    return build_hard(Task(request, frozenset()))


@pytest.mark.parametrize(
    ("seats", "first", "second"),
    [
        ({}, 0, 0),
        ({"a": "young"}, 0, 0),
        # the class is full, of both ranks: the first need only stay behind the first
        ({"a": "young", "b": "young"}, 0, 1),
        # its seats are not all taken, but the venue has no place left
        ({"a": "young", "c": "old", "d": "old"}, 1, 1),
        ({"a": "young", "c": "old", "e": "old"}, 0, 1),
        # three places would be left by one child of the class alone: nobody is there
        ({"c": "old", "d": "old"}, 0, 0),
    ],
)
def test_nobody_gets_in_where_class_or_venue_is_full(seats: dict[str, str], first: int, second: int) -> None:
    """For each standing the most that the boolean may be: it need not tell, but it must not lie."""
    hard = built()
    model, shut = hard.model, Shut(hard.x, Cutoffs(hard.x))
    standings = [hard.x.standings.of_unit((child,), "V1") for child in ("a", "b")]
    found = [shut("young", "1", standing) for standing in standings]
    start = seat_values(hard.x, {(child, "1"): class_ for child, class_ in seats.items()})
    values = model.completed(start, least=-model.total(found))
    assert len(values) > len(start)
    assert [values[one] for one in found] == [first, second]


def test_it_is_shared_by_all_who_stand_alike() -> None:
    """Asked twice it is the same boolean."""
    hard = built()
    shut = Shut(hard.x, Cutoffs(hard.x))
    standing = hard.x.standings.of_unit(("a",), "V1")
    assert shut("young", "1", standing).index == shut("young", "1", standing).index
