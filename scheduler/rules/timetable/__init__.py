"""The rules of timetable, in the order a coordinator would ask them."""

from __future__ import annotations

from scheduler.rules.base import Rule

RULES: tuple[type[Rule], ...] = ()
