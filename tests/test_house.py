"""The code base stays in order: helpers have their folder, migrations follow each other."""

import re
from importlib.util import find_spec
from pathlib import Path

from tests.conftest import ABOUT_DATABASES, ROOMS_OF_DATABASES, WHOLE

ROOT = Path(__file__).parents[1]


def test_helpers_stand_in_the_folder_of_helpers():
    pattern = re.compile(r"^\s*(?:from|import) tests\.(?:\w+\.)*test_", re.M)
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert len(files) > 100
    assert [file for file in files if pattern.search(file.read_text(encoding="utf-8"))] == []


def test_what_decides_how_a_test_is_run_is_still_there():
    """`make quick` and `make test` choose tests by the modules that they use."""
    assert [name for name in sorted(ABOUT_DATABASES | WHOLE) if find_spec(name) is None] == []
    assert [room for room in ROOMS_OF_DATABASES if not (ROOT / room).is_dir()] == []


def test_migrations_follow_each_other_in_one_line():
    """Two that were written at the same time would both follow the same one."""
    pattern = re.compile(r'^(?:down_)?revision = "?(\w+)"?$', re.M)
    files = sorted((ROOT / "shared/storage/migrations/versions").glob("0*.py"))
    said = [(file.name[:4], *pattern.findall(file.read_text(encoding="utf-8"))) for file in files]
    # The tables of version 0.2.0; from there each is one more.
    numbers = [f"{number:04}" for number in range(73, 73 + len(files))]
    assert said == list(zip(numbers, numbers, ["None", *numbers], strict=False))


def test_every_migration_says_whether_programs_of_before_can_go_on():
    """`compatible = True` beside `revision`: programs of the version before run on what it leaves.
    Otherwise, `compatible = False`, they are told to stop."""
    new = sorted((ROOT / "shared/storage/migrations/versions").glob("0*.py"))[1:]
    silent = [
        file
        for file in new
        if not re.search(r"^compatible = (True|False)$", file.read_text(), re.M)
    ]
    assert silent == []


def test_no_file_of_the_product_is_named_like_a_test():
    """Tools that look for tests would take it for one."""
    files = [file for part in ("api", "console", "shared") for file in (ROOT / part).rglob("*.py")]
    assert len(files) > 100
    names = re.compile(r"tests?|test_.*|.*_test|conftest")
    assert [file for file in files if names.fullmatch(file.stem) or "test" in file.parts] == []
