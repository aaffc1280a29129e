from proxy_addons.replay.share import WHOLE, Share

CLIENTS = [f"10.1.{n // 250}.{n % 250}" for n in range(1000)]


def test_every_client_is_in_one_share_and_the_shares_are_about_as_large() -> None:
    shares = [Share(number, 3) for number in range(3)]
    owned = [[share.number for share in shares if share.has(client)] for client in CLIENTS]
    assert all(len(owners) == 1 for owners in owned)
    assert all(250 < sum(owners == [share.number] for owners in owned) < 420 for share in shares)


def test_one_address_written_in_two_ways_is_one_client() -> None:
    assert all(Share(0, 7).has(client) == Share(0, 7).has(f"::ffff:{client}") for client in CLIENTS)


def test_who_shares_with_nobody_has_all() -> None:
    assert all(map(WHOLE.has, CLIENTS))
    assert WHOLE.is_first
