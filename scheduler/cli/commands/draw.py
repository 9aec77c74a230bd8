"""`draw`: seals a list before the seed of the draw is known, and fixes the seed afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click

from scheduler import __version__, workflow
from scheduler.cli.console import FAILED, Console, console
from scheduler.cli.options import input_argument, lang_option, language_of
from scheduler.cli.outputs import require_file
from scheduler.cli.tables import write_book
from scheduler.domain.draw import gives_away
from scheduler.domain.scenario import Scenario
from scheduler.domain.seal import Fit, Seal, fit, sealed_tables, unseeded_sha256
from scheduler.domain.tables import Settings
from scheduler.exporters import load_key, save
from scheduler.exporters.draw import lines, rule_in_words
from scheduler.exporters.keys import copy_key
from scheduler.exporters.settings_row import with_setting
from scheduler.readers import read_book, read_seal
from scheduler.workflow import BadInput


@click.group()
@lang_option
@click.pass_context
def draw(context: click.Context, lang: str | None) -> None:
    """Seal the list before the seed of the draw is known; reveal the seed afterwards."""
    if lang:
        context.default_map = {name: {"lang": lang} for name in draw.commands}


@draw.command()
@input_argument
@click.option("-o", "--output", metavar="SEALED.json", type=click.Path(path_type=Path), required=True)
@lang_option
def commit(input_path: Path, output: Path, lang: str | None) -> None:
    """Write a sealed list of the children, with no person in it."""
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    require_file(shown, output, input_path)
    if output.exists():
        shown.fail(FAILED, "exists", path=output)
    if not scenario.processed:
        shown.fail(FAILED, "draw.no_children")
    if any(gives_away(row) for row in scenario.processed):
        shown.fail(FAILED, "draw.ids_personal")
    if scenario.settings.lottery_seed != Settings().lottery_seed:
        shown.note("draw.seed_was_set", seed=scenario.settings.lottery_seed)
    content = _sealed(scenario, load_key(workflow.key_path(input_path))).to_json().encode()
    save(output, content)
    shown.say(
        "draw.sealed",
        path=output,
        children=len(scenario.processed),
        fingerprint=sha256(content).hexdigest(),
    )
    shown.say("draw.sealed_next", input=input_path, path=output)


@draw.command()
@input_argument
@click.option("--seal", "seal_path", metavar="SEALED.json", type=click.Path(path_type=Path), required=True)
@click.option("--seed", metavar="NUMBER", required=True)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(path_type=Path),
)
@lang_option
def reveal(input_path: Path, seal_path: Path, seed: str, output: Path | None, lang: str | None) -> None:
    """Fix the seed of a sealed list, if the input still fits it."""
    scenario = workflow.scenario_of(input_path)
    shown = console(language_of(lang), scenario.settings.language)
    seal, content, problems = read_seal(seal_path)
    if seal is None:
        raise BadInput(problems)
    seed = seed.strip()
    if not seed:
        shown.fail(FAILED, "draw.no_seed")
    _require_fit(shown, scenario, seal, input_path)
    record = _Record(seal_path, content)
    record.require_same(shown, seed)
    copied = output is not None and _copy(shown, input_path, output, seed)
    record.write(seed, workflow.now(scenario))
    shown.say("draw.revealed", seed=seed, path=record.path)
    if copied:
        shown.say("draw.copied", path=output, seed=seed)
    elif scenario.settings.lottery_seed == seed:
        shown.say("draw.seed_stands", input=input_path)
    else:
        shown.say("draw.set_seed", seed=seed, input=input_path)


def _sealed(scenario: Scenario, key: bytes) -> Seal:
    settings, found = scenario.settings, sorted(lines(scenario, key).values())
    return Seal(
        season=settings.season,
        policy=settings.policy,
        ties=settings.ties,
        program=__version__,
        sealed_at=workflow.now(scenario),
        input_sha256=unseeded_sha256(scenario),
        children=len(found),
        tables=sealed_tables(scenario, key),
        lines=tuple(found),
        rule=rule_in_words(),
    )


def _require_fit(shown: Console, scenario: Scenario, seal: Seal, input_path: Path) -> None:
    """End the command where anything changed that decides who gets a place; tell what kind of thing."""
    key_path = workflow.key_path(input_path)
    key = load_key(key_path) if key_path.exists() else b""
    found = fit(scenario, seal, key, lines(scenario, key).values())
    if found.strange_key:
        shown.fail(FAILED, "draw.strange_key", key=key_path.name)
    if not found.holds:
        _tell(shown, seal, found)
        raise SystemExit(FAILED)
    if not found.whole:
        shown.note("draw.other_parts")


def _tell(shown: Console, seal: Seal, found: Fit) -> None:
    shown.note("draw.unfit", moment=seal.sealed_at)
    for change in found.changes:
        id = "draw.unfit_values" if change.sealed == change.rows else "draw.unfit_table"
        table = shown.words(f"draw.table.{change.table}")
        shown.note(id, table=table, sealed=change.sealed, rows=change.rows)
    for id, number in (("draw.unfit_joined", found.joined), ("draw.unfit_left", found.left)):
        if number:
            shown.note(id, n=number)
    shown.note("draw.unfit_next")


@dataclass(frozen=True)
class _Record:
    """The seed revealed for a seal: a file beside it, since the seal itself stays as it was published."""

    seal_path: Path
    seal: bytes

    @property
    def path(self) -> Path:
        """The record's own path."""
        return self.seal_path.with_name(f"{self.seal_path.stem}-revealed.json")

    def require_same(self, shown: Console, seed: str) -> None:
        """End the command where another seed is on record; a seal is opened once."""
        if not self.path.exists():
            return
        try:
            known = str(json.loads(self.path.read_bytes())["lottery_seed"])
        except (OSError, ValueError, KeyError, TypeError):
            shown.fail(FAILED, "exists", path=self.path)
        if known != seed:
            shown.fail(FAILED, "draw.other_seed", path=self.path, seed=known)

    def write(self, seed: str, moment: str) -> None:
        """Put the seed on record, once."""
        if self.path.exists():
            return
        found = {
            "format": 1,
            "lottery_seed": seed,
            "program": __version__,
            "revealed_at": moment,
            "seal_sha256": sha256(self.seal).hexdigest(),
        }
        save(self.path, (json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def _copy(shown: Console, input_path: Path, output: Path, seed: str) -> bool:
    """Write the input's tables with the seed set, where the settings can be told; nothing is overwritten."""
    book, problems = read_book(input_path)
    if book is None:
        raise BadInput(problems)
    language = shown.words.language
    seeded = with_setting(book, "lottery_seed", seed, language)
    if seeded is None:
        return False
    write_book(seeded, output, language, shown)
    # without the old key the copy's family pages would move, and no line of the seal be found again
    copy_key(workflow.key_path(input_path), workflow.key_path(output))
    return True
