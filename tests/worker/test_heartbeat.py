"""A running worker is seen, and one that ended is not."""

import os
import subprocess
import sys
from pathlib import Path

import yaml
from sqlalchemy import func, select

from shared.events.installation import Installation
from shared.storage.models import Worker
from tests.support.mailing import wait_until, working

COMPOSE = Path(__file__).parents[2] / "docker-compose.yml"


def test_a_running_worker_is_seen(installation: Installation) -> None:
    with working(installation):
        wait_until(lambda: workers(installation) == 1)
    assert workers(installation) == 0


def test_containers_see_a_worker_that_gives_no_sign_of_life(installation: Installation) -> None:
    signs = installation.settings.data_dir / "workers"
    with working(installation):
        wait_until(lambda: signs.is_dir() and any(signs.iterdir()))
        assert is_healthy(installation)
        (sign,) = signs.iterdir()
        assert [oct(one.stat().st_mode & 0o777) for one in (signs, sign)] == ["0o700", "0o600"]
        os.utime(sign, (0, 0))
        assert not is_healthy(installation)
    assert not is_healthy(installation)


def is_healthy(installation: Installation) -> bool:
    """By the command that Docker runs, on this installation's data."""
    services = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]
    _, _, *options, code = services["worker"]["healthcheck"]["test"]
    here = code.replace("/data/", f"{installation.settings.data_dir}/")
    ended = subprocess.run([sys.executable, *options, here], capture_output=True)
    return ended.returncode == 0


def workers(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalars(select(func.count()).select_from(Worker)).one()
