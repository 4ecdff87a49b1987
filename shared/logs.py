"""Logs: lines for people, or JSON lines for programs, with the ids of what they are about."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Libraries that tell of every step.
_CHATTY = ("alembic", "mail.log", "fontTools")

_NOTHING: Mapping[str, int | str] = MappingProxyType({})
_ids: ContextVar[Mapping[str, int | str]] = ContextVar("ids", default=_NOTHING)


@contextmanager
def about(**ids: int | str) -> Iterator[None]:
    """What is logged inside is about these: `event`, `mail`, `worker`."""
    before = _ids.set({**_ids.get(), **ids})
    try:
        yield
    finally:
        _ids.reset(before)


def set_up(level: str, format: str) -> None:
    """Log to standard error; `format` is `text` or `json`."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine() if format == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=level, handlers=[handler])
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


class JsonLine(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, message, ids, error."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_ids.get(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
