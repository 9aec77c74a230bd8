"""The shortfall told: why adults are missing, whom to recruit, which limit would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from scheduler.domain.plan import Duty
from scheduler.domain.scenario import Scenario
from scheduler.domain.shortfall import HURDLES, Hurdle, Offer, Relief, Shortfall, Vacancy
from scheduler.explainer.lines import Explanation, Line, Lines, Thing, Word, things

POSTS_TOLD = 60
"""Most unfilled posts that are told, those of one day and class together."""
OFFERS_TOLD = 60
"""Most offers that are told."""
RELIEFS_TOLD = 20
"""Most relaxed limits that are told."""
DUTIES_TOLD = 6
"""Most duties of one person that are told."""
DATES_TOLD = 3
"""Up to so many dates are named one by one."""


def explain_shortfall(scenario: Scenario, found: Shortfall) -> Explanation:
    """The whole shortfall: in short, whom to recruit, what one limit would give, and every unfilled post."""
    lines = Lines()
    tell_in_short(lines, found)
    _unopened(lines, found)
    if found.vacancies:
        tell_offers(lines, scenario, found.offers)
        tell_reliefs(lines, found.reliefs, found.untried)
        tell_vacancies(lines, found.vacancies)
    return Explanation(Line("shortfall.title", {"season": scenario.settings.season}), lines.done())


def _unopened(lines: Lines, found: Shortfall) -> None:
    """The class-weeks that do not run for want of adults: none of their posts is a gap."""
    if found.unopened:
        lines.say("shortfall.unopened", n=len({(row.class_, row.week) for row in found.unopened}))
    for row in found.unopened[:OFFERS_TOLD]:
        roles = tuple(Word("role", role) for role in row.roles)
        thing = Thing("class", row.class_)
        lines.say("shortfall.unopened_class", 1, class_=thing, week=row.week, roles=roles, n=row.shifts)
    if len(found.unopened) > OFFERS_TOLD:
        lines.say("more", 1, n=len(found.unopened) - OFFERS_TOLD)


def tell_in_short(lines: Lines, found: Shortfall) -> None:
    """How many are missing, why, and how many extra shifts would do."""
    if not found.vacancies:
        if not found.unopened:
            lines.say("shortfall.none")
        return
    lines.say("shortfall.missing", n=found.missing, must=found.must)
    reasons: Counter[Hurdle] = Counter()
    for row in found.vacancies:
        reasons[row.reason] += row.missing
    for hurdle in HURDLES:
        if reasons[hurdle]:
            lines.say("shortfall.because", 1, n=reasons[hurdle], reason=Line(f"shortfall.cause.{hurdle}"))
    if reasons["able"]:
        lines.say("shortfall.improve", n=reasons["able"])
    lines.say("shortfall.fewest", n=len(found.extras))


# ---- whom to recruit -----------------------------------------------------------------------------------


def tell_offers(lines: Lines, scenario: Scenario, offers: tuple[Offer, ...]) -> None:
    """The recruiting list, an offer a line."""
    if offers:
        lines.say("shortfall.recruit", total=sum(offer.total for offer in offers))
    for offer in offers[:OFFERS_TOLD]:
        lines.say(
            "shortfall.offer_must" if offer.must else "shortfall.offer",
            1,
            venue=Thing("venue", offer.venue),
            n=offer.people,
            who=_who(offer.role, offer.qualifications),
            when=_when(scenario, offer),
            shifts=offer.shifts,
            classes=things("class", offer.classes),
            total=offer.total,
            must=offer.must,
        )
    if len(offers) > OFFERS_TOLD:
        lines.say("more", 1, n=len(offers) - OFFERS_TOLD)


def _who(role: str, qualifications: tuple[str, ...]) -> Line:
    if qualifications:
        return Line("shortfall.who.qualified", {"role": Word("role", role), "qualifications": qualifications})
    return Line("shortfall.who.plain", {"role": Word("role", role)})


def _when(scenario: Scenario, offer: Offer) -> Line:
    """A few dates by name; more by their weekdays and weeks."""
    if len(offer.dates) <= DATES_TOLD:
        return Line("shortfall.when.dates", {"dates": offer.dates})
    held = [day for week in offer.weeks for day in scenario.days_in(week)]
    if len(held) == len(offer.dates):
        return Line("shortfall.when.every_day", {"weeks": offer.weeks})
    days = sorted({day.isoweekday() for day in offer.dates})
    return Line("shortfall.when.weekdays", {"weeks": offer.weeks, "days": tuple(_runs(days))})


def _runs(days: list[int]) -> Iterator[Line | Word]:
    """Weekdays, three or more in a row by their ends."""
    for _, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0]):
        row = [day for _, day in run]
        if len(row) > 2:
            ends = {"first": Word("weekday", str(row[0])), "last": Word("weekday", str(row[-1]))}
            yield Line("shortfall.when.run", ends)
        else:
            yield from (Word("weekday", str(day)) for day in row)


# ---- limits ----------------------------------------------------------------------------------------------


def tell_reliefs(lines: Lines, reliefs: tuple[Relief, ...], untried: int = 0) -> None:
    """What one limit of one person, relaxed, would give."""
    if reliefs:
        lines.say("shortfall.reliefs")
    alike: dict[tuple[object, ...], list[Relief]] = {}
    for row in reliefs:  # further days of one person, each worth as much, are told together
        key = (row.person, row.closes) if row.kind == "offer" else (row,)
        alike.setdefault(key, []).append(row)
    for same in list(alike.values())[:RELIEFS_TOLD]:
        if len(same) == 1:
            _tell_relief(lines, same[0])
        else:
            _tell_days(lines, same)
    if len(alike) > RELIEFS_TOLD:
        lines.say("more", 1, n=len(alike) - RELIEFS_TOLD)
    if untried:
        lines.say("shortfall.untried", n=untried)


def _tell_days(lines: Lines, same: list[Relief]) -> None:
    """Days on any of which somebody could come besides."""
    dates = tuple(sorted(row.date for row in same if row.date is not None))
    person = Thing("person", same[0].person)
    lines.say("shortfall.relief.offer_days", 1, person=person, dates=dates, n=same[0].closes)
    duties = tuple(sorted((duty for row in same for duty in row.duties), key=lambda duty: duty.date))
    lines.say("shortfall.takes", 2, duties=tuple(_duties(duties)))


def _tell_relief(lines: Lines, row: Relief) -> None:
    """One limit: what it would have to be, and what that would give."""
    lines.say(
        f"shortfall.relief.{row.kind}",
        1,
        person=Thing("person", row.person),
        week=row.week,
        date=row.date,
        venue=Thing("venue", row.venue or ""),
        now=row.now,
        then=row.then,
        n=row.closes,
    )
    for duty, moved in zip(row.duties, row.moved, strict=False):
        lines.say(
            "shortfall.chain",
            2,
            person=Thing("person", row.person),
            place=_place(duty),
            other=Thing("person", moved.person),
            there=_place(moved),
            date=moved.date,
            shift=moved.shift,
        )
    if not row.moved:
        lines.say("shortfall.takes", 2, duties=tuple(_duties(row.duties)))


def _duties(duties: tuple[Duty, ...]) -> Iterator[Line]:
    """Duties, the shifts of one day at one place together."""
    alike: dict[tuple[object, ...], list[Duty]] = {}
    for duty in duties:
        alike.setdefault((duty.class_, duty.venue, duty.date), []).append(duty)
    for same in list(alike.values())[:DUTIES_TOLD]:
        shifts = tuple(duty.shift for duty in same)
        parameters = {"place": _place(same[0]), "date": same[0].date, "shifts": shifts}
        yield Line("shortfall.duty", parameters)
    if len(alike) > DUTIES_TOLD:
        yield Line("shortfall.duties_more", {"n": len(alike) - DUTIES_TOLD})


# ---- unfilled posts ------------------------------------------------------------------------------------


def tell_vacancies(lines: Lines, vacancies: Iterable[Vacancy], depth: int = 1) -> None:
    """Unfilled posts with their reasons; shifts of a day at one place that are alike in one line."""
    rows = list(vacancies)
    lines.say("shortfall.posts", depth - 1)
    alike: dict[tuple[object, ...], list[Vacancy]] = {}
    for row in rows:
        tally = tuple(row.tally.items())
        key = (row.class_, row.venue, row.date, row.need, row.missing, row.reason, tally, row.near)
        alike.setdefault(key, []).append(row)
    for same in list(alike.values())[:POSTS_TOLD]:
        first = same[0]
        lines.say(
            "shortfall.post",
            depth,
            place=Thing("class", first.class_) if first.class_ else Thing("venue", first.venue),
            date=first.date,
            shifts=tuple(row.shift for row in same),
            n=first.missing,
            need=first.need,
            must=Word("strength", "must" if first.must else "soft"),
        )
        tell_reason(lines, first, depth + 1)
    if len(alike) > POSTS_TOLD:
        lines.say("more", depth, n=sum(len(same) for same in list(alike.values())[POSTS_TOLD:]))


def tell_reason(lines: Lines, row: Vacancy, depth: int) -> None:
    """Why nobody is at a post: the reason, how many fail at what, and who comes closest."""
    if row.trip is not None and row.must:
        lines.say("shortfall.may_not_depart", depth, trip=Thing("trip", row.trip))
    also = "_limit" if row.reason == "busy" and row.tally.get("limit") else ""
    lines.say(f"shortfall.reason.{row.reason}{also}", depth, **_reason(row))
    failing = tuple(
        Line("shortfall.fails", {"what": Line(f"shortfall.hurdle.{hurdle}"), "n": row.tally[hurdle]})
        for hurdle in HURDLES
        if hurdle in row.tally and hurdle != "able"
    )
    if len(failing) > 1:
        lines.say("shortfall.tally", depth, failing=failing)
    if row.near and not row.able:
        near = tuple(
            Line(
                "shortfall.near_one",
                {"person": Thing("person", one.person), "what": Line(f"shortfall.hurdle.{one.hurdle}")},
            )
            for one in row.near
        )
        lines.say("shortfall.near", depth, people=near)


def _reason(row: Vacancy) -> dict[str, object]:
    """What fills a reason: who is meant, and how many."""
    roles = tuple(Word("role", role) for role in row.roles)
    who = Line("shortfall.who.plain", {"role": roles})
    if row.qualification:
        who = Line("shortfall.who.qualified", {"role": roles, "qualifications": (row.qualification,)})
    return {
        "who": who,
        "qualification": row.qualification,
        "n": row.tally.get(row.reason, 0),
        "limit": row.tally.get("limit", 0),
        "people": things("person", row.able),
    }


def _place(duty: Duty) -> Thing:
    return Thing("class", duty.class_) if duty.class_ else Thing("venue", duty.venue)
