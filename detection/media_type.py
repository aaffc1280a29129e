"""A media type without its parameters; apart from what reads bodies, which takes megabytes to load."""


def bare_type(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()
