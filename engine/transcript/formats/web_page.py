"""Write a web page that needs nothing else: no script, no font, no picture; light and dark."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import count

from engine.transcript.formats.format import WriteOptions
from engine.transcript.formats.lines import lines_of, stretches
from engine.transcript.formats.passages import Paragraph, clock, paragraphs
from engine.transcript.text_shape import clean, display_width
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
{more_style}@media print {{ body {{ max-width: none; color: #000; background: #fff; }} }}
</style>
</head>
<body>
<main>
{heading}{body}</main>
</body>
</html>
"""

_DOUBTFUL_STYLE = ".doubtful { text-decoration: underline dotted; text-underline-offset: .2em; }\n"
_NUMBERS_STYLE = """.number { display: inline-block; min-width: 2.5rem; margin-inline: -3.5rem 1rem;
  color: var(--quiet); font-size: .8125rem; text-align: end; user-select: none; }
body { padding-inline: 5rem 1rem; }
"""


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """Return the page in UTF-8; whatever was said or named is shown as text."""
    title = html.escape(clean(options.title))
    code = html.escape(_language_tag(transcript.info.language))
    numbers = count(1) if options.line_numbers else None
    style = _DOUBTFUL_STYLE if options.doubtful else ""
    style += _NUMBERS_STYLE if options.line_numbers else ""
    page = _PAGE.format(
        language=f' lang="{code}"' if code else "",
        title=title or "Transcript",
        more_style=style,
        heading=f'<h1 dir="auto">{title}</h1>\n' if title else "",
        body="".join(
            _paragraph(item, options, numbers) for item in paragraphs(transcript, options)
        ),
    )
    return page.encode()


def _language_tag(code: str) -> str:
    # Whisper calls Javanese "jw"; BCP 47 calls it "jv".
    return "jv" if code == "jw" else clean(code)


def _paragraph(paragraph: Paragraph, options: WriteOptions, numbers: Iterator[int] | None) -> str:
    time = clock(paragraph.start)
    head = [f"<time>{time}</time>"] if options.times is not False else []
    width = len(time) + 1 if head else 0
    if paragraph.speaker:
        head.append(f"<b><bdi>{html.escape(paragraph.speaker)}</bdi></b>")
        width += display_width(paragraph.speaker) + 1
    if numbers is None:
        text = " ".join((*head, _text(paragraph)))
    else:
        first, *others = [_text(paragraph, line) for line in lines_of(paragraph.text, width)]
        lines = (" ".join((*head, first)), *others)
        text = "<br>\n".join(f"{_number(numbers)} {line}" for line in lines)
    return f'<p dir="auto">{text}</p>\n'


def _number(numbers: Iterator[int]) -> str:
    return f'<span class="number">{next(numbers)}</span>'


def _text(paragraph: Paragraph, line: tuple[int, int] | None = None) -> str:
    return "".join(
        (
            f'<span class="doubtful">{html.escape(stretch.text)}</span>'
            if stretch.is_doubtful
            else html.escape(stretch.text)
        )
        for stretch in stretches(paragraph.text, paragraph.doubtful, line)
    )
