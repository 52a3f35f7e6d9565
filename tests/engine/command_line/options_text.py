"""Write the options of every command into docs/command-line.md, between its two marks.

python -m tests.engine.command_line.options_text
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.command_line.arguments import PROGRAM, build_parser
from engine.command_line.manual import argument_title
from engine.command_line.parser_walk import argument_groups, subcommands

DOCUMENT = Path(__file__).parents[3] / "docs" / "command-line.md"
BEGIN = "<!-- options: made by tests/engine/command_line/options_text.py -->\n"
END = "<!-- end of options -->\n"


def options_text() -> str:
    """Return all commands with their arguments as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for path, command in subcommands(build_parser()):
        if not path:
            continue
        yield f"\n### `{' '.join((PROGRAM, *path))}`\n"
        if command.description:
            yield f"{command.description}\n"
        for _, actions in argument_groups(command):
            for action in actions:
                if action.dest != "help":
                    yield f"- `{argument_title(action)}`: {action.help}"


def main() -> None:
    """Rewrite the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}{options_text()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
