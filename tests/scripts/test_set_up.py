"""The set-up does its work once, again when something changed, and never half."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT

FAKE_PYTHON = r"""#!/usr/bin/env bash
# Stands for Python, its venv and pip: notes what it is asked for and does as much as the set-up sees.
case "$1 $2" in
    "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    "-m pip")
        [ "$3" != check ] || [ -z "${MISFITS:-}" ] || { echo "$MISFITS"; echo "-m pip" >>"$CALLS"; exit 1; }
        [ -z "${PIP_FAILS:-}" ] || [ "$3" != "$PIP_FAILS" ] || exit 1 ;;
    "-m desktop.display") echo "$1 $2 $3" >>"$CALLS"; printf "%s" "${MISSING:-}"; exit "${DISPLAY_STATUS:-0}" ;;
    "-m engine.speech_models.starter") mkdir -p "$WHISPER_TRANSCRIBER_MODELS/base" &&
        echo model >"$WHISPER_TRANSCRIBER_MODELS/base/model.bin" ;;
    *)
        case "$2" in
            *find_model*) echo "$WHISPER_TRANSCRIBER_MODELS/base" && exit ;;
            *) exec REAL_PYTHON "$@" ;;
        esac ;;
esac
echo "$1 $2" >>"$CALLS"
"""

FAKE_PROGRAM = '#!/usr/bin/env bash\nprintf "%s\\n" "$(basename "$0")" "$@"\n'
COMMAND_LINE = "whisper-transcriber"
WINDOW = "whisper-transcriber-desktop"
SERVER = "whisper-transcriber-server"


@dataclass(slots=True)
class Clone:
    """A copy of the scripts, with a stand-in for Python."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    def bash(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a line of bash in the clone."""
        return subprocess.run(
            ["bash", "-c", f"set -euo pipefail; {script}", "bash", *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def set_up(self) -> subprocess.CompletedProcess[str]:
        """Set the clone up as `scripts/run.sh` does."""
        return self.bash("source scripts/lib/setup.sh; set_up base; set_up_models")

    def run(self, *arguments: str) -> list[str]:
        """Return the program that `scripts/run.sh` starts, and the arguments it is handed."""
        result = self.start(*arguments)
        assert result.returncode == 0, result.stderr
        return result.stdout.splitlines()

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `scripts/run.sh`; both programs only say what they were handed."""
        assert self.set_up().returncode == 0
        for name in (COMMAND_LINE, WINDOW):
            program = self.root / ".venv" / "bin" / name
            program.write_text(FAKE_PROGRAM, encoding="utf-8")
            program.chmod(0o755)
        return self.bash('scripts/run.sh "$@"', *arguments)

    def give_display(self) -> None:
        """Let the clone believe that a window can be seen."""
        self.environment["DISPLAY"] = ":0"

    @property
    def calls(self) -> list[str]:
        """Return what was asked of Python so far, and forget it."""
        path = Path(self.environment["CALLS"])
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines


INSTALLED = ["-m pip", "-m pip", "-m pip"]
"""The locked packages, the project itself, and whether they fit together."""
ALL_CALLS = ["-m venv", *INSTALLED, "-m engine.speech_models.starter"]


@pytest.fixture(name="clone")
def _clone(tmp_path: Path) -> Clone:
    root = tmp_path / "a clone"
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "requirements" / "starter-base.txt").touch()
    python = tmp_path / "python"
    python.write_text(FAKE_PYTHON.replace("REAL_PYTHON", sys.executable), encoding="utf-8")
    python.chmod(0o755)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHON": str(python),
        "CALLS": str(tmp_path / "calls"),
        "WHISPER_TRANSCRIBER_MODELS": str(tmp_path / "models"),
    }
    return Clone(root, environment)


def test_the_first_set_up_does_everything_and_the_second_nothing(clone: Clone) -> None:
    assert clone.set_up().returncode == 0
    assert clone.calls == ALL_CALLS
    assert clone.set_up().returncode == 0
    assert clone.calls == []


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements/base.txt"])
def test_a_changed_input_is_installed_without_starting_over(clone: Clone, name: str) -> None:
    clone.set_up()
    assert clone.calls
    (clone.root / name).write_text("# changed", encoding="utf-8")
    clone.set_up()
    assert clone.calls == INSTALLED


def test_an_interrupted_set_up_starts_over(clone: Clone) -> None:
    clone.set_up()
    assert clone.calls
    (clone.root / ".venv" / ".set-up-busy").touch()
    clone.set_up()
    assert clone.calls == ALL_CALLS


def test_a_failed_first_set_up_is_repeated_and_says_what_to_do(clone: Clone) -> None:
    clone.environment["PIP_FAILS"] = "install"
    result = clone.set_up()
    assert result.returncode == 1
    assert "check the network" in result.stderr
    del clone.environment["PIP_FAILS"]
    assert clone.set_up().returncode == 0


def test_a_failed_update_leaves_what_was_installed(clone: Clone) -> None:
    clone.set_up()
    lock = clone.root / "requirements" / "base.txt"
    before = lock.read_text(encoding="utf-8")
    lock.write_text("# changed", encoding="utf-8")
    clone.environment["PIP_FAILS"] = "install"
    assert clone.set_up().returncode == 1
    lock.write_text(before, encoding="utf-8")
    assert clone.calls
    assert clone.set_up().returncode == 0
    assert clone.calls == []


def test_packages_that_do_not_fit_together_are_all_installed_anew(clone: Clone) -> None:
    clone.environment["PIP_FAILS"] = "check"
    result = clone.set_up()
    assert result.returncode == 1
    assert "do not fit together" in result.stderr
    assert clone.calls
    del clone.environment["PIP_FAILS"]
    assert clone.set_up().returncode == 0
    assert clone.calls == ALL_CALLS


def test_a_vanished_model_is_installed_again(clone: Clone) -> None:
    clone.set_up()
    assert clone.calls
    shutil.rmtree(clone.environment["WHISPER_TRANSCRIBER_MODELS"])
    clone.set_up()
    assert clone.calls == ["-m engine.speech_models.starter"]


def test_two_set_ups_at_once_do_the_work_once(clone: Clone) -> None:
    line = "source scripts/lib/setup.sh; set_up base; set_up_models"
    result = clone.bash(f"({line}) & first=$!; ({line}) & wait $first; wait $!")
    assert result.returncode == 0, result.stderr
    assert clone.calls == ALL_CALLS


def test_a_missing_python_is_said_in_one_sentence(clone: Clone) -> None:
    result = clone.bash(
        "source scripts/lib/setup.sh; is_fitting_python() { false; }; can_install() { false; }; "
        "set_up base"
    )
    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11 to 3.14 is needed")


def test_a_missing_debian_package_is_named_with_its_command(clone: Clone) -> None:
    result = clone.bash(
        "source scripts/lib/setup.sh; has_venv_module() { false; }; can_install() { false; }; "
        "set_up base"
    )
    assert result.returncode == 1
    assert "sudo apt-get install python3" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("kind", "also"),
    [("desktop", ["base"]), ("dev", ["base", "desktop", "server"]), ("base", []), ("server", [])],
)
def test_a_larger_set_up_holds_the_smaller_ones(clone: Clone, kind: str, also: list[str]) -> None:
    assert clone.bash(f"source scripts/lib/setup.sh; set_up {kind}").returncode == 0
    assert clone.calls
    for smaller in also:
        assert clone.bash(f"source scripts/lib/setup.sh; set_up {smaller}").returncode == 0
    assert clone.calls == []


def test_the_window_needs_more_than_the_command_line(clone: Clone) -> None:
    clone.set_up()
    assert clone.calls
    clone.bash("source scripts/lib/setup.sh; set_up desktop")
    assert clone.calls == INSTALLED


def test_what_the_engine_needs_is_not_missed_by_a_server(clone: Clone) -> None:
    clone.environment["MISFITS"] = "whisper-transcriber 0.1.0 requires av, which is not installed."
    assert clone.bash("source scripts/lib/setup.sh; set_up server").returncode == 0
    assert clone.bash("source scripts/lib/setup.sh; set_up base").returncode == 1
    clone.environment["MISFITS"] = "litestar 2.25.0 requires msgspec, which is not installed."
    (clone.root / "requirements" / "server.txt").write_text("# changed", encoding="utf-8")
    result = clone.bash("source scripts/lib/setup.sh; set_up server")
    assert result.returncode == 1
    assert "requires msgspec" in result.stderr


def test_what_a_server_needs_is_put_beside_what_is_there(clone: Clone) -> None:
    clone.set_up()
    assert clone.calls
    assert clone.bash("source scripts/lib/setup.sh; set_up server").returncode == 0
    assert clone.calls == INSTALLED
    clone.set_up()
    assert clone.calls == []


def test_the_command_line_is_put_beside_a_server(clone: Clone) -> None:
    clone.bash("source scripts/lib/setup.sh; set_up server")
    assert clone.calls == ["-m venv", *INSTALLED]
    clone.bash("source scripts/lib/setup.sh; set_up base")
    assert clone.calls == INSTALLED


def start_server(clone: Clone, *arguments: str) -> list[str]:
    """Run `scripts/run_server.sh`; the program only says what it was handed."""
    assert clone.bash("source scripts/lib/setup.sh; set_up server").returncode == 0
    program = clone.root / ".venv" / "bin" / SERVER
    program.write_text('#!/usr/bin/env bash\necho "$*"\n', encoding="utf-8")
    program.chmod(0o755)
    result = clone.bash('scripts/run_server.sh "$@"', *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_a_server_is_migrated_gets_an_account_once_and_serves(clone: Clone) -> None:
    assert start_server(clone) == [
        "migrate --quiet",
        "user add owner@localhost --if-none --draw-password",
        "serve",
    ]


def test_options_of_a_server_are_passed_on(clone: Clone) -> None:
    arguments = ["--data-dir=a b", "--port", "9000", "--host=::1", "--account", "ada@example.org"]
    assert start_server(clone, *arguments) == [
        "migrate --quiet --data-dir a b",
        "user add ada@example.org --if-none --draw-password --data-dir a b",
        "serve --data-dir a b --port 9000 --host ::1",
    ]


@pytest.mark.parametrize("arguments", [["--colour", "red"], ["--port"]])
def test_a_server_is_not_started_with_an_option_that_it_does_not_know(
    clone: Clone, arguments: list[str]
) -> None:
    result = clone.bash('scripts/run_server.sh "$@"', *arguments)
    assert result.returncode == 1
    assert "--help" in result.stderr
    assert clone.calls == []


def test_services_that_tests_need_are_named_to_who_may_not_install_them(clone: Clone) -> None:
    result = clone.bash(
        "source scripts/lib/setup.sh; source scripts/lib/services.sh; can_install() { false; }; "
        "has_postgresql() { false; }; command() { false; }; need_databases"
    )
    assert result.returncode == 1
    assert "sudo apt-get install postgresql redis-server" in result.stderr


def test_services_that_tests_need_are_installed_by_root_and_not_started(
    clone: Clone, tmp_path: Path
) -> None:
    policy = tmp_path / "policy-rc.d"
    result = clone.bash(
        "source scripts/lib/setup.sh; source scripts/lib/services.sh; can_install() { true; }; "
        f'POLICY="{policy}"; command() {{ false; }}; '
        'apt_get() { echo "$@"; cat "$POLICY"; }; need_browser; [[ ! -e $POLICY ]] && echo clean'
    )
    assert result.stdout.splitlines() == ["install chromium", "#!/bin/sh", "exit 101", "clean"]


def test_the_tools_of_the_pages_are_installed_once(clone: Clone) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (clone.root / name).write_text("{}", encoding="utf-8")
    clone.bash("source scripts/lib/setup.sh; set_up dev")
    npm = clone.root / ".venv" / "bin" / "npm"
    npm.write_text('#!/bin/sh\necho "npm $1" >>"$CALLS"; mkdir node_modules\n', encoding="utf-8")
    npm.chmod(0o755)
    assert clone.calls
    for _ in range(2):
        assert clone.bash("source scripts/lib/setup.sh; set_up_node").returncode == 0
    assert clone.calls == ["npm ci"]
    (clone.root / "package-lock.json").write_text("{ }", encoding="utf-8")
    clone.bash("rm -r node_modules; source scripts/lib/setup.sh; set_up_node")
    assert clone.calls == ["npm ci"]


def test_what_the_server_is_measured_against_has_an_environment_of_its_own(clone: Clone) -> None:
    clone.bash("source scripts/lib/setup.sh; set_up dev")
    assert clone.calls
    for _ in range(2):
        assert clone.bash("source scripts/lib/setup.sh; set_up_kinto").returncode == 0
    assert clone.calls == ["-m venv", "-m pip"]
    assert (clone.root / ".venv" / "kinto" / "bin" / "python").exists()


def test_without_a_file_the_sample_is_transcribed_into_the_current_folder(clone: Clone) -> None:
    sample = str(clone.root / "engine" / "resources" / "sample" / "jfk.flac")
    start = [COMMAND_LINE, "transcribe"]
    assert clone.run() == [*start, "-o", ".", sample]
    assert clone.run("-m", "tiny.en") == [*start, "-m", "tiny.en", "-o", ".", sample]
    assert clone.run("-o", "there") == [*start, "-o", "there", sample]


@pytest.mark.parametrize(
    "arguments",
    [["a talk.mp3"], ["-m", "base", "talk.mp3"], ["talk.mp3", "--no-words"]],
)
def test_files_and_options_are_passed_on_as_they_are(clone: Clone, arguments: list[str]) -> None:
    assert clone.run(*arguments) == [COMMAND_LINE, "transcribe", *arguments]


def test_the_help_comes_at_once(clone: Clone) -> None:
    result = clone.bash("scripts/run.sh --help")
    assert result.returncode == 0
    assert "--data-dir DIR" in result.stdout and "transcribe --help" in result.stdout
    assert clone.calls == []


@pytest.mark.parametrize(
    "arguments", [[], ["a talk.mp3", "a folder"], ["--data-dir", "there", "talk.mp3"], ["--", "-a"]]
)
def test_where_there_is_a_display_the_window_opens(clone: Clone, arguments: list[str]) -> None:
    clone.give_display()
    assert clone.run(*arguments) == [WINDOW, *arguments]


@pytest.mark.parametrize(
    "arguments", [["-o", "out", "a.mp3"], ["a.mp3", "-f", "srt"], ["a.mp3", "--model=base"]]
)
def test_options_of_the_command_line_need_no_window(clone: Clone, arguments: list[str]) -> None:
    clone.give_display()
    assert clone.run(*arguments) == [COMMAND_LINE, "transcribe", *arguments]


def test_a_display_that_does_not_answer_leaves_the_command_line(clone: Clone) -> None:
    clone.give_display()
    clone.environment["DISPLAY_STATUS"] = "1"
    result = clone.start("a.mp3")
    assert result.stdout.splitlines() == [COMMAND_LINE, "transcribe", "a.mp3"]
    assert "no display" in result.stderr


def test_packages_that_a_window_needs_are_named_to_who_may_not_install_them(clone: Clone) -> None:
    clone.give_display()
    clone.environment |= {"DISPLAY_STATUS": "3", "MISSING": "libegl1\nlibxcb-cursor0"}
    result = clone.bash(
        "source scripts/lib/setup.sh; source scripts/lib/window.sh; set_up desktop; "
        "can_install() { false; }; prepare_window"
    )
    assert result.returncode == 1
    said = result.stderr.splitlines()[-1]
    assert "sudo apt-get install libegl1 libxcb-cursor0 " in said


def test_packages_that_a_window_needs_are_installed_by_root(clone: Clone) -> None:
    clone.give_display()
    clone.environment |= {"DISPLAY_STATUS": "3", "MISSING": "libegl1\nlibxcb-cursor0"}
    result = clone.bash(
        "source scripts/lib/setup.sh; source scripts/lib/window.sh; set_up desktop; "
        "can_install() { true; }; "
        'apt_get() { echo "$@"; MISSING= DISPLAY_STATUS=0; export MISSING DISPLAY_STATUS; }; '
        "prepare_window && echo ready"
    )
    assert result.stdout.splitlines() == ["install libegl1 libxcb-cursor0", "ready"]
