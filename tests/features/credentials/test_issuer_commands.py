"""`certs issuer`: the owner says who signs, and changes keys."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.certs_command import certs, environment
from tests.support.factories import small_picture

__all__ = ["environment"]

ROTARY = ("rotary", "--name", "Rotary Club", "--page", "https://rotary.example")


SITE = {"PUBLIC_URL": "https://thanks.example.org/certs"}


def issuer(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return certs(SITE | environment, "issuer", *arguments)


def answers(ended: "subprocess.CompletedProcess[str]") -> list[dict]:
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_the_owner_makes_an_issuer_and_lets_it_sign(environment: dict[str, str]):
    (made,) = answers(issuer(environment, "create", *ROTARY, "--json"))
    assert made["did"] == "did:web:thanks.example.org:certs:issuers:rotary"
    assert (made["name"], made["page"], made["events"]) == (
        "Rotary Club",
        "https://rotary.example",
        [],
    )
    (assigned,) = answers(issuer(environment, "assign", "rotary", "--event", "1", "--json"))
    assert assigned["events"] == [1]
    shown = answers(issuer(environment, "show", "--json"))
    assert [one["slug"] for one in shown] == ["installation", "rotary"]
    assert shown[0]["name"] == "thanks.example.org"
    answers(issuer(environment, "assign", "installation", "--event", "1", "--json"))
    assert answers(issuer(environment, "show", "rotary", "--json"))[0]["events"] == []


def test_a_logo_is_read_as_other_pictures_are(environment: dict[str, str], tmp_path: Path):
    file = tmp_path / "logo.jpg"
    file.write_bytes(small_picture("red"))
    (made,) = answers(issuer(environment, "create", *ROTARY, "--logo", str(file), "--json"))
    assert made["logo"].startswith("https://thanks.example.org/certs/issuers/rotary/")
    (again,) = answers(issuer(environment, "describe", *ROTARY, "--json"))
    assert again["logo"] == made["logo"]
    file.write_bytes(b"GIF89a")
    refused = issuer(environment, "describe", *ROTARY, "--logo", str(file))
    assert (refused.returncode, "GIF" in refused.stderr) == (1, True)


def test_a_new_key_comes_only_by_its_command_and_earlier_ones_stay(environment: dict[str, str]):
    first = json.loads(issuer(environment, "export", "installation").stdout)
    assert first == json.loads(issuer(environment, "export", "installation").stdout)
    issuer(environment, "rotate", "installation")
    second = json.loads(issuer(environment, "export", "installation").stdout)
    assert second["verificationMethod"][0] == first["verificationMethod"][0]
    assert len(second["verificationMethod"]) == 2
    (told,) = answers(issuer(environment, "rotate", "installation", "--leaked", "--json"))
    assert [one["leaked"] for one in told["keys"]] == [True, True, False]
    third = json.loads(issuer(environment, "export", "installation").stdout)
    assert [one["id"][-1] for one in third["verificationMethod"]] == ["3"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create", "Not A Slug", *ROTARY[1:]), "must be up to 40 of a-z"),
        (("create", "installation", *ROTARY[1:]), "There is an issuer “installation” already."),
        (("create", "x", "--name", "X", "--page", "http://x.example"), "must be an address like"),
        (("create", "x", "--name", " ", "--page", "https://x.example"), "must be 1 to 200"),
        (("assign", "nobody"), "There is no issuer “nobody”"),
        (("rotate", "nobody"), "There is no issuer “nobody”"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    environment: dict[str, str], arguments: tuple[str, ...], words: str
):
    ended = issuer(environment, *arguments)
    assert ended.returncode != 0
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_address_that_nobody_reaches_is_said(environment: dict[str, str]):
    shown = issuer(environment | {"PUBLIC_URL": "http://127.0.0.1:8000"}, "show")
    assert shown.returncode == 0
    assert "Nothing is signed: http://127.0.0.1:8000 (PUBLIC_URL)" in shown.stderr
