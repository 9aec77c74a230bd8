"""Names of folders made from ids: safe on every file system, readable, and never the same for two ids."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from unicodedata import normalize

_LONGEST = 40
# names that Windows keeps for devices, with or without an ending
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in "0123456789¹²³")]
)


def slugs(ids: Iterable[str]) -> dict[str, str]:
    """A folder name for each id; letters and digits of any script are kept."""
    return {id: slug(id) for id in ids}


def slug(id: str) -> str:
    """The folder name of an id: itself if it is safe, else what is safe of it and a digest of it.

    Ids that differ by case alone are refused by the readers, so that only changed ids need the digest.
    """
    letters = "".join(letter if letter.isalnum() else "-" for letter in normalize("NFC", id))
    short = "-".join(part for part in letters.split("-") if part)[:_LONGEST].rstrip("-")
    if short and short == id and short.casefold() not in _DEVICES:
        return short
    digest = sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{short}-{digest}" if short else digest
