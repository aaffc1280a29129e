"""What a sensor would read of an act, without a network: the same sites, the same extractors."""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from appliance.sample.day import Act, Ask, Essay, Mail, Person, Planned, Read, Reply, Search, Talk
from appliance.sample.exchange import Response, Site, request
from appliance.sample.sites import CHAT_HOST
from detection.extract import Message, Passage, extract
from detection.observation import AgeBand, Direction, Observation, PersonRole, Subject

FORM = "application/x-www-form-urlencoded"


def sightings(planned: Planned, sites: Mapping[str, Site]) -> list[Observation]:
    if isinstance(planned.act, Talk):
        found = list(_talk(planned.act))
    else:
        found = [(planned.act.who, message) for message in _alone(planned.act, sites)]
    return [_observation(who, message, passage) for who, message in found for passage in extract(message)]


def _observation(who: Person, message: Message, passage: Passage) -> Observation:
    return Observation(
        subject=Subject(people=(who.ref,), role=PersonRole(who.role), age_band=_age_band(who)),
        channel=passage.channel,
        direction=message.direction,
        app=urlsplit(message.url).netloc,
        location=message.url,
        conversation=passage.conversation,
        author=passage.author,
        text=passage.text,
    )


def _age_band(who: Person) -> AgeBand:
    if not who.year:
        return AgeBand.ADULT
    return AgeBand.SIXTH_FORM if int(who.year) > 11 else AgeBand.SECONDARY


def _talk(talk: Talk) -> Iterator[tuple[Person, Message]]:
    url = f"wss://{CHAT_HOST}/ws?room={quote(talk.room)}"
    for line in talk.says:
        author = line.author if isinstance(line.author, str) else line.author.nickname
        frame = {"type": "message", "room": talk.room, "author": author, "text": line.text}
        for person in talk.people:
            direction = Direction.WRITTEN if person == line.author else Direction.SHOWN
            yield person, Message(url=url, body=json.dumps(frame).encode(), direction=direction, frame=True)


def _alone(act: Act, sites: Mapping[str, Site]) -> Iterator[Message]:
    match act:
        case Search():
            yield from _exchange(sites, f"https://www.lookup.test/search?q={quote_plus(act.text)}")
        case Read():
            yield from _exchange(sites, act.url)
        case Ask():
            asked = json.dumps({"messages": [{"role": "user", "content": act.text}]}).encode()
            yield from _exchange(sites, "https://helper.test/api/chat", asked, "application/json")
        case Essay():
            fields = {"title": act.title, "essay": act.text}
            yield from _exchange(sites, "https://homework.test/hand-in", urlencode(fields).encode())
        case Reply():
            url = f"https://forum.schoolyard.test/thread/{act.thread}/reply"
            yield from _exchange(sites, url, urlencode({"author": act.who.nickname, "text": act.text}).encode())
        case Mail():
            fields = {"to": act.to, "subject": act.subject, "message": act.text}
            yield from _exchange(sites, "https://post.schoolyard.test/send", urlencode(fields).encode())


def _exchange(sites: Mapping[str, Site], url: str, body: bytes = b"", kind: str = FORM) -> Iterator[Message]:
    """What was sent, and the page that came in the end."""
    parts = urlsplit(url)
    method = "POST" if body else "GET"
    yield Message(url=url, method=method, media_type=kind if body else "", body=body, direction=Direction.WRITTEN)
    site = sites[parts.netloc]
    answer: Response = site(request(method, f"{parts.path}?{parts.query}", body))
    if answer.location:
        answer = site(request("GET", answer.location))
    media_type = answer.media_type.partition(";")[0]
    yield Message(url=url, media_type=media_type, charset="utf-8", body=answer.body, direction=Direction.SHOWN)
