"""Children's names, phones and allergies stay where they belong: told to nobody but those who need them."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from scheduler.domain.tables import Child
from tests.cli.program import PATIENCE, Ended, changed, copied, environment, files_in, run

CHILDREN = [f"K{number}" for number in range(1, 9)]


def _canaries(child: str) -> dict[str, str]:
    """Words that stand nowhere else in the season."""
    return {
        "name": f"Canaryname{child}x",
        "phone": f"139-canary-{child}x",
        "allergies": f"canaryallergy{child}x",
        "medical": f"canarymedical{child}x",
        "guardian": f"Canaryguardian{child}x",
        "pickup": f"Canarypickup{child}x",
    }


ALL = {word.encode() for child in CHILDREN for word in _canaries(child).values()}


def _sung(text: bytes) -> set[bytes]:
    """The canaries in a text; also where it is written in capitals, or lower case."""
    return {word for word in ALL if word.lower() in text.lower()}


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied("tiny", tmp_path_factory.mktemp("canary"))
    changed(folder, "children", {child: _canaries(child) for child in CHILDREN})
    return folder


@pytest.fixture(scope="module")
def ran(season: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Path]:
    out = tmp_path_factory.mktemp("out") / "out"
    return run("run", season, "-o", out, "--time-limit", 30), out


def test_running_the_main_job_tells_nothing(ran: tuple[Ended, Path]) -> None:
    done, _ = ran
    assert done.code == 0, done.err
    assert _sung(done.err) == set()
    assert _sung(done.out) == set()


def test_in_publish_each_child_stands_on_its_own_page_alone(ran: tuple[Ended, Path]) -> None:
    files = {name: content for name, content in files_in(ran[1]).items() if name.startswith("publish/")}
    singing = {name: _sung(content) for name, content in files.items() if _sung(content)}
    assert all(name.startswith("publish/families/") for name in singing)
    pages = {name: words for name, words in singing.items() if name.endswith(".html")}
    # every family finds its child's name, and nobody else's anything
    assert len(pages) == len(CHILDREN)
    for words in singing.values():
        children = [c for c in CHILDREN if words & {word.encode() for word in _canaries(c).values()}]
        assert len(children) == 1
    names = {word for words in pages.values() for word in words if word.startswith(b"Canaryname")}
    assert len(names) == len(CHILDREN)


def test_the_plan_and_its_verification_know_children_by_id_alone(ran: tuple[Ended, Path]) -> None:
    for name in ("plan.json", "report.json"):
        assert _sung((ran[1] / "private" / name).read_bytes()) == set(), name


def test_the_venue_knows_what_it_must(ran: tuple[Ended, Path]) -> None:
    # so that the canaries above are not missing because they were never read
    page = (ran[1] / "private/venues/LIB/index.html").read_bytes()
    assert any(word.startswith(b"canaryallergy") for word in _sung(page))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_commands_tell_nothing_on_stderr(
    ran: tuple[Ended, Path], season: Path, tmp_path: Path, lang: str
) -> None:
    plan = ran[1] / "private/plan.json"
    for words in (
        ("explain", season, plan, "K4"),
        ("explain", season, plan, "Canaryname"),
        ("explain", season, plan, "CanarynameK4", "--for", "family"),
        ("verify", season, plan),
        ("diff", season, plan, plan),
        ("convert", season, tmp_path / "book.xlsx"),
        ("check", season),
    ):
        assert _sung(run(*words, "--lang", lang).err) == set(), words


def test_problems_of_the_input_are_told_without_them(season: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    for path in season.glob("*.csv"):
        (bad / path.name).write_bytes(path.read_bytes())
    changed(
        bad,
        "children",
        {
            "K1": {"birth_date": "yesterday", "choices": "MOON"},
            "K2": {"consent": "perhaps", "status": "lost"},
            "K3": {"birth_date": "", "priority": "nobody"},
            "K4": {"gender": "?", "submitted_at": "soon", "weeks": "9"},
        },
    )
    with (bad / "children.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["K1", *_canaries("K5").values()])  # an id twice, cells in wrong columns
    for command in (("solve", bad, "-o", tmp_path / "p.json"), ("check", bad)):
        done = run(*command, "--lang", "en")
        assert done.code == 3
        named = _sung(done.err + done.out) - {word.encode() for word in _canaries("K5").values()}
        assert named == set()


CRASH = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
from scheduler import checker, cli

def crash(scenario, plan):
    child = next(row for row in scenario.children if row.id == "K4")
    {raised}

checker.verify = crash
sys.argv = ["holiday-classes", "verify", *sys.argv[1:]]
cli.main()
"""


def _crashed(raised: str, season: Path, plan: Path, **env: str) -> Ended:
    """`verify` with a bug in it."""
    words = [sys.executable, "-c", CRASH.format(raised=raised), str(season), str(plan)]
    done = subprocess.run(words, capture_output=True, env=environment(env), timeout=PATIENCE, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


BUGS = {
    "a text with a name in it": 'raise ValueError(f"{child.name} {child.phone}")',
    "a row looked up": "return {}[child]",
    "two causes": "\n    try:\n        return {}[child.name]\n    except KeyError as error:\n"
    "        raise RuntimeError(child.allergies) from error",
    "an assertion about a row": "assert not child, child",
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_tells_where_it_is_and_nothing_else(ran: tuple[Ended, Path], season: Path, bug: str) -> None:
    done = _crashed(BUGS[bug], season, ran[1] / "private/plan.json")
    assert (done.code, done.out) == (1, b"")
    assert b"<string>:" in done.err  # where
    assert b"Traceback" not in done.err
    assert _sung(done.err) == set()


@pytest.mark.parametrize("bug", ["return {}[child.id]", "return child.nonsense", "return child + child"])
def test_a_traceback_asked_for_shows_code_and_ids(ran: tuple[Ended, Path], season: Path, bug: str) -> None:
    # whoever sets HOLIDAY_CLASSES_DEBUG is told that details may hold personal data; what Python itself
    # says of an ordinary bug does not
    done = _crashed(bug, season, ran[1] / "private/plan.json", HOLIDAY_CLASSES_DEBUG="1")
    assert done.code == 1
    assert b"Traceback" in done.err
    assert _sung(done.err) == set()


def test_the_message_of_a_bug_warns_of_the_details(ran: tuple[Ended, Path], season: Path) -> None:
    done = _crashed(BUGS["a row looked up"], season, ran[1] / "private/plan.json", LANG="en_GB.UTF-8")
    assert b"HOLIDAY_CLASSES_DEBUG" in done.err


def test_a_row_that_does_not_fit_is_refused_without_its_values() -> None:
    with pytest.raises(ValidationError) as caught:
        Child.model_validate({"id": "K1", "consent": True, **_canaries("K1"), "grade": "canaryallergyK1x"})
    assert _sung(str(caught.value).encode()) == set()
