"""Which row of another table a cell means."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.problems import Problem
from scheduler.readers import read_scenario
from scheduler.readers.references import MOST_SEARCHES
from tests.readers.on_disk import Cells, cells, changed, folder, ids, problems_of, tables, workbook


def one(problems: list[Problem]) -> Problem:
    """The only problem."""
    (problem,) = problems
    return problem


@pytest.mark.parametrize("text", ["V1", "v1", "Ｖ１", "North", "north "])
def test_a_reference_is_an_id_or_a_unique_name(tmp_path: Path, text: str) -> None:
    scenario = read_scenario(folder(tmp_path / "s", changed("classes", 2, "venue", text))).scenario
    assert scenario is not None
    assert scenario.class_["C1"].venue == "V1"


def test_a_name_that_is_not_unique_is_refused_with_the_ids(tmp_path: Path) -> None:
    season = changed("venues", 3, "name", "North")
    season["rooms"][1][1] = "North"
    found = one(problems_of(folder(tmp_path / "s", season)))
    assert (found.id, found.parameters["ids"]) == ("reference_ambiguous", "V1, V2")


def test_an_unknown_reference_is_told_with_the_nearest(tmp_path: Path) -> None:
    found = one(problems_of(folder(tmp_path / "s", changed("classes", 2, "venue", "Nroth"))))
    assert (found.id, found.value, found.parameters["near"]) == ("reference_unknown_near", "Nroth", "V1")


def test_weeks_are_the_weeks_of_the_days(tmp_path: Path) -> None:
    found = one(problems_of(folder(tmp_path / "s", changed("children", 2, "weeks", "1; 9"))))
    assert (found.id, found.value, found.parameters["known"]) == ("reference_unknown", "9", "1")


def test_every_unknown_reference_of_a_list_is_told(tmp_path: Path) -> None:
    found = problems_of(folder(tmp_path / "s", changed("children", 2, "friends", "b; x1; y2")))
    assert [p.value for p in found] == ["x1", "y2"]


def test_the_search_for_near_matches_ends(tmp_path: Path) -> None:
    # each search takes its time: the first MOST_SEARCHES unknown references are told with the nearest row
    names = [f"child {i:04}" for i in range(MOST_SEARCHES + 40)]
    more: Cells = [[name, name, "2016-01-01", "V11", None, "yes"] for name in names]
    rows = [*cells("children"), *more]
    found = ids(problems_of(folder(tmp_path / "s", tables(children=rows))))
    assert found.count("reference_unknown_near") == MOST_SEARCHES
    assert found.count("reference_unknown") == 40


def test_of_several_that_are_as_near_none_is_suggested(tmp_path: Path) -> None:
    found = one(problems_of(folder(tmp_path / "s", changed("children", 2, "choices", "V9"))))
    assert (found.id, found.value) == ("reference_unknown", "V9")  # V1 or V2? nobody knows


def test_a_reference_to_a_table_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    season = dict(changed("children", 2, "priority", "first"))
    season.pop("priorities", None)
    found = problems_of(workbook(tmp_path / "s.xlsx", season))
    assert "reference_to_nothing" in ids(list(found))
