"""What the duties of an exchange move, less what cancels out in it.

Whoever takes a post over moves there what anybody would, and whoever does something else in a shift is on
duty in it as before: most of what two such duties move is the same. Left out from the start it need not be
told apart for each of a million exchanges.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scheduler.solver.staffing.exchanging.tally import Moved

ONE, TWO, FOUR = 1, 2, 4
"""Duties of an exchange: one that is given up; one that is handed over; two people's before and after."""


class Moving:
    """Duties by number: those of a person and shift (`slots`), and those of a post and shift (`posts`)."""

    def __init__(
        self,
        moved_by: Callable[[int], Moved],
        slot: Sequence[int],
        slots: Sequence[Sequence[int]],
        post: Sequence[int],
        posts: Sequence[Sequence[int]],
    ) -> None:
        """Nothing is known yet. `slot` and `post` are each duty's."""
        self._moved_by = moved_by
        self._slot, self._slots, self._post, self._posts = slot, slots, post, posts
        self._whole: list[Moved | None] = [None] * len(slot)
        self._swapped: list[Moved | None] = [None] * len(slot)
        self._in_slot: list[frozenset[int]] = [frozenset()] * len(slots)
        self._at_post: list[frozenset[int] | None] = [None] * len(posts)

    def by(self, duties: int) -> Callable[[int], Moved]:
        """What each duty moves in an exchange of so many."""
        return {TWO: self.handed, FOUR: self.swapped}.get(duties, self.whole)

    def whole(self, number: int) -> Moved:
        """All that a duty moves."""
        found = self._whole[number]
        if found is None:
            found = self._whole[number] = self._moved_by(number)
        return found

    def handed(self, number: int) -> Moved:
        """What it moves where the post is filled anyhow."""
        alone, own = self.swapped(number)
        return alone, own | self._in_slot[self._slot[number]]

    def swapped(self, number: int) -> Moved:
        """What it moves where the post is filled, and the person on duty in the shift, anyhow."""
        found = self._swapped[number]
        if found is None:
            found = self._settled(number)
        return found

    def in_slot(self, number: int) -> frozenset[int]:
        """What all duties of its person and shift move, wherever, beside what is the post's."""
        self.swapped(number)
        return self._in_slot[self._slot[number]]

    def at_post(self, number: int) -> frozenset[int]:
        """What everybody moves who can be at its post in its shift, if several can."""
        post = self._post[number]
        found = self._at_post[post]
        if found is None:
            every = [self.whole(one)[1] for one in self._posts[post]]
            common = frozenset.intersection(*every) if len(every) > 1 else frozenset[int]()
            found = self._at_post[post] = common
        return found

    def _settled(self, number: int) -> Moved:
        """Tell apart what all duties of the person's shift move, and what each moves beside."""
        slot = self._slot[number]
        duties = self._slots[slot]
        beside = [self.whole(one)[1] - self.at_post(one) for one in duties]
        common = self._in_slot[slot] = frozenset.intersection(*beside)
        for one, moved in zip(duties, beside, strict=True):
            self._swapped[one] = self.whole(one)[0], moved - common
        return self.whole(number)[0], beside[duties.index(number)] - common
