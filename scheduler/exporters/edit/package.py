"""The parts of a workbook's package: which one is a sheet, and the package written again with some new."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from defusedxml.ElementTree import fromstring

from scheduler.exporters.edit.sheet_xml import UnknownShape

WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@dataclass(frozen=True)
class Package:
    """A workbook's parts by name, and what binds them."""

    parts: Mapping[str, bytes]
    infos: tuple[zipfile.ZipInfo, ...]
    workbook: str
    sheets: tuple[tuple[str, str], ...]
    """(name, part) of each sheet, in the workbook's order; the part is '' for a sheet of charts."""
    is_1904: bool

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind (the last word of the relation's type) that a part refers to."""
        return [target for _, found, target in _relations(self.parts, part) if found == kind]


def package(content: bytes) -> Package:
    """The package of a workbook's bytes. Raises UnknownShape where it holds together otherwise."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = tuple(archive.infolist())
        parts = {info.filename: archive.read(info) for info in infos}
    workbook = next((t for _, kind, t in _relations(parts, "") if kind == "officeDocument"), "")
    if workbook not in parts:
        raise UnknownShape
    root = fromstring(parts[workbook])
    targets = {id: target for id, _, target in _relations(parts, workbook)}
    sheets = [
        (
            element.get("name", ""),
            next((targets.get(v, "") for k, v in element.items() if _local(k) == "id"), ""),
        )
        for element in root.iter()
        if _local(element.tag) == "sheet"
    ]
    is_1904 = any(
        element.get("date1904") in ("1", "true")
        for element in root.iter()
        if _local(element.tag) == "workbookPr"
    )
    return Package(parts, infos, workbook, tuple(sheets), is_1904)


def packed(old: Package, changed: Mapping[str, bytes]) -> bytes:
    """The package with some parts changed or added; every other part with the bytes and the date it had."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in old.infos:
            archive.writestr(info, changed.get(info.filename, old.parts[info.filename]), info.compress_type)
        for name, content in changed.items():
            if name not in old.parts:
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relations_of(part: str) -> str:
    """The part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(parts: Mapping[str, bytes], part: str) -> list[tuple[str, str, str]]:
    """(id, kind, target part) of each relation of a part ('' for the package)."""
    held = parts.get(relations_of(part))
    if held is None:
        return []
    folder = posixpath.dirname(part)
    found = []
    for element in fromstring(held):
        target = element.get("Target", "")
        whole = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        found.append((element.get("Id", ""), element.get("Type", "").rpartition("/")[2], whole))
    return found


def _local(tag: Any) -> str:  # noqa: ANN401 - a comment's tag is no text
    return str(tag).rpartition("}")[2]
