"""A small reader of pages for the tests: elements in order, with their attributes and text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    closed: bool = False


@dataclass
class Page(HTMLParser):
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        for element in reversed(self.elements):
            if element.tag == tag and not element.closed:
                element.closed = True
                return

    def handle_data(self, data: str) -> None:
        for element in self.elements:
            if not element.closed:
                element.text += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    @property
    def text(self) -> str:
        body = self.all("body")[0].text
        return " ".join(body.split())


def read(page: bytes) -> Page:
    parsed = Page()
    parsed.feed(page.decode())
    return parsed


def page_of(files: dict[str, bytes], folder: str, name: str) -> Page:
    """The page in a folder whose heading holds a name."""
    found = [
        page
        for path, content in files.items()
        if path.startswith(folder)
        and path.endswith(".html")
        and name in (page := read(content)).all("h1")[0].text
    ]
    assert len(found) == 1, f"{len(found)} pages"
    return found[0]
