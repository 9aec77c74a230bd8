"""A workbook with cells of one table set, or with a table more; every other part keeps its bytes."""

from __future__ import annotations

import posixpath
import re
from datetime import date

from scheduler.domain.book import letters
from scheduler.exporters.edit.package import WORKSHEET, Package, package, packed, relations_of
from scheduler.exporters.edit.placing import Placed
from scheduler.exporters.edit.ranges import grown_ranges, with_ranges
from scheduler.exporters.edit.sheet_xml import (
    Layout,
    Span,
    UnknownShape,
    attribute,
    cell_xml,
    layout,
    with_cells,
)
from scheduler.exporters.edit.styles_xml import Styles
from scheduler.exporters.table_cells import text_of
from scheduler.exporters.tables import width_of

DEFAULT_WIDTH = 8.43
"""Of a column that has no width, in characters."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def edited_workbook(content: bytes, placed: Placed) -> bytes:
    """The workbook's bytes with the cells in place.

    Raises UnknownShape where the file is written in a way that cannot be followed byte by byte, or where a
    cell to be changed holds a formula.
    """
    try:
        old = package(content)
        styles_part = next(iter(old.related(old.workbook, "styles")), "")
        styles = Styles(old.parts[styles_part])
        changed = _new_sheet(old, placed, styles) if placed.sheet is None else _changed(old, placed, styles)
    except (KeyError, UnicodeDecodeError, ValueError) as error:
        raise UnknownShape from error
    changed[old.workbook] = _recalculated(old, changed.get(old.workbook, old.parts[old.workbook]))
    if changed[old.workbook] == old.parts[old.workbook]:
        del changed[old.workbook]
    new_styles = styles.bytes()
    if new_styles is not None:
        changed[styles_part] = new_styles
    return packed(old, changed)


# ---- a table that is there ---------------------------------------------------------------------------


def _changed(old: Package, placed: Placed, styles: Styles) -> dict[str, bytes]:
    position = next(i for i, (name, _) in enumerate(old.sheets) if name == placed.name)
    part = old.sheets[position][1]
    found = layout(old.parts[part])
    if any(at in found.cells and found.cells[at].has_formula for at in placed.cells):
        raise UnknownShape
    pattern = placed.pattern_row
    cells: dict[tuple[int, int], object] = {}
    above = [column for row, column in found.cells if row == pattern]
    for row in range(placed.first_new_row, placed.last_row + 1):  # blank cells too look like those above
        cells |= dict.fromkeys((row, column) for column in above)
    cells |= placed.cells

    def style_of(row: int, column: int, value: object) -> int:
        if (row, column) in found.cells:
            style = found.cells[row, column].style
        elif row == placed.header_row:
            style = found.style_at(row, placed.old_width - 1)
        else:
            style = found.style_at(pattern if row >= placed.first_new_row else row, column)
        return styles.fit_for(value, style)

    height = _height(found.rows.get(pattern)) if pattern else ""
    data = with_cells(found, cells, style_of, height, is_1904=old.is_1904)
    before = pattern or placed.first_new_row - 1
    data = with_ranges(data, before, placed.last_row, len(placed.header))
    changed = {part: _wide_enough(data, found, placed)}
    for table in old.related(part, "table"):
        changed[table] = _grown_table(old.parts[table], before, placed.last_row)
    changed[old.workbook] = _grown_names(old.parts[old.workbook], position, before, placed.last_row)
    return {name: content for name, content in changed.items() if content != old.parts[name]}


def _height(row: Span | None) -> str:
    """The height of a row that was set by hand, for the rows that follow it."""
    given = row.attributes if row else {}
    if given.get("customHeight") not in ("1", "true") or "ht" not in given:
        return ""
    return attribute("ht", given["ht"]) + attribute("customHeight", "1")


def _wide_enough(data: bytes, found: Layout, placed: Placed) -> bytes:
    """The worksheet with widths: for each new column where columns have widths, and for a column without one
    in which new dates would show as ####."""
    prefix, end = found.prefix, len(placed.header)
    known = {column for low, high, _ in found.column_styles for column in range(low - 1, min(high, end))}
    wanted = _too_narrow(data, placed)
    if known:
        wanted |= set(range(placed.old_width, end))
    opening = f"<{prefix}sheetData".encode()
    at = data.index(opening)
    head, body = data[:at], data[at:]
    end_tag = f"</{prefix}cols>".encode()
    if wanted and end_tag not in head:
        head += f"<{prefix}cols>".encode() + end_tag
    closing = head.rfind(end_tag)
    for index in sorted(wanted - known, reverse=True):
        later = (m.start() for m in _COLUMN.finditer(head) if int(m[1]) > index + 1)
        place = next(later, closing)
        head = head[:place] + _column(prefix, index, placed).encode() + head[place:]
    return head + body


_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*?\bmin="(\d+)"')


def _too_narrow(data: bytes, placed: Placed) -> set[int]:
    """The columns that get dates wider than a column is by default."""
    given = re.search(rb'<(?:\w+:)?sheetFormatPr\b[^>]*?\bdefaultColWidth="([\d.]+)"', data)
    default = float(given[1]) if given else DEFAULT_WIDTH
    dates = ((at[1], value) for at, value in placed.cells.items() if isinstance(value, date))
    return {column for column, value in dates if width_of(text_of(value)) + 1 > default}


