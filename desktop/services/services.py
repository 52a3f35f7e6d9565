"""Name the services that the window works with once the library is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.paths import Paths
from desktop.services.background import Background
from desktop.services.engine_thread import EngineThread
from desktop.services.exporting import Exporter
from desktop.services.jobs import JobQueue
from desktop.services.library_news import LibraryNews
from desktop.services.media_probe import MediaProbe
from desktop.services.model_downloads import ModelDownloads
from desktop.services.settings_service import SettingsService
from desktop.services.speeds import Speeds
from desktop.services.watched_folders import WatchedFolders
from desktop.services.writes import Writes

if TYPE_CHECKING:
    from desktop.store.library import Library


@dataclass(frozen=True, slots=True)
class Services:  # pylint: disable=too-many-instance-attributes
    """What `desktop.app` built; every object lives as long as the program."""

    paths: Paths
    settings: SettingsService
    background: Background
    news: LibraryNews
    library: Library
    writes: Writes
    probe: MediaProbe
    engine: EngineThread
    queue: JobQueue
    speeds: Speeds
    downloads: ModelDownloads
    exporter: Exporter
    watched: WatchedFolders
