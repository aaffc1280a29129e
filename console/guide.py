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
    Word(
        "Second opinion",
        "A small program of this system that reads whole sentences a person wrote, apart from the phrases. It says what"
        " they sound like and how sure it is that this is of concern, not how grave it is. By itself it raises a text"
        " to medium at the most (a young child’s, to high), it lowers a phrase by no more than one level, and the two"
        " are never added up. It can be wrong: what counts is what you read yourself.",
    ),
    Word("Library", "The phrases that are looked for, each with its category, its severity and what it means."),
)


@bp.get("/help")
def show() -> ResponseReturnValue:
    return render_template("guide/show.html", levels=LEVELS, words=WORDS)
