"""Catalogues: sentences are filled by name, and a missing one is an error at once."""

from __future__ import annotations

import pytest

from scheduler.locale import LANGUAGES, Language, catalogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_filled_by_name(language: Language) -> None:
    words = catalogue(language)
    assert "a.json" in words("cli.solve_next", plan="a.json", input="in")


def test_an_unknown_id_or_a_missing_parameter_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue("en")("cli.no_such_sentence")
    with pytest.raises(KeyError):
        catalogue("en")("cli.solve_next", plan="a.json")


def test_braces_in_a_value_are_shown_as_they_are() -> None:
    assert "{input}" in catalogue("en")("cli.solve_next", plan="{input}", input="in")
