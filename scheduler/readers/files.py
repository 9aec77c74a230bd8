"""What kind of file an input really is, whatever its name says, and the limits a workbook must keep."""

from __future__ import annotations

import re
import zipfile
import zlib
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from scheduler.domain.problems import Problem

MOST_BYTES = 600 * 2**20
"""Most bytes a workbook may unpack to; 120,000 children take about 100 MB."""

MOST_BYTES_IN_MEMORY = 150 * 2**20
"""Most bytes of a part that is read whole, such as the shared strings."""

MOST_RATIO = 150
"""Tighter packing than this, from `RATIO_FROM` bytes on, is a bomb and no list of names."""

RATIO_FROM = 50 * 2**20

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_DOCTYPE = re.compile(
    rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)"
)


class FileKind(StrEnum):
    """What the bytes of a file are."""

    WORKBOOK = "workbook"
    OLD_WORKBOOK = "old workbook"
    TEXT = "text"
    EMPTY = "file_empty"
    ENCRYPTED = "file_encrypted"
    HTML = "file_html"
    TRUNCATED = "file_truncated"
    OTHER = "file_unknown"


def kind_of(path: Path) -> FileKind:
    """The kind of a file, by its content."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        return FileKind.EMPTY
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml")):
        return FileKind.HTML
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_utf16 or (path.suffix.lower() in (".csv", ".txt", ".tsv")) or _is_text(head):
        return FileKind.TEXT
    return FileKind.OTHER


def problem_of(path: Path, kind: FileKind) -> Problem | None:
    """Why a file of this kind cannot be read, if it cannot."""
    if kind in (FileKind.WORKBOOK, FileKind.OLD_WORKBOOK, FileKind.TEXT):
        return None
    return Problem(kind.value, file=path.name)


def missing(path: Path) -> Problem:
    """The problem of a path that is not there, with similar names beside it."""
    names = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    near = get_close_matches(path.name, names, n=3, cutoff=0.5)
    if near:
        return Problem("file_missing_near", file=path.name, parameters={"near": ", ".join(near)})
    return Problem("file_missing", file=path.name)


def unsafe(path: Path) -> Problem | None:
    """Why a workbook must not be opened: it unpacks to too much, or defines entities; else None."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        packed = sum(part.compress_size for part in parts) or 1
        unpacked = sum(part.file_size for part in parts)
        whole = [p.file_size for p in parts if not p.filename.startswith("xl/worksheets/")]
        tight = unpacked > RATIO_FROM and unpacked / packed > MOST_RATIO
        if tight or unpacked > MOST_BYTES or max(whole, default=0) > MOST_BYTES_IN_MEMORY:
            return Problem("file_bomb", file=path.name, parameters={"megabytes": unpacked // 2**20})
        for part in parts:
            if part.flag_bits & 1:
                return Problem(FileKind.ENCRYPTED.value, file=path.name)
            if part.filename.endswith((".xml", ".rels")) and _defines_entities(archive, part):
                return Problem("file_entities", file=path.name, parameters={"part": part.filename})
    return None


def _defines_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(part) as file:
        while chunk := file.read(2**20):
            if _DOCTYPE.search(tail + chunk):
                return True
            tail = chunk[-32:]
    return False


def _kind_of_ole(path: Path) -> FileKind:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return FileKind.ENCRYPTED
    is_excel = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
    return FileKind.OLD_WORKBOOK if is_excel else FileKind.OTHER


def _kind_of_zip(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            is_ods = "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return FileKind.TRUNCATED
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    if is_ods or "xl/workbook.bin" in names:
        return FileKind.OLD_WORKBOOK
    # writers may put the parts elsewhere; the relations name them
    return FileKind.WORKBOOK if any(n.endswith("workbook.xml") for n in names) else FileKind.OTHER


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the last character may be cut in two
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
