"""Start PostgreSQL and Redis as children of the tests, on sockets of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEBIAN_BINS = sorted(Path("/usr/lib/postgresql").glob("1[5-9]/bin"))
_PATIENCE = 30.0

# What is lost when the machine dies doesn't matter to most tests, and it makes them quicker.
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresServer:
    """A PostgreSQL cluster in a folder; it can be killed and started again."""

    def __init__(self, folder: Path, settings: tuple[str, ...] = UNSAFE) -> None:
        self._folder = folder
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        _own(folder)
        _run_as_owner(
            [_program("initdb"), "-D", str(self._data), "-U", "tests", "-A", "trust"]
            + ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        )

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def pid(self) -> int:
        """The postmaster."""
        assert self._process is not None
        return self._process.pid

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql+asyncpg://tests@/{database}?host={self._folder}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["listen_addresses=", f"unix_socket_directories={self._folder}"]
        options += ["max_connections=200", "log_min_messages=fatal", *self._settings]
        command = [_program("postgres"), "-D", str(self._data)]
        for option in options:
            command += ["-c", option]
        self._process = subprocess.Popen(
            command,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=_owner(),
            group=_owner(),
        )
        _wait_for(lambda: self._answers(), "PostgreSQL")

    def create(self, database: str) -> str:
        """Make an empty database and return its address."""
        self._psql("postgres", f'CREATE DATABASE "{database}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected."""
        self._psql("postgres", f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def kill(self) -> None:
        """Kill it and all its children at once, as a power cut would."""
        assert self._process is not None
        children = _children(self._process.pid)
        for pid in (self._process.pid, *children):
            _kill(pid, signal.SIGKILL)
        self._process.wait()
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        self._process = None

    def stop(self) -> None:
        """Stop it at once."""
        if self._process is not None:
            _kill(self._process.pid, signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        command = [_program("pg_isready"), "-q", "-h", str(self._folder), "-U", "tests"]
        return subprocess.run(command, check=False).returncode == 0

    def _psql(self, database: str, statement: str) -> None:
        command = [_program("psql"), "-q", "-h", str(self._folder), "-U", "tests", "-d", database]
        subprocess.run([*command, "-c", statement], check=True, capture_output=True)


class RedisServer:
    """A Redis on a socket in a folder, without persistence."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def url(self) -> str:
        """Its address."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [_program("redis-server"), "--port", "0", "--unixsocket", str(self._socket)]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        ping = [_program("redis-cli"), "-s", str(self._socket), "ping"]
        _wait_for(
            lambda: b"PONG" in subprocess.run(ping, capture_output=True, check=False).stdout,
            "Redis",
        )

    def kill(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def postgres(settings: tuple[str, ...] = UNSAFE) -> Iterator[PostgresServer]:
    """Give a running PostgreSQL; its socket's path must be short, hence a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        server = PostgresServer(Path(folder, "c"), settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def redis() -> Iterator[RedisServer]:
    """Give a running Redis."""
    with tempfile.TemporaryDirectory(prefix="rd", ignore_cleanup_errors=True) as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.kill()


def _program(name: str) -> str:
    folders = [*map(str, _DEBIAN_BINS), os.environ["PATH"]]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        raise RuntimeError(f"{name} is missing; scripts/run_tests.sh says which packages it is in")
    return found


def _owner() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def _own(folder: Path) -> None:
    if os.geteuid() == 0:
        entry = pwd.getpwnam("postgres")
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _run_as_owner(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd="/", user=_owner(), group=_owner())


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text("ascii").split()] if listed.exists() else []


def _kill(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _wait_for(is_there: object, name: str) -> None:
    assert callable(is_there)
    end = time.monotonic() + _PATIENCE
    while not is_there():
        if time.monotonic() > end:
            raise RuntimeError(f"{name} did not start")
        time.sleep(0.05)
