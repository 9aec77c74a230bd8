"""The order of names in a list that somebody reads out: by pinyin, Latin letters by alphabet."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

# surnames whose reading differs from the character's usual one
_SURNAMES = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "朴": "piao",
    "翟": "zhai",
    "盖": "ge",
    "缪": "miao",
    "冼": "xian",
    "覃": "qin",
    "乐": "yue",
    "员": "yun",
    "黑": "he",
    "秘": "bi",
    "种": "chong",
    "逄": "pang",
    "召": "shao",
    "祭": "zhai",
    "繁": "po",
    "折": "she",
}


@cache
def name_order(name: str) -> tuple[str, ...]:
    """A key that sorts names as a register does."""
    from pypinyin import lazy_pinyin  # a big table, loaded only where names are sorted

    plain = normalize("NFKC", name).strip().casefold()
    surname = next((one for one in _SURNAMES if plain.startswith(one)), "")
    first = _SURNAMES[surname].split() if surname else []
    return (*first, *lazy_pinyin(plain[len(surname) :]), plain)
