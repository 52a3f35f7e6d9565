"""Hold the settings: frozen values with defaults; a value that is out of range is refused."""

from __future__ import annotations

from dataclasses import dataclass, fields

from desktop.settings.profile import Profile, WatchedFolder
from desktop.settings.setting import (
    QT_TRANSLATE_NOOP,
    Choice,
    Control,
    Group,
    Setting,
    described,
    setting_of,
)
from engine.errors import OptionsError
from engine.options import COMPUTE_TYPES, ComputeOptions

READING_SCALES = (0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.25, 2.5)
"""Sizes of the reading font that are offered, times its usual size."""


@dataclass(frozen=True, slots=True)
class Settings:  # pylint: disable=too-many-instance-attributes
    """Everything that people can change; ValueError for a value that is not allowed."""

    appearance: str = described(
        "system",
        Setting(
            Group.GENERAL,
            QT_TRANSLATE_NOOP("Settings", "Appearance"),
            QT_TRANSLATE_NOOP("Settings", "Follows the system unless you choose."),
            Control.SEGMENTS,
            (
                Choice("system", QT_TRANSLATE_NOOP("Settings", "System")),
                Choice("light", QT_TRANSLATE_NOOP("Settings", "Light")),
                Choice("dark", QT_TRANSLATE_NOOP("Settings", "Dark")),
            ),
        ),
    )
    language: str = described(
        "system",
        Setting(
            Group.GENERAL,
            QT_TRANSLATE_NOOP("Settings", "Language of the program"),
            QT_TRANSLATE_NOOP("Settings", "The language of recordings is chosen in the profile."),
            Control.MENU,
            (
                Choice("system", QT_TRANSLATE_NOOP("Settings", "As the system")),
                Choice("en", "English"),
                Choice("de", "Deutsch"),
            ),
        ),
    )
    reading_scale: float = described(
        1.0,
        Setting(
            Group.GENERAL,
            QT_TRANSLATE_NOOP("Settings", "Reading size"),
            QT_TRANSLATE_NOOP("Settings", "Size of the transcript's text."),
            Control.READING_SIZE,
            tuple(Choice(scale, f"{scale:g}") for scale in READING_SCALES),
            unit="times the usual size",
            limits=(0.9, 2.5),
        ),
    )
    serif_reading: bool = described(
        False,
        Setting(
            Group.GENERAL,
            QT_TRANSLATE_NOOP("Settings", "Reading font with serifs"),
            QT_TRANSLATE_NOOP("Settings", "Shows transcripts like the page of a book."),
            Control.SWITCH,
        ),
    )
    reduce_motion: str = described(
        "system",
        Setting(
            Group.GENERAL,
            QT_TRANSLATE_NOOP("Settings", "Reduce motion"),
            QT_TRANSLATE_NOOP("Settings", "Shows changes at once, without moving parts."),
            Control.SEGMENTS,
            (
                Choice("system", QT_TRANSLATE_NOOP("Settings", "System")),
                Choice("on", QT_TRANSLATE_NOOP("Settings", "On")),
                Choice("off", QT_TRANSLATE_NOOP("Settings", "Off")),
            ),
        ),
    )
    trash_days: int = described(
        30,
        Setting(
            Group.GENERAL,
            QT_TRANSLATE_NOOP("Settings", "Keep deleted transcripts"),
            QT_TRANSLATE_NOOP("Settings", "After that time they are removed for good."),
            Control.MENU,
            (
                Choice(7, QT_TRANSLATE_NOOP("Settings", "7 days")),
                Choice(30, QT_TRANSLATE_NOOP("Settings", "30 days")),
                Choice(90, QT_TRANSLATE_NOOP("Settings", "90 days")),
                Choice(365, QT_TRANSLATE_NOOP("Settings", "1 year")),
                Choice(0, QT_TRANSLATE_NOOP("Settings", "Until you remove them")),
            ),
            unit="days; 0 is for ever",
            limits=(0, 36_500),
        ),
    )
    default_profile: str = described(
        "Standard",
        Setting(
            Group.RECORDING,
            QT_TRANSLATE_NOOP("Settings", "For new recordings"),
            QT_TRANSLATE_NOOP(
                "Settings", "Used when you drop a file. You can change it while it runs."
            ),
            Control.PROFILE,
        ),
    )
    profiles: tuple[Profile, ...] = described(
        (Profile("Standard"),),
        Setting(
            Group.RECORDING,
            QT_TRANSLATE_NOOP("Settings", "Profiles"),
            QT_TRANSLATE_NOOP(
                "Settings", "Speech model, language, task and files written at the end."
            ),
            Control.PROFILES,
        ),
    )
    watched_folders: tuple[WatchedFolder, ...] = described(
        (),
        Setting(
            Group.RECORDING,
            QT_TRANSLATE_NOOP("Settings", "Watched folders"),
            QT_TRANSLATE_NOOP(
                "Settings", "Recordings that arrive there are transcribed by themselves."
            ),
            Control.FOLDERS,
        ),
    )
    device: str = described(
        "auto",
        Setting(
            Group.HARDWARE,
            QT_TRANSLATE_NOOP("Settings", "Computing device"),
            QT_TRANSLATE_NOOP("Settings", "What does the work of transcribing."),
            Control.DEVICE,
        ),
    )
    compute_type: str = described(
        "auto",
        Setting(
            Group.HARDWARE,
            QT_TRANSLATE_NOOP("Settings", "Number type"),
            QT_TRANSLATE_NOOP("Settings", "Smaller numbers are faster and need less memory."),
            Control.MENU,
            (
                Choice("auto", QT_TRANSLATE_NOOP("Settings", "Automatic")),
                *(Choice(name, name) for name in COMPUTE_TYPES if name != "auto"),
            ),
        ),
    )
    processors: str = described(
        "all",
        Setting(
            Group.HARDWARE,
            QT_TRANSLATE_NOOP("Settings", "Processor cores"),
            QT_TRANSLATE_NOOP("Settings", "Half leaves more to other programs."),
            Control.SEGMENTS,
            (
                Choice("all", QT_TRANSLATE_NOOP("Settings", "All")),
                Choice("half", QT_TRANSLATE_NOOP("Settings", "Half")),
            ),
        ),
    )
    quiet_on_battery: bool = described(
        True,
        Setting(
            Group.HARDWARE,
            QT_TRANSLATE_NOOP("Settings", "Quiet on battery"),
            QT_TRANSLATE_NOOP(
                "Settings", "Works slower and cooler until the computer is plugged in."
            ),
            Control.SWITCH,
        ),
    )
    stay_offline: bool = described(
        False,
        Setting(
            Group.PRIVACY,
            QT_TRANSLATE_NOOP("Settings", "Stay offline"),
            QT_TRANSLATE_NOOP(
                "Settings", "Refuses every connection, also the download of speech models."
            ),
            Control.SWITCH,
        ),
    )

    def __post_init__(self) -> None:
        for field in fields(self):
            setting_of(field).check(field.name, getattr(self, field.name))
        _check_compute(self.device, self.compute_type)
        names = [profile.name for profile in self.profiles]
        _check(bool(names), "there must be a profile")
        _check(len(names) == len(set(names)), "two profiles have the same name")

    @property
    def profile(self) -> Profile:
        """Return the profile for new recordings."""
        return self.profile_named(self.default_profile)

    def profile_named(self, name: str) -> Profile:
        """Return a profile by its name; one that is gone is replaced by that for new recordings."""
        by_name = {profile.name: profile for profile in self.profiles}
        return by_name.get(name) or by_name.get(self.default_profile) or self.profiles[0]


def _check(condition: bool, detail: str) -> None:
    if not condition:
        raise ValueError(detail)


def _check_compute(device: str, compute_type: str) -> None:
    try:
        ComputeOptions(device, compute_type)
    except OptionsError as exc:
        raise ValueError(exc.detail) from exc


DEFAULTS = Settings()
