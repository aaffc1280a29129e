"""Several gateways' counts become one's."""

from proxy_addons.supervisor.summing import summed


def test_numbers_are_added_table_by_table():
    reports = [
        {"flows": 3, "unread": {"timeout": 1}, "sensor": {"reported": 2, "running": True, "waiting": None}},
        {"flows": 4, "unread": {"large": 5}, "sensor": {"reported": 1, "running": True, "waiting": 1}},
    ]
    total = summed(reports)
    assert total["flows"] == 7
    assert total["unread"] == {"timeout": 1, "large": 5}
    assert total["sensor"] == {"reported": 3, "running": True, "waiting": 1}


def test_what_is_wrong_with_one_is_wrong_with_all():
    well = {"running": True, "outbox_error": "", "oldest_waiting": "2026-01-01", "library_trouble": "", "version": 1}
    ill = {"running": False, "outbox_error": "full", "oldest_waiting": "2026-01-02", "library_trouble": "older"}
    total = summed([well | {"oldest_waiting": None}, ill, well])
    assert total == {
        "running": False,
        "outbox_error": "full",
        "oldest_waiting": "2026-01-01",
        "library_trouble": "older",
        "version": 1,
    }


def test_what_all_workers_go_by_is_said_once_and_what_each_has_met_is_added():
    of_one = {"authority": {"excluded": 167}, "revocation": {"lists": 2}, "upstream": {"expired": 1}}
    of_other = {**of_one, "bad_certificates": {"5f2a": "expired"}}
    assert summed([of_one, of_other]) == {**of_other, "upstream": {"expired": 2}}


def test_of_none_there_is_nothing():
    assert summed([]) == {}
    assert summed([{"last_delivery": None}]) == {"last_delivery": None}
