"""What the soft rules say of other people on some posts: the rules' own checks, before and after.

They are asked over the part of the plan that they look at for these people and posts, so that a season of any
size is asked quickly; the difference is that of the whole plan's score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from scheduler.domain.plan import Duty, OpenClass, Placement, Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.explainer.ground import NOT_DECIDED
from scheduler.rules import Rule, Rulebook

LOADS = ("fair_load", "fair_shares")
"""Rules about what people offer, wherever anything runs; they judge each person by themselves."""

WHOLE = ("fee_budget",)
"""Rules about the sum of all sessions."""


class Costs:
    """The soft rules of a season, asked about posts that change hands in one plan."""

    def __init__(self, scenario: Scenario, rulebook: Rulebook, plan: Plan) -> None:
        """Ask about this plan."""
        self._scenario, self._plan = scenario, plan
        self._weight = rulebook.weight
        self._staffing = rulebook.of_stage("staffing", hard=False)
        self._timetable = rulebook.of_stage("timetable", hard=False)

    def between(
        self,
        gone: Collection[Duty],
        come: Collection[Duty],
        given_up: Collection[Session] = (),
        taken_up: Collection[Session] = (),
    ) -> dict[str, float]:
        """By rule, what is dearer (below 0: cheaper) with `come` in the place of `gone` among the duties and
        `taken_up` in the place of `given_up` among the sessions, which differ in their teachers alone.

        The plan may hold what goes, or not yet; rules that say the same of both are left out.
        """
        duties, sessions = [*gone, *come], [*given_up, *taken_up]
        people = {row.person for row in duties} | {row.teacher for row in sessions if row.teacher}
        rules: list[Rule] = [*self._staffing, *(self._timetable if sessions else ())]
        found = {}
        for rule in rules:
            weight = self._weight(rule)
            if not weight:
                continue
            part = self._part(rule, people, duties, sessions)
            before = _with(part, come, gone, taken_up, given_up)
            after = _with(part, gone, come, given_up, taken_up)
            change = self._amount(rule, after) - self._amount(rule, before)
            if change:
                found[rule.id()] = round(change * weight, 6)
        return found

    def _amount(self, rule: Rule, plan: Plan) -> int:
        return sum(found.amount for found in rule.check(self._scenario, plan))

    def _part(self, rule: Rule, people: set[str], duties: list[Duty], sessions: list[Session]) -> Plan:
        """The part of the plan in which a rule sees the difference."""
        plan = self._plan
        own_duties = [row for person in sorted(people) for row in plan.duties_of(person)]
        own_sessions = [row for person in sorted(people) for row in plan.sessions_by(person)]
        if rule.id() in WHOLE:
            return self._bare.with_(sessions=plan.sessions)
        if rule.id() in LOADS:
            return self._bare.with_(
                duties=tuple(own_duties), sessions=tuple(own_sessions), open_classes=plan.open_classes
            )
        if rule.stage == "timetable":
            courses = {(row.class_, row.course) for row in sessions}
            same = [row for key in sorted(courses) for row in self._of_course.get(key, ())]
            return self._bare.with_(sessions=tuple(dict.fromkeys([*own_sessions, *same])))
        at = sorted({(row.venue, row.date, row.shift) for row in duties})
        beside = [row for key in at for row in self._at_place.get(key, ())]
        classes = sorted({row.class_ for row in duties if row.class_ is not None})
        faces = [row for class_ in classes for row in self._in_class.get(class_, ())]
        venues = {row.venue for row in duties}
        return self._bare.with_(
            duties=tuple(dict.fromkeys([*own_duties, *beside, *faces])),
            sessions=tuple(own_sessions),
            trips=plan.trips if duties else (),
            placements=tuple(row for venue in sorted(venues) for row in self._seats.get(venue, ())),
            open_classes=tuple(row for venue in sorted(venues) for row in self._running.get(venue, ())),
        )

    # ---- the plan by place ----------------------------------------------------------------------------

    @cached_property
    def _bare(self) -> Plan:
        """The plan without any decision."""
        none = dict.fromkeys(("open_classes", "placements", "sessions", "trips", "duties", "withheld"), ())
        return self._plan.with_(**none, **NOT_DECIDED, score={})

    @cached_property
    def _of_course(self) -> dict[tuple[str, str], list[Session]]:
        found: dict[tuple[str, str], list[Session]] = defaultdict(list)
        for row in self._plan.sessions:
            found[row.class_, row.course].append(row)
        return found

    @cached_property
    def _at_place(self) -> dict[tuple[str, object, str], list[Duty]]:
        found: dict[tuple[str, object, str], list[Duty]] = defaultdict(list)
        for row in self._plan.duties:
            found[row.venue, row.date, row.shift].append(row)
        return found

    @cached_property
    def _in_class(self) -> dict[str, list[Duty]]:
        found: dict[str, list[Duty]] = defaultdict(list)
        for row in self._plan.duties:
            if row.class_ is not None:
                found[row.class_].append(row)
        return found

    @cached_property
    def _seats(self) -> dict[str, list[Placement]]:
        found: dict[str, list[Placement]] = defaultdict(list)
        for row in self._plan.placements:
            if row.class_ in self._scenario.class_:
                found[self._scenario.class_[row.class_].venue].append(row)
        return found

    @cached_property
    def _running(self) -> dict[str, list[OpenClass]]:
        found: dict[str, list[OpenClass]] = defaultdict(list)
        for row in self._plan.open_classes:
            if row.class_ in self._scenario.class_:
                found[self._scenario.class_[row.class_].venue].append(row)
        return found


def _with(
    part: Plan,
    gone: Collection[Duty],
    come: Collection[Duty],
    given_up: Collection[Session],
    taken_up: Collection[Session],
) -> Plan:
    """A part of the plan without some rows and with others."""
    less, fewer = set(gone), set(given_up)
    return part.with_(
        duties=tuple(dict.fromkeys([*(row for row in part.duties if row not in less), *come])),
        sessions=tuple(dict.fromkeys([*(row for row in part.sessions if row not in fewer), *taken_up])),
    )
