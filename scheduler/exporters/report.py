"""`report.json`: the verification as every tool reports it."""

from __future__ import annotations

import json

from scheduler.exporters.words import Words
from scheduler.rules.report import Finding, Report


def report_json(report: Report, words: Words) -> bytes:
    """The verification: how many hard violations, every violation in words, and the score."""
    data = {
        "hard": len(report.broken),
        "violations": [_violation(found, words) for found in report.findings],
        "score": {rule: score.model_dump() for rule, score in report.score.items()},
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _violation(found: Finding, words: Words) -> dict[str, object]:
    violation = found.violation
    return {
        "rule": violation.rule,
        "stage": found.stage,
        "hard": found.hard,
        "amount": violation.amount,
        "message": words.violation(violation),
        "refs": list(violation.refs),
    }
