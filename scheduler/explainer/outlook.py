"""What one more would give, and what fairness costs, told to the coordinator."""

from __future__ import annotations

from scheduler.domain.outlook import Fairness, Gain, Outlook, Tally
from scheduler.domain.scenario import Scenario
from scheduler.explainer.lines import Explanation, Line, Lines, Span, Thing
from scheduler.explainer.refs import Ref


def explain_outlook(scenario: Scenario, outlook: Outlook) -> Explanation:
    """The whole outlook: where the plan stands, what would help most, and the price of fairness."""
    lines = Lines()
    _whole(lines, scenario, outlook)
    return Explanation(Line("outlook.title", {"season": scenario.settings.season}), lines.done())


def with_outlook(found: Explanation, scenario: Scenario, outlook: Outlook | None, meant: Ref) -> Explanation:
    """An explanation of the whole or of a venue, with what would help there; or with how to ask for that."""
    if meant.kind not in ("all", "venue"):
        return found
    lines = Lines()
    if outlook is None:
        lines.say("outlook.ask")
    elif meant.kind == "venue":
        _at_venue(lines, scenario, outlook, meant.id)
    else:
        _whole(lines, scenario, outlook)
    return Explanation(found.title, (*found.lines, *lines.done()))


def _at_venue(lines: Lines, scenario: Scenario, outlook: Outlook, venue: str) -> None:
    """What would help at one venue."""
    gains = outlook.at(venue)
    if gains:
        _gains(lines, scenario, outlook, gains)
    else:
        lines.say("outlook.nothing_here" if outlook.reckoned else "outlook.no_time")


def _whole(lines: Lines, scenario: Scenario, outlook: Outlook) -> None:
    """How far the plan is from the best without any change, what would help most, the price of fairness."""
    state = "outlook.state" if outlook.best > outlook.placed else "outlook.state_proven"
    lines.say(state, placed=outlook.placed, wanted=outlook.wanted, best=outlook.best)
    if not outlook.reckoned:
        lines.say("outlook.no_time")
        return
    if outlook.gains:
        _gains(lines, scenario, outlook, outlook.gains)
    elif not outlook.everybody_is_placed:
        lines.say("outlook.nothing")
    _fairness(lines, outlook)


def _gains(lines: Lines, scenario: Scenario, outlook: Outlook, gains: tuple[Gain, ...]) -> None:
    """Gains, each with what it takes."""
    lines.say("outlook.intro")
    for gain in gains:
        _gain(lines, scenario, gain)
    if outlook.best > outlook.placed:
        lines.say("outlook.short", n=outlook.best - outlook.placed)


def _fairness(lines: Lines, outlook: Outlook) -> None:
    """The two policies side by side."""
    if outlook.fairness is None:
        lines.say("outlook.fairness.unknown", n=outlook.ceiling - outlook.placed)
        return
    found = outlook.fairness
    lines.say("outlook.fairness.price", n=_price(found))
    if not found.proven:
        lines.say("outlook.fairness.unproven", 1)
    lines.say("outlook.fairness.placed", 1, fair=_placed(found.fair), seats=_placed(found.seats))
    lines.say("outlook.fairness.children", 1, fair=found.fair.children, seats=found.seats.children)
    theirs = {row.rank: row.placed for row in found.seats.ranks}
    for row in found.fair.ranks:
        seats = theirs.get(row.rank, 0)
        lines.say("outlook.fairness.rank", 1, rank=row.rank, wanted=row.wanted, fair=row.placed, seats=seats)
    for choice in sorted({*found.fair.choices, *found.seats.choices} - {0}):
        fair, seats = found.fair.choices.get(choice, 0), found.seats.choices.get(choice, 0)
        lines.say("outlook.fairness.choice", 1, k=choice, fair=fair, seats=seats)
    lines.say("outlook.fairness.claims", 1, fair=found.fair.claims, seats=found.seats.claims)


def _price(found: Fairness) -> Line:
    if found.proven:
        return Line("outlook.fairness.exactly", {"n": found.price})
    least = max(0, found.seats.placed - found.fair.most)
    return Line("outlook.fairness.between", {"low": least, "high": found.seats.most - found.fair.placed})


def _placed(tally: Tally) -> Line:
    if tally.proven:
        return Line("outlook.fairness.proven", {"n": tally.placed})
    return Line("outlook.fairness.found", {"n": tally.placed, "most": tally.most})


def _gain(lines: Lines, scenario: Scenario, gain: Gain) -> None:
    lines.say(
        f"outlook.{gain.kind}",
        1,
        venue=Thing("venue", gain.venue),
        class_=Thing("class", gain.class_) if gain.class_ else Line("outlook.who.any"),
        who=_who(gain),
        when=_when(scenario, gain),
        more=gain.more,
        gain=_amount(gain),
    )
    _takes(lines, scenario, gain)
    if gain.came is not None and gain.proven:
        _like(lines, scenario, gain)


def _amount(gain: Gain) -> Line:
    """The gain as far as it is known: exactly, between two numbers, or at most."""
    if gain.found is None:
        return Line("outlook.gain.untried", {"about": gain.about, "most": gain.most})
    if not gain.proven and gain.most > gain.found:
        return Line("outlook.gain.found", {"n": _signed(gain.found), "most": gain.most})
    if gain.found <= 0:
        return Line("outlook.gain.none" if gain.found == 0 else "outlook.gain.fewer", {"n": -gain.found})
    return Line("outlook.gain.exact", {"n": gain.found})


def _who(gain: Gain) -> Line:
    ages, grades = Span(gain.min_age, gain.max_age), Span(gain.min_grade, gain.max_grade)
    bounded = [span for span in (ages, grades) if (span.low, span.high) != (None, None)]
    if len(bounded) == 2:
        return Line("outlook.who.both", {"ages": ages, "grades": grades})
    if not bounded:
        return Line("outlook.who.any")
    if ages in bounded:
        return Line("outlook.who.ages", {"ages": ages})
    return Line("outlook.who.grades", {"grades": grades})


def _when(scenario: Scenario, gain: Gain) -> Line:
    if len(gain.weeks) == len(scenario.weeks):
        return Line("outlook.when.always")
    return Line("outlook.when.weeks", {"weeks": gain.weeks})


def _takes(lines: Lines, scenario: Scenario, gain: Gain) -> None:
    """What must be there for it."""
    if gain.room_needs is not None:
        lines.say("outlook.room_needs", 2, n=gain.room_needs)
    if gain.venue_needs is not None:
        today = scenario.venue[gain.venue].capacity
        lines.say("outlook.venue_needs", 2, n=gain.venue_needs, today=today)


def _like(lines: Lines, scenario: Scenario, gain: Gain) -> None:
    """What the class would be like."""
    if gain.missing:
        least = scenario.class_[gain.class_].min_children if gain.class_ else 0
        lines.say("outlook.too_few", 2, n=gain.came, missing=gain.missing, least=least)
    elif gain.adults:
        lines.say("outlook.came", 2, n=gain.came, adults=gain.adults)
    else:
        lines.say("outlook.came_alone", 2, n=gain.came)


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−")
