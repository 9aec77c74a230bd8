"""`report.json`: the verification as every tool reports it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from scheduler.domain.shortfall import Vacancy
from scheduler.exporters.words import Words
from scheduler.rules.report import Report, report_data


def report_json(report: Report, words: Words, vacancies: Iterable[Vacancy] = ()) -> bytes:
    """The verification: how many hard violations, every violation in words, the score, and why each unfilled
    post is unfilled."""
    data = report_data(report, words.by_id, vacancies)
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
