"""Files are written whole or not at all, beside what people keep in the same folder."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.exporters import OutputError, Written, files

NEW = {
    "private/plan.json": b"{}",
    "private/coordinator/overview.xlsx": b"book 1",
    "publish/index.html": b"page",
    "publish/families/aaa.html": b"a",
    "publish/families/bbb.html": b"b",
}


def write(contents: dict[str, bytes], folder: Path) -> Written:
    return files.write(contents.items(), folder)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_new_folder_holds_just_the_files_and_their_record(tmp_path: Path) -> None:
    written = write(NEW, tmp_path / "a" / "out")
    assert tree(tmp_path / "a" / "out") == NEW
    assert written.renamed == {}
    record = json.loads((tmp_path / "a" / "out" / "private/manifest.json").read_text())
    assert set(record) == set(NEW)
    assert set(written.paths) == {tmp_path / "a" / "out" / p for p in [*NEW, "private/manifest.json"]}


def test_private_files_are_their_owners_alone(tmp_path: Path) -> None:
    write(NEW, tmp_path)
    assert (tmp_path / "private").stat().st_mode & 0o077 == 0
    assert (tmp_path / "private/plan.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "publish/index.html").stat().st_mode & 0o777 == 0o644


def test_pages_of_an_earlier_run_go_and_other_peoples_files_stay(tmp_path: Path) -> None:
    write(NEW, tmp_path)
    (tmp_path / "publish/logo.svg").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "private/coordinator/notes.docx").write_text("mine")
    later = {path: b"new" for path in NEW if "bbb" not in path}
    write(later, tmp_path)
    mine = dict.fromkeys(("publish/logo.svg", "notes.txt", "private/coordinator/notes.docx"), b"mine")
    assert tree(tmp_path) == {**later, **mine}


def test_pages_that_no_record_names_stay(tmp_path: Path) -> None:
    (tmp_path / "publish").mkdir()
    (tmp_path / "publish/other.html").write_text("somebody's")
    write(NEW, tmp_path)
    assert tree(tmp_path)["publish/other.html"] == b"somebody's"


def test_kinds_that_are_not_written_this_time_stay(tmp_path: Path) -> None:
    """`--only html` renews the pages and leaves the workbooks, which stay on record."""
    write(NEW, tmp_path)
    write({path: b"2" for path in NEW if not path.endswith("xlsx")}, tmp_path)
    assert tree(tmp_path)["private/coordinator/overview.xlsx"] == b"book 1"
    assert write({**NEW, "private/coordinator/overview.xlsx": b"book 3"}, tmp_path).renamed == {}
    assert tree(tmp_path)["private/coordinator/overview.xlsx"] == b"book 3"


def test_a_workbook_edited_by_hand_is_kept_and_the_new_one_gets_a_new_name(tmp_path: Path) -> None:
    book = "private/coordinator/overview.xlsx"
    write(NEW, tmp_path)
    (tmp_path / book).write_bytes(b"edited")
    second = "private/coordinator/overview (2).xlsx"

    written = write({**NEW, book: b"book 2"}, tmp_path)
    assert written.renamed == {tmp_path / book: tmp_path / second}
    assert (tree(tmp_path)[book], tree(tmp_path)[second]) == (b"edited", b"book 2")

    # the second is our own and may be renewed; once it is edited too, there is a third
    write({**NEW, book: b"book 3"}, tmp_path)
    assert tree(tmp_path)[second] == b"book 3"
    (tmp_path / second).write_bytes(b"edited too")
    written = write({**NEW, book: b"book 4"}, tmp_path)
    assert written.renamed == {tmp_path / book: tmp_path / "private/coordinator/overview (3).xlsx"}
    assert tree(tmp_path)[second] == b"edited too"


def test_an_edited_workbook_that_is_no_longer_wanted_stays(tmp_path: Path) -> None:
    roster = "private/venues/V1/roster.xlsx"
    write({**NEW, roster: b"roster"}, tmp_path)
    (tmp_path / roster).write_bytes(b"edited")
    write(NEW, tmp_path)
    assert tree(tmp_path)[roster] == b"edited"


def test_a_workbook_that_no_record_names_is_not_overwritten(tmp_path: Path) -> None:
    book = tmp_path / "private/coordinator/overview.xlsx"
    book.parent.mkdir(parents=True)
    book.write_bytes(b"somebody's")
    assert write(NEW, tmp_path).renamed
    assert book.read_bytes() == b"somebody's"


def test_an_output_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("keep")
    with pytest.raises(OutputError) as caught:
        write(NEW, tmp_path / "out")
    assert caught.value.message == "export.error.is_file"
    with pytest.raises(OutputError):
        write(NEW, tmp_path / "out" / "below")
    assert (tmp_path / "out").read_text() == "keep"


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "a\\b", "private/manifest.json"])
def test_paths_out_of_the_folder_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        write({"publish/index.html": b"page", path: b""}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_where_the_writing_fails_only_folders_made_for_it_go_again(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, bytes]]:
        yield "publish/index.html", b"page"
        raise KeyError

    (tmp_path / "there").mkdir()
    for folder in ("there", "there/a/out", "new/out"):
        with pytest.raises(KeyError):
            files.write(broken(), tmp_path / folder)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert not list((tmp_path / "there").iterdir())


def test_a_full_disk_leaves_the_old_output_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(NEW, tmp_path)
    before = tree(tmp_path)
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as caught:
        write(dict.fromkeys(NEW, b"new"), tmp_path)
    assert caught.value.message == "export.error.disk_full"
    assert tree(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {"private", "publish"}


def test_where_a_folder_cannot_be_swapped_each_file_is_replaced(tmp_path: Path) -> None:
    """Somebody linked `publish` into a web server's folder: the link stays, its files are renewed."""
    web = tmp_path / "web"
    web.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "publish").symlink_to(web)
    write(NEW, out)
    write({path: b"new" for path in NEW if "bbb" not in path}, out)
    assert (out / "publish").is_symlink()
    assert tree(web) == {"index.html": b"new", "families/aaa.html": b"new"}
    assert (out / "private/plan.json").read_bytes() == b"new"


