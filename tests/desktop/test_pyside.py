"""PySide6 6.12.0 drops a reference to True with each emission until Python 3.11 aborts."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from packaging.requirements import Requirement

from tests.conftest import ROOT

EMIT = """
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Switch(QObject):
    switched = Signal(bool)
application = QCoreApplication([])
switch, heard = Switch(), []
switch.switched.connect(heard.append)
for _ in range(5000):
    switch.switched.emit(True)
print(len(heard), all(heard))
"""


def test_thousands_of_emissions_abort_nothing() -> None:
    command = [sys.executable, "-c", EMIT]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "5000 True\n"


def test_the_version_that_aborts_is_kept_out() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = map(Requirement, project["optional-dependencies"]["desktop"])
    qt = next(need for need in wanted if need.name.lower().startswith("pyside6"))
    assert not qt.specifier.contains("6.12.0")
    assert qt.specifier.contains("6.11.3")
