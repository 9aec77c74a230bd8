"""The guided workbook: it explains every column, offers what can be chosen, and reads back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pydantic import BaseModel

from scheduler.domain.columns import columns_of, heading
from scheduler.domain.tables import TABLES, Settings
from scheduler.exporters.guide import guided_workbook
from scheduler.exporters.guide_notes import ORDER, blank_in, note, slug
from scheduler.exporters.tables import book_of
from scheduler.locale import LANGUAGES, Language, catalogue
from scheduler.readers import read_scenario
from tests.seasons import tiny

TABLES_OF_ALL: tuple[type[BaseModel], ...] = (*TABLES, Settings)
COLUMNS = [
    (getattr(table, "table", "setting"), name, column)
    for table in TABLES_OF_ALL
    for name, column in columns_of(table).items()
]


def load(language: Language) -> Any:  # noqa: ANN401 - openpyxl's workbook
    return openpyxl.load_workbook(io.BytesIO(guided_workbook(language)))


class TestWords:
    def test_english_meanings_are_those_of_the_code(self) -> None:
        words = catalogue("en")
        for table, name, column in COLUMNS:
            assert words(f"column.{table}.{heading(name)}") == column.meaning

    def test_every_column_has_a_meaning_in_chinese_and_no_other_does(self) -> None:
        wanted = {f"column.{table}.{heading(name)}" for table, name, _ in COLUMNS}
        assert {id for id in catalogue("zh").ids() if id.startswith("column.")} == wanted

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_note_can_be_worded(self, language: Language) -> None:
        words = catalogue(language)
        for table, name, column in COLUMNS:
            assert note(table, name, column, words)

    def test_no_blank_is_left_in_english(self) -> None:
        # a number, a name or a word of the catalogue: nothing else may stand for a blank in Chinese
        words = catalogue("zh")
        for table, name, column in COLUMNS:
            text = blank_in(column, words)
            latin = text.isascii() and not text.replace(".", "").isdigit()
            assert not latin or text == "Asia/Shanghai" or text in column.options, f"{table}.{name}: {text}"

    def test_every_unit_is_worded(self) -> None:
        for language in LANGUAGES:
            units = {column.unit for _, _, column in COLUMNS if column.unit}
            assert all(f"guide.unit.{slug(unit)}" in catalogue(language) for unit in units)

    def test_the_order_of_filling_in_names_every_table_once(self) -> None:
        assert sorted(ORDER) == sorted(table.table for table in TABLES)


class TestWorkbook:
    def test_one_sheet_a_table_behind_the_explanation(self) -> None:
        names = load("zh").sheetnames
        assert names[0] == "说明"
        assert names[-1] == "选项"
        assert set(names[1:-1]) == {table.zh for table in TABLES}

    def test_the_lists_are_hidden(self) -> None:
        assert load("en")["Lists"].sheet_state == "hidden"

    def test_required_headings_bear_a_star_and_every_heading_a_comment(self) -> None:
        worksheet = load("zh")["儿童"]
        heads = {cell.value: cell.comment.text for cell in worksheet[1]}
        assert {"编号*", "姓名*", "同意*"} <= set(heads)
        assert "年级" in heads
        assert "留空：固定" in heads["连续"]
        assert "花生" in heads["过敏"]

    def test_choices_and_references_have_drop_downs(self) -> None:
        worksheet = load("en")["children"]
        letters = {cell.value: cell.column_letter for cell in worksheet[1]}
        offered = {str(rule.sqref).split(":")[0]: rule for rule in worksheet.data_validations.dataValidation}
        assert "Lists" in offered[f"{letters['stay']}2"].formula1
        assert offered[f"{letters['stay']}2"].showErrorMessage
        # a reference may also be a unique name, so another text is let through
        assert "priorities" in offered[f"{letters['priority']}2"].formula1
        assert not offered[f"{letters['priority']}2"].showErrorMessage

    def test_the_drop_down_holds_the_words_the_reader_knows(self) -> None:
        workbook = load("zh")
        lists = [[cell.value for cell in column if cell.value] for column in workbook["选项"].iter_cols()]
        assert ["固定", "全程", "按周"] in lists
        assert ["是", "否"] in lists

    def test_header_is_frozen_and_filtered_and_ids_are_text(self) -> None:
        worksheet = load("en")["children"]
        assert worksheet.freeze_panes == "A2"
        assert worksheet.auto_filter.ref.startswith("A1:")
        assert worksheet.column_dimensions["A"].number_format == "@"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_equal_every_time(self, language: Language) -> None:
        assert guided_workbook(language) == guided_workbook(language)


class TestReadingBack:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_empty_one_lacks_its_rows_and_nothing_else(self, tmp_path: Path, language: Language) -> None:
        path = tmp_path / "new.xlsx"
        path.write_bytes(guided_workbook(language))
        problems = read_scenario(path).problems
        assert {problem.id for problem in problems} == {"table_empty"}
        assert len(problems) == sum(table.required for table in TABLES)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("written", LANGUAGES)
    def test_a_filled_one_is_the_same_season(
        self, tmp_path: Path, language: Language, written: Language
    ) -> None:
        season = tiny()
        path = tmp_path / "new.xlsx"
        path.write_bytes(guided_workbook(language, book_of(season, written)))
        reading = read_scenario(path)
        assert reading.problems == ()
        assert reading.scenario is not None
        assert reading.scenario.sha256 == season.sha256
