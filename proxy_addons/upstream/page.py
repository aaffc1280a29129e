"""What a person sees instead of a site that cannot be opened: in plain words, and in no other product's name."""

import html

from mitmproxy import version
from mitmproxy.proxy.layers.http import _http1, _http2, _http3

from proxy_addons.upstream.faults import Fault, fault_of

NAME = "Gatehouse"
_WHY = {
    Fault.EXPIRED: "The site’s certificate, with which it proves who it is, has expired.",
    Fault.NOT_YET_VALID: "The site’s certificate, with which it proves who it is, is only valid from a later day on.",
    Fault.WRONG_HOST: "The certificate that came belongs to another site than the one you asked for.",
    Fault.SELF_SIGNED: "The site vouches for itself: nobody else confirms who it is.",
    Fault.UNKNOWN_ISSUER: "Who vouches for this site is not known here.",
    Fault.REVOKED: "The site’s certificate was withdrawn by those who issued it. Somebody else may be using it.",
    Fault.INVALID: "The site’s certificate, with which it proves who it is, is damaged or not meant for this.",
}
_UNSAFE = (
    "It may be the site’s own mistake, or somebody who pretends to be the site. Either way nobody could be sure who "
    "reads what you send, so the page was not opened and nothing was sent. Nobody on this network can open it until "
    "the site has put it right. If you need it, tell your school’s IT team the word below."
)
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 38rem;
  margin: 4rem auto; padding: 0 1.5rem; }}
code {{ overflow-wrap: anywhere; }}
@media (prefers-color-scheme: dark) {{ body {{ color: #eee; background: #1b1b1b; }} }}
</style>
</head>
<body>
<h1>{title}</h1>
{text}
<p><code>{detail}</code></p>
</body>
</html>
"""


def page(status_code: int, message: str) -> bytes:
    """In place of mitmproxy's ``format_error``; ``message`` is its own, and may quote the other side."""
    if fault := fault_of(message):
        return _filled("This site cannot be opened safely", (_WHY[fault], _UNSAFE), fault)
    if status_code >= 500:
        title, text = "This site cannot be reached", "It does not answer, or not in a way that can be understood."
        return _filled(
            title, (text, "Try again later; if others can be reached, it is the site’s own trouble."), message
        )
    return _filled("This cannot be asked for", ("What your browser sent cannot be passed on.",), message)


def install() -> None:
    for module in (_http1, _http2, _http3):
        module.format_error = page  # type: ignore[attr-defined]
    version.MITMPROXY = NAME  # what the answer says in its Server field


def _filled(title: str, text: tuple[str, ...], detail: str) -> bytes:
    paragraphs = "\n".join(f"<p>{html.escape(each)}</p>" for each in text)
    return _PAGE.format(title=title, text=paragraphs, detail=html.escape(detail)).encode("utf-8", "replace")
