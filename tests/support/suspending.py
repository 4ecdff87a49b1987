"""A PostgreSQL server that stands still, as on an overloaded machine."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import make_url


@contextmanager
def suspended(url: str) -> Iterator[None]:
    """As long as the block, for a server of our own whose socket lies in the url's `host`."""
    folder = make_url(url).query["host"]
    assert isinstance(folder, str)
    process = psutil.Process(int((Path(folder) / "postmaster.pid").read_text().split()[0]))
    everything = [process, *process.children(recursive=True)]
    for one in everything:
        os.kill(one.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in everything:
            os.kill(one.pid, signal.SIGCONT)
