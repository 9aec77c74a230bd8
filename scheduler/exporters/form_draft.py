"""The map of a form as it was guessed, as TOML to be edited: every column of the form, with comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.domain.answers import Answers, Understood, map_key, toml_text
from scheduler.domain.columns import Kind, columns_of, heading
from scheduler.locale import Catalogue

MOST_TEXTS = 80
"""Texts of one column that are listed; more are no options but free answers."""


def draft_map(answers: Answers, words: Catalogue) -> bytes:
    """The map, with its comments in a language."""
    return ("\n".join(_lines(answers, words)) + "\n").encode()


def _lines(answers: Answers, words: Catalogue) -> Iterator[str]:
    names = {"table": answers.model.table, "zh": answers.model.zh}
    yield from _comment(words("draft_map.title", form=answers.file, sheet=answers.sheet, **names))
    yield from _comment(words("draft_map.how"))
    yield ""
    keys = [f"[{', '.join(toml_text(heading(name)) for name in key)}]" for key in answers.key]
    together = f"[{', '.join(keys)}]"
    yield f"key = {keys[0] if len(keys) == 1 else together}  # {words('draft_map.key')}"
    yield f'# same_key = "one"  # {words("draft_map.same_key")}'
    yield f'# id = "C0001"  # {words("draft_map.id")}'
    if answers.model.table == "children":
        yield f'# family = "none"  # {words("draft_map.family")}'
    yield f'# dates = "month-day-year"  # {words("draft_map.dates")}'
    yield f"# sheet = {toml_text(answers.sheet)}  # {words('draft_map.sheet')}"
    yield f"# header_row = {answers.header_row}  # {words('draft_map.header_row')}"
    yield from ("", "[columns]")
    yield from _comment(words("draft_map.columns"))
    for column in answers.columns:
        field = toml_text(heading(column.field)) if column.field else '""'
        name, how = map_key(column, answers.columns), words(f"import.how.{column.how}")
        yield f"{name} = {field}  # {column.cell}: {how}"
    given = {column.field for column in answers.columns}
    rest = [name for name in columns_of(answers.model) if name not in given and name != "id"]
    yield from ("", "[fixed]")
    yield from _comment(words("draft_map.fixed"))
    for name in rest:
        yield f'# {heading(name)} = ""'
    yield from _values(answers, words)


def _values(answers: Answers, words: Catalogue) -> Iterator[str]:
    """The texts of each column that are options, with what they stand for."""
    known = columns_of(answers.model)
    by_field: dict[str, list[Understood | str]] = defaultdict(list)
    for found in answers.understood:
        if found.text:
            by_field[found.field].append(found)
    for unread in answers.unread:
        by_field[unread.field].append(unread.text)
    for name, texts in by_field.items():
        if known[name].kind in (Kind.TEXT, Kind.TEXTS):
            continue
        yield from ("", f"[values.{heading(name)}]")
        yield from _comment(words("draft_map.values"))
        for text in texts[:MOST_TEXTS]:
            if isinstance(text, str):
                yield f'# {toml_text(text)} = ""  # {words("draft_map.unread")}'
            else:
                yield f"{toml_text(text.text)} = {toml_text(text.meaning)}"


def _comment(text: str) -> Iterator[str]:
    return (f"# {line}".rstrip() for line in text.strip().split("\n"))
