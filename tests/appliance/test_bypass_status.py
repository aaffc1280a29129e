from typing import Any

from appliance.bypass_status import learned_trouble, list_trouble


def passing(host: str, state: str = "automatic") -> dict[str, Any]:
    return {"host": host, "client": "k", "state": state, "until": "2027-02-11"}


def test_a_list_that_cannot_be_read_is_told_in_the_gateways_words() -> None:
    assert list_trouble({}) == ""
    assert list_trouble({"bypass_problem": "school.toml: is not TOML."}) == "school.toml: is not TOML."


def test_what_passes_with_nobodys_word_is_told_until_somebody_has_decided() -> None:
    told = learned_trouble({"passes": [passing("app.test")], "proposals": [], "day_is_full": False})
    assert told.startswith("Apps that refuse to be read pass unread to app.test. Look with gatehouse bypass proposals")
    assert learned_trouble({"passes": [passing("app.test", "confirmed")], "proposals": []}) == ""
    assert learned_trouble({}) == ""


def test_what_is_proposed_is_told_and_a_full_day_too() -> None:
    proposals = [{"host": f"app{n}.test", "client": "k", "devices": 3, "why": "day-is-full"} for n in range(7)]
    told = learned_trouble({"passes": [], "proposals": proposals, "day_is_full": True})
    assert "at app0.test, app1.test, app2.test, app3.test, app4.test and 2 more, and do not pass" in told
    assert "refusing on purpose" in told
