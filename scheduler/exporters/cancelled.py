"""Events that a calendar held before and holds no more: kept as cancelled, so that phones drop them too."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from scheduler.exporters.words import Words

KEPT = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS")
"""What stays of an event; what would have been done that day is void."""

LONGEST = 9
"""A number of more digits is none of ours."""


@dataclass(frozen=True)
class Cancelling:
    """What a cancelled event of a new edition says: its sequence, its stamp, and where its clock runs.

    `zone` is the clock the calendar states; empty where its moments are in universal time.
    """

    words: Words
    sequence: int
    stamp: str
    zone: str

    def events(self, before: bytes | None, still: Container[str]) -> Iterator[list[str]]:
        """The content lines of every event of an earlier calendar whose UID the new one does not hold.

        One that was cancelled before stays as it was. The first revision follows nothing that was
        published, so that rehearsals before it leave no trace.
        """
        if before is None or self.sequence < 1:
            return
        gone = {event["UID"]: event for event in _events(before) if event["UID"] not in still}
        found = filter(self._has_place, gone.values())
        for event in sorted(found, key=lambda event: (event["DTSTART"].rpartition(":")[2], event["UID"])):
            told = event if event["STATUS"] == "STATUS:CANCELLED" else self._cancelled(event)
            yield ["BEGIN:VEVENT", *(told[name] for name in KEPT if name in told), "END:VEVENT"]

    def _has_place(self, event: dict[str, str]) -> bool:
        """Whether its moments mean the same in the new calendar."""
        ends = (event["DTSTART"], event["DTEND"])
        return all(end.endswith("Z") or (self.zone and f";TZID={self.zone}:" in end) for end in ends)

    def _cancelled(self, event: dict[str, str]) -> dict[str, str]:
        title = event.get("SUMMARY", "").partition(":")[2]
        return {
            **event,
            "SEQUENCE": f"SEQUENCE:{max(self.sequence, _number(event.get('SEQUENCE', '')))}",
            "DTSTAMP": f"DTSTAMP:{self.stamp}",
            "SUMMARY": f"SUMMARY:{self.words('calendar.cancelled', title=title)}",
            "STATUS": "STATUS:CANCELLED",
        }


def _events(content: bytes) -> Iterator[dict[str, str]]:
    """The events of a calendar file of ours, by property; what somebody else put into it is passed over."""
    # git and some servers make bare line feeds of our line ends
    text = content.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\n ", "")
    event: dict[str, str] = {}
    for line in text.split("\n"):
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            whole = all(name in event for name in ("UID", "DTSTART", "DTEND", "STATUS"))
            if whole and event["UID"].endswith("@holiday-classes"):
                yield event
        else:
            name = line.partition(":")[0].partition(";")[0]
            event[name] = "".join(letter for letter in line if letter >= " ")


def _number(line: str) -> int:
    digits = line.partition(":")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST else 0
