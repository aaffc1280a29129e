"""Every answer carries the same strict headers; no page asks for what they forbid."""

import re
from pathlib import Path

import pytest

import console
from tests.console.factories import School

CONSOLE = Path(console.__file__).parent
TEMPLATES = sorted((CONSOLE / "templates").rglob("*.html"))


@pytest.mark.parametrize("address", ["/sign-in", "/queue", "/nowhere", "/static/console.css"])
def test_the_headers_are_on_every_answer(school: School, address: str) -> None:
    school.reviewer("dsl")
    with school.browser("dsl").get(address) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_pages_are_not_kept_and_files_of_our_own_may_be(school: School) -> None:
    browser = school.browser()
    assert browser.get("/sign-in").headers["Cache-Control"] == "no-store"
    with browser.get("/static/console.css") as answer:
        assert "no-store" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: str(t.relative_to(CONSOLE / "templates")))
def test_no_template_has_styles_scripts_or_handlers_inside(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text)
    assert "|safe" not in text
    assert "autoescape" not in text


def test_our_styles_load_nothing_from_elsewhere() -> None:
    text = (CONSOLE / "static" / "console.css").read_text("utf-8")
    assert not re.findall(r"url\([\"']?(?:https?:|data:|//)", text)
    assert "@import" not in text
