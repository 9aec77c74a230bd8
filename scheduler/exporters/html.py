"""Sets views as self-contained pages: no script, nothing fetched, safe with any text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import BaseLoader, Environment, FunctionLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from scheduler.exporters.layouts.shared import ages, notes_of, slot_more, slot_text, way_text, week_name
from scheduler.exporters.sheets import RIGHT, Cell, Look, Mark
from scheduler.exporters.views.common import Stamp
from scheduler.exporters.words import Words

_INSTALLED = files("scheduler") / "_templates"
_CHECKOUT = Path(__file__).parents[2] / "templates"


class Pages:
    """Renders the templates in one language."""

    def __init__(self, words: Words) -> None:
        """Take the words the pages are written in."""
        self._words = words
        self._environment = _environment(words)

    def render(self, template: str, stamp: Stamp, /, *styles: str, **parts: object) -> bytes:
        """One page with these style sheets inside it."""
        style = _style(styles)
        page = self._environment.get_template(template).render(
            stamp=stamp, style=style, style_hash=_hash(style), **parts
        )
        return page.encode()


@cache
def _style(sheets: tuple[str, ...]) -> Markup:
    """The text of the common style sheet and of these."""
    style = "".join(_source(f"{name}.css") for name in ("base", *sheets))
    return Markup(style)  # noqa: S704 - files of our own, no input in them


@cache
def _hash(style: str) -> str:
    """The digest by which a browser knows the page's own style; a page's line breaks are its style's too."""
    return b64encode(sha256(style.encode()).digest()).decode("ascii")


def _environment(words: Words) -> Environment:
    environment = Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        w=words,
        notes_of=notes_of,
        slot_more=slot_more,
        slot_text=slot_text,
        way_text=way_text,
        week_name=week_name,
        ages=ages,
        cell_class=cell_class,
        cell_text=cell_text,
        phone_link=phone_link,
        zip=zip,
    )
    environment.tests["date"] = lambda value: isinstance(value, date)
    for shared in ("inline.html", "parts.html"):  # the second knows the first
        environment.globals.update(_set_once(environment, shared))
    return environment


def _set_once(environment: Environment, template: str) -> dict[str, Callable[..., str]]:
    """The macros of a template by name, each set only once for what it is given: a class's week stands on the
    page of every child in it."""
    macros = vars(environment.get_template(template).module)
    return {name: cache(macro) for name, macro in macros.items() if isinstance(macro, Macro)}


def _loader() -> BaseLoader:
    return FunctionLoader(_source)


@cache
def _source(name: str) -> str:
    """A template or style sheet: of the installed package, else of the checkout."""
    installed = _INSTALLED / name
    if installed.is_file():
        return installed.read_text("utf-8")
    return (_CHECKOUT / name).read_text("utf-8")


def template(name: str) -> bytes:
    """A file of the templates that goes out as it is."""
    return _source(name).encode()


@cache
def cell_class(look: Look, mark: Mark) -> str:
    """The style classes of a cell."""
    kind = "number" if look in RIGHT else look
    return f"{kind} {mark}" if mark else kind


def cell_text(words: Words, cell: Cell, look: str) -> str:
    """What a page shows of a cell."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, int | float):
        if look == "share":
            return f"{value * 100:.1f}%"
        if look == "hours":
            return words.hours(int(value))
        if look == "money":
            return f"{value:,.2f}"
        return words.number(value)
    return str(value)


def phone_link(phone: str) -> str:
    """The digits of a phone number as a link dials them; empty where it is no single number."""
    digits = "".join(letter for letter in phone if letter.isdigit() and letter.isascii())
    plain = all(letter in "+-() 0123456789" for letter in phone)
    return ("+" if phone.startswith("+") else "") + digits if plain and 3 <= len(digits) <= 15 else ""
