"""When posts are, in few words: days in a row with the same shifts together, sessions day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from scheduler.domain.covering import OpenPost
from scheduler.domain.scenario import Scenario
from scheduler.explainer.lines import Line, Word, things

TIMES_TOLD = 8
"""Most stretches of days, or days with sessions, that are told."""


def shifts(scenario: Scenario, times: Iterable[tuple[date, str]]) -> tuple[Line, ...]:
    """Days and shifts; open days in a row with the same shifts are told by their ends."""
    on: dict[date, set[str]] = {}
    for day, shift in times:
        on.setdefault(day, set()).add(shift)
    number = {day: place for place, day in enumerate(scenario.open_days)}
    runs: list[list[date]] = []
    for day in sorted(on):
        last = runs[-1][-1] if runs else None
        follows = last is not None and number.get(day, -1) == number.get(last, -3) + 1
        if last is not None and follows and on[last] == on[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return _few([_run(scenario, run, on[run[0]]) for run in runs])


def _run(scenario: Scenario, run: Sequence[date], on: set[str]) -> Line:
    told: dict[str, object] = {"shifts": tuple(shift for shift in scenario.shift if shift in on)}
    if len(run) == 1:
        return Line("cover.day", {**told, "date": run[0], "weekday": _weekday(run[0])})
    return Line("cover.days", {**told, "first": run[0], "last": run[-1], "n": len(run)})


def lessons(scenario: Scenario, posts: Iterable[OpenPost]) -> tuple[Line, ...]:
    """Sessions day by day, each with its hour and classes."""
    by_day: dict[date, list[Line]] = {}
    for post in posts:
        start = f"{scenario.period[post.period or ''].start:%H:%M}"
        told = {"start": start, "classes": things("class", post.classes)}
        by_day.setdefault(post.date, []).append(Line("cover.lesson", told))
    return _few(
        [
            Line("cover.lessons", {"date": day, "weekday": _weekday(day), "lessons": tuple(found)})
            for day, found in by_day.items()
        ]
    )


def _weekday(day: date) -> Word:
    return Word("weekday", str(day.isoweekday()))


def _few(found: list[Line]) -> tuple[Line, ...]:
    if len(found) <= TIMES_TOLD:
        return tuple(found)
    return (*found[:TIMES_TOLD], Line("cover.days_more", {"n": len(found) - TIMES_TOLD}))
