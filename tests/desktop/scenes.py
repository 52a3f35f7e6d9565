"""Say which screens are pictured, in which states, and which of the pictures the documents keep."""

from __future__ import annotations

from dataclasses import replace

from desktop.store.records import JobStatus
from tests.desktop import scene_folders as folders
from tests.desktop import scene_steps as step
from tests.desktop.open_program import open_program
from tests.desktop.sample_library import LONG_TITLE
from tests.desktop.scene_steps import COUNCIL, INTERVIEW, each, open_transcript
from tests.desktop.screenshots import Scene

__all__ = ["SCENES", "open_program"]

_BOTH, _LIGHT = ("light", "dark"), ("light",)
_ARCHIVE, _WAITING = "Episode 31 – The archive", "Radio feature, raw"
_read = each(step.ready, open_transcript(INTERVIEW))

FIRST_DAY = (
    Scene("empty", step.ready, has_library=False, is_also_narrow=True, kept=_BOTH),
    Scene(
        "empty-without-model",
        step.ready,
        folders.with_speeds,
        has_library=False,
        has_models=False,
        is_also_narrow=True,
        kept=_LIGHT,
    ),
    Scene("empty-dragging", each(step.ready, step.drag_over), has_library=False),
    Scene("empty-german", step.ready, has_library=False, has_models=False, language="de"),
    Scene("library", step.ready, is_also_narrow=True),
    Scene("document-dragging", each(_read, step.drag_over)),
)

JOBS = (
    Scene(
        "running",
        each(step.run, open_transcript(COUNCIL), step.run),
        is_also_narrow=True,
        kept=(*_BOTH, "narrow"),
    ),
    Scene("reading-file", each(step.begin, open_transcript(_WAITING))),
    Scene("queued", open_transcript(_WAITING)),
    Scene("paused", open_transcript("Lecture 4 – Hydrology")),
    Scene(
        "waits-for-model",
        each(
            step.set_status(_WAITING, JobStatus.QUEUED, "model.not_installed"),
            open_transcript(_WAITING),
        ),
        folders.with_speeds,
    ),
    Scene(
        "failed-disk-full",
        each(
            step.set_status(COUNCIL, JobStatus.FAILED, "library.disk_full"),
            open_transcript(COUNCIL),
        ),
        is_also_narrow=True,
        kept=_BOTH,
    ),
    Scene("failed-file-gone", open_transcript("Panel discussion")),
    Scene("failed-unreadable", open_transcript("Dictaphone 0031")),
    Scene("failed-engine", step.crash),
)

DOCUMENTS = (
    Scene("document", _read, is_also_narrow=True, kept=_BOTH),
    Scene("document-long-title", open_transcript(LONG_TITLE), is_also_narrow=True),
    Scene("document-arabic", open_transcript("اجتماع الفريق")),
    Scene("document-japanese", open_transcript("天気予報 三月")),
    Scene("find", each(_read, step.find("the")), kept=_LIGHT),
    Scene("replace", each(_read, step.replace_in), is_also_narrow=True),
    Scene("rename-speaker", each(_read, step.rename_speaker), kept=_LIGHT),
    Scene("text-menu", each(_read, step.text_menu)),
    Scene("row-menu", each(_read, step.row_menu)),
    Scene("main-menu", each(_read, step.main_menu)),
    Scene("toast", each(_read, step.toast), is_also_narrow=True),
    Scene("history", each(_read, step.history), is_also_narrow=True, kept=_LIGHT),
)

SHEETS = (
    Scene("search", each(step.ready, step.search("boat")), is_also_narrow=True, kept=_BOTH),
    Scene("search-nothing", each(step.ready, step.search("Kraków"))),
    Scene(
        "export-document",
        each(_read, step.export(INTERVIEW, purpose="document")),
        is_also_narrow=True,
        kept=_BOTH,
    ),
    Scene("export-subtitles", each(_read, step.export(INTERVIEW, purpose="subtitles"))),
    Scene("export-text", each(_read, step.export(INTERVIEW, purpose="text"))),
    Scene("export-data", each(_read, step.export(INTERVIEW, purpose="data"))),
    Scene("export-many", each(_read, step.export(INTERVIEW, _ARCHIVE, "Focus group 2"))),
)

SETTINGS = (
    Scene("settings", step.settings(), folders.with_profiles, is_also_narrow=True, kept=_LIGHT),
    Scene("settings-profiles", step.settings("profiles"), folders.with_profiles, kept=_LIGHT),
    Scene(
        "settings-profile-editor",
        each(step.settings("profiles"), step.edit_profile),
        folders.with_profiles,
        is_also_narrow=True,
    ),
    Scene("settings-hardware", step.settings("hardware"), kept=_LIGHT),
    Scene("settings-privacy", step.settings("privacy"), folders.with_ledger, kept=_LIGHT),
    Scene("settings-shortcuts", step.settings("shortcuts"), kept=_LIGHT),
    Scene("settings-about", step.settings("about")),
    Scene("settings-search", each(step.settings(), step.search_settings("model"))),
    Scene("settings-search-nothing", each(step.settings(), step.search_settings("xyz"))),
    Scene(
        "models",
        each(step.settings("models"), step.list_models),
        folders.with_speeds,
        is_also_narrow=True,
        kept=_BOTH,
    ),
)

TROUBLE = (
    Scene("trouble", step.ready, folders.with_damaged_library),
    Scene("crash-mistake", step.crash_dialog(ZeroDivisionError("division by zero"))),
    Scene("crash-disk", step.crash_dialog(OSError(28, "No space left on device", "library"))),
)

_LARGE = (
    Scene("empty-200", step.ready, has_library=False, has_models=False),
    Scene("running-200", each(step.run, open_transcript(COUNCIL), step.run)),
    Scene("document-200", _read, is_also_narrow=True),
    Scene("export-200", each(_read, step.export(INTERVIEW, purpose="document"))),
    Scene("settings-200", step.settings("profiles"), folders.with_profiles),
    Scene("models-200", each(step.settings("models"), step.list_models)),
)

APPEARANCES = (
    *(replace(scene, percent=200) for scene in _LARGE),
    Scene(
        "running-contrast",
        each(step.run, open_transcript(COUNCIL), step.run),
        has_contrast=True,
    ),
    Scene("document-contrast", _read, has_contrast=True),
    Scene(
        "export-contrast",
        each(_read, step.export(INTERVIEW, purpose="document")),
        has_contrast=True,
    ),
    Scene("settings-contrast", step.settings(), folders.with_profiles, has_contrast=True),
    Scene(
        "running-german",
        each(step.run, open_transcript(COUNCIL), step.run),
        language="de",
        is_also_narrow=True,
    ),
    Scene("failed-german", open_transcript("Panel discussion"), language="de"),
    Scene("export-german", each(_read, step.export(INTERVIEW)), language="de"),
    Scene("settings-german", step.settings("hardware"), folders.with_profiles, language="de"),
    Scene("models-german", each(step.settings("models"), step.list_models), language="de"),
    Scene("document-german", open_transcript(LONG_TITLE), language="de", kept=_LIGHT),
)

SCENES = (*FIRST_DAY, *JOBS, *DOCUMENTS, *SHEETS, *SETTINGS, *TROUBLE, *APPEARANCES)
