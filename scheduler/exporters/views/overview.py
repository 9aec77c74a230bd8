"""What the coordinator may see: everything; gathered here as facts, worded in the layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Change, Envy, Gap, Plan, Score, Stage
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Shortfall
from scheduler.domain.standing import Standings
from scheduler.exporters.views.common import (
    Names,
    Stamp,
    class_name,
    venue_name,
)
from scheduler.exporters.views.facts import ChildRow, Fill, GapRow, LeftOut, PersonRow, QueueRow, RankRow
from scheduler.exporters.views.outlook import OutlookView, outlook_view
from scheduler.exporters.views.rota import Post, missing_of
from scheduler.exporters.views.shortfall import ShortfallView, Why, shortfall_view, whys_of
from scheduler.exporters.views.teaching import Teaching, teaching_view
from scheduler.exporters.views.trips import TripSheet
from scheduler.exporters.views.venue import VenueClass, VenueView, venue_view
from scheduler.exporters.views.work import Works
from scheduler.rules.report import Finding, Report


@dataclass(frozen=True)
class Overview:
    """Everything about a plan."""

    stamp: Stamp
    policy: str
    ties: str
    findings: tuple[Finding, ...]
    score: Mapping[str, Score]
    stages: tuple[Stage, ...]
    weeks: tuple[str, ...]
    children: tuple[ChildRow, ...]
    choices: Mapping[int, int]
    unplaced: int
    ranks: tuple[RankRow, ...]
    fills: tuple[Fill, ...]
    queues: tuple[QueueRow, ...]
    envy: tuple[tuple[Envy, str, str], ...]
    venues: tuple[VenueView, ...]
    gaps: tuple[GapRow, ...]
    people: tuple[PersonRow, ...]
    changes: tuple[Change, ...]
    left_out: tuple[LeftOut, ...]
    outlook: OutlookView | None = None
    shortfall: ShortfallView | None = None
    teaching: Teaching = field(default_factory=Teaching)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Violations of hard rules."""
        return tuple(found for found in self.findings if found.hard)

    @property
    def missing(self) -> int:
        """Adults missing over all posts."""
        return sum(row.missing.number for row in self.gaps)

    @property
    def missing_musts(self) -> int:
        """Adults missing at posts that must be filled."""
        return sum(row.missing.number for row in self.gaps if row.missing.must)

    @property
    def posts(self) -> tuple[Post, ...]:
        """The rota of all venues."""
        return tuple(post for venue in self.venues for post in venue.rota)

    @property
    def classes(self) -> tuple[tuple[VenueView, VenueClass], ...]:
        """All classes with their venues."""
        return tuple((venue, class_) for venue in self.venues for class_ in venue.classes)

    @property
    def trips(self) -> tuple[tuple[VenueView, TripSheet], ...]:
        """All trips with the venues they leave from."""
        found = [(venue, trip) for venue in self.venues for trip in venue.trips]
        return tuple(sorted(found, key=lambda pair: (pair[1].date, pair[1].name, pair[0].id)))


def overview(
    scenario: Scenario,
    plan: Plan,
    report: Report,
    child_pages: Mapping[str, str],
    staff_pages: Mapping[str, str],
    outlook: Outlook | None = None,
    shortfall: Shortfall | None = None,
) -> Overview:
    """Everything about a plan; pages are names by id."""
    names = Names.of(scenario)
    children = _children(scenario, plan, child_pages, names)
    short = shortfall_view(scenario, shortfall, names) if shortfall is not None else None
    return Overview(
        Stamp.of(plan),
        plan.policy,
        plan.ties,
        report.findings,
        report.score,
        plan.stages,
        scenario.weeks,
        children,
        dict(
            sorted(
                Counter(row.choice for row in plan.placements).items(), key=lambda pair: (not pair[0], pair)
            )
        ),
        sum(1 for row in children for week in row.wanted if week not in row.weeks),
        _ranks(scenario, children),
        _fills(scenario, plan),
        _queues(scenario, plan, names),
        tuple((row, names.child(row.child), class_name(scenario, row.class_)) for row in plan.envy),
        tuple(venue_view(scenario, plan, venue, names) for venue in scenario.venue),
        _gaps(scenario, plan, short),
        _people(scenario, plan, staff_pages, names),
        plan.changes,
        _left_out(scenario, names),
        outlook_view(scenario, outlook) if outlook is not None and outlook.reckoned else None,
        short,
        teaching=teaching_view(scenario, plan, report, names),
    )


