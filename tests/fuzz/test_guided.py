"""The parsers, tried by a fuzzer that keeps what has reached a branch for the first time."""

import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.parsers import PARSERS

_IN_PROCESS = [name for name, parser in PARSERS.items() if not parser.is_confined]


@pytest.mark.skipif(find_spec("atheris") is None, reason="requirements-fuzz.lock is not installed")
@pytest.mark.parametrize("name", _IN_PROCESS)
def test_no_branch_of_a_reader_breaks_it(name: str, seconds: float, tmp_path: Path) -> None:
    parser, corpus = PARSERS[name], tmp_path / "corpus"
    corpus.mkdir()
    whole = parser.whole() if parser.whole else b"".join(parser.pieces)
    for number, content in enumerate((whole, *parser.pieces, *parser.found)):
        (corpus / str(number)).write_bytes(content)
    words = parser.pieces or (whole[:4],)
    escaped = ("".join(f"\\x{octet:02x}" for octet in word) for word in words)
    (tmp_path / "words").write_text("".join(f'"{word}"\n' for word in escaped))
    until = str(time.time() + seconds)
    command = [sys.executable, "-m", "tests.fuzz.guided", name, str(tmp_path), until]
    done = subprocess.run(command, capture_output=True, text=True)
    broke = [file.read_bytes() for file in tmp_path.glob("*-*")]
    assert done.returncode == 0, f"{broke}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
