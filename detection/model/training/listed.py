"""Texts written one after the other, with a semicolon between, as the lists here are."""


def listed(texts: str) -> list[str]:
    return [" ".join(text.split()) for text in texts.split(";")]
