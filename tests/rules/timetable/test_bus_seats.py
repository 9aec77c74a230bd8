"""C1 brings two children, C2 one; with one adult for two children that is 3 and 2 people, at two venues."""

from __future__ import annotations

import pytest

from scheduler.domain.scenario import Scenario
from tests.rules.timetable_halves import day_plan, try_out, zoo
from tests.seasons import Rows, rows, tiny


def buses(number: int, seats: int, **tables: Rows) -> Scenario:
    return tiny(trips=zoo(buses=number, seats_per_bus=seats, children_per_adult=2), **tables)


ONE_VENUE = {"classes": rows("classes", C2={"venue": "V1", "room": None})}
AIDED = rows("children", a={"needs": ["aide"]})


def escorts(number: int, setting: str = "trip") -> Rows:
    return [{"id": "escorts", "role": "volunteer", "setting": setting, "per_class": number}]


@pytest.mark.parametrize(
    ("scenario", "away", "expected", "message"),
    [
        pytest.param(buses(1, 3), ("C1 15 zoo 1/2/1",), 0, None, id="just enough seats"),
        pytest.param(buses(1, 2), ("C1 15 zoo 1/2/1",), 1, "broken", id="one seat missing"),
        pytest.param(buses(2, 2), ("C1 15 zoo 1/1/1 2/1/0",), 0, None, id="spread over two"),
        pytest.param(buses(2, 9), ("C1 15 zoo 1/2/1", "C2 15 zoo 2/1/1"), 0, None, id="one bus a venue"),
        pytest.param(
            buses(1, 9), ("C1 15 zoo 1/2/1", "C2 15 zoo 1/1/1"), 1, "shared", id="two venues in one"
        ),
        pytest.param(buses(1, 9), ("C1 15 zoo 1/2/1", "C2 15 zoo 2/1/1"), 2, "no_bus", id="no second bus"),
        pytest.param(
            buses(1, 5, **ONE_VENUE), ("C1 15 zoo 1/2/1", "C2 15 zoo 1/1/1"), 0, None, id="one venue, one bus"
        ),
        pytest.param(
            buses(1, 4, **ONE_VENUE), ("C1 15 zoo 1/2/1", "C2 15 zoo 1/1/1"), 1, "broken", id="five into four"
        ),
        pytest.param(
            buses(1, 1), ("C1 15 zoo 1/2/1", "C1 16 zoo 1/2/1"), 4, "broken", id="two missing on two days"
        ),
        pytest.param(tiny(trips=zoo()), ("C1 15 zoo",), 0, None, id="on foot"),
        # the adult for two children is nobody's aide, but may well be one of two volunteers
        pytest.param(
            buses(1, 4, children=AIDED), ("C1 15 zoo 1/2/2",), 0, None, id="a seat for the aide, too"
        ),
        pytest.param(buses(1, 3, children=AIDED), ("C1 15 zoo 1/2/2",), 1, "broken", id="none for the aide"),
        pytest.param(
            buses(1, 3, needs=escorts(2)), ("C1 15 zoo 1/2/2",), 1, "broken", id="two are asked for on trips"
        ),
        pytest.param(
            buses(1, 3, needs=escorts(2, setting="class")), ("C1 15 zoo 1/2/1",), 0, None, id="but two here"
        ),
    ],
)
def test_both_halves(scenario: Scenario, away: tuple[str, ...], expected: int, message: str | None) -> None:
    # going on both days breaks trip_places as well
    alone = len({text.split()[1] for text in away}) == 1
    try_out("bus_seats", scenario, day_plan(away=away), expected, message=message, alone=alone)


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ("1/2/1", 0),
        ("1/2/0", 1),  # the adult stands
        ("1/1/1", 1),  # a child stands
        ("1/3/1", 1),  # a child too many
        ("", 3),  # nobody sits
        ("1/3/1 2/-1/0", 1),  # sums are right, but minus one child sits nowhere
    ],
)
def test_everybody_is_seated(seats: str, expected: int) -> None:
    # how people are seated is no decision of the mathematics, which knows only that they can be
    try_out("bus_seats", buses(2, 9), day_plan(away=(f"C1 15 zoo {seats}",)), expected, mathematics=False)


def test_an_aide_has_a_seat() -> None:
    away = day_plan(away=("C1 15 zoo 1/2/1",))
    try_out("bus_seats", buses(1, 9, children=AIDED), away, 1, message="seated", mathematics=False)
