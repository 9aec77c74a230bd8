"""Finding an outlook for a command: its time, its thread, its signals."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from scheduler import workflow
from scheduler.cli.console import Console
from scheduler.cli.options import Seconds
from scheduler.cli.signals import in_worker, interruptible
from scheduler.domain.outlook import Outlook
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Scenario
from scheduler.domain.teaching_gain import Extra, TeachingGain
from scheduler.solver import Options

outlook_time_option = click.option(
    "--time-limit",
    type=Seconds(min=1, max=7 * 24 * 3600),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
)


def looked(shown: Console, scenario: Scenario, plan: Plan, options: Options) -> tuple[Outlook, bool]:
    """The outlook, found in a worker thread with signals heard, and whether one cut it short."""
    if sys.stderr.isatty():
        shown.note("outlook.working", seconds=f"{options.seconds:.0f}")
    with interruptible(lambda: shown.note("outlook.interrupted")) as interruption:
        found = in_worker(
            lambda: workflow.outlook(scenario, plan, replace(options, interruption=interruption)),
            interruption,
        )
    return found, interruption.stop.requested


def tried(
    shown: Console, scenario: Scenario, plan: Plan, extras: tuple[Extra, ...], options: Options
) -> tuple[TeachingGain | None, ...]:
    """What each half-day or kit gives, tried in a worker thread with signals heard."""
    with interruptible(lambda: shown.note("outlook.interrupted")) as interruption:
        heard = replace(options, interruption=interruption)
        return in_worker(
            lambda: tuple(workflow.teaching_gain(scenario, plan, extra, heard) for extra in extras),
            interruption,
        )
