"""The adults that a plan lacks: why each is missing, whom to recruit, and which limit would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scheduler.domain.moments import Moment, moments
from scheduler.domain.offers import offers
from scheduler.domain.plan import Plan
from scheduler.domain.recruiting import extras_at
from scheduler.domain.reserve import Reserve
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import Relief, Shortfall, Unopened, Vacancy
from scheduler.domain.tables.staff import Role
from scheduler.explainer.ground import Ground
from scheduler.explainer.shortfall.hurdles import Hurdles
from scheduler.explainer.shortfall.reliefs import Reliefs
from scheduler.explainer.shortfall.telling import explain_shortfall
from scheduler.explainer.shortfall.vacancies import Vacancies


def shortfall(scenario: Scenario, plan: Plan) -> Shortfall:
    """Every unfilled post of a plan with its reason, the fewest extra shifts that would close them all, and
    what relaxing one limit of one person would give."""
    ground = Ground(scenario, plan)
    every = tuple(moments(ground.scenario, ground.plan))
    hurdles = Hurdles(ground)
    found = _reckoned(hurdles, every).model_copy(update={"unopened": unopened(ground.scenario, ground.plan)})
    if not found.vacancies:
        return found
    reliefs = Reliefs(hurdles, every)
    return found.model_copy(update={"reliefs": reliefs.found(), "untried": reliefs.untried})


def unopened(scenario: Scenario, plan: Plan) -> tuple[Unopened, ...]:
    """What the class-weeks that were withheld would have to have filled, role by role."""
    if not plan.kept_back:
        return ()
    reserve, found = Reserve(scenario), []
    for class_, week in sorted(plan.kept_back & set(scenario.class_weeks)):
        shifts: Counter[tuple[Role, ...]] = Counter()
        for asks in reserve.class_asks(class_, week).values():
            for roles, number in asks:
                shifts[roles] += number
        venue = scenario.class_[class_].venue
        for roles, n in shifts.items():
            row = {"class": class_, "venue": venue, "week": week, "roles": roles, "shifts": n}
            found.append(Unopened.model_validate(row))
    return tuple(found)


def without_reliefs(ground: Ground) -> Shortfall:
    """The same, no limit being tried: much quicker."""
    return _reckoned(Hurdles(ground), tuple(moments(ground.scenario, ground.plan)))


def vacancies_of(
    ground: Ground, place: tuple[str | None, str], when: tuple[object, str]
) -> tuple[Vacancy, ...]:
    """The unfilled posts of a class (or, with None, of a venue) on a day and in a shift."""
    class_, venue = place
    posts = Vacancies(Hurdles(ground))
    return tuple(
        row
        for moment in moments(ground.scenario, ground.plan)
        if moment.venue == venue and (moment.date, moment.shift) == when
        for row in posts.at(moment, moment.lacks(ground.scenario, ground.plan))
        if row.class_ == class_
    )


def reliefs_of(ground: Ground, person: str) -> tuple[Relief, ...]:
    """What relaxing a limit of one person would give."""
    every = tuple(moments(ground.scenario, ground.plan))
    return Reliefs(Hurdles(ground), every, frozenset({person})).found()


def _reckoned(hurdles: Hurdles, every: Iterable[Moment]) -> Shortfall:
    scenario, plan = hurdles.ground.scenario, hurdles.ground.plan
    short = [(moment, lacks) for moment in every if (lacks := moment.lacks(scenario, plan))]
    posts = Vacancies(hurdles)
    vacancies = tuple(row for moment, lacks in short for row in posts.at(moment, lacks))
    extra = tuple(row for moment, _ in short for row in extras_at(scenario, plan, moment))
    return Shortfall(
        missing=sum(row.missing for row in vacancies),
        must=sum(row.missing for row in vacancies if row.must),
        vacancies=vacancies,
        extras=extra,
        offers=offers(scenario, extra),
    )


__all__ = ["explain_shortfall", "reliefs_of", "shortfall", "vacancies_of", "without_reliefs"]
