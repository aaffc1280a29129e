"""One reading session for each request, writing ones that are all or nothing."""

import pytest

from appliance.models import Organisation
from console import db
from tests.console.factories import School


def test_a_request_reads_in_one_session_and_sees_nothing_of_the_next(school: School) -> None:
    with school.app.app_context():
        first = db.session()
        assert db.session() is first
        db.renew()
        assert db.session() is not first


def test_what_fails_half_way_leaves_nothing(school: School) -> None:
    def fail_half_way() -> None:
        with db.writing() as session:
            session.add(Organisation(slug="half", name="Half"))
            session.flush()
            raise ValueError("on the way")

    with school.app.app_context():
        with pytest.raises(ValueError, match="on the way"):
            fail_half_way()
        assert db.session().query(Organisation).filter_by(slug="half").first() is None


def test_reading_keeps_nobody_from_writing(school: School) -> None:
    with school.app.app_context():
        assert db.session().query(Organisation).count() == 3
        with db.writing() as session:
            session.add(Organisation(slug="new", name="New"))
        assert db.session().query(Organisation).count() == 3, "a page shows one moment"
        db.renew()
        assert db.session().query(Organisation).count() == 4