def _column(prefix: str, index: int, placed: Placed) -> str:
    texts = [placed.header[index], *(v for (_, column), v in placed.cells.items() if column == index)]
    width = min(40, max(width_of(text) for text in texts) + 3)
    return f'<{prefix}col min="{index + 1}" max="{index + 1}" width="{width}" customWidth="1"/>'


def _grown_table(data: bytes, before: int, last: int) -> bytes:
    """The part of an Excel table reaching down to the new rows; one with a row of totals stays."""
    text = data.decode()
    if re.search(r'totalsRowCount="[1-9]', text):
        return data
    return re.sub(
        r'(\bref=")([^"]*)(")', lambda m: m[1] + grown_ranges(m[2], before, last) + m[3], text
    ).encode()


def _grown_names(data: bytes, position: int, before: int, last: int) -> bytes:
    """The workbook with the sheet's own filter and print ranges reaching down to the new rows."""
    own = rf'(?=[^>]*\blocalSheetId="{position}")(?=[^>]*"_xlnm\.(?:_FilterDatabase|Print_Area)")'
    pattern = rf"(<(?:\w+:)?definedName\b{own}[^>]*>)([^<]*!)([^<!,]*)(</)"

    def grown(match: re.Match[str]) -> str:
        return match[1] + match[2] + grown_ranges(match[3], before, last) + match[4]

    return re.sub(pattern, grown, data.decode()).encode()


def _recalculated(old: Package, data: bytes) -> bytes:
    """The workbook told to calculate its formulas anew when it is opened, if it has any."""
    sheets = (old.parts.get(part, b"") for _, part in old.sheets)
    if not any(re.search(rb"<(?:\w+:)?f[ >]", part) for part in sheets):
        return data
    text = data.decode()
    if re.search(r"<(?:\w+:)?calcPr\b", text):
        bare = re.sub(r'(<(?:\w+:)?calcPr\b[^>]*?)\sfullCalcOnLoad="[^"]*"', r"\1", text)
        return re.sub(r"(<(?:\w+:)?calcPr\b)", r'\1 fullCalcOnLoad="1"', bare, count=1).encode()
    for name in ("definedNames", "externalReferences", "functionGroups", "sheets"):
        match = re.search(rf"</((?:\w+:)?){name}>", text)
        if match:
            new = f'<{match[1]}calcPr calcId="0" fullCalcOnLoad="1"/>'
            return (text[: match.end()] + new + text[match.end() :]).encode()
    return data


# ---- a table that is not there yet ---------------------------------------------------------------------


def _new_sheet(old: Package, placed: Placed, styles: Styles) -> dict[str, bytes]:
    folder = posixpath.dirname(old.workbook)
    number = next(n for n in range(1, 10_000) if f"{folder}/worksheets/sheet{n}.xml" not in old.parts)
    part = f"{folder}/worksheets/sheet{number}.xml".lstrip("/")
    relations = relations_of(old.workbook)
    id = next(
        f"rIdTable{n}" for n in range(1, 10_000) if f'"rIdTable{n}"'.encode() not in old.parts[relations]
    )
    sheet_ids = [int(found) for found in re.findall(rb'\bsheetId="(\d+)"', old.parts[old.workbook])]
    workbook = old.parts[old.workbook].decode()
    close = re.search(r"</((?:\w+:)?)sheets>", workbook)
    if close is None:
        raise UnknownShape
    bound = re.search(rf'\sxmlns:(\w+)="{re.escape(_RELATIONS)}"', workbook)
    own = f'{bound[1]}:id="{id}"' if bound else f'xmlns:r="{_RELATIONS}" r:id="{id}"'
    entry = f"<{close[1]}sheet" + attribute("name", placed.name) + f' sheetId="{max(sheet_ids) + 1}" {own}/>'
    types = old.parts["[Content_Types].xml"].decode()
    override = f'<Override PartName="/{part}" ContentType="{WORKSHEET}"/>'
    relation = f'<Relationship Id="{id}" Type="{_RELATIONS}/worksheet" Target="/{part}"/>'
    return {
        part: _sheet(placed, styles, is_1904=old.is_1904),
        old.workbook: (workbook[: close.start()] + entry + workbook[close.start() :]).encode(),
        relations: _before_end(old.parts[relations].decode(), "Relationships", relation),
        "[Content_Types].xml": _before_end(types, "Types", override),
    }


def _before_end(text: str, name: str, new: str) -> bytes:
    at = text.rindex(f"</{name}>")  # both parts are written without a prefix, as their schema asks
    return (text[:at] + new + text[at:]).encode()


def _sheet(placed: Placed, styles: Styles, *, is_1904: bool) -> bytes:
    rows: dict[int, list[str]] = {}
    for (row, column), value in sorted(placed.cells.items()):
        xml = cell_xml("", row, column, value, styles.fit_for(value, 0), is_1904=is_1904)
        rows.setdefault(row, []).append(xml)
    columns = "".join(_column("", index, placed) for index in range(len(placed.header)))
    body = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows.items())
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    corner = f"{letters(len(placed.header) - 1)}{placed.last_row}"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
        f'<dimension ref="A1:{corner}"/>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()
