import pytest

from images.annotate import MARK
from images.cage import Cage
from images.orders import Box, Order, Resource, Shot
from tests.images.factories import URL, count, opened, order, square

NEEDLE = "nobody likes you"
TALL = "<p style='height:3000px'></p>"
RED, GREEN = (255, 0, 0), (0, 128, 0)


def asked(cage: Cage, html: str, *needles: str, headers: tuple[tuple[str, str], ...] = (), **others: bytes) -> Shot:
    """``html`` drawn with ``others`` beside it under their names."""
    page = Resource(url=URL, headers=(("content-type", "text/html; charset=utf-8"), *headers), body=html.encode())
    beside = [Resource(url=f"https://forum.example/{name}", body=body) for name, body in others.items()]
    return cage.ask(Order(url=URL, resources=(page, *beside), needles=needles or (NEEDLE,)))


def is_marked(shot: Shot, box: Box) -> bool:
    x, y, width, height = map(int, box)
    return count(opened(shot.png), MARK, (x, y, x + width, y + height)) > width * height / 4


def test_a_page_is_drawn_with_its_style_and_picture(cage: Cage) -> None:
    html = '<link rel=stylesheet href="/style#part"><img src="/picture" style="position:absolute;left:300px;top:0">'
    style = b"body{margin:0;background:green}"
    headers = (("content-type", "text/css"),)
    page = order(html)
    beside = (
        Resource(url="https://forum.example/style", headers=headers, body=style),
        Resource(url="https://forum.example/picture", headers=(("content-type", "image/png"),), body=square("red")),
    )
    picture = opened(cage.ask(Order(url=URL, resources=(*page.resources, *beside))).png)
    assert picture.size == (1280, 800)
    assert count(picture, RED) == 100 * 100
    assert count(picture, GREEN) == 1280 * 800 - 100 * 100


@pytest.mark.parametrize(
    "html",
    [
        "<p>nobody likes you</p>",
        "<p>NoBody\n\n   LIKES\tyou</p>",
        "<p><b>nob</b><i>ody <u>li</u></i>kes <a href=x>you</a></p>",
        "<p>no\u200bbo\u00addy lik\u2060es you</p>",
        "<p>nobody</p><p>likes</p><p>you</p>",
        "<p>nobody<br>likes<br>you</p>",
        "<table><tr><td>nobody<td>likes<td>you</table>",
        "<div><template shadowrootmode=open><p>nobody <b>likes</b> you</p></template></div>",
        "<div><template shadowrootmode=closed><p>nobody likes you</p></template></div>",
        "<textarea>nobody likes you</textarea>",
        "<input value='nobody likes you'>",
        "<iframe srcdoc='<p>nobody <b>likes</b> you</p>'></iframe>",
        "<svg width=400><text y=30>nobody likes you</text></svg>",
        "<p style='user-select:none;text-transform:uppercase;color:transparent'>nobody likes you</p>",
    ],
)
def test_the_words_are_found_marked_and_brought_into_view(cage: Cage, html: str) -> None:
    shot = asked(cage, f"<body>{TALL}{html}")
    assert shot.found == 1
    x, y, width, height = shot.boxes[0]
    assert 0 <= x < 1280
    assert 0 <= y <= 800 - height
    assert count(opened(shot.png), MARK, (int(x), int(y), int(x + width) + 1, int(y + height) + 1)) > 150


def test_the_words_stand_in_the_middle_where_the_page_allows(cage: Cage) -> None:
    (box,) = asked(cage, f"{TALL}<p>nobody likes you{TALL}").boxes
    assert abs(box[1] + box[3] / 2 - 400) < 5


def test_a_scrolled_box_and_a_frame_are_scrolled_too(cage: Cage) -> None:
    inner = f"<div style='height:200px;overflow:auto'>{TALL}nobody likes you{TALL}</div>"
    html = f'{TALL}<iframe style="border:9px solid" srcdoc="{TALL}{inner}{TALL}"></iframe>{TALL}'
    shot = asked(cage, html)
    assert is_marked(shot, shot.boxes[0])
    assert abs(shot.boxes[0][1] - 400) < 60


def test_every_needle_is_marked_and_the_first_leads(cage: Cage) -> None:
    shot = asked(cage, f"<p>go away</p>{TALL}<p>nobody likes you, go away</p>{TALL}", NEEDLE, "go away")
    assert shot.found == 3
    assert len(shot.boxes) == 2
    assert all(is_marked(shot, box) for box in shot.boxes)
    assert shot.boxes[0][0] < shot.boxes[1][0]


