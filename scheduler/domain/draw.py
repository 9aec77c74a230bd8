"""The draw: one number per child and season that anyone can repeat."""

from __future__ import annotations

from hashlib import sha256


def draw(lottery_seed: str, season: str, child: str) -> str:
    """SHA-256 of `lottery_seed|season|id` as 64 hexadecimal digits; lowest stands first."""
    return sha256(f"{lottery_seed}|{season}|{child}".encode()).hexdigest()
