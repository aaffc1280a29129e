"""Every answer carries the same strict headers, sets no cookie, and no page asks for what they forbid."""

import re
from pathlib import Path

import pytest

from console.enrolment import application
from console.enrolment.application import create_app
from tests.console.enrolment.schools import settings

TEMPLATES = sorted((Path(application.__file__).parent / "templates").rglob("*.html"))


@pytest.mark.parametrize("address", ["/", "/notice", "/nowhere", "/proxy.pac", "/static/enrolment.css"])
def test_the_headers_are_on_every_answer(tmp_path: Path, address: str) -> None:
    with create_app(settings(tmp_path)).test_client().get(address) as answer:
        headers = answer.headers
    check = "https://trust-check.gatehouse.hillside.test http://trust-check.gatehouse.hillside.test"
    assert headers["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' {check}; object-src {check}; "
        f"frame-src {check}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.stem)
def test_no_page_has_styles_or_scripts_inside_or_anything_from_elsewhere(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)|\|safe", text)
    loaded = re.findall(r"""(?:src|data)="([^"]+)|<link[^>]*href="([^"]+)""", text)
    assert all("url_for" in (a or b) or "trust_check_host" in (a or b) for a, b in loaded)
