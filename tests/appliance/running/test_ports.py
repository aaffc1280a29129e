import socket

import pytest

from appliance.running.ports import choose, is_free


def test_a_free_port_is_taken_as_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert choose({"console": port}) == ({"console": port}, [])


def test_a_taken_one_is_named_and_the_next_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert not is_free(port)
        chosen, notes = choose({"console": port})
        assert chosen["console"] != port
        assert is_free(chosen["console"])
        assert notes == [f"port {port} is taken; {chosen['console']} instead, for the console"]


def test_two_that_want_the_same_get_two() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    chosen, notes = choose({"console": port, "proxy": port})
    assert chosen["console"] != chosen["proxy"]
    assert len(notes) == 1


def test_there_may_be_none() -> None:
    with pytest.raises(OSError, match="no port is free for the console from 8000 to 8099"):
        choose({"console": 8000}, address="192.0.2.1")
