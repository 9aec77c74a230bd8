"""`examples/tiny`: so small that every decision can be followed by hand (see its README)."""

from __future__ import annotations

from rows import scenario, table, write_folder

from scheduler.domain.scenario import Scenario


def season() -> Scenario:
    """Eight children, two venues, three classes, two weeks of three days."""
    return scenario(
        {"season": "tiny", "deadline": "2024-06-30 18:00", "travel_kmh": 20, "travel_fixed_minutes": 10},
        days=table(
            "date week",
            ("2024-07-15", "1"),
            ("2024-07-16", "1"),
            ("2024-07-17", "1"),
            ("2024-07-22", "2"),
            ("2024-07-23", "2"),
            ("2024-07-24", "2"),
        ),
        shifts=table("id start end", ("AM", "08:30", "12:00"), ("PM", "13:30", "16:30")),
        periods=table(
            "id start end shift kind",
            ("P1", "09:00", "09:50", "AM", "course"),
            ("P2", "10:10", "11:00", "AM", "course"),
            ("lunch", "11:00", "12:00", "AM", "care"),
            ("P3", "14:00", "14:50", "PM", "course"),
            ("pickup", "15:00", "16:30", "PM", "care"),
        ),
        # 2 km apart: 10 + 60 * 2 / 20 = 16 minutes, less than the 20 between P1 and P2
        venues=table(
            "id name mode operator latitude longitude capacity phone reserved_for",
            ("LIB", "Library", "community", "Street union", 39.900, 116.400, 4, "010-00000001", ()),
            (
                "MILL",
                "Paper mill",
                "employer",
                "Paper mill",
                39.918,
                116.400,
                3,
                "010-00000002",
                ("Paper mill",),
            ),
        ),
        rooms=table(
            "id venue name capacity features",
            ("LIB-R1", "LIB", "Reading room", 10, ()),
            ("LIB-R2", "LIB", "Hall", 10, ("stage",)),
            ("MILL-R1", "MILL", "Canteen", 12, ("stage",)),
        ),
        classes=table(
            "id name venue room min_age max_age capacity",
            ("ants", "Ants", "LIB", "LIB-R1", 6, 8, 2),
            ("bees", "Bees", "LIB", "LIB-R2", 9, 12, 2),
            ("cranes", "Cranes", "MILL", "MILL-R1", 6, 12, 3),
        ),
        priorities=table(
            "id name rank",
            ("hardship", "Hardship", 1),
            ("migrant", "Migrant worker", 2),
            ("other", "Other", 3),
        ),
        children=_children(),
        courses=table(
            "id name min_per_week max_per_week room_feature kits teacher energy",
            ("opera", "Opera", 1, 2, "stage", None, True, "active"),
            ("paper", "Paper cutting", 1, 2, None, 1, True, "quiet"),
            ("ball", "Ball games", 1, 3, None, None, False, "active"),
        ),
        # one bus, and a bus serves one venue: the library goes on one Wednesday, the mill on the other
        trips=table(
            "id name destination dates shifts buses seats_per_bus children_per_adult",
            ("museum", "Science museum", "Science museum", ("2024-07-17", "2024-07-24"), ("AM",), 1, 12, 4),
        ),
        staff=_staff(),
        availability=table(
            "person from_ to shifts status",
            ("T3", "2024-07-16", "2024-07-16", ("PM",), "no"),
            ("W1", "2024-07-15", "2024-07-24", ("AM",), "yes"),
            ("W2", "2024-07-15", "2024-07-24", ("AM",), "prefer"),
        ),
        needs=table(
            "id role setting shifts max_age per_class strength",
            ("lead", "homeroom", "class", (), None, 1, "must"),
            ("helper", "volunteer", "class", ("AM",), 8, 1, "soft"),
            ("trip_lead", "homeroom", "trip", (), None, 1, "must"),
        ),
    )


def _children() -> list[dict[str, object]]:
    common = {"guardian": "a parent", "phone": "13800000000", "employer": ("Hospital",)}
    library, mill, both = ("LIB",), ("MILL",), ("LIB", "MILL")
    rows = table(
        "id name gender birth_date family priority weeks choices siblings friends submitted_at",
        # bound by must: both at one venue, and they stand where the better of them stands
        ("K1", "An Lin", "girl", "2017-02-01", "An", "hardship", (), library, "must", (), "2024-06-03 09:00"),
        ("K2", "An Jia", "boy", "2014-09-10", "An", "other", (), library, "must", (), "2024-06-03 09:00"),
        ("K3", "Bai He", "girl", "2016-01-20", None, "migrant", (), both, None, (), "2024-06-10 10:00"),
        # late, so last in its rank: waits in week 1, gets the seat K7 leaves in week 2
        ("K4", "Chen Mo", "boy", "2018-03-15", None, "other", (), both, None, (), "2024-07-02 08:00"),
        ("K5", "Deng Yu", "girl", "2014-01-05", None, "other", (), both, None, ("K8",), "2024-06-11 12:00"),
        ("K6", "Fan Shu", "boy", "2013-05-30", None, "migrant", (), library, None, (), "2024-06-12 15:30"),
        ("K7", "Gao Xing", "boy", "2015-08-08", None, "other", ("1",), mill, None, (), "2024-06-13 11:00"),
        ("K8", "Hu Die", "girl", "2015-11-11", None, "other", (), mill, None, ("K5",), "2024-06-14 17:00"),
    )  # fmt: skip
    own = {
        "K3": {"interests": ("paper",), "allergies": "peanuts"},
        "K5": {"interests": ("opera",)},
        "K7": {"employer": ("Paper mill",)},
    }
    return [{**common, **row, **own.get(row["id"], {})} for row in rows]


def _staff() -> list[dict[str, object]]:
    return table(
        "id name kind roles courses venues cleared_until volunteer_type",
        ("T1", "Ms Tang", "teacher", ("homeroom",), (), ("LIB",), "2025-01-01", None),
        ("T2", "Mr Tian", "teacher", ("homeroom",), (), ("LIB",), "2025-01-01", None),
        ("T3", "Ms Tao", "teacher", ("homeroom",), (), ("MILL",), "2025-01-01", None),
        ("S1", "Mr Song", "teacher", ("specialist",), ("opera", "paper"), (), "2025-01-01", None),
        ("W1", "Ms Wei", "volunteer", ("volunteer",), (), ("LIB",), "2025-01-01", "student"),
        ("W2", "Mr Wu", "volunteer", ("volunteer",), (), ("MILL",), "2025-01-01", "community"),
    )


def write() -> None:
    """Write the example."""
    write_folder(season(), "tiny")
