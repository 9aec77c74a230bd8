"""What the invented city asks of its adults, in the terms of the `needs` table."""

from __future__ import annotations

from scheduler.domain.tables import Need

DAY = ("AM", "PM")
NOON = ("NOON",)

NEEDS = (
    Need(id="lead", role="homeroom", shifts=DAY, per_class=1, strength="must"),
    Need(id="helper", role="volunteer", per_class=1, strength="must"),
    # two in the morning and afternoon where the youngest are under nine; overlaps with `helper`
    Need(id="pair", role="volunteer", shifts=DAY, max_age=8, per_class=2),
    Need(id="noon", role="life", shifts=NOON, per_class=1, strength="must"),
    # two adults up to 32 children, three beyond
    Need(id="ratio", shifts=DAY, children_per_adult=16, counts=("homeroom", "volunteer")),
    Need(id="first_aid", setting="venue", qualification="first_aid", strength="must"),
    Need(id="leader", role="site", setting="venue", per_class=1, strength="must"),
    # a guard besides the leader; a nurse is anybody who is one
    Need(id="guard", role="site", setting="venue", shifts=DAY, per_class=2),
    Need(id="nurse", setting="venue", shifts=DAY, qualification="nurse"),
    Need(id="trip_lead", role="homeroom", setting="trip", per_class=1, strength="must"),
    Need(id="trip_aid", setting="trip", qualification="first_aid"),
)
"""A trip's own ratio is asked for by the trip."""
