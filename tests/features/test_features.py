"""Each feature is a folder and a line, and can be taken out."""

import pkgutil
from pathlib import Path

import pytest

from shared import features
from tests.support.without import named, take_out

ROOT = Path(__file__).parents[2]
NAMES = list(features._features())


def test_each_folder_has_its_line_and_the_hosted_workflow_takes_each_out():
    folders = {place.parent.name for place in (ROOT / "shared/features").glob("*/__init__.py")}
    assert set(NAMES) == folders <= named()


@pytest.mark.parametrize("name", NAMES)
def test_what_a_feature_names_is_there(name: str):
    one = features._features()[name]
    own = [one.hooks, one.beat, one.chores, one.checks, one.slow_checks]
    own += [f"{module}.app" for module, _ in one.groups.values()]
    for place in filter(None, own):
        assert pkgutil.resolve_name(f"shared.features.{name}.{place}")
    for place in (*one.shown.values(), *(screen.show for screen in one.screens.values())):
        assert place.split(".")[-2] == name
        assert callable(pkgutil.resolve_name(place))
    for command, module in one.commands.items():
        assert callable(pkgutil.resolve_name(f"shared.features.{name}.{module}.{command}"))


def test_a_feature_is_taken_out_with_the_tests_that_use_it_and_nothing_else(tmp_path: Path):
    files = {
        "shared/features/__init__.py": '_NAMES = (\n    "toy",\n    "toys",\n)\n',
        "shared/features/toy/__init__.py": "",
        "shared/features/toys/__init__.py": "",
        "console/screens/toy/__init__.py": "",
        "api/pages/toy.py": "",
        "api/pages/toys.py": "",
        "tests/support/played.py": "from shared.features.toy import x",
        "tests/acts/test_playing.py": "import re\nfrom tests.support.played import y",
        "tests/acts/test_others.py": "import re\nfrom shared.features.toys import y",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    gone = take_out("toy", tmp_path)
    assert sorted(gone) == ["tests/acts/test_playing.py", "tests/support/played.py"]
    left = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.py")}
    assert left == {
        "shared/features/__init__.py",
        "shared/features/toys/__init__.py",
        "api/pages/toys.py",
        "tests/acts/test_others.py",
    }
    assert (tmp_path / "shared/features/__init__.py").read_text() == '_NAMES = (\n    "toys",\n)\n'
    with pytest.raises(ValueError, match="no line"):
        take_out("toy", tmp_path)
