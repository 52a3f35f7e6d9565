"""Write a web page that needs nothing else: no script, no font, no picture; light and dark."""

from __future__ import annotations

import html

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.passages import Paragraph, clock, paragraphs
from engine.transcript.text_shape import clean
from engine.transcript.transcript import Transcript

_PAGE = """<!DOCTYPE html>
<html{language}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Whisper Transcriber">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --text: #1b1b1f; --page: #fdfdfc; --quiet: #5c5c66; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --text: #e6e6e9; --page: #17171a; --quiet: #a2a2ad; }}
}}
body {{ margin: 0 auto; max-width: 42rem; padding: 2rem 1rem; color: var(--text);
  background: var(--page); font: 1.0625rem/1.6 system-ui, sans-serif; }}
h1 {{ font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }}
p {{ margin: 0 0 1em; overflow-wrap: anywhere; }}
time {{ color: var(--quiet); font-size: .8125rem; font-variant-numeric: tabular-nums; }}
@media print {{ body {{ max-width: none; color: #000; background: #fff; }} }}
</style>
</head>
<body>
<main>
{heading}{body}</main>
</body>
</html>
"""


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the page in UTF-8; whatever was said or named is shown as text."""
    title = html.escape(clean(options.title))
    code = html.escape(_language_tag(transcript.info.language))
    page = _PAGE.format(
        language=f' lang="{code}"' if code else "",
        title=title or "Transcript",
        heading=f'<h1 dir="auto">{title}</h1>\n' if title else "",
        body="".join(_paragraph(item, options) for item in paragraphs(transcript, options)),
    )
    return page.encode()


def _language_tag(code: str) -> str:
    # Whisper calls Javanese "jw"; BCP 47 calls it "jv".
    return "jv" if code == "jw" else clean(code)


def _paragraph(paragraph: Paragraph, options: WriteOptions) -> str:
    time = clock(paragraph.start)
    parts = [f"<time>{time}</time>"] if options.times is not False else []
    if paragraph.speaker:
        parts.append(f"<b><bdi>{html.escape(paragraph.speaker)}</bdi></b>")
    parts.append(html.escape(paragraph.text))
    return f'<p dir="auto">{" ".join(parts)}</p>\n'
