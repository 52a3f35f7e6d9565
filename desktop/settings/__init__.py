"""The settings: typed values with defaults, what people read about each, and settings.toml."""

from desktop.settings.file import Loaded, load, read, save
from desktop.settings.profile import Profile, WatchedFolder
from desktop.settings.setting import Choice, Control, Group, Setting, setting_of, settings_shown
from desktop.settings.values import DEFAULTS, Settings

__all__ = [
    "DEFAULTS",
    "Choice",
    "Control",
    "Group",
    "Loaded",
    "Profile",
    "Setting",
    "Settings",
    "WatchedFolder",
    "load",
    "read",
    "save",
    "setting_of",
    "settings_shown",
]
