"""Violations and problems as sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scheduler.domain.problems import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Vacancy
from scheduler.locale import Catalogue
from scheduler.rules.base import Phrase, Violation

_BESIDE_WIDE = re.compile(r"(?<=[（）：，。；、]) +| +(?=[（）：，。；、])")


class Wording:
    """Puts violations and problems into a language.

    With a scenario, ids in the parameters are followed by the names they stand for, children's included:
    for files and answers that only the coordinator sees, never for logs.
    """

    def __init__(self, catalogue: Catalogue, named: Scenario | None = None) -> None:
        """Choose the language, and whether names are shown."""
        self.words = catalogue
        self._names = _names(named) if named else {}

    def violation(self, found: Violation) -> str:
        """The sentence of a violation."""
        filled = {key: self._shown(value) for key, value in found.parameters.items()}
        id = f"violation.{found.rule}.{found.message}"
        return _set(self.words.fill(id, {"amount": found.amount, **filled}))

    def phrase(self, phrase: Phrase) -> str:
        """A sentence that fills a part of another one."""
        filled = {key: self._shown(value) for key, value in phrase.parameters.items()}
        return _set(self.words.fill(phrase.id, filled))

    def problem(self, problem: Problem) -> str:
        """What is wrong."""
        return self.words.fill(f"problem.{problem.id}", self._of_problem(problem))

    def fix(self, problem: Problem) -> str:
        """What to do about it."""
        return self.words.fill(f"fix.{problem.id}", self._of_problem(problem))

    def level(self, stage: str, level: str) -> str:
        """A level's name for people: `rank_2` is the level `rank` with its number. One that somebody wrote
        into a plan by hand is shown as it is."""
        name, _, number = level.rpartition("_")
        id, rank = (name, number) if number.isdigit() else (level, "")
        sentence = f"level.{stage}.{id}"
        return self.words.fill(sentence, {"rank": rank}) if sentence in self.words else level

    def cause(self, vacancy: Vacancy) -> str:
        """Why a post is unfilled."""
        return self.words(f"explain.shortfall.cause.{vacancy.reason}")

    def ref(self, ref: str) -> str:
        """A reference with the name it stands for, then the week, or the day and shift, it may go on with."""
        kind, _, rest = ref.partition(":")
        parts = rest.split("/")
        for end in range(len(parts), 0, -1):  # an id may hold a slash itself
            id = "/".join(parts[:end])
            name = self._names.get((kind, id)) or self._names.get(("", id))
            if name:
                return " ".join((self.words("explain.named", id=f"{kind}:{id}", name=name), *parts[end:]))
        return ref

    def decided(self, value: str) -> str:
        """One side of a change (a class and a role, a course with teacher and room), ids with names."""
        return "/".join(str(self._shown(part)) for part in value.split("/"))

    def _of_problem(self, problem: Problem) -> Mapping[str, object]:
        where = {"file": problem.file, "sheet": problem.sheet, "cell": problem.cell}
        return {**where, "value": problem.value, **problem.parameters}

    def _shown(self, value: object) -> object:
        if isinstance(value, str):
            name = self._names.get(("", value))
            return self.words("explain.named", id=value, name=name) if name and name != value else value
        if isinstance(value, Phrase):
            return self.phrase(value)
        if isinstance(value, (tuple, list, set, frozenset)):
            return self.words("explain.comma").join(str(self._shown(item)) for item in value)
        return value


def _set(text: str) -> str:
    """A sentence without blanks beside wide punctuation, which brings its own room; names bring it in."""
    return _BESIDE_WIDE.sub("", text)


def _names(scenario: Scenario) -> dict[tuple[str, str], str]:
    """Names by (kind, id), and by ("", id) where only one row of the season bears the id."""
    tables = {
        "child": scenario.children,
        "class": scenario.classes,
        "venue": scenario.venues,
        "person": scenario.staff,
        "course": scenario.courses,
        "trip": scenario.trips,
    }
    names = {(kind, row.id): row.name for kind, rows in tables.items() for row in rows}  # type: ignore[attr-defined]
    bare: dict[str, list[str]] = {}
    for (_, id), name in names.items():
        bare.setdefault(id, []).append(name)
    return {**names, **{("", id): found[0] for id, found in bare.items() if len(found) == 1}}
