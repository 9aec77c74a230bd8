"""Write the data dictionary and the list of rules from the code; `--check` fails where they differ."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from scheduler.domain.columns import Column, columns_of, heading
from scheduler.domain.tables import TABLES, Row, Settings
from scheduler.locale import catalogue
from scheduler.rules import RULES

HERE = Path(__file__).parent
NOTE = "<!-- Written by `make docs` from the code; edit there. -->\n"


def data_dictionary() -> str:
    """Every table and column of the input."""
    lines = ["# Data dictionary", "", NOTE]
    lines += [
        "An input is an `.xlsx` workbook or a folder of CSV files with these tables. A column marked \\* is",
        "required. Headings may be English or Chinese. Lists are separated by `;`.",
        "",
    ]
    for table in TABLES:
        lines += list(_table(table))
    lines += [
        "## Settings",
        "",
        "Keys of the table `settings`; besides, `weight.<rule>` and `<rule>.<parameter>`.",
        "",
    ]
    lines += list(_columns(columns_of(Settings)))
    return "\n".join(lines).rstrip() + "\n"


def rules() -> str:
    """Every rule, by stage."""
    words = catalogue("en")
    lines = ["# Rules", "", NOTE]
    for stage in dict.fromkeys(rule.stage for rule in RULES):
        lines += [f"## {words(f'stage.{stage}').capitalize()}", ""]
        lines += ["| id | kind | what holds | unit | weight | parameters |", "|---|---|---|---|---|---|"]
        for rule in (rule for rule in RULES if rule.stage == stage):
            parameters = ", ".join(
                f"`{rule.id()}.{name}` [{info.default}]" for name, info in rule.model_fields.items()
            )
            cells = [
                f"`{rule.id()}`",
                "hard" if rule.hard else "soft",
                words(f"rule.{rule.id()}.sentence"),
                words(f"rule.{rule.id()}.unit"),
                "" if rule.hard else f"{rule.weight:g}",
                parameters,
            ]
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _table(table: type[Row]) -> Iterator[str]:
    first = (table.__doc__ or "").strip().partition("\n")[0]
    required = " (required)" if table.required else ""
    yield from (f"## {table.table} · {table.zh}{required}", "", first, "")
    yield from _columns(columns_of(table))


def _columns(columns: dict[str, Column]) -> Iterator[str]:
    yield from ("| column | 中文 | kind | blank means | meaning |", "|---|---|---|---|---|")
    for name, column in columns.items():
        star = "\\*" if column.required else ""
        yield (
            f"| `{heading(name)}`{star} | {column.zh} | {_kind(column)} | {column.blank} "
            f"| {column.meaning}{f' ({column.unit})' if column.unit else ''} |"
        )
    yield ""


def _kind(column: Column) -> str:
    told = str(column.kind)
    if column.options:
        told += ": " + ", ".join(f"`{option}`" for option in column.options)
    if column.refers_to:
        told += " of " + ", ".join(column.refers_to)
    return told


PAGES = {"data-dictionary.md": data_dictionary, "rules.md": rules}


def main() -> int:
    """Write the pages, or tell which are out of step."""
    stale = []
    for name, page in PAGES.items():
        path, text = HERE / name, page()
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
    if stale and "--check" in sys.argv:
        sys.stderr.write(f"Out of step with the code: {', '.join(stale)}. Run: make docs\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
