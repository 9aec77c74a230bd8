"""A CSV file with some records changed and some added: its encoding, separator and other bytes stay."""

from __future__ import annotations

import pytest

from scheduler.domain.answers import TableEdit
from scheduler.domain.book import Sheet
from scheduler.domain.tables import Child
from scheduler.exporters.edit.csv_file import edited_csv, new_csv
from scheduler.exporters.edit.placing import Placed, place

HEADER = ("id", "name", "mine", "consent")
COLUMNS = {"id": 0, "name": 1, "consent": 3}


def placed(rows: int, **given: object) -> Placed:
    """Cells for a table of so many rows."""
    cells = tuple((number, (None,) * 4) for number in range(2, rows + 2))
    sheet = Sheet("children", "children.csv", HEADER, cells)
    return place(TableEdit(Child, sheet, "en", COLUMNS, rows + 1, **given))  # type: ignore[arg-type]


NEW = {"id": "K3", "name": "周, 宇", "consent": True}
OLD = 'id,name,mine,consent\r\nK1,"An ""A""",  x,yes\r\nK2,Bo,y\r\n'


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gb18030", b""), ("utf-16-le", b"\xff\xfe")],
)
def test_a_row_is_added_in_the_files_own_encoding(encoding: str, mark: bytes) -> None:
    old = mark + OLD.replace("Bo", "王").encode(encoding)
    done = edited_csv(old, placed(2, additions=(NEW,)), ",")
    assert done == old + '"'.join(("K3,", "周, 宇", ",,yes\r\n")).encode(encoding)


def test_a_file_of_plain_letters_gets_the_mark_by_which_excel_reads_others() -> None:
    done = edited_csv(OLD.encode(), placed(2, additions=(NEW,)), ",")
    assert done.startswith(b"\xef\xbb\xbf" + OLD.encode())


def test_separator_and_line_ends_are_the_files_own() -> None:
    old = OLD.replace(",", ";").replace("\r\n", "\n").rstrip("\n").encode()
    done = edited_csv(b"\xef\xbb\xbf" + old, placed(2, additions=(NEW,)), ";")
    assert done == b"\xef\xbb\xbf" + old + "\nK3;周, 宇;;yes\n".encode()


def test_what_begins_like_a_formula_is_guarded_and_what_stood_there_is_not() -> None:
    # K2's own text is somebody else's business; what comes from a form must not run in Excel
    old = b"\xef\xbb\xbf" + OLD.replace("K2,Bo,y", "K2,=Bo,y").encode()
    done = edited_csv(
        old, placed(2, changes={3: {"consent": True}}, additions=({**NEW, "name": "+cmd|x"},)), ","
    )
    assert done == b"\xef\xbb\xbf" + OLD.replace("K2,Bo,y", "K2,=Bo,y,yes").encode() + b"K3,'+cmd|x,,yes\r\n"


def test_only_the_changed_record_is_written_anew() -> None:
    mark = b"\xef\xbb\xbf"
    done = edited_csv(mark + OLD.encode(), placed(2, changes={3: {"consent": False}}), ",")
    assert done == mark + OLD.replace("K2,Bo,y", "K2,Bo,y,no").encode()


def test_a_new_column_comes_last_and_widens_every_record() -> None:
    mark = b"\xef\xbb\xbf"
    done = edited_csv(mark + OLD.encode(), placed(2, changes={2: {"phone": "013"}}), ",")
    lines = done.decode("utf-8-sig").split("\r\n")
    assert lines == ["id,name,mine,consent,phone", 'K1,"An ""A""",  x,yes,013', "K2,Bo,y,,", ""]


def test_records_of_several_lines_stay_whole() -> None:
    old = b'\xef\xbb\xbfid,name,mine,consent\nK1,An,"two\nlines",yes\nK2,Bo,,yes\n'
    done = edited_csv(old, placed(2, changes={3: {"name": "Bao"}}), ",")
    assert done == old.replace(b"Bo", b"Bao")


def test_a_table_that_is_not_there_yet() -> None:
    edit = TableEdit(Child, None, "en", additions=(NEW,))
    assert new_csv(place(edit)) == b"\xef\xbb\xbf" + 'id,name,consent\r\nK3,"周, 宇",yes\r\n'.encode()
