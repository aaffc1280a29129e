from proxy_addons.replay.placing import Placed, in_one_order


def placed(*found: tuple[int, str]) -> Placed[str]:
    made = Placed(list[str]())
    for event, one in found:
        made.found.append(one)
        made.at(event)
    return made


def test_what_several_jobs_found_is_put_in_the_order_of_the_capture() -> None:
    assert in_one_order([placed((1, "a"), (4, "d"), (4, "e")), placed((2, "b"), (3, "c"), (9, "f"))]) == list("abcdef")


def test_what_is_found_at_one_event_has_the_same_order_whoever_found_it() -> None:
    together = in_one_order([placed((1, "b"), (1, "a"))], str)
    assert together == in_one_order([placed((1, "b")), placed((1, "a"))], str) == ["a", "b"]


def test_what_is_found_meanwhile_belongs_to_the_event_that_is_told_next() -> None:
    made = placed((1, "a"))
    made.found += ["b", "c"]
    made.at(2)
    made.at(3)
    assert made.events == [1, 2, 2]
