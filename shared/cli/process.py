"""How a process of the program starts, and how it ends when a person has something to fix."""

import logging
import os
import runpy
import signal
import sys
import threading
import time
from functools import cache
from typing import NoReturn

from shared import liveness, logs, sandbox
from shared.settings import Settings, asked_log_format, settings

log = logging.getLogger(__name__)
_watch = cache(liveness.watch_by_thread)


def prepare(service: str = "") -> Settings:
    """Set up the log, and the watch over a process that may be stuck (`shared.liveness`).

    Services migrate the database, as AUTO_MIGRATE says; other commands never do that to one with
    people in it.
    """
    logs.set_up(settings().log_level, settings().log_format, service)
    if service:
        liveness.begin(service, settings().data_dir)
    sandbox.hide_from_other_processes()
    _watch()
    if service:
        from shared.storage.schema import version_and_schema

        log.info("certs %s, %s", service, version_and_schema())
    return settings() if service else settings().model_copy(update={"auto_migrate": False})


def end(words: str, code: int = 1) -> NoReturn:
    """Exit with the reason: as a sentence for a person, or as a line of the log for programs."""
    if asked_log_format() != "json":
        print(f"certs: {words}", file=sys.stderr)
        sys.exit(code)
    # An unusable setting ends the program before its log is set up.
    logs.set_up("INFO", "json")
    log.critical(words)
    sys.exit(code)


def run_service(package: str) -> None:
    """Run `api` or `console` in this process, so that its command line says `certs …`."""
    end_with_supervisor()
    sandbox.hide_from_other_processes()
    # By name: `shared` serves these packages and must not depend on them.
    runpy.run_module(package, run_name="__main__", alter_sys=False)


def end_with_supervisor() -> None:
    """End a process started by `certs up` when `certs up` was killed, since nobody else would."""
    supervisor = os.environ.get("CERTS_SUPERVISOR")
    if not supervisor:
        return

    def watch() -> None:
        while os.getppid() == int(supervisor):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="watch-supervisor").start()
