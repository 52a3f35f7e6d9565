"""Show and edit the profiles and the watched folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.services.settings_service import SettingsService
from desktop.settings import Group, Profile, Settings, WatchedFolder
from desktop.ui.pages.profile_editor import ProfileEditor, profile_summary
from desktop.ui.pages.rows import Row
from desktop.ui.pages.settings_sections import TypedSection
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button, IconButton
from desktop.ui.widgets.value_button import Choice, ValueButton


class ProfileSection(TypedSection):
    """The profile for new recordings, a row for each profile, the watched folders."""

    def __init__(self, title: str, service: SettingsService, parent: QWidget | None = None) -> None:
        super().__init__(title, Group.RECORDING, service, parent)
        self._models: tuple[str, ...] = ()
        self._default = ValueButton(self.tr("For new recordings"), (), "", self)
        self._default.chosen.connect(lambda name: service.change(default_profile=name))
        sentence = self.tr("Used when you drop a file. You can change it while it runs.")
        row = Row(self.tr("For new recordings"), sentence, self._default, self)
        row.set_resettable()
        row.reset_requested.connect(self._on_default_reset)
        self.add_row(row)
        self._profile_rows: list[ProfileRow] = []
        self._folder_rows: list[FolderRow] = []
        self._add_profile = Button(self.tr("Add a profile"), "normal", "plus", self)
        self._add_profile.clicked.connect(self._on_add)
        self._profiles_end = Row(
            self.tr("New profile"),
            self.tr("Speech model, language, task and files written at the end."),
            self._add_profile,
            self,
        )
        self.add_row(self._profiles_end)
        self._add_folder = Button(self.tr("Watch a folder…"), "normal", "folder-sync", self)
        self._add_folder.clicked.connect(self._on_watch)
        self.add_row(
            Row(
                self.tr("Watched folders"),
                self.tr("Recordings that arrive there are transcribed by themselves."),
                self._add_folder,
                self,
            )
        )
        self._show(service.current)
        service.changed.connect(self._on_profiles_changed)

    def set_models(self, names: Sequence[str]) -> None:
        """Offer the installed speech models."""
        self._models = tuple(names)
        for row in self._profile_rows:
            row.set_models(self._models)

    @Slot(object, object)
    def _on_profiles_changed(self, new: Settings, before: Settings) -> None:
        if (new.profiles, new.default_profile, new.watched_folders) != (
            before.profiles,
            before.default_profile,
            before.watched_folders,
        ):
            self._show(new)

    def _show(self, settings: Settings) -> None:
        names = [profile.name for profile in settings.profiles]
        self._default.set_choices([Choice(name, name) for name in names])
        self._default.set_value(settings.profile.name)
        self._show_profiles(settings)
        self._show_folders(settings)

    def _show_profiles(self, settings: Settings) -> None:
        while len(self._profile_rows) > len(settings.profiles):
            gone = {profile.name for profile in settings.profiles}
            row = next((each for each in self._profile_rows if each.name not in gone), None)
            row = row or self._profile_rows[-1]
            self._profile_rows.remove(row)
            self.remove_row(row)
        for number, profile in enumerate(settings.profiles):
            if number == len(self._profile_rows):
                row = ProfileRow(self.service, self)
                row.set_models(self._models)
                self._profile_rows.append(row)
                self.add_row(row, self.rows.index(self._profiles_end))
            self._profile_rows[number].show_profile(profile, can_remove=len(settings.profiles) > 1)

    def _show_folders(self, settings: Settings) -> None:
        for row in self._folder_rows:
            self.remove_row(row)
        self._folder_rows = [
            FolderRow(folder, self.service, self) for folder in settings.watched_folders
        ]
        for row in self._folder_rows:
            self.add_row(row)

    @Slot()
    def _on_default_reset(self) -> None:
        self.service.change(default_profile=self.service.current.profiles[0].name)

    @Slot()
    def _on_add(self) -> None:
        name = free_name(self.tr("New profile"), self.service.current)
        self.service.set_profile("", Profile(name))
        self._profile_rows[-1].open_editor()

    @Slot()
    def _on_watch(self) -> None:
        dialog = QFileDialog(self, self.tr("Watch a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.watch)
        dialog.open()

    def watch(self, path: str) -> None:
        """Watch a folder from now on, unless it is watched."""
        folders = self.service.current.watched_folders
        if path and path not in [folder.path for folder in folders]:
            self.service.change(watched_folders=(*folders, WatchedFolder(path)))


class ProfileRow(Row):
    """A profile: what it does, Edit, and what else can be done with it."""

    def __init__(self, service: SettingsService, parent: QWidget) -> None:
        super().__init__("", "", None, parent)
        self._service = service
        self._profile = Profile("?")
        self._models: tuple[str, ...] = ()
        self._editor: ProfileEditor | None = None
        self._edit = Button(self.tr("Edit"), "normal", "pencil", self)
        self._edit.clicked.connect(self._on_edit)
        self._more = IconButton("ellipsis", self.tr("More for this profile"), self)
        self._more.clicked.connect(self._on_more)
        box = QWidget(self)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(8))
        layout.addWidget(self._edit)
        layout.addWidget(self._more)
        self.set_control(box)
        self._can_remove = False

    @property
    def name(self) -> str:
        """Return the name of the profile."""
        return self._profile.name

    def show_profile(self, profile: Profile, *, can_remove: bool) -> None:
        """Show a profile."""
        self._profile = profile
        self._can_remove = can_remove
        self.title.set_plain(profile.name)
        self.set_sentence(profile_summary(profile))
        self._edit.setAccessibleName(self.tr("Edit the profile {0}").format(profile.name))
        self._more.set_accessible_name(self.tr("More for the profile {0}").format(profile.name))
        if self._editor is not None:
            self._editor.show_profile(profile)

    def set_models(self, names: Sequence[str]) -> None:
        """Offer the installed speech models."""
        self._models = tuple(names)
        if self._editor is not None:
            self._editor.set_models(names)

    def open_editor(self) -> None:
        """Unfold the editor under the row."""
        if self._editor is None:
            self._editor = ProfileEditor(self._service, self._profile, self)
            self._editor.set_models(self._models)
            self.add_below(self._editor)
        self._editor.show()
        self._editor.focus_name()
        self._edit.setText(self.tr("Done"))
        self._edit.set_icon_name("check")

    def menu(self) -> QMenu:
        """Return what else can be done with the profile."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Use for new recordings")).triggered.connect(
            partial(self._service.change, default_profile=self.name)
        )
        menu.addAction(self.tr("Duplicate")).triggered.connect(self._on_duplicate)
        menu.addAction(self.tr("Rename")).triggered.connect(self.open_editor)
        if self._can_remove:
            menu.addSeparator()
            menu.addAction(self.tr("Remove")).triggered.connect(
                partial(self._service.remove_profile, self.name)
            )
        return menu

    @Slot()
    def _on_edit(self) -> None:
        if self._editor is None or self._editor.isHidden():
            self.open_editor()
            return
        self._editor.hide()
        self._edit.setText(self.tr("Edit"))
        self._edit.set_icon_name("pencil")

    @Slot()
    def _on_more(self) -> None:
        self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    @Slot()
    def _on_duplicate(self) -> None:
        name = free_name(self.tr("{0} copy").format(self.name), self._service.current)
        self._service.set_profile("", replace(self._profile, name=name))