def _children(scenario: Scenario, plan: Plan, pages: Mapping[str, str], names: Names) -> tuple[ChildRow, ...]:
    standings = Standings(scenario)
    waits = Counter(row.child for row in plan.waitlist)
    return tuple(
        ChildRow(
            row.id,
            names.child(row.id),
            standings.rank(row.id),
            {week: class_name(scenario, class_) for week, class_ in plan.weeks_of(row.id).items()},
            scenario.wanted_weeks(row.id),
            waits[row.id],
            row.guardian,
            row.phone,
            pages[row.id],
        )
        for row in scenario.processed
    )


def _ranks(scenario: Scenario, children: tuple[ChildRow, ...]) -> tuple[RankRow, ...]:
    return tuple(
        RankRow(
            rank,
            tuple(row.name for row in scenario.priorities if row.rank == rank),
            sum(row.rank == rank for row in children),
            sum(len(row.wanted) for row in children if row.rank == rank),
            sum(len(row.weeks) for row in children if row.rank == rank),
        )
        for rank in sorted({row.rank for row in children})
    )


def _fills(scenario: Scenario, plan: Plan) -> tuple[Fill, ...]:
    waiting = Counter((row.class_, row.week) for row in plan.waitlist)
    classes = sorted(scenario.classes, key=lambda row: (row.venue, row.id))
    offered = set(scenario.class_weeks)
    return tuple(
        Fill(
            row.name,
            venue_name(scenario, row.venue),
            week,
            (row.id, week) in plan.running,
            len(plan.children_in(row.id, week)),
            scenario.seats(row.id),
            row.min_children,
            waiting[row.id, week],
            (row.id, week) in plan.kept_back,
        )
        for row in classes
        for week in scenario.weeks
        if (row.id, week) in offered
    )


def _queues(scenario: Scenario, plan: Plan, names: Names) -> tuple[QueueRow, ...]:
    order = {week: number for number, week in enumerate(scenario.weeks)}
    standings = Standings(scenario)
    rows = sorted(plan.waitlist, key=lambda row: (row.class_, order.get(row.week, 0), row.position))
    return tuple(
        QueueRow(
            class_name(scenario, row.class_),
            venue_name(scenario, home.venue if (home := scenario.class_.get(row.class_)) else ""),
            row.week,
            row.position,
            row.child,
            names.child(row.child),
            standings.rank(row.child) if (child := scenario.child.get(row.child)) else 0,
            class_name(scenario, plan.class_of(row.child, row.week)),
            child.guardian if child else "",
            child.phone if child else "",
        )
        for row in rows
    )


def _gaps(scenario: Scenario, plan: Plan, short: ShortfallView | None) -> tuple[GapRow, ...]:
    keys = [(row.need, row.class_, row.venue, row.date, row.shift) for row in plan.gaps]
    rows = (_gap(scenario, row, tuple(whys_of(short, key))) for row, key in zip(plan.gaps, keys, strict=True))
    order = {shift: number for number, shift in enumerate(scenario.shift)}

    def place(row: GapRow) -> tuple[bool, date, str, str, int]:
        return (not row.missing.must, row.date, row.venue, row.class_, order.get(row.shift, len(order)))

    return tuple(sorted(rows, key=place))


def _gap(scenario: Scenario, row: Gap, whys: tuple[Why, ...]) -> GapRow:
    class_, venue = class_name(scenario, row.class_), venue_name(scenario, row.venue)
    return GapRow(row.date, row.shift, venue, class_, missing_of(scenario, row), whys)


def _people(scenario: Scenario, plan: Plan, pages: Mapping[str, str], names: Names) -> tuple[PersonRow, ...]:
    works = Works(scenario, plan)
    return tuple(
        PersonRow(
            row.id,
            names.person(row.id),
            row.kind,
            row.volunteer_type or "",
            set(row.roles) == {"specialist"},
            row.provider or row.employer,
            works.load(row.id),
            row.min_days,
            pages[row.id],
        )
        for row in scenario.person.values()
    )


def _left_out(scenario: Scenario, names: Names) -> tuple[LeftOut, ...]:
    processed = {row.id for row in scenario.processed}
    left = [
        LeftOut(
            "child", row.id, names.child(row.id), "withdrawn" if row.status == "withdrawn" else "no_consent"
        )
        for row in scenario.child.values()
        if row.id not in processed
    ]
    days = scenario.open_days
    for row in scenario.person.values():
        if not any(scenario.is_cleared(row.id, day) for day in days):
            left.append(LeftOut("person", row.id, names.person(row.id), "not_cleared"))
        elif days and scenario.is_minor(row.id, days[-1]):
            left.append(LeftOut("person", row.id, names.person(row.id), "minor"))
    return tuple(left)
