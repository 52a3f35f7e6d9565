"""Test downloads against a real HTTP server on this computer, with everything that goes wrong."""

from __future__ import annotations

import errno
import os
import shutil
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import truststore

from engine.errors import Cancelled, ExportError, ModelError, OptionsError
from engine.speech_models import catalogue, http_file
from engine.speech_models.download import (
    DownloadOptions,
    DownloadProgress,
    download_model,
)
from engine.speech_models.http_file import HttpSettings, make_session
from engine.speech_models.installed import InstalledModel, verify_model
from engine.speech_models.manifest import read_manifest
from engine.speech_models.model_entry import CatalogueEntry, HubSource, ModelFile
from engine.speech_models.partial import discard_partial_download, has_partial_download
from tests.engine.speech_models.model_server import Script, serving
from tests.engine.speech_models.small_models import SOURCE, entry_of, make_model

NAME = "small-test"
CHUNK = 64 << 10
WEIGHTS = f"/{SOURCE.repository}/resolve/{SOURCE.revision}/model.bin"


class Hub:
    """Hold the server's script and download from it."""

    def __init__(self, script: Script, url: str, models: Path) -> None:
        self.script = script
        self.models = models
        self.pauses: list[float] = []
        self.http = HttpSettings(url, stall_timeout=0.3, attempts=3, pause=self.pauses.append)
        self.progress: list[DownloadProgress] = []
        self.is_cancelled: Callable[[], bool] = lambda: False

    def download(self, **options: object) -> InstalledModel:
        """Download the small model."""
        chosen = replace(DownloadOptions(http=self.http), **options)  # type: ignore[arg-type]
        return download_model(
            NAME,
            on_progress=self.progress.append,
            is_cancelled=lambda: self.is_cancelled(),
            options=chosen,
        )

    def weights_requests(self) -> list[tuple[str, str | None, str | None]]:
        """Return the requests for model.bin."""
        return [each for each in self.script.requests if each[0] == WEIGHTS]

    @property
    def partial(self) -> Path:
        """Return where an unfinished model.bin lies."""
        return self.models / f".{NAME}.part" / "model.bin"


