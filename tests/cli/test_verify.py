"""`certs verify` and `certs publish`, as people and scripts run them."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.certificates.credentials import proofs
from shared.certificates.credentials.did_document import NamedKey, did_document
from shared.certificates.credentials.status_list import list_document, with_set
from tests.support.certs_command import certs, environment
from tests.support.credentials import AT, DID, KEY_ID, SITE, signed_one

__all__ = ["environment"]

EARLY = AT.replace(year=2020)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """What another installation left behind."""
    folder = tmp_path / "published"
    files = {
        "issuers/installation/did.json": did_document(
            DID, [NamedKey("key-2026-1", KEY.public_key())]
        ),
        "status/bGlzdA.json": proofs.signed(
            list_document(
                f"{SITE}/status/bGlzdA.json", DID, with_set(b"", [5]), EARLY, AT.replace(year=2126)
            ),
            KEY,
            KEY_ID,
            AT,
        ),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(proofs.written(content))
    return folder


@pytest.fixture
def credential(tmp_path: Path) -> Path:
    file = tmp_path / "credential.json"
    file.write_bytes(proofs.written(signed_one(KEY, issued_at=EARLY, name="Ana\tGarcía")))
    return file


def test_a_file_is_verified_by_what_somebody_published(
    environment: dict[str, str], published: Path, credential: Path
):
    ended = certs(environment, "verify", str(credential), "--issuer", str(published), "--json")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["file"], told["result"], told["state"]) == (str(credential), "good", "valid")
    assert told["issuer"] == DID
    assert set(told) == {"file", "result", "state", "issuer", "facts", "why"}
    people = certs(environment, "verify", str(credential), "--issuer", str(published))
    # Nothing in a name moves the words around it.
    assert "Ana\\tGarc" in people.stdout


def test_of_several_all_must_be_good_and_what_cannot_be_read_is_said(
    environment: dict[str, str], published: Path, credential: Path
):
    forged = credential.with_name("forged.json")
    forged.write_text(credential.read_text().replace("39 hours", "390 hours"))
    by = ("--issuer", str(published))
    ended = certs(environment, "verify", str(credential), str(forged), *by, "--json")
    assert ended.returncode == 1
    results = [json.loads(line)["result"] for line in ended.stdout.splitlines()]
    assert results == ["good", "bad"]
    ended = certs(environment, "verify", str(credential), "/nowhere.json", *by)
    assert ended.returncode == 2
    assert "/nowhere.json: No such file or directory" in ended.stderr
    assert credential.name in ended.stdout


def test_without_its_key_it_is_not_checked(environment: dict[str, str], credential: Path):
    ended = certs(environment, "verify", str(credential), "--json")
    assert ended.returncode == 1
    told = json.loads(ended.stdout)
    assert told["result"] == "not_checked"
    assert f"{SITE}/issuers/installation/did.json" in told["why"]


def test_publishing_says_what_it_wrote(environment: dict[str, str], tmp_path: Path):
    site = environment | {"PUBLIC_URL": "https://thanks.example.org"}
    certs(site, "issuer", "export", "installation")
    ended = certs(site, "publish", str(tmp_path / "out"), "--until", "2126-01-01", "--json")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["issuers"], told["lists"], told["credentials"]) == (1, 0, 0)
    assert (tmp_path / "out" / "issuers" / "installation" / "did.json").is_file()
    assert "A withdrawal from now on is not seen there before 2126-01-02." in ended.stderr
