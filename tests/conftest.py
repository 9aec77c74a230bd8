"""What holds in every test: whatever violation a rule yields, it is worded in both languages; the language of
an input is that of no later one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scheduler.cli.console import OF_INPUT
from scheduler.locale import LANGUAGES, catalogue
from scheduler.rules import Rule, Violation
from scheduler.rules.wording import Wording


@pytest.fixture(autouse=True, scope="session")
def every_violation_is_worded() -> Iterator[None]:
    """Word each kind of violation once, with the parameters it is given."""
    plain = Rule.broken
    seen: set[tuple[str, str, frozenset[str]]] = set()

    def broken(self: Rule, *given: Any, **parameters: Any) -> Violation:  # noqa: ANN401 - as Rule.broken
        found = plain(self, *given, **parameters)
        kind = (found.rule, found.message, frozenset(found.parameters))
        if kind not in seen:
            for language in LANGUAGES:
                assert Wording(catalogue(language)).violation(found)
            seen.add(kind)
        return found

    Rule.broken = broken  # type: ignore[method-assign]
    yield
    Rule.broken = plain  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def no_language_is_left() -> Iterator[None]:
    """Forget the language of what was read, as a program does that ends."""
    before = OF_INPUT.set(None)
    yield
    OF_INPUT.reset(before)
