"""What keeps somebody from a post: the first hurdle, asked of the rules one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import combinations

from scheduler.domain.calendar import overlap
from scheduler.domain.demand import Post
from scheduler.domain.moments import Lack
from scheduler.domain.plan import Duty, Plan
from scheduler.domain.programme import runs_on, trip_of
from scheduler.domain.shortfall import HURDLES, Hurdle
from scheduler.domain.tables import Person
from scheduler.domain.tables.staff import DUTY_ROLES, Role
from scheduler.explainer.ground import Ground
from scheduler.rules import Violation, moves
from scheduler.rules.duties import DutyRule

OF_RULE: dict[str, Hurdle] = {
    "duty_available": "offered",
    "clearance": "cleared",
    "work_area": "reach",
    "own_child": "parent",
    "staffing_locks": "locked",
    "duty_limits": "limit",
    "one_post_per_shift": "busy",
    "duty_travel": "busy",
}
"""The hurdle each rule stands for; any further rule is an `other`."""


class Hurdles:
    """What the rules have against people on the posts of one plan; every question is answered once."""

    def __init__(self, ground: Ground) -> None:
        """Ask about the plan of this ground."""
        self.ground = ground
        self._admitted: dict[tuple[object, ...], bool] = {}
        self._blocked: dict[tuple[object, ...], tuple[Violation, ...]] = {}
        self._shifts: dict[str, frozenset[tuple[date, str]]] = {}
        self._dates: dict[str, frozenset[date]] = {}
        self._usual: dict[tuple[object, ...], Hurdle] = {}
        self._reaching: dict[str, frozenset[str]] = {}

    @cached_property
    def _rules(self) -> tuple[tuple[DutyRule, Hurdle], ...]:
        """The hard rules of staffing that judge a duty by itself, in the order of their hurdles."""
        rules = self.ground.rulebook.of_stage("staffing", hard=True)
        named = [(rule, OF_RULE.get(rule.id(), "other")) for rule in rules if isinstance(rule, DutyRule)]
        return tuple(sorted(named, key=lambda pair: HURDLES.index(pair[1])))

    @cached_property
    def by_role(self) -> dict[Role, tuple[Person, ...]]:
        """Everybody with a role."""
        people = self.ground.scenario.person.values()
        return {role: tuple(row for row in people if role in row.roles) for role in DUTY_ROLES}

    def duties(self, lack: Lack, row: Person) -> Iterator[Duty]:
        """The duties with which a person would be one of those whom an ask counts."""
        post = lack.post
        for role in lack.ask.roles:
            if role not in row.roles or role not in DUTY_ROLES:
                continue
            if role == "site":
                if post.class_ is None:
                    yield self._duty(lack, row, role, None)
                continue
            for class_ in (post.class_,) if post.class_ is not None else self._classes(lack):
                yield self._duty(lack, row, role, class_)

    def comes(self, row: Person, post: Post) -> bool:
        """Whether a person offers the shift of a post at all: true of few, so it is asked first."""
        key = ("offered", row.id, post.date, post.shift)
        return self._admitted[key] if key in self._admitted else self._all_admit("offered", row, post)

    def in_shift(self, row: Person, post: Post) -> Hurdle | None:
        """What keeps a person from the shift of a post, whatever the class and the venue."""
        if not self.comes(row, post):
            return "offered"
        if self.ground.scenario.is_minor(row.id, post.date):
            return "minor"
        return None if self._all_admit("cleared", row, post) else "cleared"

    def reaching(self, venue: str) -> frozenset[str]:
        """Who works at a venue, as the season knows them by their areas."""
        if venue not in self._reaching:
            self._reaching[venue] = frozenset(row.id for row in self.ground.scenario.workers_at(venue))
        return self._reaching[venue]

    def _all_admit(self, hurdle: Hurdle, row: Person, post: Post) -> bool:
        """Whether the rules that a hurdle stands for, which ask after no role, admit a person."""
        duty = _at(post, row, "volunteer", post.class_)
        return all(self._admits(rule, duty) for rule, of in self._rules if of == hurdle)

    def is_met_anywhere(self, lack: Lack) -> bool:
        """Whether everybody with a role that an ask counts could be on some duty that it counts."""
        return lack.post.class_ is not None or next(self._classes(lack), None) is not None

    def _classes(self, lack: Lack) -> Iterator[str]:
        """Where people count for what a venue asks for: in its classes that run and are not away."""
        scenario, plan, post = self.ground.scenario, self.ground.plan, lack.post
        for row in scenario.classes_at(post.venue):
            away = trip_of(scenario, plan, row.id, post.date, post.shift)
            if away is None and post.shift in runs_on(scenario, plan, row.id, post.date):
                yield row.id

    def _duty(self, lack: Lack, row: Person, role: Role, class_: str | None) -> Duty:
        return _at(lack.post, row, role, class_)

    # ---- what is in the way -------------------------------------------------------------------------

    def lowest(self, row: Person, lack: Lack) -> Hurdle:
        """The first hurdle of a person at a post, the lowest over the roles that are counted."""
        return max((self.first(duty) for duty in self.duties(lack, row)), key=HURDLES.index, default="other")

    def usual(self, row: Person, lack: Lack) -> Hurdle:
        """The same of a class that is not away and in the person's reach; asked once for all posts of a shift
        between which nothing that the rules look at tells apart."""
        post = lack.post
        if row.own_children or row.id in self._singled_out or self.ground.plan.sessions_by(row.id):
            return self.lowest(row, lack)
        key: tuple[object, ...] = (row.id, post.date, post.shift)
        if post.date in self._days(row.id):
            key = (*key, post.class_ if self._shifts_overlap else post.venue)
        if key not in self._usual:
            self._usual[key] = self.lowest(row, lack)
        return self._usual[key]

    @cached_property
    def _singled_out(self) -> frozenset[str]:
        """Whom locks or rules of the season's own may keep from one class and not from another."""
        everybody = frozenset(self.ground.scenario.person)
        if any(rule.id() not in (*OF_RULE, "duty_role") for rule, _ in self._rules):
            return everybody
        locks = [row for row in self.ground.scenario.locks if row.kind in ("duty", "no_duty")]
        named = frozenset(row.person for row in locks if row.person is not None)
        return named if all(row.person for row in locks) else everybody

    @cached_property
    def _shifts_overlap(self) -> bool:
        """Whether some shifts hold at the same time: classes of one venue are then as far apart as any."""
        pairs = combinations(self.ground.scenario.shift.values(), 2)
        return any(overlap(one.start, one.end, two.start, two.end) for one, two in pairs)

    def first(self, duty: Duty) -> Hurdle:
        """The first hurdle that keeps a person from a duty; `able` if there is none."""
        if self.ground.scenario.is_minor(duty.person, duty.date):
            offered = all(self._admits(rule, duty) for rule, hurdle in self._rules if hurdle == "offered")
            return "minor" if offered else "offered"
        for rule, hurdle in self._rules:
            if not self._admits(rule, duty):
                return hurdle
        busy = (duty.date, duty.shift) in self._on_duty(duty.person)
        for rule, hurdle in self._rules:
            if busy and hurdle in ("limit", "busy"):
                return "busy"  # what `one_post_per_shift` would say; no limit is touched in such a shift
            if self._blockers(rule, duty):
                return hurdle
        return "able"

    def against(self, duty: Duty) -> tuple[Violation, ...]:
        """What the hard rules that tie duties together have against a duty in a shift that is free."""
        return tuple(found for rule, _ in self._rules for found in self._blockers(rule, duty))

    def alone(self, duty: Duty) -> bool:
        """Whether the first hurdle of a duty, one that a rule raises by itself, is the only one."""
        refusing = sum(not self._admits(rule, duty) for rule, _ in self._rules)
        free = (duty.date, duty.shift) not in self._on_duty(duty.person)
        minor = self.ground.scenario.is_minor(duty.person, duty.date)
        return refusing == 1 and free and not minor and not self.against(duty)

    def _admits(self, rule: DutyRule, duty: Duty) -> bool:
        """Whether a rule admits a duty; asked once for all duties of which it says the same."""
        key: tuple[object, ...]
        match rule.id():
            case "duty_available":
                key = ("offered", duty.person, duty.date, duty.shift)
            case "clearance":
                key = ("cleared", duty.person, duty.date)
            case "work_area":
                key = ("reach", duty.person, duty.venue)
            case "duty_travel" if not self.ground.plan.sessions_by(duty.person):
                return True  # it admits by the ways to sessions alone
            case "own_child" if not self.ground.scenario.person[duty.person].own_children:
                return True
            case _:
                return rule.admits(self.ground.scenario, self.ground.plan, duty)
        if key not in self._admitted:
            self._admitted[key] = rule.admits(self.ground.scenario, self.ground.plan, duty)
        return self._admitted[key]

    def _blockers(self, rule: DutyRule, duty: Duty) -> tuple[Violation, ...]:
        """What a rule has against an admitted duty, asked once for all of which it says the same. Rules that
        judge each duty by itself have said all when they admitted it."""
        key: tuple[object, ...]
        match rule.id():
            case "duty_role" | "duty_available" | "clearance" | "work_area" | "own_child":
                return ()
            case "one_post_per_shift":  # the shift is free, and sessions in it are in the same class
                return ()
            case "duty_limits":
                key = ("limits", duty.person, duty.date, duty.shift)
            case "duty_travel":
                if duty.date not in self._days(duty.person):
                    return ()
                key = ("travel", duty.person, duty.date, duty.shift, duty.venue, duty.class_)
            case "staffing_locks" if not self.ground.scenario.locks:
                return ()
            case id:
                key = (id, duty)
        if key not in self._blocked:
            whole = self.ground.part_of(duty.person)
            part = self._day(whole, duty.date) if rule.id() == "duty_travel" else whole
            self._blocked[key] = tuple(rule.blockers(self.ground.scenario, part, moves.Post(duty)))
        return self._blocked[key]

    def _day(self, part: Plan, day: date) -> Plan:
        """One day of a person's part of the plan: all that the ways of that day are judged by."""
        duties = tuple(row for row in part.duties if row.date == day)
        return part.with_(duties=duties, sessions=tuple(row for row in part.sessions if row.date == day))

    def _on_duty(self, person: str) -> frozenset[tuple[date, str]]:
        """When a person is on duty."""
        if person not in self._shifts:
            duties = self.ground.plan.duties_of(person)
            self._shifts[person] = frozenset((row.date, row.shift) for row in duties)
        return self._shifts[person]

    def _days(self, person: str) -> frozenset[date]:
        """The days on which a person works."""
        if person not in self._dates:
            plan = self.ground.plan
            duties, sessions = plan.duties_of(person), plan.sessions_by(person)
            self._dates[person] = frozenset({row.date for row in duties} | {row.date for row in sessions})
        return self._dates[person]


def _at(post: Post, row: Person, role: Role, class_: str | None) -> Duty:
    """A person on duty in a post's shift, in one of the venue's classes or for the venue."""
    return Duty(person=row.id, role=role, class_=class_, venue=post.venue, date=post.date, shift=post.shift)
