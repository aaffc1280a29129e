from datetime import timedelta
from threading import Thread

from detection.observation import Channel, Direction, Subject
from detection.recent import LONGEST, TITLE, Recent
from tests.detection.factories import NOW, observation

ME = observation().subject.key
W, S, P = Direction.WRITTEN, Direction.SHOWN, Direction.SENT_BY_PAGE


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_the_last_minutes_come_back_oldest_first() -> None:
    recent = Recent(minutes=10)
    for ago in (11, 9, 1):
        recent.remember(observation(text=f"{ago} minutes ago", seen_at=NOW - minutes(ago)))
    assert [earlier.text for earlier in recent.before(ME, NOW)] == ["9 minutes ago", "1 minutes ago"]
    assert recent.before("person:other", NOW) == ()


def test_a_page_is_remembered_by_its_opening_only() -> None:
    recent = Recent()
    recent.remember(observation(text="t" * 5000, channel=Channel.PAGE, direction=S))
    recent.remember(observation(text="w" * 5000))
    assert [len(earlier.text) for earlier in recent.before(ME, NOW)] == [TITLE, LONGEST]


def test_of_a_page_its_title_is_remembered() -> None:
    recent = Recent()
    recent.remember(observation(text="Post your pets\ntess_b\nBiscuit rings a bell", channel=Channel.PAGE, direction=S))
    assert [earlier.text for earlier in recent.before(ME, NOW)] == ["Post your pets"]


def test_what_comes_back_from_the_same_app_is_remembered_once() -> None:
    recent = Recent()
    for direction, app in ((W, "chat.example"), (S, "chat.example"), (W, "chat.example"), (S, "other.example")):
        recent.remember(observation(text="see you at break", direction=direction, app=app))
    assert [(e.direction, e.app) for e in recent.before(ME, NOW)] == [
        (W, "chat.example"),
        (W, "chat.example"),
        (S, "other.example"),
    ]


def test_of_what_grows_as_it_is_typed_only_the_last_is_remembered() -> None:
    recent = Recent()
    for text in (
        "no",
        "no way",
        "see you at the",
        "see you at the gates",
        "see you at the gates tomorrow",
        "see you at lunch",
    ):
        recent.remember(observation(text=text))
    assert [earlier.text for earlier in recent.before(ME, NOW)] == [
        "no", "no way", "see you at the gates tomorrow", "see you at lunch",
    ]  # fmt: skip


def test_only_so_much_is_kept_of_a_person() -> None:
    recent = Recent(per_person_limit=3)
    for number in range(10):
        recent.remember(observation(text=str(number)))
    assert [earlier.text for earlier in recent.before(ME, NOW)] == ["7", "8", "9"]


def test_only_so_many_people_are_kept_and_the_most_silent_goes_first() -> None:
    recent = Recent(people_limit=2)
    for name in ("a", "b", "a", "c"):
        recent.remember(observation(subject=Subject(people=(name,))))
    assert recent.before("person:b", NOW) == ()
    assert len(recent.before("person:a", NOW)) == 2


def test_who_is_silent_for_long_is_forgotten() -> None:
    recent = Recent(minutes=10)
    recent.remember(observation())
    recent.remember(observation(subject=Subject(people=("other",)), seen_at=NOW + minutes(11)))
    assert recent.before(ME, NOW) == ()


def test_a_repeat_within_the_minutes_is_told() -> None:
    recent = Recent(minutes=10)
    assert recent.first_time("k", W, NOW)
    assert not recent.first_time("k", W, NOW + minutes(9))
    assert recent.first_time("other", W, NOW)
    assert recent.first_time("k", W, NOW + minutes(10))


def test_a_clock_that_was_set_back_makes_no_repeat_of_the_next_hour() -> None:
    recent = Recent(minutes=10)
    assert recent.first_time("k", W, NOW)
    assert recent.first_time("k", W, NOW - minutes(60))
    assert not recent.first_time("k", W, NOW - minutes(55))


def test_the_written_one_wins_over_one_only_shown() -> None:
    recent = Recent()
    assert [recent.first_time("k", direction, NOW) for direction in (S, P, S, W, W, S)] == [
        True,
        False,
        False,
        True,
        False,
        False,
    ]


def test_what_could_not_be_reported_is_no_repeat() -> None:
    recent = Recent()
    assert recent.first_time("k", W, NOW)
    recent.forget("k")
    assert recent.first_time("k", W, NOW)


def test_the_memory_of_repeats_has_an_end() -> None:
    recent = Recent(people_limit=2, per_person_limit=2)
    for key in "abcde":
        assert recent.first_time(key, W, NOW)
    assert recent.first_time("a", W, NOW)
    assert not recent.first_time("e", W, NOW)


def test_many_threads_may_remember_at_once() -> None:
    recent = Recent(per_person_limit=100, people_limit=50)
    firsts: list[bool] = []

    def work(name: str) -> None:
        for number in range(100):
            recent.remember(observation(subject=Subject(people=(f"{name}-{number}",))))
            firsts.append(recent.first_time(str(number), W, NOW))

    threads = [Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert firsts.count(True) == 100
