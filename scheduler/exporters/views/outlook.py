"""What the coordinator may see of an outlook: places, numbers and conditions; there is no person in it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.outlook import Fairness, Gain, Outlook
from scheduler.domain.scenario import Scenario
from scheduler.exporters.views.common import class_name, venue_name


@dataclass(frozen=True)
class GainRow:
    """One change and what it would give; `today` is what the venue holds now."""

    kind: str
    venue: str
    class_: str
    ages: tuple[int | None, int | None]
    grades: tuple[int | None, int | None]
    weeks: tuple[str, ...]
    every_week: bool
    more: int
    about: int
    found: int | None
    most: int
    proven: bool
    room_needs: int | None
    venue_needs: int | None
    today: int | None
    adults: int | None
    missing: int | None


@dataclass(frozen=True)
class OutlookView:
    """The gains, how far the plan may be from its best without any, and the two policies side by side."""

    gains: tuple[GainRow, ...]
    short: int
    full: bool
    fairness: Fairness | None


def outlook_view(scenario: Scenario, outlook: Outlook) -> OutlookView:
    """An outlook with the names of places."""
    return OutlookView(
        tuple(_row(scenario, gain) for gain in outlook.gains),
        outlook.best - outlook.placed,
        outlook.everybody_is_placed,
        outlook.fairness,
    )


def _row(scenario: Scenario, gain: Gain) -> GainRow:
    return GainRow(
        gain.kind,
        venue_name(scenario, gain.venue),
        class_name(scenario, gain.class_),
        (gain.min_age, gain.max_age),
        (gain.min_grade, gain.max_grade),
        gain.weeks,
        len(gain.weeks) == len(scenario.weeks),
        gain.more,
        gain.about,
        gain.found,
        gain.most,
        gain.proven,
        gain.room_needs,
        gain.venue_needs,
        scenario.venue[gain.venue].capacity,
        gain.adults,
        gain.missing,
    )
