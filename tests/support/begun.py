"""Parts of the program in processes of their own, which begin with the program loaded.

To load it takes a second or two of each process that begins with nothing. `certs up`, which starts
its services itself, does that in the tests of the command.
"""

import os
import signal
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import IO, Any

from tests.support.command_process import run
from tests.support.processes import fresh_process

REPOSITORY = Path(__file__).parents[2]


def begin(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path | None = None,
    output: IO[Any] | None = None,
    errors: IO[Any] | None = None,
) -> BaseProcess:
    """`certs` with these arguments, in a folder, by default the repository's.

    What it says goes to `output`, or nowhere; what it logs to `errors`, or to where ours goes.
    """
    with open(os.devnull, "wb") as nowhere:
        streams = (output or nowhere).fileno(), errors.fileno() if errors else 2
        process = fresh_process(
            run, arguments, dict(environment), folder or REPOSITORY, *map(DupFd, streams)
        )
        process.start()
    return process


def end(process: BaseProcess, seconds: float = 15) -> None:
    """Ask it to end, as systemd and containers do, and wait until it has."""
    process.terminate()
    wait(process, seconds)


def wait(process: BaseProcess, seconds: float = 15) -> None:
    process.join(seconds)
    assert process.exitcode is not None, "the process did not end"


def send(process: BaseProcess, number: signal.Signals) -> None:
    assert process.pid is not None
    os.kill(process.pid, number)
