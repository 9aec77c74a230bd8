"""Every page stands alone, reads well with any reader, and shows any text literally."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from tests import seasons
from tests.exporters import exported, season
from tests.exporters.pages import read

HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% raw %}",
    '=HYPERLINK("http://x.test","y")',
    "../../etc",
    "%s \\N {0}",
    '" onmouseover="x',
    "䶮𬭎𠮷",
    "عربي\u202e",
]


def pages(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path.endswith(".html")}


def test_every_page_has_a_language_one_heading_and_one_main_part(
    zh: dict[str, bytes], en: dict[str, bytes]
) -> None:
    for files, language in ((zh, "zh-CN"), (en, "en")):
        for path, content in pages(files).items():
            page = read(content)
            assert page.all("html")[0].attributes["lang"] == language, path
            assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1, path


def test_every_page_stands_alone(zh: dict[str, bytes]) -> None:
    for path, content in pages(zh).items():
        page = read(content)
        assert not page.all("script") + page.all("img") + page.all("link") + page.all("iframe"), path
        assert b"http:" not in content, path
        assert b"https:" not in content, path
        assert b"url(" not in content, path
        assert not [e for e in page.elements if "style" in e.attributes], path
        assert not [e for e in page.elements for name in e.attributes if name.startswith("on")], path


def test_every_page_allows_its_own_style_alone(zh: dict[str, bytes]) -> None:
    for path, content in pages(zh).items():
        page = read(content)
        (style,) = page.all("style")
        digest = b64encode(sha256(style.text.encode()).digest()).decode()
        metas = {
            m.attributes.get("http-equiv") or m.attributes.get("name"): m.attributes for m in page.all("meta")
        }
        policy = metas["Content-Security-Policy"]["content"] or ""
        assert policy.startswith("default-src 'none'"), path
        assert f"style-src 'sha256-{digest}'" in policy, path
        assert "noindex" in (metas["robots"]["content"] or "")
        assert metas["referrer"]["content"] == "no-referrer"


def test_every_table_has_a_caption_and_scoped_headings(zh: dict[str, bytes]) -> None:
    for path, content in pages(zh).items():
        page = read(content)
        assert len(page.all("caption")) == len(page.all("table")), path
        assert all(cell.attributes.get("scope") in ("col", "row") for cell in page.all("th")), path


def test_links_within_a_page_lead_somewhere(zh: dict[str, bytes]) -> None:
    for path, content in pages(zh).items():
        page = read(content)
        ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
        assert len(ids) == len(set(ids)), path
        for link in page.all("a"):
            target = link.attributes["href"] or ""
            assert not target.startswith("#") or target[1:] in ids, (path, target)


def test_links_to_files_lead_to_files_of_the_folder(zh: dict[str, bytes]) -> None:
    for path, content in pages(zh).items():
        for link in read(content).all("a"):
            target = link.attributes["href"] or ""
            if target.endswith((".ics", ".html")):
                folder = path.rpartition("/")[0] if "../" not in target else ""
                assert f"{folder}/{target.replace('../', '')}".lstrip("/") in zh, (path, target)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_literally(name: str) -> None:
    scenario = seasons.tiny(
        children=[{"id": "a", "name": name, "guardian": name, "allergies": name, "pickup": name}],
        venues=[
            {"id": "V1", "name": name, "mode": "joint", "address": name, "phone": name, "contact": name},
            {"id": "V2", "name": "South", "mode": "employer"},
        ],
    )
    plan = seasons.plan(season="tiny", placements=seasons.placed("a@C1/1"))
    for path, content in pages(exported(scenario, plan, season.report(), "en", season.KEY)).items():
        page = read(content)
        assert not page.all("script"), path
        assert not [e for e in page.elements for key in e.attributes if key.startswith("on")], path
        if "families" in path or path == "publish/index.html":
            assert name in page.all("body")[0].text, path


def test_text_keeps_its_contrast_in_light_and_dark(zh: dict[str, bytes]) -> None:
    """WCAG 2.2 AA: 4.5:1 for every colour of text on every ground it stands on."""
    style = read(zh["private/coordinator/index.html"]).all("style")[0].text
    light, dark = (dict(re.findall(r"--(\w[\w-]*): (#[0-9a-f]{6})", block)) for block in _roots(style))
    for colours in (light, dark):
        for ground in ("paper", "sheet", "tint", "wash"):
            for text in ("ink", "soft", "accent"):
                assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground, colours)
        assert _contrast(colours["ink"], colours["warn-tint"]) >= 4.5
        assert _contrast(colours["warn"], colours["paper"]) >= 4.5


def _roots(style: str) -> list[str]:
    found = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(found) == 3  # light, dark, print
    return found[:2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
