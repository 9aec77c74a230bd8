"""What a whole plan gives and lacks."""

from __future__ import annotations

from collections import Counter
from math import inf

from scheduler.explainer import obstacles
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word
from scheduler.explainer.shortfall import without_reliefs
from scheduler.explainer.shortfall.telling import tell_in_short
from scheduler.explainer.use import use_of

VENUES_TOLD = 30
"""Most venues that are told, those that are shortest of seats first."""
CLAIMS_TOLD = 20
"""Most claims that are told one by one."""


def explain_all(ground: Ground) -> Explanation:
    """Choices, ranks, child-weeks, claims, gaps, costs, and how far each stage is from its bound."""
    lines = Lines()
    settings = ground.scenario.settings
    lines.say("all.rules", policy=Word("policy", settings.policy), ties=Word("ties", settings.ties))
    _choices(ground, lines)
    _ranks(ground, lines)
    _venues(ground, lines)
    _closed(ground, lines)
    _claims(ground, lines)
    _gaps(ground, lines)
    _costs(ground, lines)
    _stages(ground, lines)
    title = Line("all.title", {"season": ground.plan.season or settings.season, "n": ground.plan.revision})
    return Explanation(title, lines.done())


def _choices(ground: Ground, lines: Lines) -> None:
    """The children by the best choice they got in any week, child-weeks by the choice they are."""
    scenario, plan = ground.scenario, ground.plan
    best: Counter[int | None] = Counter()
    weeks: Counter[int] = Counter()
    all_weeks = 0
    for row in scenario.processed:
        places = [ground.position_in(row.id, week) or 0 for week in plan.weeks_of(row.id)]
        best[min(places, key=lambda place: place or inf) if places else None] += 1
        weeks.update(places)
        all_weeks += bool(places) and set(scenario.wanted_weeks(row.id)) <= set(plan.weeks_of(row.id))
    left_out = len(scenario.children) - len(scenario.processed)
    lines.say("all.children", n=len(scenario.processed), left_out=left_out)
    for place in sorted(place for place in best.keys() | weeks.keys() if place):
        lines.say("all.choice", 1, k=place, n=best[place], weeks_placed=weeks[place])
    if best[0] or weeks[0]:
        lines.say("all.unranked", 1, n=best[0], weeks_placed=weeks[0])
    wanted = sum(len(scenario.wanted_weeks(row.id)) for row in scenario.processed)
    placed = sum(weeks.values())
    if best[None] or wanted > placed:
        lines.say("all.nothing", 1, n=best[None], weeks_missing=max(0, wanted - placed))
    lines.say("all.weeks", wanted=wanted, placed=placed)
    lines.say("all.all_weeks", n=all_weeks, some=len(scenario.processed) - best[None] - all_weeks)


def _ranks(ground: Ground, lines: Lines) -> None:
    """Child-weeks by rank: wanted, placed, and placed in the first choice."""
    wanted: Counter[int] = Counter()
    placed: Counter[int] = Counter()
    first: Counter[int] = Counter()
    for row in ground.scenario.processed:
        rank = ground.standings.rank(row.id)
        wanted[rank] += len(ground.scenario.wanted_weeks(row.id))
        placed[rank] += len(ground.plan.weeks_of(row.id))
        first[rank] += sum(ground.position_in(row.id, week) == 1 for week in ground.plan.weeks_of(row.id))
    lines.say("all.ranks")
    for rank in sorted(wanted):
        lines.say("all.rank", 1, rank=rank, wanted=wanted[rank], placed=placed[rank], first=first[rank])


def _venues(ground: Ground, lines: Lines) -> None:
    """Demand against seats, venue by venue, in child-weeks; the shortest of seats first."""
    found = sorted((use_of(ground, venue) for venue in ground.scenario.venue), key=lambda use: use.order)
    busy = [use for use in found if use.seats or use.wanted or use.waiting]
    if busy:
        lines.say("all.venues")
    for use in busy[:VENUES_TOLD]:
        lines.say(
            "all.venue",
            1,
            venue=Thing("venue", use.venue),
            seats=use.seats,
            taken=use.taken,
            wanted=use.wanted,
            waiting=use.waiting,
        )
    if len(busy) > VENUES_TOLD:
        lines.say("more", 1, n=len(busy) - VENUES_TOLD)


def _closed(ground: Ground, lines: Lines) -> None:
    """Class-weeks that do not run though children would come, and why."""
    reasons: Counter[str] = Counter()
    for class_, week in ground.scenario.class_weeks:
        if ground.queue(class_, week):
            reasons.update(reason.id for reason in obstacles.idle(ground, class_, week))
    if reasons:
        lines.say("all.closed")
    for reason, n in sorted(reasons.items()):
        lines.say("all.closed_by", 1, reason=Word("closed", reason), n=n)


def _claims(ground: Ground, lines: Lines) -> None:
    envy = ground.plan.envy
    lines.say("all.claims", n=len(envy)) if envy else lines.say("all.no_claims")
    for row in envy[:CLAIMS_TOLD]:
        lines.say(
            "all.claim",
            1,
            child=Thing("child", row.child),
            class_=Thing("class", row.class_),
            week=row.week,
            reason=Word("envy", row.reason),
        )
    if len(envy) > CLAIMS_TOLD:
        lines.say("more", 1, n=len(envy) - CLAIMS_TOLD)


def _gaps(ground: Ground, lines: Lines) -> None:
    missing: Counter[str] = Counter()
    for gap in ground.plan.gaps:
        missing[gap.need] += gap.missing
    if not missing:
        lines.say("all.no_gaps")
        return
    lines.say("all.gaps", n=missing.total())
    for need, n in sorted(missing.items(), key=lambda pair: (-pair[1], pair[0])):
        row = ground.scenario.need.get(need)
        must = need.startswith("trip:") or need == "aide" or (row is not None and row.strength == "must")
        strength = Word("strength", "must" if must else "soft")
        lines.say("all.gap", 1, need=need, n=n, strength=strength)
    tell_in_short(lines, without_reliefs(ground))
    lines.say("shortfall.ask")


def _costs(ground: Ground, lines: Lines) -> None:
    """The soft rules by what they cost, the dearest first; those that cost nothing are left out."""
    score = ground.rulebook.score(ground.scenario, ground.plan)
    found = sorted(
        ((name, row) for name, row in score.items() if row.amount), key=lambda pair: (-pair[1].cost, pair[0])
    )
    if not found:
        return
    lines.say("all.costs", cost=sum(row.cost for _, row in found))
    for name, row in found:
        lines.say(
            "all.cost", 1, rule=Word("rule", name), amount=row.amount, unit=Word("unit", name), cost=row.cost
        )


def _stages(ground: Ground, lines: Lines) -> None:
    for stage in ground.plan.stages:
        lines.say("all.stage", stage=Word("stage", stage.name), status=Word("status", stage.status))
        for level in stage.levels:
            lines.say(
                "all.level",
                1,
                level=Word(f"level.{stage.name}", level.name),
                value=level.value,
                bound=level.bound,
                gap=f"{level.gap:.2%}",
            )
