"""What a pool is said to miss is never more than its classes do, and the same where no must ask is short."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from scheduler.domain.demand import Ask, missing
from scheduler.domain.tables.staff import DUTY_ROLES
from scheduler.rules import Rulebook
from scheduler.solver import staffing
from scheduler.solver.door import Limits, Request
from scheduler.solver.staffing.pooling import guiding
from scheduler.solver.staffing.pooling.asked import missed
from scheduler.solver.staffing.pooling.pools import Alike, Demand
from tests.rules.staffing_halves import roster, staffed

POOL = ("v", date(2024, 7, 8), "AM", 0)
LEAD: Alike = (("homeroom",), "")
HELP: Alike = (("volunteer",), "")

# a teacher and a volunteer must be there, another volunteer should, and a child needs an aide besides these
# three: of the three, two are asked for by must needs whom nobody counts twice for
AIDE = Demand(POOL, "must", 1, 3, 0, (DUTY_ROLES, ""), (), (LEAD, HELP), steep=1.0, steepest=3.0)
LEADS = Demand(POOL, "must", 1, 0, 0, LEAD, ())
HELPS = Demand(POOL, "must", 1, 0, 0, HELP, ())
SECOND = Demand(POOL, "soft", 1, 1, 0, HELP, ())


@pytest.mark.parametrize(("teachers", "volunteers"), list(product(range(3), range(5))))
def test_no_more_is_missed_than_the_class_misses(teachers: int, volunteers: int) -> None:
    others: list[tuple[Demand, int]] = []
    for demand, present in ((LEADS, teachers), (HELPS, volunteers), (SECOND, volunteers)):
        others.append((demand, missed(demand, present, others)))
    assert [amount for _, amount in others] == [
        max(0, 1 - teachers),
        max(0, 1 - volunteers),
        min(1, max(0, 2 - volunteers)),
    ]
    said = missed(AIDE, teachers + volunteers, others)
    truth = missing(Ask("aide", 1, DUTY_ROLES, "", "must", beyond=3), teachers + volunteers)
    assert said <= truth
    if teachers and volunteers:
        assert said == truth


def test_two_soft_gaps_do_not_stand_for_an_aide() -> None:
    # one teacher and one volunteer: the second volunteer is missing once, whatever else counts them, and the
    # aide is missing besides
    others = [(LEADS, 0), (HELPS, 0), (SECOND, 1)]
    assert missed(AIDE, 2, others) == 1


def test_a_week_may_be_led_by_districts(monkeypatch: pytest.MonkeyPatch) -> None:
    # three volunteers for four posts of every shift, each venue by itself: one is missing each time
    monkeypatch.setattr(staffing, "AT_ONCE", 0)
    monkeypatch.setattr(staffing.wide, "SEASON", 0)
    monkeypatch.setattr(guiding, "DISTRICT", 1)
    needs = [
        {"id": "lead", "role": "homeroom", "per_class": 1, "strength": "must"},
        {"id": "pair", "role": "volunteer", "per_class": 2},
    ]
    scenario = staffed(needs=needs)
    limits = Limits(seconds=6, workers=1, reproducible=True)
    answer = staffing.solve(Request(scenario, Rulebook(scenario.settings), roster(), limits))
    assert [(level.name, level.value, level.bound) for level in answer.stage.levels[:2]] == [
        ("must_gaps", 0, 0),
        ("soft_gaps", 4, 4),
    ]
