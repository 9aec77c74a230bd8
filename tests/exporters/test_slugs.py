"""Folder names made from ids."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.exporters.slugs import slug, slugs


def test_plain_ids_are_their_own_names() -> None:
    assert slugs(["V1", "museum-2", "汽车博物馆"]) == {
        "V1": "V1",
        "museum-2": "museum-2",
        "汽车博物馆": "汽车博物馆",
    }


def test_dangerous_ids_become_safe_names_that_still_differ() -> None:
    ids = [
        "../../etc",
        "etc",
        "CON",
        "con",
        "a/b",
        "a\\b",
        "a b",
        "",
        ".",
        "..",
        "nul",
        "x" * 300,
        "x" * 301,
        "a\n",
    ]
    names = slugs(ids)
    assert len({name.casefold() for name in names.values()}) == len(ids)
    assert names["CON"].casefold() != "con"


@given(st.text(max_size=400))
def test_a_name_is_one_short_safe_component(id: str) -> None:
    name = slug(id)
    assert 0 < len(name) <= 49
    assert all(letter.isalnum() or letter == "-" for letter in name)
    assert len(name.encode("utf-8", "surrogatepass")) <= 255
