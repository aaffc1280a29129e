"""Quizlet: what is searched for, and the cards of a set that is opened.

Source: public exporters of sets (such as Ibrahimsuf/StudyGames, ``quizlet_data_collector.py``):
``/webapi/3.4/studiable-item-documents`` has ``cardSides`` with ``media`` with ``plainText``; study guides that link to
``/search?query=``. How a set is made is not published.
"""

from detection.extract.services.base import Service, known
from detection.extract.services.shapes import objects, parameter
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
    ),
)  # fmt: skip