def test_a_phrase_never_runs_together_out_of_two_words(cage: Cage) -> None:
    assert asked(cage, "<p>the rapid</p><p>therapid</p>", "therapid").found == 1


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility:hidden",
        "opacity:0",
        "position:absolute;left:-9999px",
        "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)",
        "font-size:0",
    ],
)
def test_words_nobody_could_see_are_not_shown_as_if_they_could(cage: Cage, style: str) -> None:
    shot = asked(cage, f"<h1>Welcome</h1><p style='{style}'>nobody likes you</p>")
    assert shot.found == 1
    assert count(opened(shot.png), MARK) == 0


def test_a_place_that_can_be_seen_is_preferred(cage: Cage) -> None:
    shot = asked(cage, f"<p hidden>nobody likes you</p>{TALL}<p>nobody likes you</p>")
    assert shot.found == 2
    assert is_marked(shot, shot.boxes[0])


@pytest.mark.parametrize("html", ["<title>nobody likes you</title>", "<script>'nobody likes you'</script>", ""])
def test_words_that_are_not_there_are_not_found(cage: Cage, html: str) -> None:
    shot = asked(cage, f"<h1>Welcome</h1>{html}")
    assert (shot.found, shot.boxes) == (0, ())


def test_a_password_field_is_not_looked_into(cage: Cage) -> None:
    assert asked(cage, "<input type=password value='nobody likes you'>").found == 0


def test_scripts_do_not_run(cage: Cage) -> None:
    script = "<script>document.body.style.background='red'</script><img src=x onerror=document.body.remove()>"
    shot = asked(cage, f"<body style='background:green'>nobody likes you{script}<svg onload='while(1){{}}'></svg>")
    assert shot.found == 1
    assert count(opened(shot.png), RED) == 0
    assert count(opened(shot.png), GREEN) > 900_000


def test_what_only_a_browser_without_scripts_would_show_is_left_out(cage: Cage) -> None:
    html = "<body><noscript><p style='background:red'>Please switch on scripts</p></noscript><p>nobody likes you"
    assert count(opened(asked(cage, html).png), RED) == 0


def test_a_page_whose_policy_forbids_everything_is_marked_all_the_same(cage: Cage) -> None:
    policy = (("content-security-policy", "default-src 'none'; sandbox; trusted-types 'none'"),)
    shot = asked(cage, f"{TALL}<p>nobody likes you", headers=policy)
    assert is_marked(shot, shot.boxes[0])


@pytest.mark.parametrize("refresh", ["0", "0;url=https://else.example/", "0;url=/threads/12?again", "0;url=#x"])
def test_a_page_that_would_leave_stays(cage: Cage, refresh: str) -> None:
    shot = asked(cage, f"<meta http-equiv=refresh content='{refresh}'><p>nobody likes you")
    assert is_marked(shot, shot.boxes[0])


def test_what_is_not_in_the_bundle_is_refused_and_leaves_the_rest_standing(cage: Cage) -> None:
    html = """<link rel=stylesheet href=https://else.example/s.css><iframe src=https://else.example/></iframe>
        <img src=//else.example/x.png><style>@import "https://else.example/t.css"; p{color:red}</style>
        <p>nobody likes you"""
    shot = asked(cage, html)
    assert is_marked(shot, shot.boxes[0])
    assert not shot.unfinished


def test_nothing_of_one_page_is_there_for_the_next(cage: Cage) -> None:
    cookie = (("set-cookie", "seen=1"), ("cache-control", "max-age=9999"))
    asked(cage, "<img src=/a>nobody likes you", headers=cookie, a=square("red"))
    assert count(opened(asked(cage, "<img src=/a>nobody likes you").png), RED) == 0


def test_our_own_pages_are_as_tall_as_their_content_at_the_width_they_are_given(cage: Cage) -> None:
    sizes = [
        opened(cage.ask(order(f"<!doctype html><p style='height:{h}px'>", fit=760)).png).size
        for h in (0, 700, 1500, 9000)
    ]
    assert {width for width, _ in sizes} == {760}
    heights = [height for _, height in sizes]
    assert heights[0] < 200
    assert 700 < heights[1] < 800
    assert 1500 < heights[2] < 1600
    assert heights[3] == 2400


def test_right_to_left_pages_are_marked_where_the_words_are(cage: Cage) -> None:
    shot = asked(cage, "<html dir=rtl lang=he><p>שלום, אף אחד לא אוהב אותך", "אף אחד לא אוהב אותך")
    assert is_marked(shot, shot.boxes[0])
    assert shot.boxes[0][0] > 640
