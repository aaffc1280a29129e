"""What templates call says codes in words and times in the school's zone."""

from flask import render_template_string

from tests.console.factories import NOW, School


def test_codes_and_times_in_a_template(school: School) -> None:
    school.app.jinja_env.autoescape = True
    with school.app.test_request_context():
        page = render_template_string(
            "{{ 'self-harm'|category_word }}, {{ 3|level_word }}, {{ at|when('Asia/Tokyo') }}, {{ who }}",
            at=NOW,
            who="<b>\u202eevil",
        )
    assert page.startswith("Self-harm, medium, <time ")
    assert "23:30:00 JST" in page
    assert page.endswith("&lt;b&gt;⟨U+202E⟩evil")
