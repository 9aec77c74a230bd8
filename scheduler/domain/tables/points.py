"""Table `points`: an order of its own at a venue."""

from __future__ import annotations

from scheduler.domain.columns import Kind, column
from scheduler.domain.tables.row import Row


class Points(Row):
    """A child's points at a venue, instead of its rank there."""

    table = "points"
    zh = "积分"

    child: str = column(Kind.ID, "儿童", "the child", required=True, refers_to=("children",))
    venue: str = column(Kind.ID, "场地", "the venue", required=True, refers_to=("venues",))
    points: float = column(
        Kind.DECIMAL, "积分", "more is better", unit="points", required=True, minimum=-1e9, maximum=1e9
    )
