"""Every sentence people read, by id, once per language: `<language>/<area>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Catalogue:
    """The sentences of one language."""

    def __init__(self, language: Language) -> None:
        """Load a language's sentences (once a process)."""
        self.language: Language = language
        self._texts = _load(language)

    def __call__(self, id: str, /, **parameters: object) -> str:
        """The sentence of an id, filled. Raises KeyError for an unknown id or a missing parameter."""
        return self._texts[id].format_map(parameters) if parameters else self._texts[id]

    def fill(self, id: str, parameters: Mapping[str, object]) -> str:
        """The sentence of an id, filled from a mapping."""
        return self._texts[id].format_map(parameters)

    def __contains__(self, id: str) -> bool:
        """Whether there is a sentence of this id."""
        return id in self._texts

    def ids(self) -> frozenset[str]:
        """All ids."""
        return frozenset(self._texts)


@cache
def catalogue(language: Language) -> Catalogue:
    """The catalogue of a language."""
    return Catalogue(language)


@cache
def _load(language: Language) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for path in sorted(files(__package__).joinpath(language).iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            for id, text in _flat(tomllib.loads(path.read_text("utf-8"))):
                if id in texts:
                    raise ValueError(f"{language}/{path.name}: {id} is worded twice")
                texts[id] = text
    return texts


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
