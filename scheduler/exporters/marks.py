"""A copy of the input with every problem marked in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from scheduler.domain.book import Book
from scheduler.domain.problems import Problem
from scheduler.exporters.tables import workbook_bytes
from scheduler.locale import Language, catalogue

BLOCKING = PatternFill("solid", fgColor="F8C9C4")
WARNING = PatternFill("solid", fgColor="FCEBB6")


def marked_workbook(book: Book, messages: Sequence[tuple[Problem, str]], language: Language) -> bytes:
    """The tables as a workbook: each problem a filled cell with a comment, and a first sheet that lists all.

    `messages` pairs each problem with its sentence. Sheets keep their names and rows their numbers, so that
    the marked copy can be mended and used as the input.
    """
    workbook = load_workbook(BytesIO(workbook_bytes(book, language)))
    notes: dict[tuple[str, str], list[tuple[Problem, str]]] = {}
    for problem, text in messages:
        if problem.sheet in workbook.sheetnames and any(c.isalpha() for c in problem.cell):
            notes.setdefault((problem.sheet, problem.cell), []).append((problem, text))
    for (sheet, cell), found in notes.items():
        target = workbook[sheet][cell]
        target.fill = BLOCKING if any(problem.blocking for problem, _ in found) else WARNING
        target.comment = Comment(
            "\n".join(text for _, text in found), "holiday-classes", height=120, width=320
        )
    _list(workbook, messages, language)
    target_file = BytesIO()
    workbook.save(target_file)
    return target_file.getvalue()


def _list(workbook: Workbook, messages: Sequence[tuple[Problem, str]], language: Language) -> None:
    words = catalogue(language)
    sheet = workbook.create_sheet(words("marks.sheet"), 0)
    sheet.append([words(f"marks.{name}") for name in ("sheet_name", "cell", "value", "message")])
    for problem, text in messages:
        row = [problem.sheet or problem.file, problem.cell, problem.value, text]
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"  # a value that begins with "=" is text here
    for column, width in zip("ABCD", (16, 8, 24, 100), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
