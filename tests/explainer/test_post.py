"""A post: who is there, what is asked, who could be there, and what stops the others."""

from __future__ import annotations

from scheduler.explainer import explain
from scheduler.explainer.ground import Ground
from scheduler.explainer.lines import Thing, Word
from scheduler.explainer.post import trials_for
from scheduler.explainer.refs import resolve
from scheduler.rules.moves import Post
from tests.explainer.test_person import duty, gap
from tests.explainer.told import ids, in_all_languages, text
from tests.seasons import placed, plan, rows, tiny

BOTH = {"placements": placed("a@C1", "b@C2")}
MORNING = "post:C2/2024-07-15/AM/homeroom"


def test_who_is_there_and_what_is_asked() -> None:
    given = plan(**BOTH, duties=[duty("t1", "C1")])
    found = explain(tiny(), given, "post:C1/2024-07-15/AM/homeroom")
    ask = next(line for line in found.lines if line.id == "post.ask").parameters
    assert (ask["need"], ask["n"], ask["strength"]) == ("lead", 1, Word("strength", "must"))
    on_duty = next(line for line in found.lines if line.id == "post.on_duty")
    assert on_duty.parameters["person"] == Thing("person", "t1")


def test_an_empty_post_names_who_could_and_why_the_others_cannot() -> None:
    given = plan(**BOTH, duties=[duty("t1", "C1")], gaps=[gap("C2")])
    found = explain(tiny(), given, MORNING)
    assert "post.gap" in ids(found)
    assert "post.nobody" in ids(found)
    # t1 is at C1 in that shift, t2 is free; s1 has another role and is no candidate
    counts = next(line for line in found.lines if line.id == "post.candidates").parameters
    assert (counts["n"], counts["able"]) == (2, 1)
    able = next(line for line in found.lines if line.id == "post.able")
    assert able.parameters["people"] == (Thing("person", "t2"),)
    barred = next(line for line in found.lines if line.id == "post.candidate")
    assert barred.parameters["person"] == Thing("person", "t1")
    in_all_languages(tiny(), given, MORNING)


def test_reasons_are_counted_by_rule() -> None:
    staff = rows("staff", t1={"venues": ["V1"]}, t2={"venues": ["V1"], "cleared_until": "2024-07-01"})
    found = explain(tiny(staff=staff), plan(**BOTH), MORNING)
    rules = {line.parameters["rule"]: line.parameters["n"] for line in found.lines if line.id == "by_rule"}
    assert rules == {Word("rule", "work_area"): 2, Word("rule", "clearance"): 1}
    # t1 is stopped by one rule, t2 by two: t1 is the nearer
    nearest = [line.parameters["person"] for line in found.lines if line.id == "post.candidate"]
    assert nearest == [Thing("person", "t1"), Thing("person", "t2")]


def test_asking_over_a_person_s_part_of_the_plan_changes_no_answer() -> None:
    # the trials look at one person's duties and sessions; the rules asked over the whole plan say the same
    season = tiny(staff=rows("staff", t1={"max_days": 1}, t2={"own_children": ["b"]}))
    session = {"class": "C1", "date": "2024-07-16", "period": "P1", "course": "opera", "teacher": "s1"}
    given = plan(
        **BOTH, duties=[duty("t1", "C1", "2024-07-16"), duty("t2", "C1", shift="PM")], sessions=[session]
    )
    ground = Ground(season, given)
    for ref in (MORNING, "post:C2/2024-07-15/PM/homeroom", "post:C2/2024-07-16/AM/homeroom"):
        trials = trials_for(ground, resolve(season, ref))
        assert {trial.who for trial in trials} == {"t1", "t2"}
        assert any(trial.blockers for trial in trials)
        for trial in trials:
            place = resolve(season, ref)
            move = Post(
                plan(duties=[duty(trial.who, "C2", place.date.isoformat(), place.shift)]).duties[0]  # type: ignore[union-attr]
            )
            whole = [
                found
                for rule in ground.rulebook.of_stage("staffing", hard=True)
                for found in rule.blockers(season, given, move)
            ]
            assert list(trial.blockers) == whole


def test_a_class_that_does_not_run_has_no_post() -> None:
    assert "post.not_running" in ids(explain(tiny(), plan(), MORNING))


def test_a_venue_s_post() -> None:
    needs = [{"id": "boss", "role": "site", "setting": "venue", "per_class": 1}]
    season = tiny(needs=needs, staff=rows("staff", t1={"roles": ["site"]}))
    given = plan(**BOTH, gaps=[{**gap("C1"), "need": "boss", "class": None}])
    found = explain(season, given, "post:V1/2024-07-15/AM/site")
    assert "post.gap" in ids(found)
    able = next(line for line in found.lines if line.id == "post.able")
    assert able.parameters["people"] == (Thing("person", "t1"),)
    # a class of the venue stands for it where the role is site
    assert ids(explain(season, given, "post:C1/2024-07-15/AM/site")) == ids(found)


def test_specialists_have_sessions_not_duties() -> None:
    session = {"class": "C1", "date": "2024-07-15", "period": "P1", "course": "opera", "teacher": "s1"}
    told = text(tiny(), plan(**BOTH, sessions=[session]), "post:C1/2024-07-15/AM/specialist")
    assert "P1: opera (Opera), s1 (Song)." in told
