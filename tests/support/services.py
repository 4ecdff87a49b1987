"""The program's services as processes of their own, which log for programs."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import httpx

from shared.events.installation import Installation
from tests.support.begun import begin, end


def environment(installation: Installation, **more: str) -> dict[str, str]:
    """Of a process that works on this installation and logs for programs."""
    settings = installation.settings
    return os.environ | {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "LOG_FORMAT": "json",
        "TRUSTED_NETWORKS": settings.trusted_networks,
        **more,
    }


@contextmanager
def logging_service(
    name: str, environment: dict[str, str], folder: Path | None = None
) -> Iterator[list[dict[str, Any]]]:
    """`certs <name>` while the block lasts; after it the list holds every line it has logged."""
    lines: list[dict[str, Any]] = []
    with TemporaryFile("w+") as written:
        service = begin([name], environment, folder, errors=written)
        try:
            yield lines
        finally:
            end(service)
        written.seek(0)
        lines += [json.loads(line) for line in written]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, verify=False).is_success
    except httpx.TransportError:
        return False
