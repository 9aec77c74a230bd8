"""A wide season: gaps and cost decided piece by piece, each held against a bound of the whole season.

What the posts miss is nearly a flow. Its pools are filled (`filling.py`; replanning, pieces of some venues
and a week are decided anew from the previous roster), and pieces around the posts that miss somebody, solved
for the gaps alone, mostly reach the bound of its linear relaxation. The soft rules are then made better by
exchanges of posts, and after these venue by venue and week by week, nothing missing more than before, while
the relaxation of the whole season bounds them.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.plan import Level
from scheduler.solver.cpsat import SCALE
from scheduler.solver.door import Clock, Limits
from scheduler.solver.goals import Goal, gap
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.staffing.city import Found, city_roster
from scheduler.solver.staffing.closing import Gaps
from scheduler.solver.staffing.exchanging.annealing import annealed
from scheduler.solver.staffing.keeping import only_teachers
from scheduler.solver.staffing.model.costing import NEAR, Costing
from scheduler.solver.staffing.model.improve import Roster
from scheduler.solver.staffing.model.season import Beside, Season
from scheduler.solver.staffing.model.task import Task
from scheduler.solver.staffing.pooling.filling import Filling
from scheduler.solver.staffing.pooling.places import Places
from scheduler.solver.staffing.pooling.pools import Pools

SEASON = 60_000
"""Duties up to which one model holds the whole season: some thirty classes."""

PACE, STATING = 4e-4, 0.15
"""Seconds to state and relax one model, for each duty (27,443 took 10 of CPU); what share of the time that
may take at most."""

FILLING_SHARE = 0.5
"""Of the time for the gaps, for filling the pools at most."""

GAPS_SHARE = 0.5
"""Of the time, for the gaps at most."""

ANNEALING_SHARE = 0.8
"""Of the time for the soft rules, for exchanges of posts."""

LAST_SHARE, RECKONING = 0.06, 0.8
"""Of the time for the soft rules: what is kept for the cost, and what the bound's search may take."""


def best_roster(task: Task, clock: Clock) -> Found | None:
    """The roster with the fewest gaps, then changes, then the least cost, as far as time allows; None where
    no roster that holds the hard rules was found at once.

    A city's season goes by pools and parts alone, and so does one that there is no time to state as a whole;
    others, and replanning, by one model of the whole season.
    """
    limits, width = _silent(task.request.limits), len(task.possible)
    anew = task.request.previous is None
    if anew and (width > SEASON or PACE * width > STATING * clock.left):
        found = city_roster(task, limits, clock)
        if found is not None or width > SEASON:
            return found
    until = clock.left * (1 - GAPS_SHARE)
    places = Places(Pools(task))
    filled = _filled(task, places, clock, until + FILLING_SHARE * (clock.left - until)) if anew else None
    season = Season(task)
    if filled is None or not season.begin(filled):
        filled = None
        if not (season.begin(_previous(task)) or season.begin(None)):
            return None
    gaps = Gaps(season, places, limits, clock)
    gaps.fewest(until, filled is not None)
    roster, soft = _least_cost(season, limits, clock)
    return Found(roster, (*gaps.levels(), soft))


def _filled(task: Task, places: Places, clock: Clock, until: float) -> Roster | None:
    """The pools filled and dealt to their classes; None where that breaks a rule, as locks may make it."""
    filling = Filling(places, task.request.limits, clock)
    filling.fill(until)
    roster = filling.roster
    return None if task.breaks_rules(roster) else roster


def _least_cost(season: Season, limits: Limits, clock: Clock) -> tuple[Roster, Level]:
    """Exchange posts, then decide pieces anew until the time is up, the gaps held; the cost and its bound."""
    task, roster, bound = season.task, season.roster, 0.0
    goal = task.soft_goal(season.built)
    if not isinstance(goal.expression, int):
        beside = _bounding(season, goal, limits, clock)
        roster = annealed(task, roster, limits, clock, (1 - ANNEALING_SHARE) * clock.left)
        if season.begin(roster, goal):
            roster = _in_pieces(season, goal, limits, clock)
        bound = max(0.0, (beside.bound() + goal.cost[0]) / SCALE)
    cost = task.cost(roster)
    return roster, Level(name="soft", value=cost, bound=min(bound, cost), gap=gap(cost, min(bound, cost)))


def _bounding(season: Season, goal: Goal, limits: Limits, clock: Clock) -> Beside:
    """The relaxation of the season with its gaps held, beside the search."""
    season.rows.read()
    relaxation = Relaxation(season.built.model, season.rows)
    for row in only_teachers(season.built, season.task.settled):
        relaxation.require(row)
    for before in season.goals:
        relaxation.hold(before.cost[1], season.value(before) - before.cost[0])
    return Beside(relaxation, goal.cost[1], limits, RECKONING * clock.left)


def _in_pieces(season: Season, goal: Goal, limits: Limits, clock: Clock) -> Roster:
    """The roster that was begun with, decided anew piece by piece."""
    terms, held = dict(goal.cost[1]), [dict(before.cost[1]) for before in season.goals]
    costing = Costing(
        season.task,
        season.duty_of.items(),
        lambda piece, seconds: season.anew(piece, terms, held, limits, clock, seconds, near=NEAR) / SCALE,
        limits,
        clock,
    )
    costing.improve(season.value(goal) / SCALE, LAST_SHARE * clock.left)
    return season.roster


def _previous(task: Task) -> Roster:
    previous = task.request.previous
    duties = previous.duties if previous is not None else ()
    return task.known | (frozenset(task.possible) & frozenset(duties))


def _silent(limits: Limits) -> Limits:
    """A piece's numbers are not the season's."""
    return replace(limits, report=lambda progress: None)
