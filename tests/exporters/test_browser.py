"""The pages as a browser shows them: narrow, dark, printed, without network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: no page was looked at"
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: no page was looked at"),
]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

HEADINGS = "document.querySelectorAll('h1').length"

TABLES = """[...document.querySelectorAll('table')].map(e => ({
    width: e.getBoundingClientRect().width, size: parseFloat(getComputedStyle(e).fontSize)}))"""

# links a finger or the keyboard must reach; the skip link shows itself only when focused
SMALL_LINKS = """[...document.querySelectorAll('a[href]:not(.skip)')]
    .filter(a => a.getClientRects().length)
    .filter(a => a.tabIndex < 0 || a.getBoundingClientRect().height < 24)
    .map(a => a.outerHTML)"""

# WCAG 2: contrast of every piece of text against the first opaque background behind it
FAINT_TEXT = """(() => {
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = c => c.slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length && (c.length < 4 || c[3] === 1)) return c;
    }
    return [255, 255, 255];
  };
  const looked = [...document.querySelectorAll('body *')].filter(e => e.getClientRects().length
      && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
  return {looked: looked.length, faint: looked.filter(e => {
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  }).map(e => e.outerHTML.slice(0, 120))};
})()"""


@pytest.fixture(scope="module")
def folder(zh: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the hand-made season, on disk."""
    root = tmp_path_factory.mktemp("out")
    for path, content in zh.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        # as root in a container chromium has no sandbox, and /dev/shm may be small
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        opened = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


class Look:
    """One tab through which pages are looked at, and what they complained of or asked the network for."""

    def __init__(self, browser: Any, width: int, **context: Any) -> None:  # noqa: ANN401
        self.page = browser.new_context(viewport={"width": width, "height": 800}, **context).new_page()
        self.wrong: list[str] = []
        self._asked_for = ""
        self.page.on("console", lambda said: self.wrong.append(said.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._request)

    def at(self, path: Path) -> Any:  # noqa: ANN401
        """The page of a file."""
        self._asked_for = path.as_uri()
        self.page.goto(self._asked_for)
        return self.page

    def _request(self, request: Any) -> None:  # noqa: ANN401
        if request.url != self._asked_for:
            self.wrong.append(request.url)


def published(folder: Path) -> list[Path]:
    """Pages of families, of staff, and the public one."""
    pages = sorted((folder / "publish").rglob("*.html"))
    assert len(pages) >= 8
    return pages


def office(folder: Path) -> list[Path]:
    """The coordinator's page and the venues' packs."""
    pages = sorted((folder / "private").rglob("*.html"))
    assert len(pages) == 3
    return pages


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_published_pages_are_fit_for_a_small_phone(browser: Any, folder: Path, scheme: str) -> None:  # noqa: ANN401
    look = Look(browser, 320, color_scheme=scheme)
    for path in published(folder):
        page = look.at(path)
        assert not look.wrong, path
        assert page.evaluate(OVERFLOW) == 0, path
        assert page.evaluate(HEADINGS) == 1, path
        assert page.evaluate(SMALL_LINKS) == [], path
        contrast = page.evaluate(FAINT_TEXT)
        assert contrast["looked"] > 5, path
        assert contrast["faint"] == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_office_pages_are_fit_for_a_desk(browser: Any, folder: Path, scheme: str) -> None:  # noqa: ANN401
    look = Look(browser, 1280, color_scheme=scheme)
    for path in office(folder):
        page = look.at(path)
        assert not look.wrong, path
        assert page.evaluate(OVERFLOW) == 0, path
        assert page.evaluate(HEADINGS) == 1, path
        assert page.evaluate(FAINT_TEXT)["faint"] == [], path


def test_the_looking_finds_what_is_wrong(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401
    # a page with every fault: otherwise the tests above might look past them
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><h1>a</h1><h1>b</h1><p style='width:400px;color:#999'>faint</p>"
        "<a href='#x' style='font-size:8px;display:inline-block'>x</a><img src='http://127.0.0.1:9/x.png'>"
        "<script>console.error('oh')</script>"
    )
    look = Look(browser, 320)
    page = look.at(bad)
    assert "oh" in look.wrong
    assert "http://127.0.0.1:9/x.png" in look.wrong
    assert page.evaluate(OVERFLOW) > 0
    assert page.evaluate(HEADINGS) == 2
    assert len(page.evaluate(SMALL_LINKS)) == 1
    assert len(page.evaluate(FAINT_TEXT)["faint"]) == 1


def test_the_keyboard_reaches_the_text_first(browser: Any, folder: Path) -> None:  # noqa: ANN401
    page = Look(browser, 390).at(folder / "publish" / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # it comes into view


def test_a_printed_week_is_a_table_that_can_be_read(browser: Any, folder: Path) -> None:  # noqa: ANN401
    look, weeks = Look(browser, 688), 0  # A4 less 2 x 14 mm
    look.page.emulate_media(media="print")
    for path in published(folder):
        page = look.at(path)
        tables = page.evaluate(TABLES)
        weeks += len(tables)
        assert all(0 < table["width"] <= 688 for table in tables), path
        assert all(table["size"] >= 12 for table in tables), path  # 9 pt
        assert page.evaluate("[...document.querySelectorAll('.narrow')].every(e => !e.offsetHeight)"), path
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert weeks >= 5


def test_a_printed_pack_holds_the_sheets_to_sign(browser: Any, folder: Path) -> None:  # noqa: ANN401
    look = Look(browser, 1040)
    look.page.emulate_media(media="print")
    for path in office(folder)[1:]:
        page = look.at(path)
        sheets = page.evaluate(TABLES.replace("'table'", "'#sign-in table'"))
        assert sheets, path
        assert all(sheet["width"] > 0 for sheet in sheets), path
        # each class and week on a page of its own, the first one on the section's
        assert page.locator("#sign-in .sheet").count() == len(sheets) - 1, path
    assert look.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
