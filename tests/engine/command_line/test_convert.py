"""Transcripts are converted, and never overwritten by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import cli
from engine.command_line.checkpoint import Checkpoint
from engine.command_line.checkpoint_header import CheckpointHeader
from engine.command_line.job import Job, JobRunner
from tests.engine.command_line.fakes import FakeClient, Log, cut_after


@pytest.fixture(name="transcript")
def _transcript(job: Job) -> Path:
    JobRunner(FakeClient(), Log(), ()).run(job)
    return job.target.file(".json")


def test_a_transcript_becomes_several_files(
    transcript: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "folder"
    assert cli.main(["convert", str(transcript), "-f", "srt,vtt", "-o", str(out)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(out / "talk.srt"), str(out / "talk.vtt")]
    assert "block-0 part-0" in (out / "talk.srt").read_text(encoding="utf-8")


def test_words_are_told_if_asked_for(transcript: Path, tmp_path: Path) -> None:
    texts = []
    for number, words in enumerate(([], ["--words"], ["--no-words"])):
        out = tmp_path / str(number)
        arguments = ["convert", str(transcript), "-f", "vtt,json", "-o", str(out), *words]
        assert cli.main(arguments) == 0
        texts.append(
            [(out / name).read_text(encoding="utf-8") for name in ("talk.vtt", "talk.json")]
        )
    assert "<00:" not in texts[0][0] and '"words"' in texts[0][1]
    assert "<00:" in texts[1][0]
    assert len(texts[2][1]) < len(texts[0][1])


def test_a_transcript_is_not_overwritten_by_what_is_made_of_it(transcript: Path) -> None:
    before = transcript.read_bytes()
    assert cli.main(["convert", str(transcript), "-f", "json"]) == 0
    assert transcript.read_bytes() == before
    assert transcript.with_name("talk.json.json").is_file()


def test_an_unfinished_transcription_gives_what_is_finished(job: Job) -> None:
    with pytest.raises(KeyboardInterrupt):
        JobRunner(FakeClient(cut_after(9, KeyboardInterrupt())), Log(), ()).run(job)
    assert cli.main(["convert", str(job.target.checkpoint), "-f", "txt"]) == 0
    text = (job.target.folder / "talk.partial.txt").read_text(encoding="utf-8")
    assert "block-0 part-0" in text
    with Checkpoint(job.target.checkpoint) as checkpoint:
        assert isinstance(checkpoint.header, CheckpointHeader)


def test_what_cannot_be_read_is_named_and_the_others_go_on(
    transcript: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, missing = tmp_path / "bad.json", tmp_path / "missing.json"
    bad.write_text("{}", encoding="utf-8")
    assert cli.main(["convert", str(bad), str(missing), str(transcript), "-f", "srt"]) == 1
    error = capsys.readouterr().err
    assert f"{bad}: The file is not a transcript" in error
    assert f"{missing}: The transcript is not there." in error
    assert (tmp_path / "talk.srt").is_file()


def test_a_folder_that_cannot_be_made_is_named(
    transcript: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = transcript / "below"
    assert cli.main(["convert", str(transcript), "-f", "srt", "-o", str(out)]) == 1
    assert "cannot be written there" in capsys.readouterr().err
