"""Every form of the console; Flask-WTF adds and checks the token against forgery."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, Optional

from appliance.models import Outcome
from appliance.passkeys import LONGEST_NAME
from console.wording import LEVELS, OUTCOMES

NOTE_LENGTH = Length(max=4000, message="Keep it below 4,000 characters.")


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    login = StringField(
        "Login",
        [DataRequired("Enter your login."), Length(max=200)],
        filters=[_trimmed],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password."), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    current = PasswordField(
        "Password now",
        [InputRequired("Enter the password you have now."), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        "New password",
        [InputRequired("Enter a new password."), Length(max=1000)],
        description="At least 12 characters. Three or four words that do not belong together are good.",
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "New password again",
        [InputRequired("Enter the new password a second time."), EqualTo("new", "The two new passwords differ.")],
        render_kw={"autocomplete": "new-password"},
    )


class PasskeyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    name = StringField(
        "What to call it",
        [DataRequired("Enter a name.")],
        filters=[_trimmed],
        description="By the device it is on, such as “My telephone”, to know which to remove when one is lost.",
        render_kw={"autocomplete": "off", "maxlength": LONGEST_NAME},
    )
    password = PasswordField(
        "Your password",
        [InputRequired("Enter your password."), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class RemovePasskeyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    password = PasswordField(
        "Your password",
        [InputRequired("Enter your password."), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class AnswerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What a device says with a passkey, filled in by the script."""

    answer = HiddenField(validators=[DataRequired(), Length(max=32_000)])


class ActForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What every decision carries: what the incident was when the page was drawn."""

    seen = HiddenField()


class KeepForm(ActForm):
    pass


class GradeForm(ActForm):
    severity = RadioField(
        "Severity",
        [InputRequired("Choose a level.")],
        choices=[SelectChoice(str(level.number), f"{level.number} {level.word}") for level in LEVELS],
    )
    note = StringField(
        "Why",
        [Optional(), NOTE_LENGTH],
        filters=[_trimmed],
        description="One sentence. Needed when you raise it to 4 or 5, because others are called to it.",
    )


class FalsePositiveForm(ActForm):
    note = StringField(
        "Why it is nothing (optional)",
        [Optional(), NOTE_LENGTH],
        filters=[_trimmed],
        description="It leaves the queue. Your reason helps to make the library better.",
    )


class NoteForm(ActForm):
    note = TextAreaField("Note", [DataRequired("Write something first."), NOTE_LENGTH], filters=[_trimmed])


class CloseForm(ActForm):
    outcome = RadioField(
        "Outcome",
        [InputRequired("Choose what came of it.")],
        choices=[SelectChoice(code.value, OUTCOMES[code]) for code in Outcome],
    )
    note = TextAreaField(
        "What was done",
        [Optional(), NOTE_LENGTH],
        filters=[_trimmed],
        description="For whoever reads this later: who spoke to whom, what was agreed.",
    )
    sure = BooleanField(
        "I have looked at the captures and nothing more is to be done here",
        [InputRequired("Tick this to close the incident.")],
    )


class ReopenForm(ActForm):
    note = StringField("Why (optional)", [Optional(), NOTE_LENGTH], filters=[_trimmed])
