import pytest

from appliance.sample.exchange import Request, Response, request
from appliance.sample.pages import face, page, with_resources


def plain(asked: Request) -> Response:
    return Response(body=b"the site", media_type="text/plain")


@pytest.mark.parametrize(
    ("path", "status", "media_type"),
    [
        ("/style/common.css", 200, "text/css"),
        ("/style/nothing.css", 404, "text/plain; charset=utf-8"),
        ("/picture/hills-a-80x60.jpg", 200, "image/jpeg"),
        ("/picture/hills-a-80x6000.jpg", 404, "text/plain; charset=utf-8"),
        ("/picture/hills-a-80x6000x1.jpg", 200, "text/plain"),
        ("/", 200, "text/plain"),
    ],
)
def test_every_site_has_style_sheets_and_pictures(path: str, status: int, media_type: str) -> None:
    answer = with_resources(plain)(request("GET", path))
    assert (answer.status, answer.media_type) == (status, media_type)


def test_what_people_write_cannot_become_markup() -> None:
    text = page("hand-in.html", essay=("<b>title</b>", "<script>x</script>")).body.decode()
    assert "<script>" not in text
    assert "&lt;b&gt;title" in text


def test_a_face_is_a_picture_whatever_the_name() -> None:
    for author in ("jake_17x", "Grace O'Connor", "Ж", "x" * 90):
        answer = with_resources(plain)(request("GET", f"/picture/{face(author)}-44x44.jpg"))
        assert answer.media_type == "image/jpeg", author
