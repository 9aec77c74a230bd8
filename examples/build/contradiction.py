"""`examples/contradiction`: four rows that cannot all hold; without any one of them a plan exists."""

from __future__ import annotations

from datetime import date

from rows import scenario, table, weekdays, write_folder

from scheduler.domain.scenario import Scenario


def season() -> Scenario:
    """Two promises made by hand, a brother and sister who must be together, and a class with one seat."""
    return scenario(
        {"season": "contradiction"},
        days=weekdays(date(2024, 7, 15), 1),
        shifts=table("id start end", ("AM", "08:30", "12:00"), ("PM", "13:30", "16:30")),
        periods=table(
            "id start end shift",
            ("P1", "09:00", "10:00", "AM"),
            ("P2", "10:30", "11:30", "AM"),
            ("P3", "14:00", "15:00", "PM"),
        ),
        venues=table(
            "id name mode latitude longitude",
            ("CLUB", "Workers' club", "joint", 39.90, 116.40),
            ("SCHOOL", "Street school", "community", 39.91, 116.41),
        ),
        classes=table(
            "id name venue min_age max_age capacity",
            ("larks", "Larks", "CLUB", 9, 12, 2),
            ("wrens", "Wrens", "CLUB", 6, 8, 1),
            ("geese", "Geese", "SCHOOL", 6, 12, 5),
        ),
        children=table(
            "id name birth_date family choices siblings",
            ("K1", "Lu Xin", "2014-04-04", "Lu", ("CLUB", "SCHOOL"), "must"),
            ("K2", "Lu Yan", "2017-05-05", "Lu", ("CLUB", "SCHOOL"), "must"),
            ("K3", "Ma Ning", "2016-06-06", None, ("CLUB",), None),
            ("K4", "Pan Rui", "2015-07-07", None, ("SCHOOL",), None),
            ("K5", "Qi Wen", "2013-08-08", None, ("CLUB", "SCHOOL"), None),
        ),
        staff=table(
            "id name kind roles cleared_until",
            ("T1", "Ms Ren", "teacher", ("homeroom",), "2025-01-01"),
            ("T2", "Mr Shi", "teacher", ("homeroom",), "2025-01-01"),
            ("T3", "Ms Teng", "teacher", ("homeroom",), "2025-01-01"),
        ),
        courses=table(
            "id name max_per_week teacher", ("games", "Games", 5, False), ("reading", "Reading", 5, False)
        ),
        needs=table("id role per_class strength", ("lead", "homeroom", 1, "must")),
        locks=table(
            "id kind child class_ week reason owner",
            ("L1", "place", "K1", "larks", "1", "she carries the flag at the opening", "Ms Ren"),
            ("L2", "place", "K3", "wrens", "1", "promised to the grandmother", "Mr Shi"),
        ),
    )


def write() -> None:
    """Write the example."""
    write_folder(season(), "contradiction")
