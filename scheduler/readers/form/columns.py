"""Which column of the form gives which column of the table; never guessed where two could be meant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from scheduler.domain.answers import FormColumn, How, map_key
from scheduler.domain.book import letters
from scheduler.domain.columns import Kind, columns_of, heading
from scheduler.domain.problems import Problem
from scheduler.domain.tables import TABLES, Row
from scheduler.readers.form.map import FormMap
from scheduler.readers.form.source import Form
from scheduler.readers.form.words import (
    OWN_OF_MICROSOFT,
    SUBMITTED,
    bare,
    field_by_words,
    is_microsoft,
    is_service,
    ordinal,
    service_field,
)
from scheduler.readers.headers import column_named, key_of, plain

LISTS = frozenset((Kind.IDS, Kind.TEXTS, Kind.DATES, Kind.WEEKDAYS, Kind.CHOICES))
SHOWN = 60


def map_columns(
    form: Form, model: type[Row], rules: FormMap
) -> tuple[tuple[FormColumn, ...], tuple[Problem, ...]]:
    """Every column of the form that has a heading, and the problems of the mapping."""
    found = [_column(form, model, rules, index) for index, text in enumerate(form.header) if text]
    problems = [*_not_in_form(form, rules), *_claimed_twice(form, model, found, rules)]
    problems += _without_heading(form)
    if not rules.columns:
        problems += _of_another_table(form, model)
    return tuple(found), tuple(problems)


def _of_another_table(form: Form, model: type[Row]) -> Iterator[Problem]:
    """A file whose headings are all those of another table, and not of this one: its rows are no answers."""
    headings = [text for text in form.header if text]
    for other in TABLES:
        if other is not model and all(column_named(other, text) for text in headings):
            strange = [text for text in headings if not column_named(model, text)]
            if len(strange) > 1:
                place = {"row": form.header_row, "table": model.table, "other": other.table}
                yield Problem("form_of_another_table", form.file, form.sheet, parameters=place)
                return


def _column(form: Form, model: type[Row], rules: FormMap, index: int) -> FormColumn:
    text = form.header[index]
    field, how = _meaning(form, model, rules, index)
    order = rules.order(text, letters(index)) if how == "map" else ordinal(text)
    return FormColumn(index, form.cell(index, form.header_row), " ".join(text.split()), field, how, order)


def _meaning(form: Form, model: type[Row], rules: FormMap, index: int) -> tuple[str, How]:
    text = form.header[index]
    told = rules.field(text, letters(index))
    if told is not None:
        return told, "map" if told else "left_out"
    own = is_microsoft(form.header) and index < 6 and key_of(text) in OWN_OF_MICROSOFT
    if own:
        return "", "service"
    named = column_named(model, bare(text))
    if named and named[0] == "id" and is_service(form.header):
        return "", "own_id"
    service = service_field(text)
    if service and (service in columns_of(model) or service == SUBMITTED):
        return service, "service"
    if named:
        return named[0], "name"
    if service is not None:
        return "", "service"
    by_words = field_by_words(model.table, bare(text))
    return (by_words, "words") if by_words else ("", "unknown")


def _not_in_form(form: Form, rules: FormMap) -> Iterator[Problem]:
    """Headings that the map names and the form has not."""
    there = {plain(text) for text in form.header} | {key_of(bare(text)) for text in form.header}
    there |= {f"@{letters(index)}" for index, text in enumerate(form.header) if text}
    for name in rules.columns:
        if plain(name) in there or key_of(bare(name)) in there:
            continue
        near = get_close_matches(name, [text for text in form.header if text], n=1, cutoff=0.5)
        id = "map_heading_missing_near" if near else "map_heading_missing"
        line = rules.lines.get(name, 1)
        told = {"line": line, "form": form.file, "near": _shown(near[0]) if near else ""}
        yield Problem(id, rules.file, cell=str(line), value=_shown(name), parameters=told)


def _claimed_twice(
    form: Form, model: type[Row], columns: list[FormColumn], rules: FormMap
) -> Iterator[Problem]:
    """Several columns of the form that could be the same column of the table."""
    by_field: dict[str, list[FormColumn]] = defaultdict(list)
    for column in columns:
        if column.field:
            by_field[column.field].append(column)
    kinds = columns_of(model)
    for field, found in by_field.items():
        if len(found) < 2:
            continue
        by_map = all(column.how == "map" for column in found)
        is_list = field in kinds and kinds[field].kind in LISTS
        orders = Counter(column.order for column in found)
        if is_list and (by_map or (0 not in orders and max(orders.values()) == 1)):
            continue
        told = {
            "column": heading(field),
            "zh": kinds[field].zh if field in kinds else field,
            "cells": ", ".join(column.cell for column in found),
            "line": f'{map_key(found[1], columns)} = ""',
        }
        shown = _shown(found[1].heading)
        yield Problem("form_column_twice", form.file, form.sheet, found[1].cell, shown, parameters=told)


def _without_heading(form: Form) -> Iterator[Problem]:
    """Filled columns whose heading is blank."""
    for index, text in enumerate(form.header):
        row = next((n for n, cells in form.rows if not text and cells[index] not in (None, "")), None)
        if row is not None:
            cell = form.cell(index, form.header_row)
            yield Problem("form_heading_blank", form.file, form.sheet, cell, blocking=False)


def _shown(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= SHOWN else one[: SHOWN - 1] + "…"
