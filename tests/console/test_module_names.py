"""Streamlit puts the console's folder first on the path: no file there may hide another module."""

import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from console.app import HERE

OURS = {path.name for path in HERE.parent.iterdir() if (path / "__init__.py").exists()}


def test_nothing_in_the_console_is_called_like_a_module_that_somebody_imports():
    named = {Path(path).stem for path in HERE.iterdir()} - {"__init__", "__main__", "__pycache__"}
    assert {"app", "session", "text", "widgets"} <= named
    importable = {*sys.stdlib_module_names, *packages_distributions(), *OURS}
    assert named & importable == set()
