"""The `certs` command in a process that has the program loaded; this module loads nothing else."""

import atexit
import logging
import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from shared.cli.commands import COMMANDS, GROUPS, main

groups = (place.partition(":")[0] for place, _ in GROUPS.values())
for module in (*COMMANDS.values(), *groups):
    import_module(module)


def run(arguments: Sequence[str], environment: dict[str, str], folder: Path, *streams: Any) -> None:
    """What the installed script does, once the program is loaded."""
    for number, stream in enumerate(streams, 1):
        os.dup2(stream.detach(), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["certs", *arguments]
    _forget_loggers()
    try:
        main()
    finally:
        atexit._run_exitfuncs()


def _forget_loggers() -> None:
    """Streamlit, which only the console loads, takes over the loggers of the server as well."""
    for logger in logging.root.manager.loggerDict.values():
        if own := getattr(logger, "streamlit_console_handler", None):
            logger.removeHandler(own)
            logger.propagate = True
