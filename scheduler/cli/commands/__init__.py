"""The commands, one file each, in the order a coordinator meets them."""

from __future__ import annotations

import click

from scheduler.cli.commands.check import check
from scheduler.cli.commands.convert import convert
from scheduler.cli.commands.cover import cover
from scheduler.cli.commands.diff import diff
from scheduler.cli.commands.draw import draw
from scheduler.cli.commands.explain import explain
from scheduler.cli.commands.export import export
from scheduler.cli.commands.import_ import import_
from scheduler.cli.commands.new import new
from scheduler.cli.commands.outlook import outlook
from scheduler.cli.commands.recruit import recruit
from scheduler.cli.commands.rules import rules
from scheduler.cli.commands.run import run
from scheduler.cli.commands.sample import sample
from scheduler.cli.commands.solve import solve
from scheduler.cli.commands.verify import verify

COMMANDS: tuple[click.Command, ...] = (
    new,
    sample,
    convert,
    import_,
    check,
    draw,
    solve,
    verify,
    explain,
    outlook,
    recruit,
    cover,
    export,
    run,
    diff,
    rules,
)
