"""The page on which a person reads what is monitored on this device, and where to find help."""

from html import escape

from agent.telling.words import Told

OPENED = ("https://", "http://", "mailto:", "tel:")
"""What may be a link; anything else is only shown."""
STYLE = """
:root { color-scheme: light dark; --ink: #1d2a30; --paper: #fff; --line: #1f5f7a; --soft: #eef4f6 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eef1; --paper: #12191c; --line: #7cc0da; --soft: #1c272c }
}
body { font: 1.05rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 }
main { max-width: 40rem; margin: 0 auto; padding: 2.5rem 1.25rem }
h1 { font-size: 1.6rem; line-height: 1.25 }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
ul { margin: 0; padding-left: 1.25rem } li { margin: .35rem 0 }
.help { background: var(--soft); padding: 1rem 1.25rem; border-radius: .5rem }
.help h2 { margin-top: 0 }
p { margin: .5rem 0; overflow-wrap: anywhere; white-space: pre-line } a { color: var(--line) }
"""


def page(told: Told) -> str:
    parts = (
        ("What is monitored", _list(told.monitored)),
        ("What never is", _list(told.never)),
        ("Why", _paragraph(told.why)),
        ("By whom", _paragraph(told.by)),
        ("What the school says", _paragraph(told.text) + _paragraph(told.link)),
    )
    body = "\n".join(f"<h2>{heading}</h2>\n{content}" for heading, content in parts if content)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Monitoring on this device</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(told.headline)}</h1>
{_help(told.help)}
{body}
</main>
</body>
</html>
"""


def _help(where: str) -> str:
    """First of all: whoever needs it should not have to look for it."""
    return f'<section class="help">\n<h2>If you need help</h2>\n{_paragraph(where)}\n</section>' if where else ""


def _list(sentences: tuple[str, ...]) -> str:
    rows = "\n".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<ul>\n{rows}\n</ul>" if rows else ""


def _paragraph(said: str) -> str:
    return f"<p>{' '.join(map(_word, said.split(' ')))}</p>" if said else ""


def _word(said: str) -> str:
    if said.startswith(OPENED):
        return f'<a href="{escape(said)}" rel="noreferrer">{escape(said)}</a>'
    return escape(said)
