"""Ask the appliance for what a sensor keeps a copy of, and take it only where it is new."""

from detection.client import Answer, Client
from detection.json_object import WireError


def newer(client: Client, path: str, etag: str, wait: int = 0) -> Answer | None:
    """None where ``etag`` still holds; NoAnswerError, or WireError for an answer that holds nothing. ``wait``: seconds
    for which whoever is asked may keep us waiting for news.

    A token or certificate that is refused is read from its file again, for the next time."""
    answer = client.get(path, etag, wait)
    if answer.status == 304:
        return None
    if answer.status == 401:
        client.reread_proof()
    if answer.status != 200:
        raise WireError(f"answer {answer.status}")
    return answer
