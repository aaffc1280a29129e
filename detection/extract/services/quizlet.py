"""Quizlet: what is searched for, the cards of a set that is opened, and those of one that is made.

Source: public exporters of sets (such as Ibrahimsuf/StudyGames, ``quizlet_data_collector.py``):
``/webapi/3.4/studiable-item-documents`` has ``cardSides`` with ``media`` with ``plainText``; study guides that link to
``/search?query=``; 1azza/Quizica (a set that is made is saved as it grows: ``/webapi/3.2/sets/save`` with ``data[]`` of
``title`` and ``description``, ``/webapi/3.2/terms/save`` with ``setId``, ``word`` and ``definition``); public readers
of ``/webapi/3.2/terms`` (the same in ``models.term``).
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import objects, parameter, together
from detection.observation import Channel

_CARDS = "responses[].models.studiableItem[]"

QUIZLET = Service(
    name="Quizlet",
    hosts=("quizlet.com",),
    known=(
        known(r"(?:/[a-z]{2}(?:-[a-z]{2})?)?/search(?:/[a-z-]+)?/?", parameter(Channel.SEARCH, "query", "q"), sent=True,
              method="GET"),
        known(r"/webapi/3\.\d+/studiable-item-documents",
              objects(Channel.PAGE, each=_CARDS, text="cardSides[].media[].plainText"), sent=False),
        known(r"/webapi/3\.\d+/sets/save", together(Channel.POST, "title", "description", each="data[]",
              conversation="id"), sent=True, method="POST"),
        known(r"/webapi/3\.\d+/terms/save", together(Channel.POST, "word", "definition", each="data[]",
              conversation="setId"), sent=True, method="POST"),
        silent(r"/webapi/3\.\d+/(?:sets|terms)/save"),
        known(r"/webapi/3\.\d+/terms", together(Channel.PAGE, "word", "definition",
              each="responses[].models.term[]", conversation="setId"), sent=False),
    ),
)  # fmt: skip
