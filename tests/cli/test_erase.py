"""`certs erase`: what it prints, and what it refuses."""

import json
from pathlib import Path

from sqlalchemy import select

from shared.events.opening import open_installation
from shared.settings import Settings
from shared.storage.models import Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support.certs_command import certs, environment
from tests.support.factories import add
from tests.support.traces import traces

__all__ = ["environment"]


def test_a_person_is_erased_by_their_address(environment: dict[str, str], tmp_path: Path):
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    database = open_installation(settings).database
    add(database, 1, "email,name\nana@example.org,Ana Lima\nbo@example.org,Bo Chen")
    ended = certs(environment, "erase", "--event", "1", "--email", "ANA@Example.org", "--json")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["event"], told["erased"], told["mails"]) == (1, True, 0)
    with database.reading() as session:
        emails = session.scalars(select(Volunteer.email).order_by(Volunteer.id)).all()
    assert emails == ["", "bo@example.org"]
    database.close()
    assert traces(database, ["ana@example.org", "Ana Lima"]) == []
    again = certs(environment, "erase", "--event", "1", "--email", "ana@example.org")
    assert (again.returncode, "Nobody on the list" in again.stderr) == (1, True)
