"""Let the looks be as the settings say."""

from __future__ import annotations

from typing import cast

from desktop.settings import Settings
from desktop.ui.theme import Appearance, Choice, Theme


def dress(theme: Theme, new: Settings, old: Settings | None = None) -> None:
    """Bring the theme up to date as far as the settings differ from before."""
    if old is None or new.appearance != old.appearance:
        theme.set_appearance(cast(Appearance, new.appearance))
    if old is None or new.reduce_motion != old.reduce_motion:
        theme.set_reduced_motion(cast(Choice, new.reduce_motion))
    reading = (new.reading_scale, new.serif_reading)
    if old is None or reading != (old.reading_scale, old.serif_reading):
        theme.set_reading(new.reading_scale, serif=new.serif_reading)
