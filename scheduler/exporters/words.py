"""Words, dates and times as one language sets them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from scheduler.domain.scenario import Scenario
from scheduler.locale import Language, catalogue
from scheduler.rules.wording import Wording


class Words:
    """The catalogue's sentences for what the exporters write, and dates as people say them."""

    def __init__(self, language: Language) -> None:
        """Take the sentences of one language."""
        self.language: Language = language
        self.tag = {"zh": "zh-CN", "en": "en"}[language]
        self._catalogue = catalogue(language)

    def __call__(self, id: str, /, **parameters: object) -> str:
        """A sentence of the exporters' own: `pages.<id>`."""
        return self._catalogue.fill(f"pages.{id}", parameters)

    def named(self, kind: str, id: str) -> str:
        """A word for one of the plan's own terms (a role, a stage, a status), else the term itself."""
        sentence = f"pages.{kind}.{id}"
        return self._catalogue(sentence) if sentence in self._catalogue else id

    # ---- dates and times ------------------------------------------------------------------------

    def weekday(self, day: date) -> str:
        """The short name of a day's weekday."""
        return self(f"weekday.{day.isoweekday()}")

    def day(self, day: date) -> str:
        """A day without its year: 7月18日 周一, Mon 18 July."""
        month = self(f"month.{day.month}")
        return self("date.day", month=month, day=day.day, weekday=self.weekday(day))

    def month_day(self, day: date) -> str:
        """A day without its year and weekday: 7月18日, 18 July."""
        return self("date.date", month=self(f"month.{day.month}"), day=day.day)

    def days(self, first: date, last: date) -> str:
        """A range of days: 7月18日至22日, 18 to 22 July."""
        months = self(f"month.{first.month}"), self(f"month.{last.month}")
        if first == last:
            return self.day(first)
        form = "date.within" if first.month == last.month else "date.across"
        return self(form, first=first.day, last=last.day, month=months[0], last_month=months[1])

    def clock(self, moment: time) -> str:
        """A time of day, 08:30."""
        return f"{moment:%H:%M}"

    def span(self, start: time, end: time) -> str:
        """A stretch of a day, 08:30–10:00."""
        return f"{start:%H:%M}–{end:%H:%M}"

    # ---- lists and numbers ----------------------------------------------------------------------

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one line."""
        return self("mark.comma").join(item for item in items if item)

    def joined(self, *parts: str) -> str:
        """Several statements in one line."""
        return " · ".join(part for part in parts if part)

    def number(self, value: float) -> str:
        """A number without needless decimals."""
        return f"{value:,.2f}".rstrip("0").rstrip(".")

    def hours(self, minutes: int) -> str:
        """A number of minutes as hours and minutes, 142:30."""
        return f"{minutes // 60}:{minutes % 60:02d}"

    # ---- rules ----------------------------------------------------------------------------------

    def rule(self, rule: str) -> str:
        """A rule's sentence."""
        return self._catalogue(f"rule.{rule}.sentence")

    def unit(self, rule: str) -> str:
        """The unit in which a rule's amount is counted."""
        return self._catalogue(f"rule.{rule}.unit")

    @property
    def by_id(self) -> Wording:
        """Violations and levels, children and adults by id alone."""
        return Wording(self._catalogue)

    def named_by(self, season: Scenario) -> Wording:
        """The same with names after the ids: for the coordinator alone."""
        return Wording(self._catalogue, season)

    def reason(self, kind: str, reason: str) -> str:
        """A reason the plan gives by id, or already in words."""
        sentence = f"{kind}.{reason}"
        return self._catalogue(sentence) if sentence in self._catalogue else reason
