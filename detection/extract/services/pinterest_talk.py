"""Pinterest: pins, comments on them, and messages.

Source: bstoilov/py3-pinterest, ``py3pin/Pinterest.py``: a form's ``data`` is JSON with ``options``, of a comment
(``AggregatedCommentResource``) ``text`` and ``pinId`` (else ``objectId``), of a message
(``ConversationMessagesResource``, with a new conversation ``ConversationsResource``) ``text`` and ``conversation_id``,
of a pin (``PinResource``) ``title``, ``description`` and ``board_id``. Answers list under ``resource_response.data[]``:
of a comment ``text`` and ``user.username``, of a message ``text`` and ``sender.username`` (else ``sender.id``); what
was asked stands beside it in ``resource.options``.
"""

from detection.extract.services.base import Known, known, silent
from detection.extract.services.deeper import in_form
from detection.extract.services.shapes import objects
from detection.observation import Channel

_AT = r"(?:/_ngjs)?/resource/"

KNOWN: tuple[Known, ...] = (
    known(_AT + r"AggregatedCommentResource/create/", in_form(Channel.POST, "data.options.text",
          conversation="data.options.pinId|data.options.objectId"), sent=True),
    known(_AT + r"(?:ConversationMessagesResource|ConversationsResource)/create/", in_form(Channel.MESSAGE,
          "data.options.text", conversation="data.options.conversation_id"), sent=True),
    known(_AT + r"PinResource/create/", in_form(Channel.POST, "data.options.title", "data.options.description",
          conversation="data.options.board_id"), sent=True),
    silent(_AT + r"\w+/create/", sent=False),
    known(_AT + r"AggregatedCommentFeedResource/get/", objects(Channel.PAGE, each="resource_response.data[]",
          text="text", author="user.username", conversation="resource.options.objectId"), sent=False),
    known(_AT + r"ConversationMessagesResource/get/", objects(Channel.MESSAGE, each="resource_response.data[]",
          text="text", author="sender.username|sender.id", conversation="resource.options.conversation_id"),
          sent=False),
    silent(_AT + r"ConversationsResource/get/", sent=False),
)  # fmt: skip
