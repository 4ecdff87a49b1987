"""Verifiers that others made say of our credentials what is true.

They run in Node, offline, and read what the API answers. Once: `make verifiers`.
"""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.acts.run import apply_to
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.features.credentials import issuers, proofs
from shared.features.credentials.document import bits_of, list_document
from shared.features.credentials.models import IssuerKey
from shared.features.credentials.publishing import Own, publish
from shared.features.credentials.verifying import Result, judge
from shared.log.actor import AT_THE_MACHINE
from shared.storage.clock import database_time
from shared.storage.models import Certificate
from tests.support.acting import of
from tests.support.api_server import api, server_url
from tests.support.foreign_verifiers import ARE_THERE, Document, Internet
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public
from tests.support.one_database import database_url
from tests.support.submitting import submit_name

__all__ = ["api", "database_url", "server_url"]

pytestmark = pytest.mark.skipif(
    not ARE_THERE, reason="needs Node 20 and the verifiers: make verifiers"
)


@pytest.fixture
def installation(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def issued(installation: Installation, event_id: int) -> list[int]:
    people = "email,number,Hours,Badge\nana@example.org,HR-7,39,B-12\nbo@example.org,HR-8,3,B-1"
    return issue_for_real(installation, event_id, people)


@pytest.fixture
def internet(api: httpx.Client, installation: Installation) -> Internet:
    return Internet(api, installation)


def act_on(installation: Installation, certificate_id: int, act: type, *more: object) -> None:
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, certificate_id).volunteer
        apply_to(session, act(of(person.id), *more), person)


GOOD, BAD = (True, True), (False, False)


def test_both_accept_it_and_see_that_it_is_withdrawn_and_given_back(
    internet: Internet, installation: Installation, issued: list[int]
) -> None:
    ana, bo = (internet.credential(one) for one in issued)
    assert internet.told(ana, bo) == [GOOD, GOOD]
    act_on(installation, issued[0], Withdraw, "Was not there")
    internet.credential(issued[0])
    assert internet.told(ana, bo) == [BAD, GOOD]
    act_on(installation, issued[0], UndoWithdrawal)
    anew = internet.credential(issued[0])
    assert internet.told(ana, anew, bo) == [BAD, GOOD, GOOD]


def test_both_see_that_another_took_its_place(
    internet: Internet, installation: Installation, issued: list[int]
) -> None:
    before = internet.credential(issued[0])
    with installation.database.writing() as session:
        person = session.get_one(Certificate, issued[0]).volunteer
        token = installation.seal.open_token(person.token or "")
        newer = submit_name(session, installation.settings, installation.seal, token, "Ana Souza")
    after = internet.credential(newer.id)
    assert internet.told(before, after) == [BAD, GOOD]


FORGERIES: dict[str, Callable[[Document, Document], object]] = {
    "name": lambda made, _: made["credentialSubject"]["identifier"][0].update(identityHash="Eve"),
    "hours": lambda made, _: made["credentialSubject"]["result"][0].update(value="390 hours"),
    "issuer": lambda made, _: made["issuer"].update(name="Red Cross"),
    "date": lambda made, _: made.update(validFrom="2020-01-01T00:00:00Z"),
    "index": lambda made, _: made["credentialStatus"].update(statusListIndex="7"),
    "proof": lambda made, other: made.update(proof=other["proof"]),
}


def test_both_refuse_every_forgery(
    internet: Internet, installation: Installation, issued: list[int]
) -> None:
    ana, bo = (internet.credential(one) for one in issued)
    forged = []
    for forge in FORGERIES.values():
        one = copy.deepcopy(ana)
        forge(one, bo)
        forged.append(one)
    unsigned = {name: value for name, value in ana.items() if name != "proof"}
    key_id = ana["proof"][0]["verificationMethod"]
    with installation.database.reading() as session:
        now = database_time(session)
    forged.append(proofs.signed(unsigned, Ed25519PrivateKey.generate(), key_id, now))
    assert internet.told(ana, *forged) == [GOOD, *[BAD] * 7]
    for digital_bazaar, dcc in internet.reasons[1:]:
        assert "Invalid signature" in digital_bazaar
        assert "invalid_signature" in dcc


def test_an_expired_list_is_never_reported_as_good(
    internet: Internet, installation: Installation, issued: list[int]
) -> None:
    ana = internet.credential(issued[0])
    address = ana["credentialStatus"]["statusListCredential"]
    current = internet.answers[address]
    with installation.database.reading() as session:
        [key] = session.query(IssuerKey).all()
        end = database_time(session) - timedelta(hours=1)
    private = issuers.opened(installation.seal, key)
    begin = end - timedelta(hours=24)
    expired = list_document(address, current["issuer"], bits_of(current), begin, end)
    key_id = ana["proof"][0]["verificationMethod"]
    internet.answers[address] = proofs.signed(expired, private, key_id, begin)
    assert internet.told(ana) == [BAD]
    del internet.answers[address]
    assert internet.told(ana) == [BAD]


def test_what_a_leaked_key_signed_is_refused(
    internet: Internet, installation: Installation, issued: list[int]
) -> None:
    before = internet.credential(issued[0])
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, installation.seal, issuer)
    kept = internet.credential(issued[0])
    assert internet.told(kept) == [GOOD]
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, installation.seal, issuer, leaked=True)
    after = internet.credential(issued[0])
    assert internet.told(before, after) == [BAD, GOOD]


def test_with_our_server_off_both_verify_what_was_published(
    internet: Internet, installation: Installation, issued: list[int], tmp_path: Path
) -> None:
    ana, bo = (internet.credential(one) for one in issued)
    act_on(installation, issued[0], Withdraw, "Was not there")
    publish(installation, tmp_path)
    ours = (proofs.CREDENTIALS, proofs.OPEN_BADGES)
    internet.answers = {one: proofs.context(one) for one in ours} | {
        f"{PUBLIC}/{file.relative_to(tmp_path)}": json.loads(file.read_bytes())
        for file in tmp_path.rglob("*.json")
    }
    assert internet.told(ana, bo) == [BAD, GOOD]


def test_another_list_at_the_address_is_believed_by_them_and_not_by_us(
    internet: Internet, installation: Installation, issued: list[int]
) -> None:
    """A stated limit of these verifiers (docs/credentials.md)."""
    ana = internet.credential(issued[0])
    address = ana["credentialStatus"]["statusListCredential"]
    act_on(installation, issued[0], Withdraw, "Was not there")
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Another", language="en")
    [elsewhere] = issue_for_real(installation, other.id)
    another = internet.credential(elsewhere)["credentialStatus"]["statusListCredential"]
    internet.answers[address] = internet.answers[another]
    assert internet.told(ana) == [GOOD]
    with installation.database.reading() as session:
        now = database_time(session)
    ours = judge(ana, Own(installation).key, internet.answers.get, now)
    assert ours.result == Result.BAD
