"""Scratch: comments written and shown, what is said about a project, and the words in one.

Source: scratchattach (TimMcCool/scratchattach) and ScratchAPI.md (MegaApuTurkUltra): ``/site-api/comments/…/add/`` and
``api.scratch.mit.edu/proxy/comments/…`` take ``content``; lists of comments have ``content`` and ``author.username``;
``/projects/<id>`` has ``title``, ``instructions`` and ``description``. Scratch Wiki, "Scratch File Format": a project's
``targets`` have ``blocks`` whose ``inputs`` hold texts as ``[10, "…"]``, and ``comments`` with ``text``.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import at
from detection.extract.language import is_language
from detection.extract.services.base import Service, known
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, passage, together
from detection.observation import Channel

_API, _PROJECTS = "api.scratch.mit.edu", "projects.scratch.mit.edu"
_STRING = 10
_OLD_ADD = r"/site-api/comments/(?:project|user|gallery)/(?P<conversation>[\w-]+)/add/?"
_ADD = r"/proxy/comments/(?:project|studio)/(?P<conversation>\d+)/?"
_COMMENTS = r"/(?:users/[^/]+/projects|studios)/(?P<conversation>\d+)/comments(?:/\d+(?:/replies)?)?"


def built(call: Call) -> Iterator[Passage]:
    """What a project's figures say, and the notes beside its blocks; each once."""
    texts: dict[str, None] = {}
    for project in call.json:
        for input_ in at(project, "targets[].blocks{}.inputs{}[]"):
            match input_:
                case [kind, str(text)] if kind == _STRING and is_language(text):
                    texts[text.strip()] = None
        texts |= dict.fromkeys(t.strip() for t in at(project, "targets[].comments{}.text") if isinstance(t, str))
    if said := passage(Channel.DOCUMENT, "\n".join(texts), conversation=call.conversation):
        yield said


SCRATCH = Service(
    name="Scratch",
    hosts=("scratch.mit.edu",),
    known=(
        known(_OLD_ADD, objects(Channel.POST, text="content"), sent=True),
        known(_ADD, objects(Channel.POST, text="content"), sent=True, host=_API),
        known(_COMMENTS, objects(Channel.PAGE, each="[]", text="content", author="author.username"), sent=False,
              host=_API),
        known(r"/projects/(?P<conversation>\d+)", together(Channel.POST, "title", "instructions", "description"),
              sent=True, host=_API),
        known(r"/projects/(?P<conversation>\d+)", together(Channel.PAGE, "title", "instructions", "description",
              author="author.username"), sent=False, host=_API),
        known(r"/(?P<conversation>\d+)", built, sent=True, host=_PROJECTS),
    ),
)  # fmt: skip
