"""Microsoft Forms: the answers somebody gives.

Source: public scripts that answer a form, recorded from the page: a POST to ``/formapi/api/…/forms('…')/responses``
whose ``answers`` is a JSON list in a string, each with ``questionId`` and ``answer1``. The undocumented API is
described in Dutchy365/BlogBytes, "Microsoft Forms automation: a custom connector".
"""

from detection.extract.services.base import Service, known
from detection.extract.services.shapes import objects
from detection.observation import Channel

_FORM = r"/formapi/api/.*forms\('(?P<conversation>[^']+)'\)/responses"

MICROSOFT_FORMS = Service(
    name="Microsoft Forms",
    hosts=("forms.office.com", "forms.microsoft.com", "forms.cloud.microsoft", "forms.osi.office365.us"),
    known=(
        known(_FORM, objects(Channel.POST, each="answers[]", text="answer1[]|answer1"), sent=True, method="POST"),
    ),
)  # fmt: skip
