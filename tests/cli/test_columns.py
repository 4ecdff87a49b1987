"""A script says what the columns of a list hold."""

import json
from pathlib import Path

from tests.support.certs_command import certs, environment

__all__ = ["environment"]

LIST = "email,hours,badge\nana@example.org,7.5,110101199003074234\nbo@example.org,all day,\n"


def test_a_script_says_what_columns_hold_and_reads_their_sums(
    environment: dict[str, str], tmp_path: Path
):
    (tmp_path / "people.csv").write_text(LIST, encoding="utf-8")
    assert certs(environment, "list", "add", str(tmp_path / "people.csv")).returncode == 0
    said = certs(environment, "columns", "badge", "--kind", "secret", "--in-full")
    assert (said.returncode, said.stdout) == (0, "badge\tsecret\tin full\n")
    refused = certs(environment, "columns", "badge", "--public")
    assert (refused.returncode, refused.stderr) == (
        1, "certs: public: is nothing that a secret can be\n",
    )  # fmt: skip
    hours, badge = certs(environment, "columns", "--json").stdout.splitlines()
    assert json.loads(hours) == {
        **{"column": "hours", "kind": "number", "unit": "hours", "public": False},
        **{"in_full": False, "sum": "7.5", "values": 1, "not_read": 1},
    }
    assert json.loads(badge)["kind"] == "secret"
