"""A script says what the columns of a list hold."""

import json
from pathlib import Path

from shared.events.installation import open_installation
from shared.settings import Settings
from shared.storage.models import Owner
from tests.support.certs_command import certs, environment
from tests.support.list_columns import add_sealed

__all__ = ["environment"]

LIST = "email,hours,badge\nana@example.org,7.5,110101199003074234\nbo@example.org,all day,"


def test_a_script_says_what_columns_hold_and_reads_their_sums(
    environment: dict[str, str], tmp_path: Path
):
    installation = open_installation(Settings(_env_file=None, data_dir=tmp_path / "data"))
    with installation.database.reading() as session:
        event_id = session.get_one(Owner, 1).default_event_id
    add_sealed(installation, event_id, LIST)
    installation.database.close()
    said = certs(environment, "columns", "badge", "--kind", "secret", "--in-full")
    assert (said.returncode, said.stdout) == (0, "badge\tsecret\tin full\n")
    hours, badge = certs(environment, "columns", "--json").stdout.splitlines()
    assert json.loads(hours) == {
        **{"column": "hours", "kind": "number", "unit": "hours", "public": False},
        **{"in_full": False, "sum": "7.5", "values": 1, "not_read": 1},
    }
    assert json.loads(badge)["kind"] == "secret"
    forgotten = certs(environment, "columns", "badge", "--forget", "--json")
    assert json.loads(forgotten.stdout) == {"column": "badge", "forgotten": 1}
    assert certs(environment, "columns").stdout == "hours\tnumber\t7.5 hours\t1 not read\n"
    assert certs(environment, "columns", "badge", "--forget").returncode == 1
