"""The wheel is the whole product: installed somewhere else, it does the whole job."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("api", "console", "shared", "fonts")
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
    listed = subprocess.run(
        ["git", "ls-files", "-z", *FOLDERS], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name]


@pytest.fixture(scope="module")
def wheel(carried: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: what an older build has left beside the files is not carried."""
    source = tmp_path_factory.mktemp("source")
    for name in [*carried, "pyproject.toml", "README.md", "LICENSE"]:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, source / name)
    build = "import setuptools.build_meta as build; build.build_wheel('dist')"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, capture_output=True)
    (built,) = (source / "dist").glob("*.whl")
    return built


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
