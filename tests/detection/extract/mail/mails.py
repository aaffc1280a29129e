"""Mails with plain defaults."""


def mail(body: str = "See you at the river.", *fields: str, subject: str = "Saturday") -> bytes:
    head = ("From: Sam Green <sam@school.example>", "To: alex@home.example", f"Subject: {subject}",
            "Message-ID: <one@school.example>", *fields)  # fmt: skip
    return ("\r\n".join(head) + "\r\n\r\n" + body).replace("\r\n", "\n").replace("\n", "\r\n").encode()


def multipart(kind: str, *parts: str) -> bytes:
    inner = "".join(f"--b1\r\n{part}\r\n" for part in parts)
    return mail(f"{inner}--b1--\r\nafterwards", f'Content-Type: multipart/{kind}; boundary="b1"')


def part(body: str, media_type: str = "text/plain", *fields: str) -> str:
    return "\n".join((f"Content-Type: {media_type}", *fields)) + f"\n\n{body}"
