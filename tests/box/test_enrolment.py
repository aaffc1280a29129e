"""What a device meets of the box, with a real browser: the page, the instructions, the trust check."""

import pytest
from playwright.sync_api import expect

from console.enrolment.systems import SYSTEMS
from tests.box.pupil import curl
from tests.box.standing import CHECK, KNOWN, NAME, NEEDS, TRUSTED, picture, visiting
from tests.box.town import GATEWAY_PUPILS, NAMES, PUPILS4, PUPILS6

pytestmark = NEEDS

NOT_YET = "Not yet: this device does not trust the school’s certificate."
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("trusts", "said", "other"), [(True, TRUSTED, NOT_YET), (False, NOT_YET, TRUSTED)])
def test_the_page_says_whether_the_device_is_set_up(box, tmp_path, size, trusts, said, other):
    with visiting(box, tmp_path / "home", *([box.root] if trusts else []), viewport=SIZES[size]) as page:
        page.goto(f"http://{NAME}/")
        expect(page.locator("#state").get_by_text(said)).to_be_visible()
        expect(page.locator("#state").get_by_text(other)).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
        picture(page, f"{'trusted' if trusts else 'not-yet'}-{size}")


@pytest.mark.parametrize("trusts", [True, False])
def test_it_says_so_without_scripts_too(box, tmp_path, trusts):
    trusted = [box.root] if trusts else []
    with visiting(box, tmp_path / "home", *trusted, viewport=SIZES["phone"], java_script_enabled=False) as page:
        page.goto(f"http://{NAME}/")
        page.wait_for_load_state("networkidle")
        assert page.locator("object").get_by_text(NOT_YET).is_visible() is not trusts
        picture(page, f"{'trusted' if trusts else 'not-yet'}-without-scripts")


def test_a_device_that_asks_another_name_server_is_told(box, tmp_path):
    box.town.pupils.hosts(NAMES | {NAME: GATEWAY_PUPILS})
    try:
        with visiting(box, tmp_path / "home", box.root) as page:
            page.goto(f"http://{NAME}/")
            expect(page.get_by_text("Whether this device is set up cannot be told.")).to_be_visible()
            picture(page, "unknown")
    finally:
        box.town.pupils.hosts(KNOWN)


def test_a_browser_that_tries_https_first_comes_to_the_page(box, tmp_path):
    with visiting(box, tmp_path / "home", box.root) as page:
        page.goto(f"https://{NAME}/set-up")
        assert page.url == f"http://{NAME}/"


def test_in_a_network_of_which_only_names_are_counted_nothing_has_to_be_set_up(box):
    assert "Nothing has to be set up on it" in curl(box.town.guests, f"http://{NAME}/").body
    assert "PROXY" not in curl(box.town.guests, f"http://{NAME}/wpad.dat").body


def test_all_instructions_fit_a_phone_and_break_no_rule_of_their_own(box, tmp_path):
    complaints: list[str] = []
    with visiting(box, tmp_path / "home", box.root, viewport={"width": 320, "height": 640}) as page:
        page.on("console", lambda message: complaints.append(message.text))
        for path in ("set-up", "sheet", "notice", "nowhere", *(f"set-up/{system.key}" for system in SYSTEMS)):
            page.goto(f"http://{NAME}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            picture(page, path.replace("/", "-"))
    assert [said for said in complaints if "404" not in said] == []


def test_devices_are_set_up_before_anything_is_read(box, tmp_path):
    box.town.gateway.run("nft", "flush set inet gatehouse reading")
    try:
        assert curl(box.town.pupils, f"https://{CHECK}/state.json", box.root).body == '{"trusted": true}'
        assert curl(box.town.pupils, "https://web.test/", box.internet.ca).exit == 0
    finally:
        box.town.gateway.run("nft", 'add element inet gatehouse reading { "pupils" }')


@pytest.mark.parametrize("address", [PUPILS4[4], PUPILS6[4]])
def test_it_is_there_over_ipv6_too(box, address):
    assert "The school reads" in curl(box.town.pupils, f"http://{NAME}/", address=address).body
    check = curl(box.town.pupils, f"https://{CHECK}/state.json", box.root, address=address)
    assert check.body == '{"trusted": true}'
    assert curl(box.town.pupils, f"https://{CHECK}/state.json", box.internet.ca, address=address).exit == 60
