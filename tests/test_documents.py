"""The documents keep their word: what they name exists."""

import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared.rendering.layout import Layout
from shared.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def all_tests() -> set[str]:
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return set(re.findall(r"def (test_\w+)\(", sources))


def test_every_test_that_the_documents_name_exists():
    named = {
        name
        for page in (ROOT / "docs").glob("*.md")
        for name in re.findall(r"`(test_\w+)`", page.read_text("utf-8"))
    }
    assert named
    assert named - all_tests() == set()


def test_every_room_that_the_architecture_names_exists():
    table = re.findall(r"^\| `([\w/]+)` \|", (ROOT / "docs/architecture.md").read_text(), re.M)
    assert len(table) > 10
    assert [room for room in table if not (ROOT / room / "__init__.py").exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_ours_that_a_document_names_is_there(page: Path):
    named = re.findall(r"`((?:api|console|shared|tests)/[\w./]+)`", page.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_module_and_function_that_the_architecture_names_exists():
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    rooms = [path.name for path in (ROOT / "shared").iterdir() if (path / "__init__.py").exists()]
    named = re.findall(rf"`((?:{'|'.join(rooms)})(?:\.\w+)+)`", text)
    assert len(named) > 10
    assert [name for name in named if pkgutil.resolve_name(f"shared.{name}") is None] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_of_a_document_is_there(page: Path):
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_layout_that_is_shown_as_an_example_can_be_used():
    (example,) = re.findall(r"```json\n(.*?)```", (ROOT / "docs/layout.md").read_text(), re.S)
    layout = Layout.from_json(example)
    assert [field.id for field in layout.fields] == ["name", "number", "hours", "text"]


SETTINGS = ["docs/settings.md", "docs/settings.zh.md", ".env.example"]


@pytest.mark.parametrize("document", SETTINGS)
def test_every_setting_is_explained(document: str):
    text = (ROOT / document).read_text("utf-8")
    assert [name for name in Settings.model_fields if name.upper() not in text] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_first_page_is_read_in_minutes(readme: str):
    assert len((ROOT / readme).read_text("utf-8").splitlines()) <= 110


def test_every_command_is_listed():
    certs = Path(sys.executable).with_name("certs")
    shown = subprocess.run([certs, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^[│ ]+([a-z][a-z-]+)  ", shown, re.MULTILINE)
    listed = (ROOT / "docs/commands.md").read_text("utf-8")
    assert {"up", "demo", "rotate-keys"} <= set(commands)
    assert [name for name in commands if not re.search(rf"\b{name}\b", listed)] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_the_units_of_the_operators_manual_are_good(tmp_path: Path):
    manual = (ROOT / "docs" / "operations.md").read_text("utf-8")
    units = re.findall(r"`/etc/systemd/system/([^`]+)`.*?```ini\n(.*?)```", manual, re.DOTALL)
    assert [name for name, _ in units] == [
        "certs@.service",
        "certs-backup.service",
        "certs-backup.timer",
    ]
    for name, unit in units:
        here = unit.replace("/opt/certs/.venv/bin/certs", sys.executable)
        (tmp_path / name.replace("@", "@api")).write_text(here.replace("User=certs", "User=root"))
    files = sorted(map(str, tmp_path.iterdir()))
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True
    )
    ours = [line for line in told.stderr.splitlines() if "certs" in line]
    assert (ours, told.returncode) == ([], 0)
