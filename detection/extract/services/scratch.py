"""Scratch: comments written and shown, what is said about a project, a studio or oneself, the words in a project, and
searches.

Source: the page's own program, scratchfoundation/scratch-www: ``views/preview/comment/compose-comment.jsx``
(``/proxy/comments/…`` takes ``content``), ``redux/project-comment-actions.js`` and ``studio-comment-actions.js``
(``content`` and ``author.username``, a list or one), ``redux/studio-mutations.js`` (``/site-api/galleries/all/…``),
``views/search``; scratchfoundation/scratch-gui, ``lib/save-project-to-server.js`` (a new project is posted, another
put). TimMcCool/scratchattach: ``/site-api/comments/…/add/``, ``/site-api/users/all/…`` (``status``, ``bio``),
``/projects/<id>`` (``title``, ``instructions``, ``description``), messages (``comment_fragment``). Scratch Wiki,
"Scratch File Format": a project's ``targets`` have ``blocks`` whose ``inputs`` hold texts as ``[10, "…"]``, and
``comments`` with ``text``.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import at
from detection.extract.language import is_language
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import anywhere
from detection.extract.services.shapes import objects, parameter, passage, together
from detection.observation import Channel

_API, _PROJECTS = "api.scratch.mit.edu", "projects.scratch.mit.edu"
_SEARCH = r"/search/(?:projects|studios)/?"
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
        known(_COMMENTS, anywhere(Channel.PAGE, "content", text="content", author="author.username"), sent=False,
              host=_API),
        known(r"/users/[^/]+/messages", anywhere(Channel.PAGE, "comment_fragment", text="comment_fragment",
              author="actor_username", conversation="comment_obj_id"), sent=False, host=_API),
        known(r"/site-api/users/all/[^/]+/?", together(Channel.POST, "status", "bio"), sent=True, method="PUT"),
        known(r"/site-api/galleries/all/(?P<conversation>\d+)/?", together(Channel.POST, "title", "description"),
              sent=True, method="PUT"),
        known(r"/projects/(?P<conversation>\d+)", together(Channel.POST, "title", "instructions", "description"),
              sent=True, host=_API),
        known(r"/projects/(?P<conversation>\d+)", together(Channel.PAGE, "title", "instructions", "description",
              author="author.username"), sent=False, host=_API),
        known(r"/(?P<conversation>\d*)", built, sent=True, host=_PROJECTS),
        known(r"/(?P<conversation>\d+)", built, sent=False, host=_PROJECTS),
        known(_SEARCH, parameter(Channel.SEARCH, "q", unless=("offset",)), sent=True, method="GET"),
        silent(_SEARCH, sent=True, method="GET"),
    ),
)  # fmt: skip
