"""What a city's roster cannot undercut, reckoned beside the search: gaps, then the cost of the soft rules.

What bounds the soft rules is the linear relaxation of one district after the other, all season long, each as
wide as there is time for, as if its people were called on nowhere else: limits only loosen by that, and what
grows with a person's load is no less in one piece than in several; rules of which a district alone may pay
more than its share are left out. That the roster's gaps are held ties the districts together; instead each
of them pays for its gaps, and what the roster's gaps come to at that price is taken off their sum (Lagrange).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import ceil
from threading import Thread

from scheduler.domain.plan import Duty
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal
from scheduler.solver.linear import Linear
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.rows import Rows
from scheduler.solver.staffing.keeping import only_teachers
from scheduler.solver.staffing.model.task import Task, order
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.proving import Proof

USUAL, PACE, GROWTH = 8_000, 12.0, 1.5
"""A district of so many choices in a week (some twenty-five classes) is stated and relaxed in so many
seconds, wider ones by such a power longer: 240,000 duties in 116 s, 51,000 in 12, beside the search."""

WIDEST, HELD = 40_000, 156_000
"""Choices of a district in a week at most, for memory's sake: 1.8 GB for a hundred and twenty classes; what
is held of the others takes a third. A hundred of three hundred classes took 3.3 GB, beside no search."""

NARROWEST = 2_000
"""Choices of a district in a week at least: half a dozen classes. Narrower ones prove little."""

SURE, FASTEST = 0.8, 0.5
"""Of the time there is, what the districts are to be reckoned in; of what is expected, what one needs at
least."""

PROVING = 0.35
"""Of the time, for the gaps at most, which come first."""

KEPT = 0.05
"""Of the time, left at the end until it is known how much is needed."""

CLOSE = 2e-4
"""How near to the best, as a share, a district's relaxation is solved: ten times nearer takes five times as
long."""

PRICE = 4
"""What a district pays for a gap: about what two duties cost. Of 1, 2, 3, 4, 10 and 20 those from 2 to 4
bound a city's district best, by a twentieth more than 10."""

ACROSS = ("minimum_days", "venue_changes", "staffing_locks")
"""Rules that a district alone may break, or pay for, where the season does not."""

LEAST, MOMENT = 15.0, 0.1
"""Seconds for a district's relaxation at least, since half a bound is none; and when none is begun."""


class Bounding:
    """The bounds of a season's levels, in a thread of its own; when reproducible, at the end. So much of the
    time as `kept` is left to others at the end."""

    def __init__(self, task: Task, places: Places, limits: Limits, clock: Clock) -> None:
        """Nothing is reckoned yet."""
        self.kept = KEPT * clock.left
        self._task, self._places, self._limits, self._clock = task, places, limits, clock
        self.gaps = Proof(places, limits, clock, workers=1)
        self._costs = 0.0
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Begin beside the search."""
        if not self._limits.reproducible:
            self._thread = Thread(target=self._reckon, daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Until time is up, or all is proven that will be."""
        if self._thread is None:
            self._reckon()
        else:
            self._thread.join(timeout=max(MOMENT, self._clock.left - self.kept))

    def cost(self, missing: tuple[int, int]) -> float:
        """What no roster with so few gaps undercuts; districts not reckoned in time count for nothing."""
        return max(0.0, self._costs / SCALE - PRICE * sum(missing))

    def _reckon(self) -> None:
        self.gaps.prove(self.kept + (1 - PROVING) * (self._clock.left - self.kept))
        self._reckon_costs(self.kept)

    def _reckon_costs(self, until: float) -> None:
        """District by district, each as wide as the time left allows, by how long the last one took."""
        of_venue: dict[str, list[Duty]] = defaultdict(list)
        for duty in self._task.possible:
            of_venue[duty.venue].append(duty)
        left, slower = list(self._places.venues), 1.0
        while left:
            seconds = self._clock.left - until
            if seconds <= MOMENT or self._limits.stop.requested:
                return
            districts = self._places.districts(self._widest(left, SURE * seconds / slower), left)
            district, begun = districts[0], self._clock.left
            free = [duty for venue in district for duty in of_venue[venue]]
            self._costs += self._least(district, free, seconds / len(districts))
            if not self._limits.reproducible:
                slower = max(FASTEST, (begun - self._clock.left) / self._expected(district))
            left = [venue for venue in left if venue not in district]

    def _expected(self, venues: Sequence[str]) -> float:
        """The seconds that some venues are expected to take as one district."""
        return float(PACE * (max(1, self._places.widest(venues)) / USUAL) ** GROWTH)

    def _widest(self, venues: Sequence[str], seconds: float) -> int:
        """Choices of a district in a week, so that all venues are reckoned in so many seconds: the wider they
        are, the less is lost of what people cost who are called on in several."""
        # in so many parts, by their power less than all at once
        number = float((self._expected(venues) / max(MOMENT, seconds)) ** (1 / (GROWTH - 1)))
        most = max(USUAL, (HELD - self._places.widest(self._places.venues)) // 3)
        return min(WIDEST, most, max(NARROWEST, ceil(self._places.widest(venues) / max(1.0, number))))

    def _least(self, district: Sequence[str], free: list[Duty], seconds: float) -> float:
        """What a district costs at least, its gaps paid for."""
        task, begun = self._task, self._clock.left
        without = ACROSS if len(district) < len(self._places.venues) else ()
        venues = set(district)
        standing = sorted((duty for duty in task.known if duty.venue in venues), key=order)
        places = {(post.venue, post.date) for post in task.posts if post.venue in venues}
        places |= {(duty.venue, duty.date) for duty in free}
        at = [post for post in task.posts if post.venue in venues]
        built = task.part(free, standing, at, places, without=without)
        cost = task.soft_goal(built, without=without).expression
        paid = [PRICE * SCALE * row.amount for row in built.missing]
        constant, terms = Goal("soft", built.model.total([cost, *paid])).cost
        relaxation = Relaxation(built.model, Linear(built.model, Rows(built.model)))
        for row in only_teachers(built, task.settled):
            relaxation.require(row)
        del built
        if not terms:
            return float(constant)
        if self._limits.reproducible:
            self._clock.spend(seconds)
        else:
            used = begun - self._clock.left
            seconds = max(min(LEAST, self._clock.left - self.kept), seconds - used)
        return max(0.0, relaxation.least(terms, self._limits, seconds, CLOSE).bound + constant)
