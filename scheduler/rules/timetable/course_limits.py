"""A class has a course at most `max_per_week` times a week and `max_per_season` times a season."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.rules.base import Rule, Violation
from scheduler.rules.lessons import known_sessions
from scheduler.variables.model import Because, Model
from scheduler.variables.timetable import Timetable, at_most


class CourseLimits(Rule):
    """No class has more sessions of a course than the course allows a week, or a season."""

    stage = "timetable"
    unit = "sessions"

    def check(self, scenario: Scenario, plan: Plan) -> Iterator[Violation]:
        """Every class and course over a limit, with the sessions too many."""
        weekly: Counter[tuple[str, str, str]] = Counter()
        season: Counter[tuple[str, str]] = Counter()
        for session in known_sessions(scenario, plan):
            weekly[session.class_, session.course, scenario.week_of(session.date)] += 1
            season[session.class_, session.course] += 1
        for (class_, course, week), number in sorted(weekly.items()):
            most = scenario.course[course].max_per_week
            if most is not None and number > most:
                refs = (f"class:{class_}", f"course:{course}")
                yield self.broken(
                    number - most,
                    refs=refs,
                    class_=class_,
                    course=course,
                    week=week,
                    number=number,
                    most=most,
                )
        for (class_, course), number in sorted(season.items()):
            most = scenario.course[course].max_per_season
            if most is not None and number > most:
                refs = (f"class:{class_}", f"course:{course}")
                yield self.broken(
                    number - most,
                    "season",
                    refs=refs,
                    class_=class_,
                    course=course,
                    number=number,
                    most=most,
                )

    def formulate(self, model: Model, x: Timetable) -> None:
        """The sessions of a week, and of the season, sum to at most the limit."""
        classes = dict.fromkeys(class_ for class_, _ in x.class_weeks)
        for course in x.scenario.course.values():
            because = Because("courses", course.id)
            if course.max_per_week is not None:
                for class_, week in x.class_weeks:
                    at_most(model, x.taught_in(class_, week, course.id), course.max_per_week, because)
            if course.max_per_season is not None:
                for class_ in classes:
                    all_ = [t for week in x.scenario.weeks for t in x.taught_in(class_, week, course.id)]
                    at_most(model, all_, course.max_per_season, because)
