import pytest

from detection.secret_names import is_secret, is_secret_group

SECRET = [
    "password", "passwd", "pwd", "pin", "otp", "token", "csrf", "xsrf", "session", "sid", "auth", "api_key", "apiKey",
    "APIKey", "X-CSRF-Token", "X-Auth-Token", "secret", "jwt", "bearer", "credential", "cardNumber", "card_number",
    "cc-number", "cvv", "CVV2", "PHPSESSID", "JSESSIONID", "connect.sid", "sessionid", "session_id", "user[password]",
    "newPassword1", "password_confirmation", "__RequestVerificationToken", "csrfmiddlewaretoken", "client_secret",
    "refresh_token", "Authorization", "Proxy-Authorization", "Set-Cookie", "Cookie", "Passwd", "g-recaptcha-response",
    "userpass", "X-Amz-Security-Token", "access_key", "contraseña", "mot_de_passe", "user_pin", "login_session",
    "authenticity_token", "SAMLResponse", "nonce",
]  # fmt: skip

ORDINARY = [
    "author", "authors", "authored", "tokenise", "passage", "pinned", "compass", "session_notes", "sessionNotes",
    "text", "message", "pinterest", "passenger", "bypass", "surpass", "secretary", "secretariat", "pinMessage",
    "max_tokens", "token_count", "tokens_used", "keyword", "keyboard", "monkey", "body", "description", "sidebar",
    "inside", "authority", "authentic", "spin", "shopping", "opinion", "discard", "postcard", "title", "content",
    "key", "query", "comment", "Content-Type", "User-Agent", "Accept-Language", "Referer", "X-Requested-With", "user",
    "name", "email", "123",
]  # fmt: skip


@pytest.mark.parametrize("name", SECRET)
def test_names_of_secrets(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", [*ORDINARY, "", "-", "[]"])
def test_ordinary_names_hide_nothing(name: str) -> None:
    assert not is_secret(name)


def test_all_below_credentials_is_secret_but_a_session_may_be_a_talk() -> None:
    assert is_secret_group("credentials")
    assert not is_secret_group("session")
    assert not is_secret_group("pin")
    assert not is_secret_group("message")
