"""The wheel is the whole product: installed somewhere else, it does the whole job."""

import ast
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCKED = re.findall(
    r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE
)
FOLDERS = ("api", "console", "shared", "fonts")
NEEDED_TO_BUILD = ("pyproject.toml", "setup.py", "requirements.lock", "README.md", "LICENSE")
ASK_FOR_SETTINGS = """
import json
import console.asgi as asgi
from shared.settings import Settings
from streamlit import config
from streamlit.web import bootstrap
bootstrap.load_config_options(asgi.streamlit_options(Settings()))
asked = ("server.maxUploadSize", "theme.primaryColor", "theme.sidebar.backgroundColor",
         "client.showErrorDetails", "runner.postScriptGC", "browser.gatherUsageStats",
         "theme.headingFontSizes")
print(json.dumps({"file": asgi.__file__, **{name: config.get_option(name) for name in asked}}))
"""


@pytest.fixture(scope="module")
def carried() -> list[str]:
    """What the repository holds of the product."""
    return tracked(*FOLDERS)


def tracked(*folders: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name]


@pytest.fixture(scope="module")
def wheel(carried: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(carried, tmp_path_factory.mktemp("source"))


def built(carried: list[str], source: Path, umask: int = 0o022) -> Path:
    """The wheel of a copy: what an older build has left beside the files is not carried."""
    for name in [*carried, *NEEDED_TO_BUILD]:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, source / name)
    # Not packed: most of it is typefaces, which take long.
    build = (
        "import setuptools.build_meta as build\n"
        "build.build_wheel('dist', {'--build-option': '--compression=stored'})"
    )
    variables = os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}
    subprocess.run(
        [sys.executable, "-c", build],
        cwd=source,
        env=variables,
        check=True,
        capture_output=True,
        umask=umask,
    )
    (wheel,) = (source / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the libraries, and the product from the wheel alone."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as content:
        content.extractall(packages)
    # A path that a .pth names is searched, but its own .pth files, our editable copy, are not read.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    variables = kept | {"DATA_DIR": str(folder / "data"), "DATABASE_URL": ""}
    return subprocess.run(
        [python, *arguments], cwd=folder, env=variables, capture_output=True, text=True, timeout=100
    )


def test_the_wheel_carries_every_file_of_the_product(wheel: Path, carried: list[str]):
    with zipfile.ZipFile(wheel) as content:
        packed = {name for name in content.namelist() if ".dist-info/" not in name}
    assert packed == set(carried)


def test_the_same_source_makes_the_same_wheel(wheel: Path, carried: list[str], tmp_path: Path):
    again = built(carried, tmp_path, umask=0o077)
    assert again.name == wheel.name
    assert filecmp.cmp(again, wheel, shallow=False)


def test_the_wheel_says_what_it_consists_of_and_needs(wheel: Path):
    with zipfile.ZipFile(wheel) as content:
        (name,) = [name for name in content.namelist() if ".dist-info/sboms/" in name]
        bill = json.loads(content.read(name))
    assert bill["bomFormat"] == "CycloneDX"
    needed = {(part["name"], part["version"]) for part in bill["components"] if "purl" in part}
    assert needed == set(LOCKED)
    faces = {part["name"] for part in bill["components"] if part["type"] == "file"}
    assert faces == {f"fonts/{face.name}" for face in (ROOT / "fonts").glob("*.[ot]tf")}
    assert "://" not in json.dumps(bill)
    assert str(ROOT) not in json.dumps(bill)


def test_the_product_imports_nothing_that_the_wheel_does_not_bring(carried: list[str]):
    """What builds and what tests it is in locks of its own."""
    code = [ast.parse((ROOT / name).read_text("utf-8")) for name in carried if name.endswith(".py")]
    named = {
        name.partition(".")[0]
        for node in chain.from_iterable(map(ast.walk, code))
        for name in imported(node)
    }
    brought = {canonicalize_name(name) for name, _ in LOCKED}
    owners = packages_distributions()
    other = named - set(FOLDERS) - sys.stdlib_module_names
    missing = {one for one in other if brought.isdisjoint(map(canonicalize_name, owners[one]))}
    assert missing == set()
    assert brought.isdisjoint({"setuptools", "openpyxl", "pytest"})


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


def test_what_the_wheel_asks_for_was_tested_and_ends_before_it_may_break():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in map(Requirement, project["dependencies"]):
        tested = [Version(v) for name, v in LOCKED if name == canonicalize_name(requirement.name)]
        assert all(version in requirement.specifier for version in tested), requirement
        assert f">={min(tested)}" in map(str, requirement.specifier), requirement


def test_the_source_package_has_what_its_readme_names(tmp_path: Path):
    for name in tracked():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(ROOT / name, tmp_path / name)
    command = [sys.executable, "setup.py", "-q", "sdist", "--formats=tar"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    (file,) = (tmp_path / "dist").glob("*.tar")
    with tarfile.open(file) as content:
        packed = {name.partition("/")[2] for name in content.getnames()}
    named = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert {name.rstrip("/") for name in named} <= packed
    assert {"Makefile", "requirements.lock", "docker-compose.yml", "Dockerfile"} <= packed


def test_what_is_installed_does_the_whole_job(python: Path, tmp_path: Path):
    ended = run(python, tmp_path, "-m", "shared", "demo")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert len(list((tmp_path / "data" / "demo").rglob("*.jpg"))) == 25


def test_the_installed_console_has_all_of_its_settings(python: Path, tmp_path: Path):
    ended = run(python, tmp_path, "-c", ASK_FOR_SETTINGS)
    assert ended.returncode == 0, ended.stderr
    settings = json.loads(ended.stdout.splitlines()[-1])
    assert str(ROOT) not in settings.pop("file")
    assert settings == {
        "server.maxUploadSize": 25,
        "theme.primaryColor": "#a8432b",
        "theme.sidebar.backgroundColor": "#f7f1e8",
        "client.showErrorDetails": "none",
        "runner.postScriptGC": False,
        "browser.gatherUsageStats": False,
        "theme.headingFontSizes": ["2rem", "1.35rem", "1.15rem"],
    }
