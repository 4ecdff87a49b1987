"""`certs verify` and `certs publish`, as people and scripts run them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from shared.features.credentials import proofs
from shared.features.credentials.document import (
    IssuerProfile,
    StatusEntry,
    did_at,
    did_document,
    list_document,
    with_set,
)
from tests.support.carriers import chunk, pdf_with, png_with
from tests.support.certs_command import certs, environment, environment_in
from tests.support.console_server import free_port
from tests.support.credentials import AT, DID, KEY_ID, SITE, signed_one, statement
from tests.support.identity_provider import serving
from tests.support.smtp_sink import self_signed

__all__ = ["environment"]

EARLY = AT.replace(year=2020)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def publish_by_hand(folder: Path, site: str = SITE, revoked: tuple[int, ...] = (5,)) -> Path:
    did, address = did_at(site, "installation"), f"{site}/status/bGlzdA.json"
    listed = list_document(address, did, with_set(b"", revoked), EARLY, AT.replace(year=2126))
    files = {
        "issuers/installation/did.json": did_document(did, {"key-2026-1": KEY.public_key()}),
        "status/bGlzdA.json": proofs.signed(listed, KEY, f"{did}#key-2026-1", AT),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(proofs.written(content))
    return folder


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """What another installation left behind."""
    return publish_by_hand(tmp_path / "published")


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
    ended = certs(environment, "verify", str(credential), "--issuer", str(published))
    said = ended.stdout.rstrip("\n").split("\t")[1:]
    assert said[:2] == [
        'Signed by "thanks.example.org"',
        'Organization, as stated by the organizer: "City"',
    ]
    assert said[-2:] == ["Issued at 2020-11-29 09:30 UTC", DID]


def test_nothing_in_a_name_moves_the_words_around_it(
    environment: dict[str, str], published: Path, tmp_path: Path
):
    file = tmp_path / "a\u202egnp.json"
    name = "Ana\x1b[2J\u202e\x9b1A\u2066<b>\tGarcía"
    made = proofs.signed(statement(name=name, issued_at=EARLY).document(), KEY, KEY_ID, AT)
    made["credentialSubject"]["identifier"][0]["identityHash"] = name
    document = {one: value for one, value in made.items() if one != "proof"}
    # As another program might sign it: ours would leave them out.
    file.write_bytes(proofs.written(proofs.signed(document, KEY, KEY_ID, AT)))
    for options in ((), ("--json",)):
        ended = certs(environment, "verify", str(file), "--issuer", str(published), *options)
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout.rstrip("\n").replace("\t", "").isprintable()
    assert json.loads(ended.stdout)["facts"]["name"] == name


def test_pdf_png_and_folders_are_read_as_well(
    environment: dict[str, str], published: Path, credential: Path, tmp_path: Path
):
    folder, content = tmp_path / "handed out", credential.read_bytes()
    (folder / "more").mkdir(parents=True)
    (folder / "ana.PDF").write_bytes(pdf_with(content))
    (folder / "more" / "ana.png").write_bytes(png_with(chunk(content)))
    (folder / "note.txt").write_text("no certificate")
    by = ("--issuer", str(published), "--json")
    ended = certs(environment, "verify", str(folder), *by)
    assert ended.returncode == 0, ended.stderr
    assert [json.loads(one)["result"] for one in ended.stdout.splitlines()] == ["good", "good"]
    (folder / "bare.pdf").write_bytes(pdf_with())
    (folder / "two.pdf").write_bytes(pdf_with(content, content))
    ended = certs(environment, "verify", str(folder), *by)
    assert ended.returncode == 1
    results = {Path(one["file"]).name: one for one in map(json.loads, ended.stdout.splitlines())}
    assert results["bare.pdf"]["result"] == "not_checked"
    assert results["two.pdf"]["result"] == "bad"
    assert "more than one credential" in results["two.pdf"]["why"]
    (tmp_path / "empty").mkdir()
    ended = certs(environment, "verify", str(tmp_path / "empty"), *by)
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["why"] == "There is no PDF, PNG or JSON file in it."
    (folder / "cut.pdf").write_bytes(pdf_with(content)[:300])
    ended = certs(environment, "verify", str(folder), *by)
    assert ended.returncode == 2
    assert len(ended.stdout.splitlines()) == 5
    ended = certs(environment, "verify", str(folder / "cut.pdf"), "--issuer", str(published))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.endswith("cut.pdf: Not checked: this file is damaged.\n")


@pytest.fixture
def site(tmp_path: Path, environment: dict[str, str]) -> Iterator[tuple[str, Path]]:
    """A web server on this machine that proves its name, and the folder that it serves."""
    (tmp_path / "www").mkdir()
    certificate, key = self_signed()
    for name, content in (("certificate.pem", certificate), ("key.pem", key)):
        (tmp_path / name).write_bytes(content)
    environment |= {
        "SSL_CERT_FILE": str(tmp_path / "certificate.pem"),
        "TRUSTED_NETWORKS": "127.0.0.0/8,::1/128",
    }
    elsewhere = Route("/moved/{rest:path}", lambda _: RedirectResponse("/issuers/x/did.json"))
    app = Starlette(routes=[elsewhere, Mount("/", StaticFiles(directory=tmp_path / "www"))])
    port = free_port()
    with serving(
        app, port, ssl_certfile=tmp_path / "certificate.pem", ssl_keyfile=tmp_path / "key.pem"
    ):
        yield f"https://localhost:{port}", tmp_path / "www"


@pytest.fixture
def signed_at(tmp_path: Path) -> Callable[[str], str]:
    def signed_at(site: str) -> str:
        did = did_at(site, "installation")
        issuer, entry = (
            IssuerProfile(did, "Others", site),
            StatusEntry(f"{site}/status/bGlzdA.json", 77),
        )
        document = statement(issuer=issuer, status=entry, issued_at=EARLY).document()
        file = tmp_path / "theirs.json"
        file.write_bytes(proofs.written(proofs.signed(document, KEY, f"{did}#key-2026-1", AT)))
        return str(file)

    return signed_at


def test_online_keys_and_lists_are_read_where_the_issuer_publishes_them(
    environment: dict[str, str], site: tuple[str, Path], signed_at: Callable[[str], str]
):
    address, folder = site
    publish_by_hand(folder, address)
    file = signed_at(address)
    ended = certs(environment, "verify", file, "--online", "--json")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert json.loads(ended.stdout)["state"] == "valid"
    publish_by_hand(folder, address, revoked=(77,))
    ended = certs(environment, "verify", file, "--online", "--json")
    assert (ended.returncode, json.loads(ended.stdout)["state"]) == (1, "revoked")
    # With the key at hand only the list is asked for.
    key = folder / "issuers" / "installation" / "did.json"
    at_hand = key.rename(folder / "kept.json")
    ended = certs(environment, "verify", file, "--online", "--issuer", str(at_hand), "--json")
    assert json.loads(ended.stdout)["state"] == "revoked"
    ended = certs(environment, "verify", file, "--issuer", str(at_hand), "--json")
    assert json.loads(ended.stdout)["result"] == "not_checked"


def test_online_reads_nothing_in_private_networks_and_follows_no_redirect(
    environment: dict[str, str], site: tuple[str, Path], signed_at: Callable[[str], str]
):
    address, folder = site
    publish_by_hand(folder, address)
    private = certs(
        environment | {"TRUSTED_NETWORKS": ""}, "verify", signed_at(address), "--online"
    )
    assert private.returncode == 1
    assert "lies in a private network" in private.stderr
    moved = certs(environment, "verify", signed_at(f"{address}/moved"), "--online", "--json")
    assert json.loads(moved.stdout)["result"] == "not_checked"
    assert "it answers 307" in moved.stderr
    (folder / "issuers" / "installation" / "did.json").write_bytes(b" " * 300_000)
    large = certs(environment, "verify", signed_at(address), "--online", "--json")
    assert json.loads(large.stdout)["result"] == "not_checked"
    assert "does not end" in large.stderr


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
    assert "Traceback" not in ended.stderr


def test_without_its_key_it_is_not_checked(environment: dict[str, str], credential: Path):
    ended = certs(environment, "verify", str(credential), "--json")
    assert ended.returncode == 1
    told = json.loads(ended.stdout)
    assert told["result"] == "not_checked"
    assert f"{SITE}/issuers/installation/did.json" in told["why"]


def test_where_nothing_was_started_a_file_is_read_and_nothing_begins(
    tmp_path: Path, credential: Path
):
    ended = certs(environment_in(tmp_path), "verify", str(credential), "--json", cwd=tmp_path)
    assert ended.returncode == 1, ended.stderr
    assert json.loads(ended.stdout)["result"] == "not_checked"
    assert list(tmp_path.iterdir()) == [credential]


def test_publishing_says_what_it_wrote(environment: dict[str, str], tmp_path: Path):
    site = environment | {"PUBLIC_URL": "https://thanks.example.org"}
    certs(site, "issuer", "export", "installation")
    ended = certs(site, "publish", str(tmp_path / "out"), "--until", "2126-01-01", "--json")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["issuers"], told["lists"], told["credentials"]) == (1, 0, 0)
    assert (tmp_path / "out" / "issuers" / "installation" / "did.json").is_file()
    assert "A withdrawal from now on is not seen there before 2126-01-02." in ended.stderr
