"""Errors that a person can fix are sentences, never tracebacks."""

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from shared.rendering.layout import standard_layout
from tests.support.certs_command import certs
from tests.support.console_server import free_port


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": "",
        "API_PORT": str(free_port()),
        "CONSOLE_PORT": str(free_port()),
    }


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """What `certs render` needs, and files and folders that nothing can be made of."""
    Image.new("RGB", (800, 566), "white").save(tmp_path / "template.png")
    (tmp_path / "layout.json").write_text(standard_layout().to_json())
    (tmp_path / "names.csv").write_text("Ana\nBo\n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xe9")
    (tmp_path / "folder").mkdir()
    return tmp_path


def words_of(ended: subprocess.CompletedProcess[str]) -> str:
    """The output of a failed command, without the terminal's frames and line breaks."""
    assert ended.returncode in (1, 2)
    assert "Traceback" not in ended.stderr
    return " ".join(ended.stderr.replace("│", " ").split())


def render(files: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    options = {
        "template": "template.png",
        "layout": "layout.json",
        "names": "names.csv",
        "out": "out",
        **changed,
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return certs(dict(os.environ), "render", *arguments, cwd=files)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("template", "folder", "'--template': file 'folder' is a directory"),
        ("layout", "template.png", "The layout cannot be used: this is not JSON"),
        ("names", "folder", "'--names': file 'folder' is a directory"),
        ("out", "bytes", "'--out': dir 'bytes' is a file"),
        ("out", "bytes/out", "bytes/out: Not a directory"),
        ("report", "missing/report.jsonl", "missing/report.jsonl: No such file or directory"),
        ("report", "folder", "'--report': file 'folder' is a directory"),
        ("picture", "names.csv", "The file is damaged"),
        ("language", "de", "'de' is not one of"),
    ],
)
def test_a_wrong_file_is_said_before_anything_is_drawn(
    files: Path, option: str, value: str, words: str
):
    assert words in words_of(render(files, **{option: value}))
    assert list(files.rglob("*.jpg")) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "folder"], "'--out': file 'folder' is a directory"),
        (["--out", "missing/table.csv"], "missing/table.csv: No such file or directory"),
        (["--out", "table.csv", "--event", "9" * 23], "'--event'"),
        (["--out", "table.csv", "--event", "7"], "There is no such event."),
        (["--out", "a.zip", "--format", "zip"], "--certificates goes with --format zip or pdf"),
        (["--out", "a.zip", "--format", "zip", "--certificates"], "no certificate was issued yet"),
    ],
)
def test_a_table_that_cannot_be_written_is_said(
    files: Path, environment: dict[str, str], monkeypatch, arguments: list[str], words: str
):
    monkeypatch.chdir(files)
    assert words in words_of(certs(environment, "export", *arguments))


@pytest.mark.parametrize("command", ["migrate", "up", "export --out table.csv"])
def test_a_folder_for_the_data_that_cannot_be_made_is_named(
    files: Path, environment: dict[str, str], command: str
):
    folder = str(files / "bytes" / "data")
    ended = certs(environment | {"DATA_DIR": folder}, *command.split())
    assert words_of(ended) == f"certs: {folder}: Not a directory"


def test_a_damaged_key_file_is_said(files: Path, environment: dict[str, str]):
    (files / "data").mkdir()
    (files / "bytes").rename(files / "data" / "secret.key")
    assert "SECRET_KEYS: the key file is damaged" in words_of(certs(environment, "migrate"))
