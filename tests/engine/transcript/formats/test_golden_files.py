"""Every format writes exactly what its golden file holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from engine.transcript.formats import FORMATS, WriteOptions
from tests.engine.transcript.formats import golden
from tests.engine.transcript.sample import transcript

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize("name", golden.VARIANTS)
def test_writers_agree_with_the_golden_files(name: str) -> None:
    expected = (golden.FOLDER / name).read_bytes()
    assert golden.comparable(name, golden.written(name)) == golden.comparable(name, expected)


def test_every_format_has_a_golden_file_and_no_file_is_left_over() -> None:
    assert {f"sample.{name}" for name in FORMATS} <= golden.VARIANTS.keys()
    assert {path.name for path in golden.FOLDER.iterdir()} == golden.VARIANTS.keys()


@pytest.mark.parametrize("name", [name for name in golden.VARIANTS if not name.endswith("json")])
def test_removed_text_is_never_exported_as_text(name: str) -> None:
    content = b"".join(golden.comparable(name, golden.written(name)).values())
    assert b"Thanks for" not in content


@pytest.mark.parametrize("name", [name for name in golden.VARIANTS if name.endswith("json")])
def test_json_files_follow_the_published_schema(name: str) -> None:
    schema = json.loads((ROOT / "docs" / "transcript.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert not list(validator.iter_errors(json.loads(golden.written(name))))


def test_the_schema_notices_what_is_missing() -> None:
    schema = json.loads((ROOT / "docs" / "transcript.schema.json").read_text("utf-8"))
    content = json.loads(FORMATS["json"].write(transcript(), WriteOptions()))
    del content["segments"][0]["words"][0]["probability"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, schema)


def test_the_documentation_names_every_format() -> None:
    text = (ROOT / "docs" / "formats.md").read_text("utf-8")
    assert [name for name in FORMATS if f"| `{name}` |" not in text] == []


def test_importing_the_formats_loads_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys, engine.transcript.formats; "
        "print(sorted({'docx', 'lxml', 'pysubs2', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