@pytest.fixture
def hub(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """Serve a model with 275 kB of weights, which is in the catalogue."""
    folder = make_model(tmp_path / "published", width=256)
    monkeypatch.setitem(catalogue.CATALOGUE, NAME, entry_of(folder, NAME))
    prefix = WEIGHTS.removesuffix("model.bin")
    script = Script({prefix + path.name: path.read_bytes() for path in folder.iterdir()})
    with serving(script) as url:
        yield Hub(script, url, models)


def change_entry(monkeypatch: pytest.MonkeyPatch, change: Callable[[ModelFile], ModelFile]) -> None:
    entry = catalogue.CATALOGUE[NAME]
    files = tuple(change(file) if file.name == "model.bin" else file for file in entry.files)
    monkeypatch.setitem(catalogue.CATALOGUE, NAME, replace(entry, files=files))


def visible_names(folder: Path) -> list[str]:
    """Return what lies in a folder, lock files aside."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_a_downloaded_model_is_whole_and_verified(hub: Hub) -> None:
    model = hub.download()
    assert (model.name, model.folder, model.damage) == (NAME, hub.models / NAME, "")
    assert visible_names(hub.models) == [NAME]
    verify_model(NAME)
    manifest = read_manifest(model.folder)
    assert manifest is not None and manifest.number_type == "float16"
    assert manifest.source == "somebody/small at abc123"
    names = sorted(path.name for path in model.folder.iterdir())
    assert names == ["config.json", "model.bin", "model.json", "tokenizer.json", "vocabulary.txt"]
    assert not hub.pauses


def test_files_are_asked_for_as_they_are(hub: Hub) -> None:
    hub.download()
    assert set(hub.script.encodings) == {"identity"}


def test_progress_grows_to_the_whole(hub: Hub) -> None:
    hub.download()
    done = [each.done_bytes for each in hub.progress]
    assert done == sorted(done) and len(done) > 5
    assert done[-1] == hub.progress[-1].total_bytes == catalogue.CATALOGUE[NAME].size_bytes
    assert hub.progress[-1].file == "model.bin"


def test_an_installed_model_is_not_fetched_again(hub: Hub) -> None:
    first = hub.download()
    count = len(hub.script.requests)
    assert download_model(NAME, options=DownloadOptions(http=hub.http)) == first
    assert len(hub.script.requests) == count


def test_a_damaged_model_is_replaced(hub: Hub) -> None:
    model = hub.download()
    (model.folder / "model.bin").write_bytes(b"damaged")
    hub.download()
    verify_model(NAME)
    assert visible_names(hub.models) == [NAME]


def test_a_truncated_transfer_is_continued_where_it_stopped(hub: Hub) -> None:
    hub.script.faults = ["truncate", "truncate"]
    hub.download()
    verify_model(NAME)
    size = len(hub.script.files[WEIGHTS])
    starts = [int((each[1] or "bytes=0-")[6:-1]) for each in hub.weights_requests()]
    # What was received of the chunk that broke off is not kept.
    assert starts[0] == 0
    assert size // 2 - CHUNK < starts[1] <= size // 2
    assert starts[1] < starts[2] <= starts[1] + (size - starts[1]) // 2
    assert [each[2] for each in hub.weights_requests()] == [None, '"one"', '"one"']


def test_a_later_call_continues_an_earlier_one(hub: Hub) -> None:
    hub.script.faults = ["truncate", "404"]
    with pytest.raises(ModelError) as caught:
        hub.download()
    assert caught.value.code == "model.download_failed"
    assert has_partial_download(NAME)
    half = hub.partial.stat().st_size
    assert half > len(hub.script.files[WEIGHTS]) // 2 - CHUNK
    hub.download()
    verify_model(NAME)
    assert hub.weights_requests()[-1][1] == f"bytes={half}-"
    assert not has_partial_download(NAME)


def test_nobody_needs_to_watch(hub: Hub) -> None:
    assert download_model(NAME, options=DownloadOptions(http=hub.http)).name == NAME


def test_what_is_left_of_a_download_can_be_discarded(hub: Hub) -> None:
    hub.script.faults = ["404"]
    with pytest.raises(ModelError):
        hub.download()
    assert has_partial_download(NAME, (hub.models,))
    discard_partial_download(NAME)
    assert not has_partial_download(NAME)
    discard_partial_download(NAME)


def test_a_server_without_ranges_sends_all_again(hub: Hub) -> None:
    hub.script.has_ranges = False
    hub.script.faults = ["truncate"]
    hub.download()
    verify_model(NAME)
    assert len(hub.weights_requests()) == 2


def test_a_file_that_changed_between_two_attempts_is_fetched_whole(hub: Hub) -> None:
    hub.script.faults = ["truncate", "404"]
    with pytest.raises(ModelError):
        hub.download()
    hub.partial.write_bytes(b"x" * hub.partial.stat().st_size)
    hub.script.etag = '"two"'
    hub.download()
    verify_model(NAME)
    assert hub.weights_requests()[-1][2] == '"one"'


def test_a_weak_tag_is_not_used_as_a_condition(hub: Hub) -> None:
    hub.script.etag = 'W/"one"'
    hub.script.faults = ["truncate"]
    hub.download()
    assert [each[2] for each in hub.weights_requests()] == [None, None]


def test_wrong_contents_are_fetched_once_more_and_then_refused(hub: Hub) -> None:
    content = bytearray(hub.script.files[WEIGHTS])
    content[90] ^= 1
    hub.script.files[WEIGHTS] = bytes(content)
    with pytest.raises(ModelError, match="model.bin has other contents") as caught:
        hub.download()
    assert caught.value.code == "model.download_failed"
    assert len(hub.weights_requests()) == 2
    assert not hub.partial.exists()
    assert not (hub.models / NAME).exists()


def test_a_resumed_file_that_does_not_fit_is_fetched_from_the_start(hub: Hub) -> None:
    hub.script.faults = ["truncate", "404"]
    with pytest.raises(ModelError):
        hub.download()
    hub.partial.write_bytes(b"x" * hub.partial.stat().st_size)
    hub.download()
    verify_model(NAME)
    assert hub.weights_requests()[-1][1] is None


def test_leftovers_that_are_too_long_are_fetched_from_the_start(hub: Hub) -> None:
    hub.partial.parent.mkdir(parents=True)
    hub.partial.write_bytes(b"x" * 10**6)
    hub.download()
    verify_model(NAME)
    assert hub.weights_requests()[0][1] is None


def test_a_file_longer_than_known_is_refused(hub: Hub) -> None:
    hub.script.files[WEIGHTS] += b"more"
    with pytest.raises(ModelError, match="longer than known") as caught:
        hub.download()
    assert caught.value.code == "model.download_failed"


def test_a_file_shorter_than_known_is_given_up(hub: Hub) -> None:
    hub.script.files[WEIGHTS] = hub.script.files[WEIGHTS][:-5]
    with pytest.raises(ModelError, match="model.bin") as caught:
        hub.download()
    assert caught.value.code == "model.download_failed"


@pytest.mark.parametrize("fault", ["500", "503", "429", "408", "416", "hang_up"])
def test_a_passing_fault_is_waited_out(hub: Hub, fault: str) -> None:
    hub.script.faults = [fault, fault]
    hub.download()
    verify_model(NAME)
    assert sum(hub.pauses) == 1 + 2
    assert max(hub.pauses) <= 0.5


def test_lasting_faults_are_given_up_after_growing_pauses(hub: Hub) -> None:
    hub.script.faults = ["500"] * 99
    hub.http = replace(hub.http, attempts=5)
    with pytest.raises(ModelError, match="model.bin: HTTP status 500") as caught:
        hub.download()
    assert caught.value.code == "model.download_failed"
    assert len(hub.weights_requests()) == 5
    assert sum(hub.pauses) == 1 + 2 + 4 + 8


def test_progress_between_faults_starts_the_count_anew(hub: Hub) -> None:
    hub.script.faults = ["500", "500", "truncate", "500", "truncate"]
    hub.download()
    verify_model(NAME)
    assert len(hub.weights_requests()) == 6


def test_a_stall_ends_the_attempt_not_the_download(hub: Hub) -> None:
    hub.script.faults = ["stall"]
    hub.download()
    verify_model(NAME)
    assert len(hub.weights_requests()) == 2
    assert hub.weights_requests()[1][1] is not None


def test_an_answer_with_another_range_is_not_joined(hub: Hub) -> None:
    hub.script.faults = ["truncate", "wrong_range"]
    hub.download()
    verify_model(NAME)
    assert len(hub.weights_requests()) == 3
    assert hub.weights_requests()[1] == hub.weights_requests()[2]


def test_no_server_at_all_is_a_failed_download(hub: Hub) -> None:
    hub.http = replace(hub.http, hub_url="http://127.0.0.1:9")
    with pytest.raises(ModelError, match="ConnectionError") as caught:
        hub.download()
    assert caught.value.code == "model.download_failed"


def test_the_next_source_is_asked_when_one_lacks_the_file(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = catalogue.CATALOGUE[NAME]
    sources = (HubSource("gone/away", "1"), *entry.sources)
    monkeypatch.setitem(catalogue.CATALOGUE, NAME, replace(entry, sources=sources))
    hub.download()
    verify_model(NAME)
    assert hub.script.requests[0][0].startswith("/gone/away/resolve/1/")


def test_a_cancel_ends_the_transfer_and_keeps_what_is_there(hub: Hub) -> None:
    hub.is_cancelled = lambda: bool(hub.progress) and hub.progress[-1].done_bytes > 100_000
    with pytest.raises(Cancelled):
        hub.download()
    assert hub.partial.stat().st_size > 0
    assert not (hub.models / NAME).exists()
    hub.is_cancelled = lambda: False
    hub.download()
    verify_model(NAME)
    assert hub.weights_requests()[-1][1] is not None


def test_a_cancel_ends_a_pause(hub: Hub) -> None:
    hub.script.faults = ["500"] * 9
    hub.is_cancelled = lambda: len(hub.pauses) >= 3
    with pytest.raises(Cancelled):
        hub.download()
    assert len(hub.pauses) == 3


def test_free_space_is_checked_before_the_first_request(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 8, 1))
    with pytest.raises(ModelError, match="0 MB free") as caught:
        hub.download()
    assert caught.value.code == "model.no_space"
    assert not hub.script.requests


def test_a_disk_that_fills_up_is_no_network_fault(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    class Full:
        def __init__(self, path: Path) -> None:
            self.file = real(path, "ab")

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def truncate(self, size: int) -> int:
            return self.file.truncate(size)

        def write(self, _: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def opened(path: Path, mode: str = "r", **options: object) -> object:
        full = path.name == "model.bin" and mode == "ab"
        return Full(path) if full else real(path, mode, **options)  # type: ignore[call-overload]

    entry = catalogue.CATALOGUE[NAME]
    sources = (*entry.sources, HubSource("other/source", "1"))
    monkeypatch.setitem(catalogue.CATALOGUE, NAME, replace(entry, sources=sources))
    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(ModelError) as caught:
        hub.download()
    assert caught.value.code == "model.no_space"
    assert not hub.pauses
    assert not [each for each in hub.script.requests if "other/source" in each[0]]


def test_a_folder_that_cannot_be_made_is_said(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError) as caught:
        hub.download(folders=(tmp_path / "file" / "models",))
    assert caught.value.code == "export.not_writable"


def test_an_unknown_model_is_refused_with_the_known_names(models: Path) -> None:
    with pytest.raises(OptionsError, match="large-v3"):
        download_model("gigantic", options=DownloadOptions((models,)))


def test_weights_can_be_rewritten_as_int8_after_the_download(hub: Hub) -> None:
    published = catalogue.CATALOGUE[NAME].size_bytes
    model = hub.download(number_type="int8")
    manifest = read_manifest(model.folder)
    assert manifest is not None and manifest.number_type == "int8"
    assert model.size_bytes < published * 0.7
    verify_model(NAME)


def test_an_installed_model_can_be_rewritten_as_int8_without_the_network(hub: Hub) -> None:
    hub.download()
    before = len(hub.script.requests)
    model = hub.download(number_type="int8")
    manifest = read_manifest(model.folder)
    assert manifest is not None and manifest.number_type == "int8"
    verify_model(NAME, (hub.models,))
    assert len(hub.script.requests) == before
    assert hub.download(number_type="int8") == model


def test_two_downloads_of_one_model_do_not_write_the_same_files(hub: Hub) -> None:
    refused: list[str] = []

    def download_again() -> bool:
        with pytest.raises(ModelError) as caught:
            download_model(NAME, options=DownloadOptions((hub.models,), http=hub.http))
        refused.append(caught.value.code)
        return False

    hub.is_cancelled = download_again
    assert not hub.download().damage
    assert set(refused) == {"model.busy"}
    hub.is_cancelled = lambda: False
    assert not hub.download().damage


def test_files_without_known_hash_must_at_least_be_sound(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_entry(monkeypatch, lambda file: replace(file, sha256=None))
    good = hub.script.files[WEIGHTS]
    hub.script.files[WEIGHTS] = good[:4] + b"\xff" * (len(good) - 4)
    with pytest.raises(ModelError, match="model.bin") as caught:
        hub.download()
    assert caught.value.code == "model.download_failed"
    assert not has_partial_download(NAME)
    hub.script.files[WEIGHTS] = good
    hub.download()
    verify_model(NAME)


def test_a_wrong_rewriting_is_refused(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = catalogue.CATALOGUE[NAME]
    wrong = replace(entry, int8_weights=ModelFile("model.bin", 1, "0" * 64))
    monkeypatch.setitem(catalogue.CATALOGUE, NAME, wrong)
    with pytest.raises(ModelError):
        hub.download(number_type="int8")


def test_the_disk_may_fill_up_while_the_model_is_finished(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ModelError("model.no_space", "full")

    monkeypatch.setattr("engine.speech_models.download.replace_weights", full)
    with pytest.raises(ModelError) as caught:
        hub.download(number_type="int8")
    assert caught.value.code == "model.no_space"
    assert has_partial_download(NAME)


def test_the_systems_certificates_are_trusted() -> None:
    with make_session() as session:
        adapter = session.get_adapter("https://huggingface.co/")
        direct = adapter.poolmanager.connection_pool_kw["ssl_context"]  # type: ignore[attr-defined]
        through = adapter.proxy_manager_for("http://127.0.0.1:1")  # type: ignore[attr-defined]
        for context in (direct, through.connection_pool_kw["ssl_context"]):
            assert isinstance(context, truststore.SSLContext)
            assert context.verify_mode == ssl.CERT_REQUIRED
    assert http_file.HUB_URL == "https://huggingface.co"


def test_the_catalogues_entry_type_needs_no_optional_field() -> None:
    assert CatalogueEntry("x", "english", (), ()).licence == "MIT"
