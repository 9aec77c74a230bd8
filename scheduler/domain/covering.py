"""What an absence leaves open, who could take it, and what is proposed: as `cover` tells it."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from pydantic import Field

from scheduler.domain.plan import Away, Duty, Record, Session
from scheduler.domain.shortfall import Relief, Vacancy
from scheduler.domain.tables.staff import Role


class OpenPost(Record):
    """A post left open: a duty (with a shift) or a session (with its first period; a joint one is one).

    `missing` counts the adults that asks lack if it stays empty, beyond those that lacked before, `must`
    those of asks that must be met; with 0 nobody is needed. Of a session both are null.
    """

    number: int
    kind: Literal["duty", "session"]
    date: Date
    shift: str
    venue: str
    classes: tuple[str, ...]
    role: Role
    period: str | None = None
    course: str | None = None
    trip: str | None = None
    missing: int | None = None
    must: int | None = None

    @property
    def needed(self) -> bool:
        """Whether somebody is missed there: a session is always worth holding."""
        return self.missing is None or self.missing > 0


class Candidate(Record):
    """Somebody who can take posts of a group without breaking a hard rule, and what speaks for and against.

    `takes` are the numbers of the posts they can take together, `roles` their role in each; `closes` the
    missing adults that fills, `must` of these. `cost` is what the soft rules cost beyond the plan as it was
    with just these posts in new hands, by rule in `costs`; null beyond the first forty of a group, who are
    not priced. `known` counts their other duties and sessions in the classes, `known_in_week` those in weeks
    of the posts. `taken` and `offered` are shifts (sessions, for sessions) of the season.
    """

    person: str
    takes: tuple[int, ...]
    roles: tuple[Role, ...]
    closes: int
    must: int
    cost: float | None
    costs: dict[str, float] = Field(default_factory=dict)
    known: int = 0
    known_in_week: int = 0
    km: float | None = None
    prefers: int = 0
    avoids: int = 0
    taken: int = 0
    offered: int = 0


class Switch(Record):
    """Somebody on duty elsewhere could come over, and another take their place: nobody breaks a rule."""

    post: int
    comes: Duty
    leaves: Duty
    instead: Duty
    cost: float


class OtherTime(Record):
    """A session that nobody can give at its time could be held at another time of that day, instead of what
    the class does then; `cost` is what the soft rules then cost beyond leaving it out."""

    post: int
    session: Session
    instead_of: tuple[Session, ...]
    cost: float


class OpenGroup(Record):
    """Posts that are alike (one class and role, or one venue and course) with their candidates, best first.

    `uncovered` are those nobody can take, or not so that no `must` stays open; `why` tells why not,
    `switches` and `other_times` what would have to move.
    """

    kind: Literal["duty", "session"]
    venue: str
    class_: str | None = Field(default=None, alias="class")
    role: Role
    course: str | None = None
    trip: str | None = None
    posts: tuple[int, ...]
    candidates: tuple[Candidate, ...] = ()
    uncovered: tuple[int, ...] = ()
    why: tuple[Vacancy, ...] = ()
    against: tuple[Barred, ...] = ()
    switches: tuple[Switch, ...] = ()
    other_times: tuple[OtherTime, ...] = ()


class Barred(Record):
    """The specialists of a course whom a hard rule keeps from a session; each is told once."""

    rule: str
    people: tuple[str, ...]


class Absentee(Record):
    """Who is away, when, and what the table `availability` must say of it."""

    person: str
    from_: Date = Field(alias="from")
    to: Date
    until_end: bool = False


class Statement(Record):
    """A row for the table `availability`."""

    person: str
    from_: Date = Field(alias="from")
    to: Date
    status: Literal["no"] = "no"


class Openings(Record):
    """Everything an absence leaves open. `whole`: who could take every post that needs somebody; `reliefs`:
    what one limit of one person, relaxed, would give where nobody can come; `also_away`: who is no candidate,
    being away by the plan itself at that time."""

    absence: Absentee
    also_away: tuple[Away, ...] = ()
    posts: tuple[OpenPost, ...]
    groups: tuple[OpenGroup, ...]
    whole: tuple[Candidate, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    locks: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()


class Filled(Record):
    """What is proposed for a post: `taken` by somebody, `not_needed`, a `gap`, or a session `dropped`.

    `missing` are the adults then lacking there beyond before, `must` of these: another role may not do.
    """

    post: int
    outcome: Literal["taken", "not_needed", "gap", "dropped"]
    person: str | None = None
    role: Role | None = None
    missing: int = 0
    must: int = 0


class Proposal(Record):
    """A plan for all posts together, against the plan as it was.

    `gaps` and `must` count the adults missing now, `gaps_before` and `must_before` those missing before.
    `dropped` are sessions of others that cannot be held without one that is dropped, `moved` those that must
    go to another room. `cost` and `costs` are the soft rules' difference. `broken_locks` cannot be kept while
    the person is away. `proven`: nothing better can be had with everything else as it is.
    """

    filled: tuple[Filled, ...]
    gaps: int
    must: int
    gaps_before: int
    must_before: int
    dropped: tuple[Session, ...] = ()
    moved: tuple[Session, ...] = ()
    cost: float
    costs: dict[str, float] = Field(default_factory=dict)
    broken_locks: tuple[str, ...] = ()
    proven: bool = False


OpenGroup.model_rebuild()
