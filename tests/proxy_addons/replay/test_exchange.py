from mitmproxy.proxy.layers.http._events import ResponseData, ResponseEndOfMessage

from proxy_addons.replay.exchange import MOST_EARLY, Exchange


def test_an_answer_waits_for_its_request_and_keeps_its_order() -> None:
    exchange, parts = Exchange(1), [ResponseData(1, bytes(MOST_EARLY)), ResponseData(1, b"x"), ResponseEndOfMessage(1)]
    assert exchange.holds(parts[0])
    assert not exchange.is_full
    assert exchange.holds(parts[1])
    assert exchange.is_full
    exchange.asked = True
    assert exchange.holds(parts[2])
    assert exchange.release() == parts
    assert not exchange.holds(parts[0])
    assert not exchange.is_full
