"""A script adds groups, sees who is in them, and removes them."""

import json
from pathlib import Path

from shared.events.installation import first_event_id
from shared.events.opening import open_installation
from shared.settings import Settings
from tests.conftest import OWNER_TOKEN
from tests.support.certs_command import certs, environment
from tests.support.factories import add
from tests.support.grouped import ROLES, groups_of

__all__ = ["environment"]


def test_groups_are_added_listed_and_removed(environment: dict[str, str]):
    data_dir = Path(environment["DATA_DIR"])
    installation = open_installation(
        Settings(_env_file=None, data_dir=data_dir, database_url="", admin_token=OWNER_TOKEN)
    )
    database = installation.database
    with database.reading() as session:
        event_id = first_event_id(session)
    add(database, event_id, ROLES)
    added = certs(environment, "groups", "add", "--column", "role", "--value", "Helper", "--json")
    assert added.returncode == 0, added.stderr
    told = json.loads(added.stdout)
    assert (told["name"], told["people"], told["own_design"]) == ("Helper", 1, False)
    again = certs(environment, "groups", "add", "--column", "role", "--value", "helper")
    assert (again.returncode, "already has a group" in again.stderr) == (1, True)
    listed = certs(environment, "groups", "list")
    assert listed.stdout == f"{told['id']}\tHelper\trole = Helper\t1 people\n"
    removed = certs(environment, "groups", "remove", "Helper")
    assert removed.stdout == "Helper is removed\n"
    assert set(groups_of(database, event_id).values()) == {None}
    database.close()
