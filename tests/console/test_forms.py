"""Forms offer every level and outcome and trim what is typed."""

from werkzeug.datastructures import MultiDict

from appliance.models import Outcome
from console import forms
from tests.console.factories import School


def test_every_level_and_outcome_is_offered(school: School) -> None:
    with school.app.test_request_context():
        assert [option.data for option in forms.GradeForm().severity] == ["1", "2", "3", "4", "5"]
        assert [option.data for option in forms.CloseForm().outcome] == [str(outcome) for outcome in Outcome]


def test_spaces_around_words_are_not_words(school: School) -> None:
    with school.app.test_request_context(method="POST"):
        form = forms.NoteForm(formdata=MultiDict({"note": "  \n "}), meta={"csrf": False})
        assert not form.validate()
        assert form.note.errors
