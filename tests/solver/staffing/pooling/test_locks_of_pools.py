"""A lock of role `site` asks for its person while its class is held, and bounds nothing at other times."""

from __future__ import annotations

from scheduler.rules import Rulebook
from scheduler.solver.door import Clock, Limits, Request
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.pooling.pools import Pools
from scheduler.solver.staffing.proving import Proof
from tests.rules.staffing_halves import CLEARED, duty, people, staffed
from tests.seasons import placed, plan, rows

LIMITS = Limits(seconds=5, workers=1, reproducible=True)
WARDEN = {"name": "W", "kind": "teacher", "roles": ["site"], **CLEARED}
WHOLE = {"from_": "2024-07-15", "to": "2024-07-16"}
MORNINGS = {"id": "C3", "name": "Cat", "venue": "V1", "capacity": 2, "shifts": ["AM"]}


def test_the_gaps_are_bounded_by_what_locks_ask_for_and_no_more() -> None:
    # C3 is held in the mornings; in the afternoons w1 can be at V2, where w3 cannot, and w2 at V1
    scenario = staffed(
        classes=[*rows("classes"), MORNINGS],
        needs=[{"id": "site", "role": "site", "setting": "venue", "per_class": 1, "strength": "must"}],
        staff=people(w1=WARDEN, w2={**WARDEN, "venues": ["V1"]}, w3={**WARDEN, "venues": ["V2"]}),
        availability=[{"person": "w3", **WHOLE, "shifts": ["PM"], "status": "no"}],
        locks=[{"id": "L", "kind": "duty", "person": "w1", "class_": "C3", "role": "site"}],
    )
    so_far = plan(placements=placed("a@C1", "b@C3", "c@C2"))
    task = Task(Request(scenario, Rulebook(scenario.settings), so_far, LIMITS))
    shifts = ("w1 @V1 {} AM", "w3 @V2 {} AM", "w2 @V1 {} PM", "w1 @V2 {} PM")
    roster = [duty(text.format(day)) for day in (15, 16) for text in shifts]
    assert not task.breaks_rules(roster)
    assert task.missing(roster) == (0, 0)
    proof = Proof(Places(Pools(task)), LIMITS, Clock(LIMITS), workers=1)
    proof.prove(0.0)
    assert proof.must == 0
