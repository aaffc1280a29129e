from threading import Event

from appliance.sample.day import Day, Line, Person, Planned, Read, Search, Talk, load_day
from appliance.sample.play import Stage, in_order, lanes, play
from appliance.sample.sites import CHAT_HOST
from appliance.sample.web import SampleWeb
from tests.appliance.sample.tunnels import Tunnels


def person(number: int) -> Person:
    return Person(ref=f"p{number}", name=f"Pupil {number}", role="pupil", year="9", address=f"127.0.1.{number}")


def stage(web: SampleWeb, tunnels: Tunnels) -> Stage:
    root = str(web.root)
    return Stage(proxy=tunnels.url, root=root, chat=web.hosts[CHAT_HOST], chat_root=root)


def test_the_whole_day_plays_without_a_failure_each_from_their_own_address(web: SampleWeb, tunnels: Tunnels) -> None:
    day = load_day()
    told: list[str] = []
    tally = play(day, stage(web, tunnels), seconds=0, on_played=lambda planned, why: told.append(why))
    assert (tally.played, tally.failures) == (len(day.acts), [])
    assert told == [""] * len(day.acts)
    assert {address for address, _ in tunnels.asked} == {one.address for one in day.people}


def test_what_fails_is_counted_and_the_rest_goes_on(web: SampleWeb, tunnels: Tunnels) -> None:
    acts = (
        Planned("Maths", Read(person(1), "https://homework.test/nowhere"), None),
        Planned("Maths", Read(person(1), "https://elsewhere.test/"), None),
        Planned("Maths", Search(person(1), "fractions"), None),
    )
    tally = play(Day((person(1),), acts), stage(web, tunnels), seconds=0)
    assert tally.played == 3
    assert [failure.planned for failure in tally.failures] == list(acts[:2])
    assert tally.failures[0].why == "homework.test: answered 404"


def test_stopping_ends_it_early(web: SampleWeb, tunnels: Tunnels) -> None:
    stop = Event()
    stop.set()
    assert play(load_day(), stage(web, tunnels), seconds=3600, stop=stop).played == 0


def test_the_order_is_the_seeds_and_nobody_overtakes_themselves() -> None:
    acts = load_day().acts
    assert in_order(acts, 1) == in_order(acts, 1) != in_order(acts, 2)
    for one in load_day().people:
        own = [planned for planned in acts if one in planned.people]
        assert [planned for planned in in_order(acts, 3) if one in planned.people] == own


def test_who_talks_together_shares_a_lane() -> None:
    one, two, three = person(1), person(2), person(3)
    talk = Planned("Break", Talk("games", (Line(one, "hi"), Line(two, "hi"))), None)
    reads = [Planned("Break", Read(who, "https://homework.test/"), None) for who in (one, two, three)]
    assert lanes([*reads, talk], 2) == [[reads[0], reads[1], talk], [reads[2]]]
