"""The ring of pictures: off until it is wanted, never more than were asked for, the oldest first."""

from agent.session.earlier_pictures import EVERY, EarlierPictures


def test_it_is_off_until_it_is_wanted() -> None:
    ring = EarlierPictures()
    assert not ring.wants(0.0)
    ring.add(b"a", 0.0)
    assert ring.all() == ()


def test_the_last_few_are_kept_the_oldest_first() -> None:
    ring = EarlierPictures()
    ring.keep(2)
    assert ring.wants(0.0)
    for number, picture in enumerate((b"a", b"", b"b", b"c")):
        ring.add(picture, number * EVERY)
    assert ring.all() == (b"b", b"c")
    assert not ring.wants(3 * EVERY + 1)
    ring.keep(1)
    assert ring.all() == (b"c",)
    ring.forget()
    assert ring.all() == ()
