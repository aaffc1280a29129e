"""The help page: severity levels, keys, and what each word means here."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from console.wording import LEVELS

bp = Blueprint("guide", __name__)


@dataclass(frozen=True, slots=True)
class Word:
    word: str
    meaning: str


WORDS = (
    Word("Capture", "The stored record of one thing that was noticed, with a picture drawn from the recorded traffic."),
    Word("Incident", "Captures of one person and one kind of concern that belong together: what you work on."),
    Word("Queue", "Incidents nobody has decided on yet, the gravest first and then the oldest."),
    Word("Keep", "You agree with the severity shown. The incident goes from waiting to in review."),
    Word("False positive", "There is no concern. The incident leaves the queue, and the record says who decided so."),
    Word("Close", "What had to be done is done. You say what came of it; an incident can be reopened."),
    Word("Entries", "Everything that happened to an incident, every look included. Entries can only be added."),
    Word("Known, possible, unknown", "How sure the system is of who it was. Do not act on a merely possible name."),
    Word("May be at risk", "The words sound as if the writer, or whom they write about, may come to harm."),
    Word("May harm others", "The words sound as if the writer may hurt somebody."),
    Word("Was only shown it", "A page or another person showed it. The person may not have wanted to see it."),
    Word("Sensor", "A program that sees traffic: the gateway in the network, or an agent on a device."),
    Word("Library", "The phrases that are looked for, each with its category, its severity and what it means."),
)


@bp.get("/help")
def show() -> ResponseReturnValue:
    return render_template("guide/show.html", levels=LEVELS, words=WORDS)
