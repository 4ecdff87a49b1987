"""The product without one of its features: `make without FEATURE=backup`.

A copy of what git tracks loses the feature's folder, its screens and routes, its line, and the
tests that use any of it. Tables stay, and so do documents. What is left is linted and tested.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LIST = "shared/features/__init__.py"
# A screen or route of a feature is named after it; so is the folder of its tests.
_PLACES = (
    "shared/features/{}",
    "tests/features/{}",
    "tests/*/test_{}.py",
    "console/screens/{}",
    "console/screens/*/{}",
    "console/screens/*/{}.py",
    "console/signin/{}.*",
    "api/*/{}.py",
    "api/pages/templates/{}.html",
)
# Documents, the guide, and lists of how tests are run stay, and name what went with it.
_LEFT_OUT = (
    "tests/console/test_guide.py::test_what_is_in_bold_stands_on_the_screens_in_both_languages",
    "tests/test_documents.py::test_every_test_that_the_documents_name_exists",
    "tests/test_house.py::test_what_decides_how_a_test_is_run_is_still_there",
)


def named() -> set[str]:
    """The features that the hosted workflow takes out one by one."""
    workflow = (ROOT / ".github/workflows/without.yml").read_text("utf-8")
    (names,) = re.findall(r"feature: \[(.*)\]", workflow)
    return set(names.split(", "))


def taken_out() -> set[str]:
    """Those of them that are not here."""
    return {name for name in named() if not (ROOT / "shared/features" / name).exists()}


def copied(to: Path) -> None:
    """What git tracks, as it lies here now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def take_out(feature: str, folder: Path) -> list[str]:
    """Delete the feature from the product in this folder; the names of other tests that went with
    it. Raises ValueError for what is no feature."""
    listed = (folder / _LIST).read_text("utf-8")
    line = re.compile(rf'^    "{re.escape(feature)}",\n', re.MULTILINE)
    if not line.search(listed):
        raise ValueError(f"{_LIST} has no line for {feature!r}")
    (folder / _LIST).write_text(line.sub("", listed), "utf-8")
    before = _modules(folder)
    for place in _PLACES:
        for found in sorted(folder.glob(place.format(feature))):
            shutil.rmtree(found) if found.is_dir() else found.unlink()
    gone: list[str] = []
    while lost := _tests_without(before - _modules(folder), folder):
        for file in lost:
            gone.append(str(file.relative_to(folder)))
            file.unlink()
    return gone


def _modules(folder: Path) -> set[str]:
    return {
        ".".join(file.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        for file in folder.rglob("*.py")
    }


def _tests_without(modules: set[str], folder: Path) -> list[Path]:
    """The files of tests that import any of these modules, which are gone."""
    files = sorted((folder / "tests").rglob("*.py"))
    return [file for file in files if not modules.isdisjoint(imported(file))]


def imported(file: Path) -> Iterator[str]:
    """The names of the modules that a file of Python imports, and of what it imports from them,
    which may be modules, too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def main(feature: str, *targets: str) -> int:
    """Take the feature out of a copy, and make these targets there; `lint` and `quick` if none is
    named."""
    with tempfile.TemporaryDirectory(prefix=f"without-{feature}-") as made:
        folder = Path(made)
        copied(folder)
        for name in take_out(feature, folder):
            print(f"goes with it: {name}", flush=True)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        # A document that is made from the program shows what is left of it.
        table = [sys.executable, "-m", "tests.support.budget_table"]
        subprocess.run(table, cwd=folder, check=True)
        # What is installed stays ours: it is not installed anew for the copy.
        make = ["make", "-o", ".venv/ready", "-o", ".venv/ready-dev"]
        left_out = " ".join(f"--deselect {test}" for test in _LEFT_OUT)
        return subprocess.run(
            [*make, *(targets or ("lint", "quick"))],
            cwd=folder,
            env={**os.environ, "PYTEST_ADDOPTS": left_out},
        ).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
