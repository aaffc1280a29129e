from appliance.sample.rooms import Rooms, Said


def test_what_is_said_is_heard_in_its_room_only_and_kept() -> None:
    rooms = Rooms(("games",))
    heard: list[Said] = []
    rooms["games"].listeners.append(heard.append)
    rooms["games"].say(Said("Nia", "hello"))
    rooms["football"].say(Said("Gus", "goal"))
    assert heard == [Said("Nia", "hello")]
    assert rooms["football"].said == [Said("Gus", "goal")]
    assert rooms.names == ("games", "football")
