"""Schemathesis over the whole description: no 5xx, and nothing that the description doesn't say."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.sync_server.routes.served import account_in, served

_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
_EXAMPLES = 8
_MANY = 10**6


async def test_no_request_makes_the_server_fail(database_url: str, tmp_path: Path) -> None:
    async with served(
        tmp_path,
        database_url,
        requests_per_minute=_MANY,
        logins_per_minute=_MANY,
        logins_per_minute_address=_MANY,
    ) as server:
        anna = await account_in(tmp_path, database_url)
        command = [str(Path(sys.executable).with_name("schemathesis")), "run"]
        command += [f"{server.url}/v1/openapi.json", "--checks", ",".join(_CHECKS)]
        command += ["--header", f"Authorization: Bearer {anna.token}"]
        # An event stream has no end.
        command += ["--exclude-path", "/v1/events", "--phases", "coverage,fuzzing"]
        command += ["--max-examples", str(_EXAMPLES), "--generation-deterministic"]
        command += ["--no-color"]
        process = await asyncio.create_subprocess_exec(
            *command,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=tmp_path,
            env=os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path / "hypothesis")},
        )
        told, _ = await process.communicate()
        assert process.returncode == 0, told.decode()
    answered = [line for line in server.lines if line["event"] == "request"]
    assert len(answered) > 300
    assert not [line for line in server.lines if line["level"] == "error"]