class FolderRow(Row):
    """A watched folder, its profile, and the button that ends watching it."""

    def __init__(self, folder: WatchedFolder, service: SettingsService, parent: QWidget) -> None:
        super().__init__(folder.path, "", None, parent)
        self._folder = folder
        self._service = service
        names = [profile.name for profile in service.current.profiles]
        choices = [Choice("", self.tr("Profile for new recordings"))]
        choices += [Choice(name, name) for name in names]
        profile = ValueButton(
            self.tr("Profile for {0}").format(folder.path), choices, folder.profile, self
        )
        profile.chosen.connect(self._on_profile_chosen)
        remove = IconButton("x", self.tr("Stop watching {0}").format(folder.path), self)
        remove.clicked.connect(self._on_removed)
        box = QWidget(self)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(dp(8))
        layout.addWidget(profile)
        layout.addWidget(remove)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_control(box)

    @Slot(str)
    def _on_profile_chosen(self, name: str) -> None:
        self._replace((replace(self._folder, profile=name),))

    @Slot()
    def _on_removed(self) -> None:
        self._replace(())

    def _replace(self, by: tuple[WatchedFolder, ...]) -> None:
        folders: list[WatchedFolder] = []
        for folder in self._service.current.watched_folders:
            folders += by if folder.path == self._folder.path else (folder,)
        self._service.change(watched_folders=tuple(folders))


def free_name(wanted: str, settings: Settings) -> str:
    """Return a name that no profile has: the wanted one, else with a number."""
    taken = {profile.name for profile in settings.profiles}
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted} {number}", number + 1
    return name
