"""What is left out of what duties move cancels out in every exchange."""

from __future__ import annotations

from scheduler.solver.staffing.exchanging.moving import FOUR, ONE, TWO, Moving

# two people (slots) who may each be at two posts: 0 and 2 at one of them, 1 and 3 at the other
MOVED = [
    # the post, the person in the shift, the person with the class, one thing more
    (5, frozenset({"post A", "first", "first with A"})),
    (0, frozenset({"post B", "first", "first with B"})),
    (0, frozenset({"post A", "second", "second with A", "nurse at A"})),
    (7, frozenset({"post B", "second", "second with B"})),
]
NAMES = sorted({name for _, names in MOVED for name in names})


def moving() -> Moving:
    """The four duties, what they move by number."""
    moved = [(alone, frozenset(map(NAMES.index, names))) for alone, names in MOVED]
    return Moving(moved.__getitem__, [0, 0, 1, 1], [[0, 1], [2, 3]], [0, 1, 0, 1], [[0, 2], [1, 3]])


def named(moved: tuple[int, frozenset[int]]) -> tuple[int, set[str]]:
    """What a duty moves, by name."""
    return moved[0], {NAMES[one] for one in moved[1]}


def test_who_takes_a_post_over_moves_what_is_the_persons() -> None:
    by = moving().by(TWO)
    assert named(by(0)) == (5, {"first", "first with A"})
    assert named(by(2)) == (0, {"second", "second with A", "nurse at A"})


def test_two_who_change_posts_move_only_what_is_each_ones_there() -> None:
    by = moving().by(FOUR)
    assert [named(by(one)) for one in range(4)] == [
        (5, {"first with A"}),
        (0, {"first with B"}),
        (0, {"second with A", "nurse at A"}),
        (7, {"second with B"}),
    ]


def test_a_post_given_up_moves_everything() -> None:
    assert [named(moving().by(ONE)(one)) for one in range(4)] == [(a, set(m)) for a, m in MOVED]


def test_what_a_person_moves_wherever_and_anybody_at_a_post() -> None:
    found = moving()
    assert {NAMES[one] for one in found.in_slot(3)} == {"second"}
    assert {NAMES[one] for one in found.at_post(3)} == {"post B"}


def test_who_can_be_at_one_post_only_moves_all_that_wherever() -> None:
    moved = [(0, frozenset({0, 1})), (0, frozenset({0, 2, 3}))]
    alone = Moving(moved.__getitem__, [0, 1], [[0], [1]], [0, 0], [[0, 1]])
    assert (alone.swapped(1), alone.handed(1)) == ((0, frozenset()), (0, frozenset({2, 3})))


def test_what_is_the_persons_is_not_the_posts_where_nobody_else_can_be() -> None:
    moved = [(0, frozenset({0, 1})), (0, frozenset({0, 2}))]
    only = Moving(moved.__getitem__, [0, 0], [[0, 1]], [0, 1], [[0], [1]])
    assert (only.at_post(0), only.in_slot(0)) == (frozenset(), frozenset({0}))
