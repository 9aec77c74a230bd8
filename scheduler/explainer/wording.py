"""Explanations as sentences of one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scheduler.domain.scenario import Scenario
from scheduler.explainer.lines import (
    Aside,
    Audience,
    ClassWeeks,
    Explanation,
    Extra,
    Line,
    Span,
    Stand,
    Thing,
    Word,
)
from scheduler.locale import Catalogue
from scheduler.rules import Violation
from scheduler.rules.base import Phrase
from scheduler.rules.wording import Wording

_SHARED = {"rule": "rule.{id}.sentence", "unit": "rule.{id}.unit", "stage": "stage.{id}"}
"""Words that other catalogues hold, by group."""


class Telling:
    """Puts the lines of explanations into a language, for an audience.

    The coordinator reads ids with names, a family names alone.
    """

    def __init__(self, catalogue: Catalogue, scenario: Scenario, audience: Audience = "coordinator") -> None:
        """Choose the language and who reads."""
        self._words = catalogue
        self._scenario = scenario
        self._audience = audience
        self._violations = Wording(catalogue, named=scenario)

    def line(self, line: Line) -> str:
        """One line as a sentence, not indented."""
        filled = {name: self._shown(name, value) for name, value in line.parameters.items()}
        return self._words.fill(f"explain.{line.id}", filled)

    def data(self, explanation: Explanation) -> dict[str, object]:
        """An explanation for machines: ids of lines, their sentences, and the ids that fill them."""
        return {
            "title": self._data(explanation.title),
            "lines": [self._data(line) for line in explanation.lines],
        }

    def _data(self, line: Line) -> dict[str, object]:
        plain = {name: _plain(value) for name, value in line.parameters.items()}
        return {"id": line.id, "depth": line.depth, "text": self.line(line), "parameters": plain}

    # ---- values ---------------------------------------------------------------------------------

    def _shown(self, name: str, value: object) -> str:
        if name == "weeks" and isinstance(value, tuple) and value:
            return self._weeks(value)
        if isinstance(value, tuple):
            if not value:
                return self._words("explain.none")
            between = "explain.semicolon" if name in ("stops", "times") else "explain.comma"
            return self._words(between).join(self._shown(name, item) for item in value)
        if name in ("week", "weeks"):
            number = str(value)
            return self._words("explain.week", week=number) if number.isdigit() else number
        return self._value(value)

    def _value(self, value: object) -> str:
        match value:
            case None:
                return self._words("explain.none")
            case Line():
                return self.line(value)
            case Thing():
                return self._thing(value)
            case ClassWeeks() | Extra():
                return self._seats(value)
            case Word():
                return self._word(value)
            case Stand():
                return self._stand(value)
            case Span():
                return self._span(value)
            case Aside(text):
                return self._words("explain.aside", text=text) if text else ""
            case Violation() | Phrase():
                return self._violation(value)
            case float():
                return f"{value:.10g}"
            case date():
                return value.isoformat()
            case _:
                return str(value)

    def _seats(self, seats: ClassWeeks | Extra) -> str:
        if isinstance(seats, ClassWeeks):
            told = {"class": self._thing(Thing("class", seats.class_)), "weeks": self._weeks(seats.weeks)}
            return self._words("explain.class_weeks", **told)
        many = "one" if seats.n == 1 else "many"
        venue = self._thing(Thing("venue", seats.venue))
        return self._words(f"explain.extra.{seats.kind}_{many}", n=seats.n, venue=venue)

    def _weeks(self, weeks: tuple[str, ...]) -> str:
        """Several weeks: a run of numbered ones by its ends."""
        if len(weeks) == 1 or not all(week.isdigit() for week in weeks):
            return self._words("explain.comma").join(self._shown("week", week) for week in weeks)
        numbers = [int(week) for week in weeks]
        if len(weeks) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
            return self._words("explain.weeks_run", first=numbers[0], last=numbers[-1])
        return self._words("explain.weeks", weeks=self._words("explain.comma").join(weeks))

    def _thing(self, thing: Thing) -> str:
        rows: Mapping[str, Mapping[str, object]] = {
            "child": self._scenario.child,
            "class": self._scenario.class_,
            "venue": self._scenario.venue,
            "person": self._scenario.person,
            "course": self._scenario.course,
            "trip": self._scenario.trip,
        }
        name = str(getattr(rows[thing.kind].get(thing.id), "name", "")) or thing.id
        if self._audience == "coordinator":
            same = name == thing.id
            return name if same else self._words("explain.named", id=thing.id, name=name)
        if thing.kind == "class" and thing.id in self._scenario.class_:
            venue = self._scenario.venue[self._scenario.class_[thing.id].venue]
            return self._words("explain.class_at", name=name, venue=venue.name)
        return name

    def _word(self, word: Word) -> str:
        group = word.group
        if group in _SHARED:
            sentence = _SHARED[group].format(id=word.id)
        elif group.startswith("level."):
            sentence = f"{group}.{word.id}"
        else:
            sentence = f"explain.word.{group}.{word.id}"
        if sentence in self._words:
            return self._words(sentence)
        kind, _, number = word.id.rpartition("_")  # levels of one kind are numbered, e.g. `rank_2`
        if number.isdigit() and f"{group}.{kind}" in self._words:
            return self._words.fill(f"{group}.{kind}", {kind: number})
        return word.id

    def _stand(self, stand: Stand) -> str:
        told = self._words(f"explain.stand.{stand.form}", points=f"{stand.points:.10g}", rank=stand.rank)
        if stand.late:
            told = self._words("explain.stand.late", stand=told)
        if stand.draw:
            told = self._words("explain.stand.draw", stand=told, draw=stand.draw[:8])
        return told

    def _span(self, span: Span) -> str:
        if span.low is None and span.high is None:
            return self._words("explain.span.any")
        if span.low is None:
            return self._words("explain.span.up_to", high=span.high)
        if span.high is None:
            return self._words("explain.span.from", low=span.low)
        if span.low == span.high:
            return self._words("explain.span.one", low=span.low)
        return self._words("explain.span.between", low=span.low, high=span.high)

    def _violation(self, found: Violation | Phrase) -> str:
        """What a move would break (the rule's own sentence where the violation has none), or what binds."""
        if isinstance(found, Phrase):
            return self._violations.phrase(found)
        if f"violation.{found.rule}.{found.message}" in self._words:
            return self._violations.violation(found)
        return self._word(Word("rule", found.rule))


def _plain(value: object) -> object:
    """A value without names, for machines."""
    match value:
        case tuple():
            return [_plain(item) for item in value]
        case Line(id, parameters):
            return {"id": id, **{name: _plain(part) for name, part in parameters.items()}}
        case Thing() | Word():
            return value.id
        case ClassWeeks(class_, weeks):
            return {"class": class_, "weeks": list(weeks)}
        case Extra(kind, n, venue):
            return {"kind": kind, "n": n, "venue": venue}
        case Stand(form, points, rank, late, draw):
            return {"form": form, "points": points, "rank": rank, "late": late, "draw": draw}
        case Span(low, high):
            return [low, high]
        case Aside(text):
            return text
        case Phrase(id, parameters):
            return {"id": id, **{name: _plain(part) for name, part in parameters.items()}}
        case Violation():
            return {"rule": value.rule, "amount": value.amount, "refs": list(value.refs)}
        case date():
            return value.isoformat()
        case _:
            return value
