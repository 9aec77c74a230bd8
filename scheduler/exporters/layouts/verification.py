"""What the checker found, what the wishes cost, and what changed."""

from __future__ import annotations

from scheduler.exporters.sheets import Cell, Heading, Sheet, Table, line
from scheduler.exporters.views.overview import Overview
from scheduler.exporters.words import Words
from scheduler.rules.wording import Wording


def scores(words: Words, view: Overview) -> Sheet:
    """What every soft rule comes to, the dearest first."""
    headings = (
        Heading(words("column.rule"), "long", 60),
        Heading(words("column.amount"), "decimal"),
        Heading(words("column.unit")),
        Heading(words("column.cost"), "decimal"),
        Heading(words("column.rule_id"), "id"),
    )
    ordered = sorted(view.score.items(), key=lambda pair: (-pair[1].cost, pair[0]))
    lines = tuple(
        line(words.rule(rule), score.amount, words.unit(rule), score.cost, rule) for rule, score in ordered
    )
    table = Table(words("scores.name"), headings, lines)
    note, nothing = words("scores.note"), words("scores.none")
    return Sheet("scores", words("scores.name"), (table,), note=note, nothing=nothing)


def problems(words: Words, view: Overview, wording: Wording) -> Sheet:
    """Every violation, hard ones first."""
    headings = (
        Heading(words("column.kind")),
        Heading(words("column.message"), "long", 80),
        Heading(words("column.amount"), "decimal"),
        Heading(words("column.rule_id"), "id"),
        Heading(words("column.refs"), "long", 44),
    )
    ordered = sorted(view.findings, key=lambda found: (not found.hard, -found.cost, found.violation.rule))
    lines = tuple(
        line(
            Cell(words("problems.hard" if found.hard else "problems.soft"), "alert" if found.hard else ""),
            wording.violation(found.violation),
            found.violation.amount,
            found.violation.rule,
            "; ".join(wording.ref(ref) for ref in found.violation.refs),
        )
        for found in ordered
    )
    table = Table(words("problems.name"), headings, lines)
    nothing = words("problems.none")
    return Sheet(
        "problems",
        words("problems.name"),
        (table,),
        open=bool(view.broken) and len(lines) <= 20,
        nothing=nothing,
    )


def changes(words: Words, view: Overview, wording: Wording) -> Sheet:
    """What changed since the previous revision."""
    headings = (
        Heading(words("column.kind")),
        Heading(words("column.refs"), "long", 44),
        Heading(words("column.from")),
        Heading(words("column.to")),
        Heading(words("column.reason"), "long", 40),
    )
    lines = tuple(
        line(
            words.named("change", row.kind),
            wording.ref(row.ref),
            wording.decided(row.from_) if row.from_ else words("mark.none"),
            wording.decided(row.to) if row.to else words("mark.none"),
            words.reason("change", row.reason),
        )
        for row in view.changes
    )
    table = Table(words("changes.name"), headings, lines)
    return Sheet("changes", words("changes.name"), (table,), nothing=words("changes.none"))
