"""The summary: the verdict, the figures, how each stage ended, and how far wishes were met."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.exporters.layouts.shared import week_name
from scheduler.exporters.sheets import Cell, Heading, Line, Mark, Sheet, Table, line
from scheduler.exporters.views.overview import Overview
from scheduler.exporters.words import Words

_MOST_BARS = 24
"""Bars of one chart; a longer one is read no better than the table."""


@dataclass(frozen=True)
class Figure:
    """A number worth a look, with what it counts; `section` is where it leads."""

    label: str
    value: str
    mark: Mark
    section: str


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: `share` of the full length, `value` as written beside it."""

    label: str
    share: float
    value: str
    mark: Mark = ""


@dataclass(frozen=True)
class Chart:
    """A bar chart with its title; `more` bars are left to the tables, `key` tells what strong bars are."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    more: int = 0
    key: str = ""


def verdict(words: Words, view: Overview) -> str:
    """Whether the plan may be published, in a sentence."""
    if view.broken:
        return words("verdict.broken", number=len(view.broken))
    return words("verdict.verified")


def figures(words: Words, view: Overview) -> tuple[Figure, ...]:
    """The numbers at the top of the overview."""
    wanted = sum(len(row.wanted) for row in view.children)
    placed = sum(len(row.weeks) for row in view.children)
    waiting = len({row.child for row in view.queues})
    running = sum(fill.runs for fill in view.fills)
    musts = view.missing_musts
    short = sum(row.least - row.number for row in view.teaching.short)
    return (
        Figure(words("figure.children"), words.number(len(view.children)), "", "placements"),
        Figure(words("figure.placed"), f"{words.number(placed)} / {words.number(wanted)}", "", "placements"),
        Figure(words("figure.running"), words.number(running), "", "classes"),
        Figure(words("figure.waiting"), words.number(waiting), "strong" if waiting else "", "waiting"),
        Figure(words("figure.missing"), words.number(view.missing), "strong" if view.missing else "", "gaps"),
        Figure(words("figure.missing_musts"), words.number(musts), "alert" if musts else "", "gaps"),
        Figure(words("figure.short"), words.number(short), "strong" if short else "", "short"),
    )


def charts(words: Words, view: Overview) -> tuple[Chart, ...]:
    """The bar charts of the overview: fill of class-weeks, choices, loads."""
    fills = tuple(
        Bar(
            f"{fill.class_} · {week_name(words, fill.week)}",
            min(1.0, fill.children / fill.places) if fill.places else 0.0,
            f"{fill.children} / {fill.places}",
            "strong" if fill.waiting else "",
        )
        for fill in view.fills
        if fill.runs
    )
    counts = _choices(words, view)
    most = max((number for _, number, _ in counts), default=0) or 1
    choices = tuple(Bar(label, number / most, words.number(number), mark) for label, number, mark in counts)
    busy = sorted(
        (row for row in view.people if row.load.minutes), key=lambda row: (-row.load.minutes, row.id)
    )
    longest = max((row.load.minutes for row in busy), default=0) or 1
    loads = tuple(
        Bar(row.name, row.load.minutes / longest, words("figure.hours", hours=words.hours(row.load.minutes)))
        for row in busy
    )
    return (
        _chart("fill", words("chart.fill"), fills, words("chart.fill_key")),
        _chart("choices", words("chart.choices"), choices),
        _chart("loads", words("chart.loads"), loads),
    )


def _chart(id: str, title: str, bars: tuple[Bar, ...], key: str = "") -> Chart:
    shown = bars[:_MOST_BARS]
    marked = any(bar.mark == "strong" for bar in shown)
    return Chart(id, title, shown, len(bars) - len(shown), key if marked else "")


def summary(words: Words, view: Overview) -> Sheet:
    """The first sheet."""
    tables = (_facts(words, view), _stages(words, view), _choice_table(words, view), _ranks(words, view))
    return Sheet("summary", words("summary.name"), tables, "stack", paper="portrait")


def _facts(words: Words, view: Overview) -> Table:
    headings = (Heading(words("column.what")), Heading(words("column.value")))
    rows: list[Line] = [
        line(words("summary.verification"), Cell(verdict(words, view), "alert" if view.broken else "strong")),
        line(words("summary.season"), view.stamp.season),
        line(words("summary.revision"), str(view.stamp.revision)),
        line(words("summary.created"), view.stamp.created or words("mark.none")),
        line(words("summary.policy"), f"{words(f'policy.{view.policy}')}; {words(f'ties.{view.ties}')}"),
        *(line(figure.label, Cell(figure.value, figure.mark)) for figure in figures(words, view)),
    ]
    return Table(words("summary.facts"), headings, tuple(rows))


def _stages(words: Words, view: Overview) -> Table:
    headings = (
        Heading(words("column.stage")),
        Heading(words("column.level")),
        Heading(words("column.value"), "decimal"),
        Heading(words("column.bound"), "decimal"),
        Heading(words("column.gap"), "share"),
        Heading(words("column.status")),
        Heading(words("column.seconds"), "decimal"),
    )
    lines = []
    for stage in view.stages:
        name, status = words.named("stage", stage.name), words.named("status", stage.status)
        if not stage.levels:
            lines.append(line(name, "", None, None, None, status, stage.seconds))
        for number, level in enumerate(stage.levels):
            seconds = stage.seconds if number == 0 else None
            lines.append(
                line(
                    name,
                    words.by_id.level(stage.name, level.name),
                    level.value,
                    level.bound,
                    level.gap,
                    status if level.gap else words("status.optimal"),
                    seconds,
                )
            )
    return Table(words("summary.stages"), headings, tuple(lines), note=words("summary.stages_note"))


def _choices(words: Words, view: Overview) -> list[tuple[str, int, Mark]]:
    found: list[tuple[str, int, Mark]] = [
        (words("choice.numbered", number=choice) if choice else words("choice.none"), number, "")
        for choice, number in view.choices.items()
    ]
    return [*found, (words("choice.unplaced"), view.unplaced, "strong")]


def _choice_table(words: Words, view: Overview) -> Table:
    headings = (
        Heading(words("column.choice")),
        Heading(words("column.child_weeks"), "number"),
        Heading(words("column.share"), "share"),
    )
    counts = _choices(words, view)
    total = sum(number for _, number, _ in counts) or 1
    lines = tuple(line(label, number, number / total) for label, number, _ in counts)
    return Table(words("summary.choices"), headings, lines)


def _ranks(words: Words, view: Overview) -> Table:
    headings = (
        Heading(words("column.rank")),
        Heading(words("column.children"), "number"),
        Heading(words("column.wanted"), "number"),
        Heading(words("column.placed"), "number"),
        Heading(words("column.share"), "share"),
    )
    lines = tuple(
        line(
            words.joined(words("rank.numbered", rank=row.rank), words.listed(row.names)),
            row.children,
            row.wanted,
            row.placed,
            row.placed / row.wanted if row.wanted else 0.0,
        )
        for row in view.ranks
    )
    return Table(words("summary.ranks"), headings, lines)
