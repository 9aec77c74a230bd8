"""The draw: one number per child and season that anyone can repeat."""

from __future__ import annotations

from hashlib import sha256
from typing import Protocol

LINE_DIGITS = 32
"""Hexadecimal digits of a line: 128 bits, so that no two children share one and nobody finds a second."""

PERSONAL_DIGITS = 11
"""So many digits in an id may be a mobile number or a number of an identity card."""


class Enrolled(Protocol):
    """What of a child says whether its id gives it away."""

    @property
    def id(self) -> str:
        """The child's id."""

    @property
    def name(self) -> str:
        """The child's name."""


def draw(lottery_seed: str, season: str, child: str) -> str:
    """SHA-256 of `lottery_seed|season|id` as 64 hexadecimal digits; lowest stands first."""
    return sha256(f"{lottery_seed}|{season}|{child}".encode()).hexdigest()


def line(number: str, season: str, child: str) -> str:
    """The child's line in sealed and published lists: SHA-256 of `number|season|id`, its first 32 digits.

    `number` is secret, 128 bits, known to the family alone: a plain digest of season and id would let anybody
    find a child by trying ids, which are short.
    """
    return sha256(f"{number}|{season}|{child}".encode()).hexdigest()[:LINE_DIGITS]


def gives_away(child: Enrolled) -> bool:
    """Whether an id points at a person: it holds the child's name, or so many digits as a telephone or an
    identity card has. A published draw lets whoever knows an id find its line, so such ids are not drawn in
    public."""
    id, name = child.id.casefold(), child.name.casefold().strip()
    return (len(name) > 1 and name in id) or sum(letter.isdigit() for letter in id) >= PERSONAL_DIGITS
