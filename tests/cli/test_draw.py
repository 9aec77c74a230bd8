"""`draw commit` and `draw reveal`: a list sealed before its seed is known."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.program import changed, copied, files_in, run


@pytest.fixture
def season(tmp_path: Path) -> Path:
    return copied("tiny", tmp_path)


@pytest.fixture
def seal(season: Path) -> Path:
    path = season.parent / "sealed.json"
    done = run("draw", "commit", season, "-o", path)
    assert done.code == 0, done.err
    assert hashlib.sha256(path.read_bytes()).hexdigest() in done.text
    return path


def test_a_seal_counts_the_children_and_names_nobody(seal: Path, season: Path) -> None:
    found = json.loads(seal.read_bytes())
    assert found["children"] == len(found["lines"]) == 8
    assert found["lines"] == sorted(found["lines"])
    text = seal.read_text("utf-8")
    assert "An Lin" not in text
    assert '"K1"' not in text
    # nobody finds a child by trying ids: without the family's number the line is another one
    assert hashlib.sha256(b"tiny|K1").hexdigest()[:32] not in text
    assert {"zh", "en"} == set(found["rule"])


def test_a_seal_is_never_overwritten(seal: Path, season: Path) -> None:
    before = seal.read_bytes()
    done = run("draw", "commit", season, "-o", seal, "--lang", "en")
    assert done.code == 1
    assert b"not overwritten" in done.err
    assert seal.read_bytes() == before


def test_a_seed_is_revealed_once_and_the_input_stays(seal: Path, season: Path) -> None:
    sealed, tables = seal.read_bytes(), files_in(season)
    done = run("draw", "reveal", season, "--seal", seal, "--seed", " 0123 ", "--lang", "en")
    assert done.code == 0, done.err
    assert "lottery_seed with the value 0123" in done.text
    record = json.loads((seal.parent / "sealed-revealed.json").read_bytes())
    assert record["lottery_seed"] == "0123"
    assert record["seal_sha256"] == hashlib.sha256(sealed).hexdigest()
    assert (seal.read_bytes(), files_in(season)) == (sealed, tables)
    again = run("draw", "reveal", season, "--seal", seal, "--seed", "0123")
    assert again.code == 0
    other = run("draw", "reveal", season, "--seal", seal, "--seed", "124", "--lang", "zh")
    assert other.code == 1
    assert "只开签一次" in other.err.decode()


@pytest.mark.parametrize("name", ["seeded", "seeded.xlsx"])
def test_a_copy_with_the_seed_fits_the_same_seal(seal: Path, season: Path, name: str) -> None:
    copy = season.parent / name
    done = run("draw", "reveal", season, "--seal", seal, "--seed", "0123", "-o", copy, "--lang", "en")
    assert done.code == 0, done.err
    again = run("draw", "reveal", copy, "--seal", seal, "--seed", "0123", "--lang", "en")
    assert again.code == 0, again.err
    assert "name this seed already" in again.text
    assert b"other parts" not in again.err  # nothing but the seed has changed
    assert copy.with_name(f"{copy.name}.key").stat().st_mode & 0o077 == 0


def test_a_chinese_workbook_takes_the_seed_in_its_own_row(season: Path) -> None:
    book = season.parent / "book.xlsx"
    assert run("new", book, "--example", "tiny", "--lang", "zh").code == 0
    seal = season.parent / "seal.json"
    assert run("draw", "commit", book, "-o", seal).code == 0
    copy = season.parent / "copy.xlsx"
    done = run("draw", "reveal", book, "--seal", seal, "--seed", "88", "-o", copy)
    assert done.code == 0, done.err
    again = run("draw", "reveal", copy, "--seal", seal, "--seed", "88", "--lang", "en")
    assert "name this seed already" in again.text


def test_a_changed_list_is_refused_and_told_by_counts(seal: Path, season: Path) -> None:
    changed(season, "children", {"K4": {"status": "withdrawn"}, "K5": {"choices": "MILL"}})
    changed(season, "classes", {"ants": {"capacity": "5"}})
    for language, words in (
        ("en", ("children: rows as before (8)", "classes: rows as before (3)", "processed no more: 1")),
        ("zh", ("儿童：行数未变（8 行）", "班级：行数未变（3 行）", "不再参加的儿童：1 名")),
    ):
        done = run("draw", "reveal", season, "--seal", seal, "--seed", "1", "--lang", language)
        assert done.code == 1
        assert [word for word in words if word not in done.err.decode()] == []
        assert b"K4" not in done.err
    assert not (seal.parent / "sealed-revealed.json").exists()


def test_a_corrected_telephone_number_is_no_other_list(seal: Path, season: Path) -> None:
    changed(season, "children", {"K4": {"phone": "13911111111"}})
    done = run("draw", "reveal", season, "--seal", seal, "--seed", "1", "--lang", "en")
    assert done.code == 0
    assert b"decide no standing" in done.err


def test_without_the_old_key_it_is_said_so(seal: Path, season: Path) -> None:
    season.with_name("tiny.key").unlink()
    done = run("draw", "reveal", season, "--seal", seal, "--seed", "1", "--lang", "en")
    assert done.code == 1
    assert b"Bring the old key file back" in done.err
    assert not season.with_name("tiny.key").exists()


def test_what_is_no_seal_is_bad_input(season: Path) -> None:
    for name, text in (("missing.json", None), ("empty.json", ""), ("other.json", '{"format": 1}')):
        path = season.parent / name
        if text is not None:
            path.write_text(text)
        assert run("draw", "reveal", season, "--seal", path, "--seed", "1").code == 3


def test_ids_that_point_at_a_person_are_not_sealed(season: Path) -> None:
    changed(season, "children", {"K4": {"name": "K4"}})
    done = run("draw", "commit", season, "-o", season.parent / "s.json", "--lang", "en")
    assert done.code == 1
    assert b"another id" in done.err
    assert not (season.parent / "s.json").exists()
