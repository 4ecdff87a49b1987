"""The code base stays in order: helpers have their folder, migrations follow each other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_helpers_stand_in_the_folder_of_helpers():
    pattern = re.compile(r"^\s*(?:from|import) tests\.(?:\w+\.)*test_", re.M)
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert len(files) > 100
    assert [file for file in files if pattern.search(file.read_text(encoding="utf-8"))] == []


def test_migrations_follow_each_other_in_one_line():
    """Two that were written at the same time would both follow the same one."""
    pattern = re.compile(r'^(?:down_)?revision = "?(\w+)"?$', re.M)
    files = sorted((ROOT / "shared/storage/migrations/versions").glob("0*.py"))
    said = [(file.name[:4], *pattern.findall(file.read_text(encoding="utf-8"))) for file in files]
    numbers = [f"{number:04}" for number in range(1, len(files) + 1)]
    assert said == list(zip(numbers, numbers, ["None", *numbers], strict=False))
