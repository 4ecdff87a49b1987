"""The log of a process: lines for people or JSON lines for programs, with ids of their subjects."""

import json
import logging
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType

log = logging.getLogger(__name__)

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Libraries that log every step; httpx2 logs addresses, and a webhook's is a secret.
_CHATTY = ("alembic", "mail.log", "fontTools", "httpcore2", "httpx2")

_NOTHING: Mapping[str, int | str] = MappingProxyType({})
_service = ""
_ids: ContextVar[Mapping[str, int | str]] = ContextVar("ids", default=_NOTHING)


@contextmanager
def about(**ids: int | str) -> Iterator[None]:
    """Add these ids (`event`, `mail`, `worker`) to what is logged within the block."""
    before = _ids.set({**_ids.get(), **ids})
    try:
        yield
    finally:
        _ids.reset(before)


def this_service() -> str:
    """Return the service that this process is (api, console, web, worker); "" for commands."""
    return _service


def web_server_level(level: str) -> str:
    """Return the web server's level for `level`: on DEBUG it would log headers, with cookies."""
    return "info" if level == "DEBUG" else level.lower()


def set_up(level: str, format: str, service: str = "server") -> None:
    """Log to standard error; `format` is `text` or `json`. The web server's lines are named after
    `service`, those of its requests `service.requests`."""
    global _service
    _service = service
    handler = logging.StreamHandler()

    def name_by_service(line: logging.LogRecord) -> bool:
        # uvicorn's logger for everything but requests is called `uvicorn.error`.
        if line.name.startswith("uvicorn"):
            line.name = f"{service}.requests" if line.name == "uvicorn.access" else service
        return True

    handler.addFilter(name_by_service)
    handler.setFormatter(JsonLine() if format == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=level, handlers=[handler])
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    if format == "json":
        # Python would print warnings and uncaught errors over many lines.
        logging.captureWarnings(True)
        sys.excepthook = lambda *fault: log.critical("a defect ended this process", exc_info=fault)
        threading.excepthook = _log_end_of_thread


def _log_end_of_thread(end: threading.ExceptHookArgs) -> None:
    if end.exc_type is SystemExit:
        return  # A thread may end itself this way, which Python does not print either.
    name = end.thread.name if end.thread else "unknown"
    fault = end.exc_value or end.exc_type()
    log.error("a defect ended the thread %s", name, exc_info=fault)


class JsonLine(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, message, ids, error."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": time.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_ids.get(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
