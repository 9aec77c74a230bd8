"""The output folder of a plan, file by file (section 6 of the contract)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeVar

from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Shortfall
from scheduler.exporters import draw
from scheduler.exporters.calendar import Calendars, Edition
from scheduler.exporters.excel import workbook
from scheduler.exporters.files import Earlier, nothing_earlier
from scheduler.exporters.html import Pages, template
from scheduler.exporters.keys import tokens
from scheduler.exporters.layouts.figures import charts, figures, verdict
from scheduler.exporters.layouts.overview import overview_sheets
from scheduler.exporters.layouts.venue import venue_sheets
from scheduler.exporters.report import report_json
from scheduler.exporters.sheets import Sheet
from scheduler.exporters.slugs import slugs
from scheduler.exporters.views.common import Stamp, created
from scheduler.exporters.views.family import Families, FamilyView
from scheduler.exporters.views.overview import Overview, overview
from scheduler.exporters.views.person import PersonView, Staff
from scheduler.exporters.views.public import SMALL, public_view
from scheduler.exporters.views.venue import VenueView
from scheduler.exporters.words import Words
from scheduler.rules.report import Report

V = TypeVar("V", FamilyView, PersonView)


@dataclass(frozen=True)
class Folder:
    """Everything a plan becomes, file by file."""

    scenario: Scenario
    plan: Plan
    report: Report
    words: Words
    key: bytes
    only: frozenset[str]
    outlook: Outlook | None = None
    shortfall: Shortfall | None = None
    earlier: Earlier = nothing_earlier

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every path with its contents."""
        season = self.plan.season
        children = tokens(self.key, season, "child", (row.id for row in self.scenario.processed))
        staff = tokens(self.key, season, "person", self.scenario.person)
        yield "private/plan.json", self.plan.to_json().encode()
        unfilled = self.shortfall.vacancies if self.shortfall else ()
        yield "private/report.json", report_json(self.report, self.words, unfilled)
        if draw.may_be_published(self.scenario):
            yield f"publish/{draw.DRAW}", draw.draw_json(self.scenario, self.plan, self.key)
            yield f"publish/{draw.SCRIPT}", template(draw.SCRIPT)
        if self.only & {"excel", "html"}:
            view = overview(
                self.scenario, self.plan, self.report, children, staff, self.outlook, self.shortfall
            )
            yield from self._coordinator(view)
            folders = slugs(self.scenario.venue)
            for venue in view.venues:
                yield from self._venue(venue, f"private/venues/{folders[venue.id]}")
        if self.only & {"html", "ics"}:
            yield from self._families(children)
            yield from self._staff(staff)
        if "html" in self.only:
            public = public_view(self.scenario, self.plan)
            yield (
                "publish/index.html",
                self._pages.render("public.html", public.stamp, view=public, small=SMALL),
            )

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self.words)

    @cached_property
    def _calendars(self) -> Calendars:
        return Calendars(self.words, Edition.of(self.scenario, self.plan))

    def _coordinator(self, view: Overview) -> Iterator[tuple[str, bytes]]:
        sheets = overview_sheets(self.words, view, self.words.named_by(self.scenario))
        title = self.words("overview.title")
        if "excel" in self.only:
            yield "private/coordinator/overview.xlsx", self._workbook(sheets, title, view.stamp)
        if "html" in self.only:
            yield (
                "private/coordinator/index.html",
                self._pages.render(
                    "overview.html",
                    view.stamp,
                    "office",
                    title=title,
                    sheets=sheets,
                    verdict=verdict(self.words, view),
                    passed=not view.broken,
                    figures=figures(self.words, view),
                    charts=charts(self.words, view),
                ),
            )

    def _venue(self, view: VenueView, folder: str) -> Iterator[tuple[str, bytes]]:
        sheets = venue_sheets(self.words, view)
        title = self.words("venue.title", venue=view.name)
        if "excel" in self.only:
            yield f"{folder}/roster.xlsx", self._workbook(sheets, title, view.stamp)
        if "html" in self.only:
            page = self._pages.render(
                "venue.html", view.stamp, "office", title=title, sheets=sheets, view=view
            )
            yield f"{folder}/index.html", page

    def _families(self, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
        drawn = draw.may_be_published(self.scenario) and self.scenario.settings.ties == "draw"
        numbers = tokens(self.key, self.scenario.settings.season, "draw", names) if drawn else {}
        families = Families(self.scenario, self.plan, numbers)
        yield from self._own("families", "family.html", names, families.view, self._calendars.family)

    def _staff(self, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
        staff = Staff(self.scenario, self.plan)
        yield from self._own("staff", "person.html", names, staff.view, self._calendars.person)

    def _own(
        self,
        folder: str,
        template: str,
        names: dict[str, str],
        view_of: Callable[[str], V],
        calendar: Callable[[V, bytes | None], bytes],
    ) -> Iterator[tuple[str, bytes]]:
        """A page and a calendar for each, under a name nobody can guess."""
        for id, token in names.items():
            view = view_of(id)
            if "html" in self.only:
                page = self._pages.render(template, view.stamp, view=view, calendar=self._link(token))
                yield f"publish/{folder}/{token}.html", page
            if "ics" in self.only:
                path = f"publish/{folder}/{token}.ics"
                yield path, calendar(view, self.earlier(path))

    def _link(self, token: str) -> str:
        """The calendar beside a page, where there is one."""
        return f"{token}.ics" if "ics" in self.only else ""

    def _workbook(self, sheets: tuple[Sheet, ...], title: str, stamp: Stamp) -> bytes:
        return workbook(sheets, title, stamp_text(self.words, stamp), self._made, self.words)

    @property
    def _made(self) -> datetime:
        """When the plan was made; a plan that does not say is dated by its season."""
        first = min(self.scenario.day, default=None)
        return created(self.plan) or datetime.combine(first or date(2000, 1, 1), time())


def stamp_text(words: Words, stamp: Stamp) -> str:
    """Season, revision and moment in one line."""
    made = words("stamp.created", created=stamp.created) if stamp.created else ""
    return " · ".join(
        part for part in (stamp.season, words("stamp.revision", revision=stamp.revision), made) if part
    )
