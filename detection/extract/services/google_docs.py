"""Google Docs: what is typed, letter by letter, and the text of a document that is opened; comments; answers to a form.

Source: Writing Observer (ETS-Next-Gen/writing_observer), ``extension`` and ``reconstruct_doc.py``: a form sent to
``/save`` holds ``bundles``, each a list of ``commands``; James Somers, "How I reverse engineered Google Docs". Several
public scripts read ``DOCS_modelChunk`` off the page, the document as such commands. For comments:
calumbest/GoogleDocsCommentTesting, ``test_internal_api.py``, from a recording: the field ``p`` sent to
``/docos/p/sync``, a list of threads, each with its id and a record (2: as HTML, 3: as plain text, 4: who).
Google's help page on pre-filled links and many public scripts: a form is answered with ``entry.<number>`` to
``/formResponse``.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from detection.extract.base import Passage
from detection.extract.google_model import edits_by_tab
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.limits import at_most
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel
from detection.typed_text import TypedText

_DOCUMENT = r"(?:/a/[^/]+)?/document/(?:u/\d+/)?d/(?P<conversation>[\w-]+)"
_FILE = r"(?:/a/[^/]+)?/(?:document|spreadsheets|presentation|drawings)/(?:u/\d+/)?d/(?P<conversation>[\w-]+)"
_FORM = r"(?:/a/[^/]+)?/forms/(?:u/\d+/)?d/e/(?P<conversation>[\w-]+)"
_CHUNK = re.compile(r"\bDOCS_modelChunk\s*=\s*(?=[{\[])")
_ENTRY = re.compile(r"entry\.\d+(?:\.other_option_response)?")
_MOST_CHUNKS = 200


def saved(call: Call) -> Iterator[Passage]:
    """A passage a tab: what stands there of what was typed, and how it came about."""
    commands = at(list(documents(call.form.get("bundles", ""))), "[][].commands[]")
    for tab, edits in edits_by_tab(commands, call.query.get("tab", "")).items():
        document = TypedText()
        text = "\n".join([*document.take(edits), *document.rest()])
        yield Passage(channel=Channel.DOCUMENT, text=text, conversation=_place(call, tab), edits=tuple(edits))


def opened(call: Call) -> Iterator[Passage]:
    for tab, edits in edits_by_tab(_chunks(call.text)).items():
        text = "".join(edit.text for edit in edits)
        if said := passage(Channel.DOCUMENT, text, conversation=_place(call, tab)):
            yield said


def commented(call: Call) -> Iterator[Passage]:
    """Of each thread the comment itself; who wrote it is the person."""
    for sent in documents(call.form.get("p", "")):
        for record in at(sent, "[0][][1]"):
            if said := passage(Channel.MESSAGE, first(record, "[3][1]|[2][1]"), conversation=call.conversation):
                yield said


def answered(call: Call) -> Iterator[Passage]:
    for name, text in reversed(call.form.items()):  # as they stand in the form
        if _ENTRY.fullmatch(name) and (said := passage(Channel.POST, text, conversation=call.conversation)):
            yield replace(said, app="Google Forms")


def _chunks(page: str) -> Iterator[Json]:
    decoder = json.JSONDecoder()
    for found in at_most(_CHUNK.finditer(page), _MOST_CHUNKS):
        try:
            chunk: Json = decoder.raw_decode(page, found.end())[0]
        except (ValueError, RecursionError):
            continue
        yield from at(chunk, "chunk[]" if isinstance(chunk, dict) else "[]")


def _place(call: Call, tab: str) -> str:
    return f"{call.conversation}/{tab}" if tab else call.conversation


GOOGLE_DOCS = Service(
    name="Google Docs",
    hosts=("docs.google.com",),
    known=(
        known(_DOCUMENT + r"/save", saved, sent=True),
        known(_DOCUMENT + r"/(?:edit|view|preview|mobilebasic)?", opened, sent=False),
        known(_FILE + r"/docos/p/sync", commented, sent=True),
        known(_FORM + r"/formResponse", answered, sent=True),
        silent(_FILE + r"/docos/p/sync", sent=True),
        silent(_DOCUMENT + r"/save", sent=False),
    ),
)
