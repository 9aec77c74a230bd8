"""The sessions and trips that a solution means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from scheduler.domain.buses import Party, seating
from scheduler.domain.plan import Outing, Session
from scheduler.domain.scenario import Scenario
from scheduler.solver.door import Request
from scheduler.solver.goals import Solution
from scheduler.solver.timetable.build import standing
from scheduler.variables.lessons import Departure, Lesson
from scheduler.variables.timetable import Timetable


def sessions(request: Request, x: Timetable, solution: Solution) -> tuple[Session, ...]:
    """The sessions held, and those that are not to be decided here, sorted."""
    return held(request, [row for row in x.lessons if not isinstance(row.held, int) and solution[row.held]])


def held(request: Request, lessons: Sequence[Lesson]) -> tuple[Session, ...]:
    """These decided lessons as the sessions of a plan, with those that are not to be decided, sorted."""
    settled = [row for row in standing(request).sessions if _is_settled(request, row)]
    together = Counter(lesson.meeting for lesson in lessons)
    at_once = Counter(lesson.meeting[:5] for lesson in lessons)
    decided = [
        Session(
            class_=lesson.class_,
            date=lesson.date,
            period=lesson.block[0].id,
            course=lesson.course.id,
            teacher=lesson.teacher,
            room=_room(
                request.scenario, lesson, alone=together[lesson.meeting] == at_once[lesson.meeting[:5]] == 1
            ),
        )
        for lesson in lessons
    ]
    return tuple(sorted([*settled, *decided], key=lambda row: (row.date, row.class_, row.period, row.course)))


def trips(request: Request, x: Timetable, solution: Solution) -> tuple[Outing, ...]:
    """The trips taken, everybody seated, and those that are not to be decided here, sorted."""
    taken = [row for row in x.departures if not isinstance(row.held, int) and solution[row.held]]
    return seated(request, x, taken)


def seated(request: Request, x: Timetable, departures: Sequence[Departure]) -> tuple[Outing, ...]:
    """These decided departures with everybody seated, and those that are not to be decided, sorted."""
    settled = [row for row in standing(request).trips if _is_settled(request, row)]
    parties: dict[tuple[str, date], dict[str, dict[str, Party]]] = defaultdict(lambda: defaultdict(dict))
    for row in departures:
        parties[row.trip.id, row.date][row.venue][row.class_] = x.party(row)
    decided = []
    for (trip, day), venues in parties.items():
        taken = {seats.bus for row in settled if (row.trip, row.date) == (trip, day) for seats in row.seating}
        for class_, seats_ in seating(x.scenario.trip[trip], venues, taken).items():
            decided.append(Outing(trip=trip, date=day, class_=class_, seating=seats_))
    return tuple(sorted([*settled, *decided], key=lambda row: (row.date, row.trip, row.class_)))


def _room(scenario: Scenario, lesson: Lesson, *, alone: bool) -> str | None:
    """The room as the plan writes it: null for the home room, unless rows without a room would then look
    like a joint session."""
    return None if alone and lesson.room == scenario.class_[lesson.class_].room else lesson.room


def _is_settled(request: Request, row: Session | Outing) -> bool:
    """Whether a row is not to be decided here; one that names what the season has not is dropped."""
    class_ = request.scenario.class_.get(row.class_)
    if class_ is None or row.date not in request.scenario.day:
        return False
    return not request.is_free(class_.venue, day=row.date)
