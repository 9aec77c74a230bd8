"""The two policies side by side: what fairness costs, and who bears it."""

from __future__ import annotations

from collections import Counter

from scheduler.domain.claims import claims
from scheduler.domain.history import begun
from scheduler.domain.outlook import Fairness, RankTally, Tally
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.standing import Standings
from scheduler.domain.tables.settings import Policy
from scheduler.solver.door import Limits
from scheduler.solver.outlook.trials import place


def fairness(scenario: Scenario, plan: Plan, most: int, bound: int, limits: Limits) -> Fairness | None:
    """The plan beside one of the other policy; None where there was no time for a good one.

    `most` is what no plan of the plan's own policy exceeds, `bound` what no plan of either does. A plan of
    `fair` is one of `seats` too: where the search for seats alone ended with fewer, it says nothing.
    """
    other: Policy = "seats" if plan.policy == "fair" else "fair"
    trial = place(scenario.ruled_by(other), plan.with_(policy=other), plan.kept_back, limits, _counted)
    if trial is None:
        return None
    mine = tally(scenario, plan, most)
    theirs = tally(scenario, trial.plan.with_(policy=other), min(trial.most, bound))
    compared = (
        Fairness(fair=mine, seats=theirs) if plan.policy == "fair" else Fairness(fair=theirs, seats=mine)
    )
    return compared if compared.price >= 0 else None


def tally(scenario: Scenario, plan: Plan, most: int) -> Tally:
    """What a plan gives in the weeks that have not begun."""
    past, standings = begun(scenario, plan), Standings(scenario)
    rows = [row for row in plan.placements if row.week not in past and row.child in scenario.child]
    wanted: Counter[int] = Counter()
    for child in scenario.processed:
        wanted[standings.rank(child.id)] += len(set(scenario.wanted_weeks(child.id)) - past)
    placed = Counter(standings.rank(row.child) for row in rows)
    choices = Counter(row.choice for row in rows)
    return Tally(
        policy=plan.policy,
        placed=len(rows),
        most=max(most, len(rows)),
        children=len({row.child for row in rows}),
        claims=sum(1 for _ in claims(scenario.ruled_by("fair"), plan)),
        ranks=tuple(
            RankTally(rank=rank, wanted=wanted[rank], placed=placed[rank]) for rank in sorted(wanted)
        ),
        choices={choice: choices[choice] for choice in sorted(choices)},
    )


def _counted(level: str) -> bool:
    """The levels whose outcome is shown."""
    return level in ("claims", "placed", "positions", "choices") or level.startswith("rank_")
