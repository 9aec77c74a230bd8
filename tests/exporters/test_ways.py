"""Ways between venues within an adult's day."""

from __future__ import annotations

import pytest

from scheduler.exporters.views.person import Staff
from scheduler.exporters.views.ways import Way
from tests.rules.timetable_halves import day_plan
from tests.seasons import rows, tiny

VENUES = rows("venues", V2={"latitude": None, "longitude": None})


@pytest.mark.parametrize(
    ("season", "way"),
    [
        (tiny(), Way(27, 270, 5.6)),  # 5.6 km at 20 km/h and 10 minutes, from 9:30 to 14:00
        (tiny(venues=VENUES), Way(10, 270, None)),  # where it is nobody knows: the fixed minutes
    ],
)
def test_a_day_at_two_venues_has_a_way(season: object, way: Way) -> None:
    view = Staff(season, day_plan("C1 15 P1 opera s1", "C2 15 P3 opera s1")).view("s1")  # type: ignore[arg-type]
    assert [day.ways for week in view.weeks for day in week.days] == [(None, way)]


def test_a_day_at_one_venue_has_none() -> None:
    season = tiny(
        courses=rows("courses", ball={"teacher": True}),
        staff=rows("staff", s1={"courses": ["opera", "ball"]}),
    )
    view = Staff(season, day_plan("C1 15 P1 opera s1", "C1 15 P3 ball s1")).view("s1")
    assert [day.ways for week in view.weeks for day in week.days] == [(None, None)]
