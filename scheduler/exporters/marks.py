"""A copy of the input with every problem marked in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from scheduler.domain.book import Book
from scheduler.domain.problems import Problem
from scheduler.exporters.guide import is_guide
from scheduler.exporters.tables import width_of, workbook_bytes
from scheduler.locale import Language, catalogue

BLOCKING = PatternFill("solid", fgColor="F8C9C4")
WARNING = PatternFill("solid", fgColor="FCEBB6")
HEADING = PatternFill("solid", fgColor="E9EEEC")
_LINE = Side("thin", color="9AA5A8")
LINES = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WIDTHS = (14, 8, 24, 84)


def marked_workbook(book: Book, messages: Sequence[tuple[Problem, str]], language: Language) -> bytes:
    """The tables as a workbook: each problem a filled cell with a comment, and a first sheet that lists all.

    `messages` pairs each problem with its sentence. Sheets keep their names and rows their numbers, so that
    the marked copy can be mended and used as the input.
    """
    workbook = load_workbook(BytesIO(workbook_bytes(_tables(book), language)))
    notes: dict[tuple[str, str], list[tuple[Problem, str]]] = {}
    for problem, text in messages:
        if _is_there(workbook, problem):
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


def _tables(book: Book) -> Book:
    """A book without the sheet of instructions, which a copy would only show without its looks."""
    return Book(book.path, tuple(sheet for sheet in book.sheets if not is_guide(sheet)))


def _list(workbook: Workbook, messages: Sequence[tuple[Problem, str]], language: Language) -> None:
    words = catalogue(language)
    sheet = workbook.create_sheet(words("marks.sheet"), 0)
    sheet.append([words(f"marks.{name}") for name in ("sheet_name", "cell", "value", "message")])
    for heading in sheet[1]:
        heading.font, heading.fill, heading.border = Font(bold=True), HEADING, LINES
    for problem, text in messages:
        row = [problem.sheet or problem.file, problem.cell, problem.value, text]
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"  # a value that begins with "=" is text here
            cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), LINES
        tall = max(-(-width_of(value) // width) for value, width in zip(row, WIDTHS, strict=True))
        sheet.row_dimensions[sheet.max_row].height = 15 * min(25, max(1, tall)) + 3
        where = sheet.cell(sheet.max_row, 2)
        where.fill = BLOCKING if problem.blocking else WARNING
        if _is_there(workbook, problem):
            name = problem.sheet.replace("'", "''")
            where.hyperlink = Hyperlink(ref=where.coordinate, location=f"'{name}'!{problem.cell}")
            where.font = Font(name=where.font.name, size=where.font.size, underline="single")
    for column, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    workbook.active = 0
    for other in workbook.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _is_there(workbook: Workbook, problem: Problem) -> bool:
    """Whether a problem names a cell of the workbook, and not a whole row or table."""
    return problem.sheet in workbook.sheetnames and any(letter.isalpha() for letter in problem.cell)
