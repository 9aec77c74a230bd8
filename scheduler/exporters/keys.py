"""The season key, and the page names made from it: not to be guessed, and the same all season."""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Literal

from scheduler.exporters.errors import OutputError

KEY_BYTES = 32

Kind = Literal["child", "person", "draw"]
"""What a secret name is for: the same id has another for each."""


def load_key(path: Path) -> bytes:
    """The season key in a file that only its owner may read; made at the first call.

    Raises OutputError where the file cannot be made, or holds something else.
    """
    try:
        return _made(path) if not path.exists() else _read(path)
    except FileExistsError:  # another run was quicker
        return _read(path)
    except OSError as error:
        raise OutputError.of(error, path) from error


def token(key: bytes, season: str, kind: Kind, id: str) -> str:
    """The page name of a child or person, or a child's number in the draw: 128 bits of HMAC-SHA256 as 26
    letters and digits."""
    digest = hmac.new(key, f"{season}|{kind}|{id}".encode(), sha256).digest()
    return b32encode(digest[:16]).decode("ascii").rstrip("=").lower()


def tokens(key: bytes, season: str, kind: Kind, ids: Iterable[str]) -> dict[str, str]:
    """The same of several children or people, by id."""
    return {id: token(key, season, kind, id) for id in ids}


def copy_key(path: Path, to: Path) -> None:
    """Lay a season's key beside a copy of its input too, unless a key is there already."""
    if to.exists():
        return
    try:
        _write(to, _read(path))
    except OSError as error:
        raise OutputError.of(error, to) from error


def _made(path: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    _write(path, key)
    return key


def _write(path: Path, key: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise OutputError("export.error.key_is_folder", path=str(path))
    path.chmod(0o600)  # a copied key may have become readable to others
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise OutputError("export.error.bad_key", path=str(path))
    return key