def test_a_failed_swap_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(NEW, tmp_path)
    later = dict.fromkeys(NEW, b"new")
    swap = files._swap

    def stuck(directory: Path, staging: Path, top: str) -> None:
        if top == "private":
            raise PermissionError(13, "in use")
        swap(directory, staging, top)

    monkeypatch.setattr(files, "_swap", stuck)
    write(later, tmp_path)  # falls back to file by file
    assert tree(tmp_path) == later


def test_an_interrupt_in_the_middle_leaves_the_old_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(NEW, tmp_path)
    before = tree(tmp_path)
    rename, calls = Path.rename, []

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == 4:  # `publish` is swapped, the old `private` is out and the new one not yet in
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(dict.fromkeys(NEW, b"new"), tmp_path)
    assert tree(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {"private", "publish"}


def test_what_a_killed_run_left_is_put_back(tmp_path: Path) -> None:
    write(NEW, tmp_path)
    left = tmp_path / ".holiday-classes-output-dead"
    (left / "old").mkdir(parents=True)
    (tmp_path / "private").rename(left / "old" / "private")  # killed between the two renames
    (tmp_path / "publish/families/ccc.html").write_text("unrecorded")
    write({path: b"2" for path in NEW if "bbb" not in path}, tmp_path)
    assert not left.exists()
    assert "publish/families/bbb.html" not in tree(tmp_path)  # the record was put back and read


def test_a_damaged_record_is_no_reason_to_stop(tmp_path: Path) -> None:
    write(NEW, tmp_path)
    (tmp_path / "private/manifest.json").write_text("[")
    write(dict.fromkeys(NEW, b"2"), tmp_path)
    assert tree(tmp_path)["publish/index.html"] == b"2"
    # without a record nobody can tell whether the workbook was edited
    assert tree(tmp_path)["private/coordinator/overview.xlsx"] == b"book 1"


def test_a_record_cannot_have_files_elsewhere_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(NEW, out)
    (tmp_path / "victim.html").write_text("keep")
    record = {"../victim.html": "0", str(tmp_path / "victim.html"): "0", **dict.fromkeys(NEW, "0")}
    (out / "private/manifest.json").write_text(json.dumps(record))
    write(NEW, out)
    assert (tmp_path / "victim.html").read_text() == "keep"


def test_files_are_written_as_they_come_and_none_stays_where_one_cannot_be_made(tmp_path: Path) -> None:
    write(NEW, tmp_path)

    def made() -> Iterator[tuple[str, bytes]]:
        yield "publish/index.html", b"new page"
        (staging,) = tmp_path.glob(".holiday-classes-*")
        assert (staging / "new/publish/index.html").read_bytes() == b"new page"
        raise KeyError("no such sentence")

    with pytest.raises(KeyError):
        files.write(made(), tmp_path)
    assert tree(tmp_path) == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["private", "publish"]
