"""Padlet: posts and comments on a board, written and shown.

Source: Padlet's API reference, docs.padlet.dev, "Create a post" and "Get board" (``/v1/boards/<board>``: ``content``
with ``subject`` and ``body`` under ``data.attributes``, and in the answer under ``included[].attributes``, where it has
``bodyHtml`` too). For the page's own calls mightyAyham/Spamdlet, ``spamdlet.py`` (``/api/<number>/wishes``: a post has
``wall_id``, ``subject`` and ``body``) and PhamHuyThien/auto-padlet, ``PadletCommentService.java``
(``/api/<number>/comments``: a comment has ``wish_id`` and ``body``). They answer as JSON:API does: the same names under
``data[].attributes``, with ``author_name``; a post's heading may be ``headline``, a comment's words ``html_body``.
"""

from detection.extract.services.base import Service, known
from detection.extract.services.shapes import objects, together
from detection.observation import Channel

_POSTS = r"/api/[\d.]+/wishes(?:/[^/]+)?"
_COMMENTS = r"/api/[\d.]+/comments(?:/[^/]+)?"
_BOARD = r"/v1/boards/(?P<conversation>[^/]+)(?:/posts)?"

PADLET = Service(
    name="Padlet",
    hosts=("padlet.com", "padlet.org", "padlet.dev"),
    known=(
        known(_POSTS, together(Channel.POST, "subject", "body", conversation="wall_id"), sent=True),
        known(_POSTS, together(Channel.PAGE, "attributes.subject|attributes.headline", "attributes.body", each="data[]",
              author="attributes.author_name", conversation="attributes.wall_id"), sent=False),
        known(_COMMENTS, objects(Channel.POST, text="body|html_body", conversation="wish_id"), sent=True),
        known(_COMMENTS, objects(Channel.PAGE, each="data[]", text="attributes.html_body|attributes.body",
              author="attributes.author_name", conversation="attributes.wish_id"), sent=False),
        known(_BOARD, together(Channel.POST, "data.attributes.content.subject", "data.attributes.content.body"),
              sent=True),
        known(_BOARD, together(Channel.PAGE, "attributes.content.subject",
              "attributes.content.body|attributes.content.bodyHtml", each="included[]"), sent=False),
    ),
)  # fmt: skip
