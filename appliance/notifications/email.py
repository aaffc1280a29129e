"""Alerts by e-mail, through the school's own mail server.

Delivery is at least once: a worker killed between the server's yes and its own note sends the message again. Both
carry the same Message-ID, made from the notification, so a mailbox or a reader can tell them for one.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime

from appliance.mail_settings import MailSettings
from appliance.notifications.base import Alert, SendError

TIMEOUT = 30.0


class Email:
    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def send(self, alert: Alert) -> None:
        try:
            with smtplib.SMTP(self._settings.host, self._settings.port, timeout=TIMEOUT) as smtp:
                self._log_in(smtp)
                smtp.send_message(self._message(alert))
        except smtplib.SMTPRecipientsRefused as e:
            code = next(iter(e.recipients.values()))[0]
            # 4xx is the server's "later" (grey-listing, a full mailbox).
            raise SendError(f"{alert.recipient} was refused ({code})", permanent=code >= 500) from e
        except smtplib.SMTPAuthenticationError as e:
            raise SendError("the mail server refused the user name or password") from e
        except smtplib.SMTPResponseException as e:
            raise SendError(f"the mail server answered {e.smtp_code}") from e
        except (OSError, smtplib.SMTPException) as e:
            raise SendError(f"the mail server cannot be reached or does not answer ({type(e).__name__})") from e

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if self._settings.starttls:
            smtp.starttls(context=ssl.create_default_context())
        if self._settings.password_file is not None:
            smtp.login(self._settings.user, self._settings.password_file.read_text("utf-8").strip())

    def _message(self, alert: Alert) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self._settings.sender, alert.recipient
        message["Subject"] = alert.subject
        message["Date"] = format_datetime(alert.created_at)
        domain = self._settings.sender.rpartition("@")[2].rstrip(">")
        message["Message-ID"] = f"<notification-{alert.id}-{int(alert.created_at.timestamp())}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{alert.body}\n")
        return message
