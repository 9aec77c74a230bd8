"""The outlook of a plan: what one more seat, class or adult would give, and what fairness costs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scheduler.domain.plan import Record
from scheduler.domain.tables.settings import Policy

GainKind = Literal["class", "open", "adults", "seat", "venue_seat"]
"""A new class; an optional class opened all the same; class-weeks withheld for want of adults; seats in a
class; seats at a venue whose classes have them."""


class Gain(Record):
    """What one change would give, in child-weeks beyond the plan, under the plan's own policy.

    `class` is the class meant; a new class is like it in size and shifts, or like none of the venue (null).
    `about` is an estimate by the prices of the linear relaxation and by who is left out. `most` is proven: no
    plan gains more. `found` is what a plan made with the change does gain, null where
    none was made; `proven` says that no better one exists, and may be negative under `fair`.
    """

    kind: GainKind
    venue: str
    class_: str | None = Field(default=None, alias="class")
    min_age: int | None = None
    max_age: int | None = None
    min_grade: int | None = None
    max_grade: int | None = None
    weeks: tuple[str, ...] = ()
    more: int = Field(default=0, ge=0)
    """Seats more at once; 0 where no seat is new."""
    room_needs: int | None = None
    """What the home room would have to hold, where it holds less today."""
    venue_needs: int | None = None
    """What the venue would have to hold at once, where it holds less today."""
    about: int
    most: int
    found: int | None = None
    proven: bool = False
    came: int | None = None
    """Children in the class in its fullest week, in the plan made (new, opened and staffed classes)."""
    missing: int | None = None
    """How many `came` lacks of the class's `min_children` (opened classes)."""
    adults: int | None = None
    """Adults the class would ask for at once, in the plan made (new, opened and staffed classes)."""

    @property
    def confirmed(self) -> bool:
        """Whether a plan was made with the change."""
        return self.found is not None


class RankTally(Record):
    """Child-weeks of one rank."""

    rank: int
    wanted: int
    placed: int


class Tally(Record):
    """What a policy gives: child-weeks placed (and proven most), children with any place, child-weeks by rank
    and by choice; and `claims`, by the order of `fair` whatever the policy."""

    policy: Policy
    placed: int
    most: int
    children: int
    claims: int
    ranks: tuple[RankTally, ...] = ()
    choices: dict[int, int] = Field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether no plan of this policy places more."""
        return self.placed >= self.most


class Fairness(Record):
    """The two policies side by side on one season."""

    fair: Tally
    seats: Tally

    @property
    def price(self) -> int:
        """Child-weeks that `seats` places beyond `fair`; exact where both are proven."""
        return self.seats.placed - self.fair.placed

    @property
    def proven(self) -> bool:
        """Whether the price is exact."""
        return self.fair.proven and self.seats.proven


class Outlook(Record):
    """What would help a season most, and what fairness costs it. No person is in it.

    Counted over the weeks that have not begun. Of `wanted` child-weeks `placed` are in the plan. Proven: no
    plan of its policy places more than `best`, and none of any policy more than `ceiling`. What lies between
    `placed` and `best` could be had without any change. `fairness` is null where there was no time for it;
    with `reckoned` false there was none for anything.
    """

    wanted: int
    placed: int
    best: int
    ceiling: int
    reckoned: bool = True
    gains: tuple[Gain, ...] = ()
    fairness: Fairness | None = None

    @property
    def everybody_is_placed(self) -> bool:
        """Whether nothing is left to be gained."""
        return self.placed >= self.wanted

    def at(self, venue: str) -> tuple[Gain, ...]:
        """The gains at one venue."""
        return tuple(gain for gain in self.gains if gain.venue == venue)
