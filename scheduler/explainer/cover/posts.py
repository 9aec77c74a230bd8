"""The posts an absence leaves open, numbered, and put together with those alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.absence import Absence, Left, away, left_by, without
from scheduler.domain.covering import OpenPost
from scheduler.domain.moments import Lack, Moment, moments
from scheduler.domain.plan import Duty, Plan, Session
from scheduler.domain.programme import trip_of
from scheduler.domain.scenario import Scenario
from scheduler.explainer.ground import Ground
from scheduler.explainer.shortfall.hurdles import Hurdles

Slot = tuple[str, object, str]


@dataclass(frozen=True)
class Empty:
    """A post left open: its duty, or the rows of its meeting; the moment that asks for the duty, if any."""

    post: OpenPost
    duty: Duty | None = None
    rows: tuple[Session, ...] = ()
    moment: Moment | None = None


class Opened:
    """A season with somebody away, and a plan without what they were to do."""

    def __init__(self, scenario: Scenario, plan: Plan, absence: Absence) -> None:
        """Take the person out of the plan for that time; who is away by the plan itself is no substitute."""
        self.absence = absence
        self.given = scenario.ruled_by(plan.policy)
        self.plan = plan
        self.left: Left = left_by(self.given, plan, absence)
        self.ground = Ground(away(self.given, absence), without(plan, self.left))
        self.hurdles = Hurdles(self.ground)
        self.empties = tuple(self._empties())

    def groups(self) -> dict[tuple[object, ...], list[Empty]]:
        """The posts of one class and role (of a trip by itself), and those of one venue and course."""
        found: dict[tuple[object, ...], list[Empty]] = {}
        for one in self.empties:
            post = one.post
            if post.kind == "duty":
                key: tuple[object, ...] = ("duty", post.venue, post.classes, post.role, post.trip)
            else:
                key = ("session", post.venue, post.course)
            found.setdefault(key, []).append(one)
        return found

    def _empties(self) -> list[Empty]:
        scenario, plan = self.ground.scenario, self.ground.plan
        wanted = {(row.venue, row.date, row.shift) for row in self.left.duties}
        asking: dict[Slot, Moment] = {
            (row.venue, row.date, row.shift): row
            for row in (moments(scenario, plan) if wanted else ())
            if (row.venue, row.date, row.shift) in wanted
        }
        found = []
        for number, duty in enumerate(self.left.duties, 1):
            moment = asking.get((duty.venue, duty.date, duty.shift))
            closes, must = self.closed(moment, duty)
            outing = trip_of(scenario, plan, duty.class_, duty.date, duty.shift) if duty.class_ else None
            post = OpenPost(
                number=number,
                kind="duty",
                date=duty.date,
                shift=duty.shift,
                venue=duty.venue,
                classes=(duty.class_,) if duty.class_ else (),
                role=duty.role,
                trip=outing.trip if outing else None,
                missing=closes,
                must=must,
            )
            found.append(Empty(post, duty, (), moment))
        for number, rows in enumerate(self.left.meetings, len(found) + 1):
            found.append(Empty(self._session(number, rows), None, rows))
        return found

    def _session(self, number: int, rows: tuple[Session, ...]) -> OpenPost:
        one = rows[0]
        return OpenPost(
            number=number,
            kind="session",
            date=one.date,
            shift=self.given.period[one.period].shift,
            venue=self.given.class_[one.class_].venue,
            classes=tuple(row.class_ for row in rows),
            role="specialist",
            period=one.period,
            course=one.course,
        )

    def closed(self, moment: Moment | None, duty: Duty) -> tuple[int, int]:
        """The missing adults that somebody on a duty closes: of all asks, and of `must` ones."""
        if moment is None:
            return 0, 0
        before = lacking(moment.lacks(self.ground.scenario, self.ground.plan))
        after = lacking(moment.lacks(self.ground.scenario, self.ground.plan, (duty,)))
        return before[0] - after[0], before[1] - after[1]


def lacking(lacks: Iterable[Lack]) -> tuple[int, int]:
    """The adults missing: of all asks, and of `must` ones."""
    found = [(lack.missing, lack.ask.strength == "must") for lack in lacks]
    return sum(missing for missing, _ in found), sum(missing for missing, is_must in found if is_must)
