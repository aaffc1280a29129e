"""What is wrong with a sensor's library is said in our words, and every kind of trouble has some."""

from appliance.library_status import LIBRARY_TROUBLES, library_trouble


def test_each_kind_is_said_and_an_unknown_one_too() -> None:
    assert library_trouble({"library_trouble": "older"}) == LIBRARY_TROUBLES["older"]
    assert library_trouble({"library_trouble": "new kind"}) == "It does not use the newest library."
    assert library_trouble({"library_trouble": ""}) == library_trouble({}) == ""
