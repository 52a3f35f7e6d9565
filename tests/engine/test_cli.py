"""The command line starts fast, dispatches, and turns errors into exit codes."""

from __future__ import annotations

import io
import subprocess
import sys
from types import ModuleType
from typing import NoReturn

import pytest

from engine import __version__, cli, hidden_commands
from engine.command_line.arguments import build_parser
from engine.command_line.parser_walk import subcommands
from engine.errors import ModelError, OptionsError

HEAVY = (
    "av",
    "ctranslate2",
    "docx",
    "faster_whisper",
    "numpy",
    "onnxruntime",
    "psutil",
    "pysubs2",
    "requests",
    "rich",
    "shtab",
    "tokenizers",
)
ML = ("av", "ctranslate2", "faster_whisper", "numpy", "onnxruntime", "engine.recognition")


def _loaded(statement: str, names: tuple[str, ...]) -> str:
    code = f"import sys; {statement}; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def test_the_help_loads_nothing_heavy() -> None:
    assert _loaded("from engine import cli; cli.build_parser().format_help()", HEAVY) == "[]"


@pytest.mark.parametrize(
    "module", ["transcribe", "resume", "models", "devices", "convert", "benchmark", "completion"]
)
def test_no_command_loads_the_ml_half(module: str) -> None:
    assert _loaded(f"import engine.command_line.{module}", ML) == "[]"


def test_the_help_is_printed_and_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--help"])
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert "transcribe" in shown and "Exit codes: 0 all done" in shown
    assert "engine-worker" not in shown


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"whisper-transcriber {__version__}\n"


@pytest.mark.parametrize("words", [[], ["dance"], ["transcribe"], ["transcribe", "a", "-f", "pdf"]])
def test_wrong_usage_is_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(words)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OptionsError("options.invalid", "no such thing"), 2, "no such thing"),
        (OptionsError("options.invalid"), 2, "An option has a value"),
        (ModelError("model.corrupt"), 1, "The speech model is damaged."),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_errors_become_exit_codes(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setitem(cli._COMMANDS, "man", fail)  # pylint: disable=protected-access
    assert cli.main(["man"]) == code
    assert said in capsys.readouterr().err


def test_ctrl_c_while_the_arguments_are_read_is_no_mistake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt() -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "build_parser", interrupt)
    assert cli.main(["man"]) == 130


@pytest.mark.parametrize("module", ["engine.command_line.arguments", "engine.hidden_commands"])
def test_ctrl_c_while_the_program_loads_is_no_mistake(module: str) -> None:
    code = (
        "import sys\n"
        "class Interrupter:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupter())\n"
        "from engine.cli import main\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"")


def test_every_command_has_its_code() -> None:
    names = {path[0] for path, _ in subcommands(build_parser()) if path}
    assert names == set(cli._COMMANDS)  # pylint: disable=protected-access


def test_the_hidden_command_runs_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    module = ModuleType("worker")
    monkeypatch.setattr(module, "main", given.append, raising=False)
    monkeypatch.setattr(hidden_commands, "import_module", lambda name: module)
    assert cli.main(["engine-worker", "--role", "media"]) == 0
    assert given == [["--role", "media"]]


def test_a_stream_of_another_kind_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    assert cli.main(["man"]) == 0
    assert output.getvalue()


def test_a_pipe_takes_every_character(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    output = io.TextIOWrapper(written, encoding="cp1252", write_through=True)
    monkeypatch.setattr(sys, "stdout", output)
    monkeypatch.setattr(sys, "argv", ["whisper-transcriber", "man"])
    assert cli.main() == 0
    print("日本語 \udcff")
    assert "日本語 \\udcff\n".encode() in written.getvalue()


def test_a_reader_that_goes_away_is_no_mistake() -> None:
    command = [sys.executable, "-m", "engine.cli", "man"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
