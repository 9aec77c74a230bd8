"""Classes share a session only if the course allows so many children, and in one room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from scheduler.domain.plan import Plan, Session
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions
from scheduler.variables.lessons import Meeting
from scheduler.variables.model import Because, Model
from scheduler.variables.timetable import Timetable, at_most, at_most_of


class JointSessions(Rule):
    """Classes of one venue share a session of a course with `joint`, together at most so many children; where
    one of them has a home room, the session names the room all are in. Other courses are never shared.
    """

    stage = "timetable"
    unit = "children"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every shared session with too many children, without a common room, or of a course not shared."""
        shared: dict[tuple[str, ...], list[Session]] = defaultdict(list)
        for row in known_sessions(scenario, plan):
            venue = scenario.class_[row.class_].venue
            day = row.date.isoformat()
            shared[venue, day, row.period, row.course, row.teacher or "", row.room or ""].append(row)
        for _, rows in sorted(shared.items()):
            classes = sorted({row.class_ for row in rows})
            if len(classes) < 2:
                continue
            one, joint = rows[0], scenario.course[rows[0].course].joint
            week = scenario.week_of(one.date)
            children = sum(len(plan.children_in(class_, week)) for class_ in classes)
            if joint is None:
                if one.teacher is not None or one.room is not None:
                    yield self._found(one, classes, max(1, children), "never")
                continue
            if children > joint:
                yield self._found(one, classes, children - joint, "broken", children=children, most=joint)
            if one.room is None and any(scenario.class_[class_].room for class_ in classes):
                yield self._found(one, classes, max(1, children), "no_room")

    def _found(
        self, one: Session, classes: list[str], amount: int, message: str, **parameters: object
    ) -> Violation:
        return self.broken(
            amount,
            message,
            refs=(*(f"class:{class_}" for class_ in classes), f"course:{one.course}"),
            classes=tuple(classes),
            course=one.course,
            date=one.date.isoformat(),
            period=one.period,
            **parameters,
        )

    def formulate(self, model: Model, x: Timetable) -> None:
        """The children of classes small enough to share sum to at most `joint`; the others come alone."""
        for meeting in x.meetings:
            if len(meeting.lessons) > 1:
                self._limit(model, x, meeting)

    @staticmethod
    def _limit(model: Model, x: Timetable, meeting: Meeting) -> None:
        joint = meeting.one.course.joint
        assert joint is not None
        because = Because("courses", meeting.one.course.id)
        sizes = [(row.held, x.children(row.class_, row.week)) for row in meeting.lessons]
        at_most_of(model, [(held, size) for held, size in sizes if size <= joint], joint, because)
        for (one, size), (other, other_size) in combinations(sizes, 2):
            if max(size, other_size) > joint:
                at_most(model, [one, other], 1, because)
