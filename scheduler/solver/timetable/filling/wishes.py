"""What a course is still worth to the children of a class in a week."""

from __future__ import annotations

from collections import defaultdict

from scheduler.variables.timetable import Timetable


class Wishes:
    """The interests not served yet, and the children none of whose interests are."""

    def __init__(self, x: Timetable, interest: float, nothing: float) -> None:
        """All interests of the children placed; what one is worth, and a child's first one besides."""
        self._interest, self._nothing = interest, nothing
        self._open: dict[str, set[str]] = {}
        self._weeks: dict[str, list[tuple[str, str]]] = {}
        self._asking: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._worth: dict[tuple[str, str, str], float] = defaultdict(float)
        self._unserved: set[str] = set()
        for child in {row.child for row in x.plan.placements} & set(x.scenario.child):
            wishes = set(x.scenario.child[child].interests) & set(x.scenario.course)
            if wishes:
                self._open[child] = wishes
                self._weeks[child] = [(class_, week) for week, class_ in x.plan.weeks_of(child).items()]
                self._unserved.add(child)
                self._count(child, wishes, interest + nothing)
                for class_, week in self._weeks[child]:
                    for course in wishes:
                        self._asking[class_, week, course].add(child)

    def of(self, class_: str, week: str, course: str) -> float:
        """What a session would be worth."""
        return self._worth.get((class_, week, course), 0.0)

    def serve(self, class_: str, week: str, course: str) -> None:
        """A session is held."""
        for child in self._asking.pop((class_, week, course), ()):
            if course in self._open[child]:
                self._count(child, {course}, -self._interest)
                if child in self._unserved:
                    self._unserved.discard(child)
                    self._count(child, self._open[child], -self._nothing)
                self._open[child].discard(course)

    def _count(self, child: str, courses: set[str], worth: float) -> None:
        for class_, week in self._weeks[child]:
            for course in courses:
                self._worth[class_, week, course] += worth
