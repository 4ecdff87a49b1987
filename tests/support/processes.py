"""Doing things at once, in threads and in fresh processes, whose settings are their own."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Barrier as ThreadBarrier
from typing import Any

from shared.settings import Settings

# Fresh processes copy one that has loaded these and nothing else: no thread, no connection.
_PRELOADED = [
    "api.app",
    "console.app",
    "console.asgi",
    "shared.events.opening",
    "shared.mail.queue.hold",
    "shared.volunteers.people.roster",
    "sqlalchemy.orm",
    "tests.conftest",
    "tests.support.command_process",
]


# Seconds within which all have come that begin together; one of them may have failed before.
_TOGETHER = 60


def plain_settings(database_url: str, data_dir: Path, **more: Any) -> Settings:
    """Settings unaffected by the machine's environment files."""
    return Settings(_env_file=None, database_url=database_url, data_dir=data_dir, **more)


def at_once(function: Callable[[], Any], threads: int) -> list[Any]:
    """The results of `function`, started in all threads at the same time."""
    start = ThreadBarrier(threads, timeout=_TOGETHER)

    def run() -> Any:
        start.wait()
        return function()

    with ThreadPoolExecutor(threads) as pool:
        return [done.result() for done in [pool.submit(run) for _ in range(threads)]]


def in_processes(function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The results of `function`, called in a fresh process for each of `arguments` at once.

    `function` must be defined at module level, since the processes import it.
    """
    fresh = _fresh()
    start = fresh.Barrier(len(arguments), timeout=_TOGETHER)
    with ProcessPoolExecutor(len(arguments), fresh, _keep_start, (start,)) as pool:
        running = [pool.submit(_run_at_start, function, *values) for values in arguments]
        return [done.result() for done in running]


def fresh_process(function: Callable[..., None], *arguments: Any) -> BaseProcess:
    """A process that calls `function`, a module's own, and has the program loaded already: that
    takes a second of each that begins with nothing."""
    return _fresh().Process(target=function, args=arguments)


def _fresh() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


_start: Barrier


def _keep_start(start: Barrier) -> None:
    global _start
    _start = start


def _run_at_start(function: Callable[..., Any], *values: Any) -> Any:
    _start.wait()
    return function(*values)
