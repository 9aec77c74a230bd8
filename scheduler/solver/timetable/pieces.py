"""The pieces of a timetable that are worth deciding anew together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.solver.timetable.build import Built
from scheduler.variables.lessons import Departure, Lesson

EVERYTHING = ("all", "")
"""The key of the piece that holds all decisions."""

ALL = 1200
"""Seasons of no more decisions are one piece."""

NEAR = 2
"""So many venues, those that share most specialists with it, are a venue's neighbours."""

TOGETHER = 8000
"""Of seasons of no more decisions all lessons are one piece too, while trips stand: among what the linear
relaxation uses then."""

MOST = 1500
"""Decisions of a piece at most: more are not decided in seconds."""


@dataclass
class Piece:
    """Some decisions; `key` tells pieces apart, `weeks` are those it lies in. A narrow one is decided among
    what is likely and what is so now; one as used among what its own relaxation uses and what is so now."""

    key: tuple[str, str]
    narrow: bool = False
    as_used: bool = False
    decisions: set[int] = field(default_factory=set)
    weeks: set[str] = field(default_factory=set)

    def add(self, row: Lesson | Departure) -> None:
        """Add a decision."""
        self.decisions.add(row.held.index)
        self.weeks.add(row.week)


class Pieces:
    """All pieces of a season, kind by kind."""

    def __init__(self, built: Built) -> None:
        """Nothing is cut yet."""
        self._built = built
        self._season = _Season(built)
        self._cut: dict[str, list[Piece]] = {}

    def waves(self, likely: Callable[[], Set[int]]) -> Iterator[Sequence[Piece]]:
        """Kinds of pieces, the quickest first; what is too large is left to kinds of smaller pieces. Narrow
        ones are decided among what is `likely` by then."""
        everything = Piece(EVERYTHING)
        for row in self._built.undecided:
            everything.add(row)
        if len(everything.decisions) <= ALL:
            yield [everything]
            return
        lessons = self._together() if len(everything.decisions) <= TOGETHER else []
        yield _mixed(self._of(_QUICK))
        beside = lessons
        for kind in _NARROW:
            known = likely()
            if not known:
                break
            narrow = [
                replace(piece, key=(f"{kind}, likely", piece.key[1]), narrow=True) for piece in self._of(kind)
            ]
            yield [*beside, *_mixed(piece for piece in narrow if len(piece.decisions & known) <= MOST)]
            beside = []
        for kind in _WIDE:
            yield [*beside, *_mixed(piece for piece in self._of(kind) if len(piece.decisions) <= 2 * MOST)]
            beside = lessons if kind == _TRIPS else []

    def _together(self) -> list[Piece]:
        """All lessons in one."""
        piece = Piece(("lessons", ""), as_used=True)
        for row in self._built.undecided:
            if isinstance(row, Lesson):
                piece.add(row)
        return [piece]

    def _of(self, kind: str) -> list[Piece]:
        if kind not in self._cut:
            found: dict[str, Piece] = {}
            for row in self._built.undecided:
                for name in _NAMES[kind](row, self._season):
                    found.setdefault(name, Piece((kind, name))).add(row)
            self._cut[kind] = list(found.values())
        return self._cut[kind]


def _mixed(pieces: Iterable[Piece]) -> list[Piece]:
    """In an order in which neighbours lie in different weeks: they are decided at the same time."""
    turns: Counter[tuple[str, ...]] = Counter()
    order = []
    for piece in pieces:
        weeks = tuple(sorted(piece.weeks))
        order.append((turns[weeks], weeks, piece.key, piece))
        turns[weeks] += 1
    return [piece for *_, piece in sorted(order, key=lambda row: row[:3])]


class _Season:
    """What pieces are made by: who teaches at a venue, which trips leave it on a day, and around which venues
    it lies."""

    def __init__(self, built: Built) -> None:
        self.teachers: dict[str, set[str]] = defaultdict(set)
        self.leaving: dict[tuple[str, date], set[str]] = defaultdict(set)
        for lesson in built.x.lessons:
            if lesson.teacher is not None:
                self.teachers[lesson.venue].add(lesson.teacher)
        for departure in built.x.departures:
            self.leaving[departure.venue, departure.date].add(departure.trip.id)
        self.around: dict[str, list[str]] = defaultdict(list)
        for venue in sorted({row.venue for row in built.undecided}):
            for near in (venue, *self._nearest(venue)):
                self.around[near].append(venue)

    def _nearest(self, venue: str) -> list[str]:
        """The venues with which it shares most specialists."""
        own = self.teachers[venue]
        shared = {other: len(own & found) for other, found in self.teachers.items() if other != venue}
        return [other for other in sorted(shared, key=lambda one: (-shared[one], one)) if shared[other]][
            :NEAR
        ]


def _of_specialist(row: Lesson | Departure, season: _Season) -> list[str]:
    """What one specialist gives in a week, and what classes do without any."""
    teacher = row.teacher if isinstance(row, Lesson) else None
    return [f"{name} {row.week}" for name in ([teacher] if teacher else sorted(season.teachers[row.venue]))]


def _of_course(row: Lesson | Departure, season: _Season) -> list[str]:
    """A course in a week, whoever gives it."""
    return [f"{row.course.id} {row.week}"] if isinstance(row, Lesson) else []


def _of_course_at_venue(row: Lesson | Departure, season: _Season) -> list[str]:
    """A course at a venue all season, whoever gives it."""
    return [f"{row.venue} {row.course.id}"] if isinstance(row, Lesson) else []


def _of_trips(row: Lesson | Departure, season: _Season) -> list[str]:
    """A venue's trips of the season, and what its classes do without specialists."""
    return [row.venue] if isinstance(row, Departure) or row.teacher is None else []


def _of_trip(row: Lesson | Departure, season: _Season) -> list[str]:
    """On which day a venue goes on a trip, and all that its classes do on those days."""
    trips = [row.trip.id] if isinstance(row, Departure) else sorted(season.leaving[row.venue, row.date])
    return [f"{row.venue} {trip}" for trip in trips]


_NAMES: dict[str, Callable[[Lesson | Departure, _Season], list[str]]] = {
    "venue and day": lambda row, season: [f"{row.venue} {row.date}"],
    "neighbours and day": lambda row, season: [f"{one} {row.date}" for one in season.around[row.venue]],
    "trip of a venue": _of_trip,
    "course at a venue": _of_course_at_venue,
    "venue and week": lambda row, season: [f"{row.venue} {row.week}"],
    "week": lambda row, season: [row.week],
    "specialist and week": _of_specialist,
    "trips of a venue": _of_trips,
    "day": lambda row, season: [str(row.date)],
    "class": lambda row, season: [row.class_],
    "course and week": _of_course,
}
_QUICK, _TRIPS = "venue and day", "trips of a venue"
_NARROW = ("neighbours and day", "venue and week", "day", "week")
_WIDE = (
    "neighbours and day",
    "venue and week",
    "specialist and week",
    "course at a venue",
    "trip of a venue",
    "trips of a venue",
    "day",
    "class",
    "course and week",
    "week",
)
