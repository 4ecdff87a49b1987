"""Confined processes that a file took over: they answer what they like."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def taken_over(folder: Path, *lines: bytes) -> Iterator[None]:
    """Every process of `shared/confined.py` says these lines, whatever it is asked."""
    said, program = folder / "said", folder / "python"
    said.write_bytes(b"".join(line + b"\n" for line in lines))
    program.write_text(f"#!/bin/sh\ncat '{said}'\nexec cat >/dev/null\n")
    program.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "executable", str(program))
        yield
