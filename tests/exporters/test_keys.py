"""The season key and the page names made from it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from scheduler.exporters import OutputError, load_key
from scheduler.exporters.keys import Kind, copy_key, token


def test_a_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx.key"
    key = load_key(path)
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert load_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(tmp_path / "other.key") != key


@pytest.mark.parametrize("content", [b"", b"secret", b"00" * 16, b"\xff\xfe"])
def test_a_damaged_key_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "k"
    path.write_bytes(content)
    with pytest.raises(OutputError) as caught:
        load_key(path)
    assert caught.value.message == "export.error.bad_key"
    assert path.read_bytes() == content


def test_a_key_that_cannot_be_made_names_its_path(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        load_key(tmp_path / "nowhere" / "k")
    assert "nowhere" in str(caught.value.parameters["path"])
    with pytest.raises(OutputError) as caught:
        load_key(tmp_path)
    assert caught.value.message == "export.error.key_is_folder"


def test_a_file_where_a_folder_is_wanted_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(FileExistsError) as caught:
        (tmp_path / "out").mkdir()
    assert OutputError.of(caught.value, tmp_path).message == "export.error.is_file"


def test_page_names_are_stable_and_differ_by_key_season_kind_and_id() -> None:
    key = bytes(32)
    # by hand: HMAC-SHA256 of "2016|child|K1" under 32 zero bytes, its first 16 bytes in base32
    name = token(key, "2016", "child", "K1")
    assert re.fullmatch(r"[a-z2-7]{26}", name)
    assert name == token(key, "2016", "child", "K1")
    others = [
        token(bytes(31) + b"1", "2016", "child", "K1"),
        token(key, "2017", "child", "K1"),
        token(key, "2016", "person", "K1"),
        token(key, "2016", "child", "K2"),
    ]
    assert len({name, *others}) == 5


def test_a_copied_key_is_its_owners_alone_and_never_replaces_one(tmp_path: Path) -> None:
    old, new = tmp_path / "a.key", tmp_path / "b.key"
    key = load_key(old)
    copy_key(old, new)
    assert load_key(new) == key
    assert new.stat().st_mode & 0o777 == 0o600
    other = load_key(tmp_path / "c.key")
    copy_key(old, tmp_path / "c.key")
    assert load_key(tmp_path / "c.key") == other


def test_a_number_in_the_draw_is_no_page_name() -> None:
    names = {token(b"k", "s", kind, "K1") for kind in get_args(Kind)}
    assert len(names) == 3
