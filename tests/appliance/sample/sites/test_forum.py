from appliance.sample.exchange import request
from appliance.sample.sites.forum import Forum


def test_a_reply_stands_in_the_thread_it_leads_back_to() -> None:
    site = Forum()
    answer = site(request("POST", "/thread/pet-photos/reply", b"author=Nia&text=A+newt!"))
    assert (answer.status, answer.location) == (303, "/thread/pet-photos")
    assert b"A newt!" in site(request("GET", answer.location)).body
    assert b"A newt!" not in site(request("GET", "/thread/book-club")).body


def test_threads_are_listed_and_others_are_not_there() -> None:
    site = Forum()
    assert b"Post your pets" in site(request("GET", "/")).body
    assert site(request("GET", "/thread/nothing")).status == 404


def test_looking_at_the_reply_address_writes_nothing() -> None:
    site = Forum()
    before = site(request("GET", "/thread/pet-photos")).body
    site(request("GET", "/thread/pet-photos/reply?text=no"))
    assert site(request("GET", "/thread/pet-photos")).body == before
