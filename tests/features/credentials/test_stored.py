"""Credentials are made once, kept octet by octet, and revoked for ever."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from time import sleep
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from shared.acts.run import apply_to
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.issuing import states
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import create_event, set_days
from shared.features.credentials import issuers, proofs, status_lists, stored
from shared.features.credentials.models import (
    Credential,
    IssuerKey,
    StatusList,
    UnsignedCertificate,
)
from shared.features.credentials.publishing import Own
from shared.features.credentials.verifying import Result, judge
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.deletion import delete_event, remove_deleted
from shared.privacy.erasure import erase_person
from shared.storage.clock import database_time
from shared.storage.models import Certificate, ColumnKind, Event
from shared.storage.models.certificate import State, state_of
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.tokens import Seal
from tests.support.acting import of
from tests.support.credentials import bit_of, credentials_of
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public
from tests.support.list_columns import say
from tests.support.submitting import submit_name

DID = "did:web:thanks.example.org%3A8443:certs:issuers:installation"


@pytest.fixture
def public(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def ana(public: Installation, event_id: int) -> int:
    """The id of Ana's certificate."""
    [issued] = issue_for_real(public, event_id)
    return issued


def credential(public: Installation, certificate_id: int) -> dict:
    content = stored.served(public, certificate_id)
    assert content is not None
    return json.loads(content)


def state(public: Installation, certificate_id: int) -> State:
    with public.database.reading() as session:
        return state_of(session.get_one(Certificate, certificate_id))


def act_on(public: Installation, certificate_id: int, act: type, *more: object) -> None:
    with public.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, certificate_id).volunteer
        apply_to(session, act(of(person.id), *more), person)


def test_it_is_signed_by_the_installation_and_says_what_is_public(public: Installation, ana: int):
    made = credential(public, ana)
    assert made["issuer"]["id"] == DID
    assert made["issuer"]["name"] == "thanks.example.org:8443"
    with public.database.reading() as session:
        certificate = session.get_one(Certificate, ana)
        [key] = session.scalars(select(IssuerKey)).all()
    assert made["id"] == f"{PUBLIC}/verify/{certificate.public_id}"
    assert proofs.is_signed(made, proofs.from_multikey(key.public_key))
    assert made["proof"][0]["verificationMethod"] == f"{DID}#{key.name}"
    subject = made["credentialSubject"]
    assert [one["value"] for one in subject["result"]] == ["39 hours"]
    assert subject["licenseNumber"] == "HR-7"
    assert "ana@example.org" not in json.dumps(made)
    assert "B-12" not in json.dumps(made)


# Where the JSON Schema of Open Badges 3.0 (1EdTech, AchievementCredential) demands an array or an
# object; * stands for each of an array.
_SUBJECT = "credentialSubject"
_ARRAYS = (
    "@context", "type", "issuer.type", "proof", f"{_SUBJECT}.type", f"{_SUBJECT}.identifier",
    f"{_SUBJECT}.result", f"{_SUBJECT}.result.*.type", f"{_SUBJECT}.achievement.type",
    f"{_SUBJECT}.achievement.resultDescription",
    f"{_SUBJECT}.achievement.resultDescription.*.type",
)  # fmt: skip
_OBJECTS = (
    "issuer", _SUBJECT, f"{_SUBJECT}.identifier.*", f"{_SUBJECT}.result.*",
    f"{_SUBJECT}.achievement", f"{_SUBJECT}.achievement.criteria", f"{_SUBJECT}.achievement.image",
    f"{_SUBJECT}.achievement.resultDescription.*", "credentialStatus", "proof.*",
)  # fmt: skip


def _at(document: dict[str, Any], path: str) -> list[Any]:
    found: list[Any] = [document]
    for part in path.split("."):
        found = [value for one in found for value in (one if part == "*" else [one[part]])]
    return found


def test_arrays_and_objects_are_where_the_schema_of_open_badges_demands_them(
    public: Installation, ana: int
):
    made = credential(public, ana)
    for paths, kind in ((_ARRAYS, list), (_OBJECTS, dict)):
        for path in paths:
            assert {type(one) for one in _at(made, path)} == {kind}, path


def test_it_stays_the_same_whatever_changes(public: Installation, event_id: int, ana: int):
    before = stored.served(public, ana)
    with public.database.writing(by=AT_THE_MACHINE) as session:
        event_for_change(session, event_id).name = "Renamed"
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.describe(session, issuer, name="Another name", page="https://example.org")
        issuers.rotate(session, public.seal, issuer)
    assert stored.served(public, ana) == before
    moved = made_public(public, "https://elsewhere.example")
    assert stored.served(moved, ana) == before
    [kept] = credentials_of(public, ana)
    assert (kept.did, kept.address) == (DID, json.loads(before or b"")["id"])


def test_who_asks_at_once_gets_the_same_one(public: Installation, ana: int):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: stored.served(public, ana), range(8)))
    assert len(set(answers)) == 1
    assert len(credentials_of(public, ana)) == 1


def test_who_withdraws_meanwhile_and_who_signs_wait_for_each_other(
    public: Installation, event_id: int
):
    people = "email,number,Hours,Badge\nana@example.org,1,3,-\nbo@example.org,2,3,-"
    ana, bo = issue_for_real(public, event_id, people)
    credential(public, ana)
    with public.database.writing() as session:
        # So that what it thanks for has to be stored, too.
        session.get_one(Certificate, bo).organization = "Another"
    with ThreadPoolExecutor(1) as pool:
        with public.database.writing() as session:
            event_for_change(session, event_id)
            signing = pool.submit(stored.sign, public, [bo])
            sleep(0.5)
            stored.revoke(session, [session.get_one(Certificate, ana)])
        assert signing.result(30) == 1


def test_a_worker_signs_what_is_issued_for_real(public: Installation, ana: int):
    assert stored.sign_due(public, 5) == 1
    assert stored.sign_due(public, 5) == 0
    [kept] = credentials_of(public, ana)
    assert kept.document
    assert len(kept.document) < 1_200


def test_an_installation_that_nobody_reaches_signs_once_it_is_public(
    installation: Installation, event_id: int
):
    [issued] = issue_for_real(installation, event_id)
    assert stored.sign_due(installation, 5) == 0
    assert stored.served(installation, issued) is None
    assert stored.sign_due(made_public(installation), 5) == 1


def test_a_rehearsal_gets_none(public: Installation, event_id: int):
    [issued] = issue_for_real(public, event_id)
    with public.database.writing() as session:
        session.execute(delete(UnsignedCertificate))
        session.get_one(Event, event_id).live_at = None
    assert stored.served(public, issued) is None
    with public.database.writing() as session:
        session.get_one(Event, event_id).live_at = func.now()
        certificate = session.get_one(Certificate, issued)
        certificate.created_at = certificate.created_at.replace(year=2020)
    assert stored.served(public, issued) is None


def test_who_began_and_never_finished_leaves_its_place_to_the_next(public: Installation, ana: int):
    stored.served(public, ana)
    with public.database.writing() as session:
        session.execute(update(Credential).values(document=None, titles=[]))
    [begun] = credentials_of(public, ana)
    made = credential(public, ana)
    assert made["credentialStatus"]["statusListIndex"] == str(begun.index)
    assert len(credentials_of(public, ana)) == 1


def test_withdrawing_sets_its_bit_for_ever_and_undoing_signs_a_new_one(
    public: Installation, ana: int
):
    first = credential(public, ana)
    [kept] = credentials_of(public, ana)
    assert not bit_of(public, kept)
    act_on(public, ana, Withdraw, "Was not there")
    assert bit_of(public, kept)
    assert state(public, ana) == State.WITHDRAWN
    assert credential(public, ana) == first

    act_on(public, ana, UndoWithdrawal)
    assert bit_of(public, kept)
    second = credential(public, ana)
    assert second["credentialStatus"] != first["credentialStatus"]
    assert (second["id"], second["credentialSubject"]) == (first["id"], first["credentialSubject"])
    assert [bit_of(public, one) for one in credentials_of(public, ana)] == [True, False]


def test_a_corrected_certificate_revokes_the_earlier_one(
    public: Installation, event_id: int, ana: int
):
    credential(public, ana)
    with public.database.writing() as session:
        person = session.get_one(Certificate, ana).volunteer
        token = public.seal.open_token(person.token or "")
        newer = submit_name(session, public.settings, public.seal, token, "Ana Souza")
    [kept] = credentials_of(public, ana)
    assert bit_of(public, kept)
    assert state(public, ana) == State.REPLACED
    assert not bit_of(public, credentials_of_signed(public, newer.id))


def credentials_of_signed(public: Installation, certificate_id: int) -> Credential:
    credential(public, certificate_id)
    return credentials_of(public, certificate_id)[-1]


def test_what_was_withdrawn_before_anybody_had_it_gets_none(public: Installation, ana: int):
    act_on(public, ana, Withdraw, "Was not there")
    assert stored.served(public, ana) is None
    assert stored.sign_due(public, 5) == 0


def test_of_who_was_erased_only_the_bit_stays(public: Installation, ana: int):
    credential(public, ana)
    with public.database.reading() as session:
        person = session.get_one(Certificate, ana).volunteer
    erase_person(public.database, public.seal, person, AT_THE_MACHINE)
    [kept] = credentials_of(public, ana)
    assert (kept.document, kept.titles) == (None, [])
    assert bit_of(public, kept)
    assert stored.served(public, ana) is None
    assert state(public, ana) == State.ERASED


def test_a_list_is_signed_anew_each_hour_of_the_databases_clock(
    public: Installation, ana: int, monkeypatch: pytest.MonkeyPatch
):
    credential(public, ana)
    [kept] = credentials_of(public, ana)
    with public.database.reading() as session:
        first = database_time(session)
    for later in map(timedelta, (0, 2, 1)):
        now = first + later
        monkeypatch.setattr(status_lists, "database_time", lambda _, now=now: now)
        made = json.loads(status_lists.served(public, kept.status_list.public_id))
        assert timedelta() <= now - datetime.fromisoformat(made["validFrom"]) < timedelta(hours=1)


def test_a_column_that_ceases_to_be_public_is_shown_no_more(
    public: Installation, event_id: int, ana: int
):
    first = credential(public, ana)
    say(public, event_id, "Hours", kind=ColumnKind.NUMBER, is_public=False)
    second = credential(public, ana)
    assert "39" in json.dumps(first)
    assert "39 hours" not in json.dumps(second)
    # What was handed out stays true.
    assert [bit_of(public, one) for one in credentials_of(public, ana)] == [False, False]
    # It was not public when this one was signed.
    say(public, event_id, "Hours", kind=ColumnKind.NUMBER, is_public=True)
    assert credential(public, ana) == second
    say(public, event_id, "Hours", kind=ColumnKind.NUMBER, is_public=False)
    act_on(public, ana, Withdraw, "Was not there")
    assert credential(public, ana) == second


def test_what_became_secret_stands_in_nothing_that_is_kept(
    public: Installation, event_id: int, ana: int
):
    first = credential(public, ana)
    say(public, event_id, "Hours", kind=ColumnKind.SECRET)
    assert [one.document for one in credentials_of(public, ana)] == [None]
    second = credential(public, ana)
    assert "39 hours" not in json.dumps(second)
    # In its place: whoever withdraws the certificate revokes both.
    assert second["credentialStatus"] == first["credentialStatus"]
    assert len(credentials_of(public, ana)) == 1


@pytest.mark.parametrize("withdraws", [False, True])
def test_the_lists_of_a_deleted_event_stay(public: Installation, event_id: int, withdraws: bool):
    """And say what its organizer decided: that what was handed out stands, or not."""
    people = "email,number,Hours,Badge\n" + "\n".join(
        f"{name}@example.org,{name},3,-" for name in ("ana", "bo")
    )
    ana, bo = issue_for_real(public, event_id, people)
    kept = [credentials_of_signed(public, one) for one in (ana, bo)]
    act_on(public, bo, Withdraw, "Was not there")
    with public.database.writing(by=AT_THE_MACHINE) as session:
        event = event_for_change(session, event_id)
        delete_event(session, event, event.name, withdraws=withdraws)
    assert remove_deleted(public.database) == 1
    with public.database.reading() as session:
        assert not session.scalar(select(func.count(Credential.id)))
    assert [bit_of(public, one) for one in kept] == [withdraws, True]
    assert stored.sign(public, [ana, bo]) == 0


def test_a_full_list_is_followed_by_another(
    public: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
):
    people = "email,number,Hours,Badge\n" + "\n".join(f"v{n}@example.org,{n},3,-" for n in range(5))
    ids = issue_for_real(public, event_id, people)
    monkeypatch.setattr(status_lists, "SIZE", 2)
    assert stored.sign(public, ids) == 5
    with public.database.reading() as session:
        lists = session.scalars(select(StatusList).order_by(StatusList.id)).all()
    assert [one.used for one in lists] == [2, 2, 1]
    assert len({json.dumps(credential(public, one)["credentialStatus"]) for one in ids}) == 5


def test_events_have_lists_of_their_own(public: Installation, event_id: int, ana: int):
    with public.database.writing() as session:
        other, _ = create_event(session, name="Another", language="en")
    [issued] = issue_for_real(public, other.id)
    lists = {
        credential(public, one)["credentialStatus"]["statusListCredential"] for one in (ana, issued)
    }
    assert len(lists) == 2


def test_the_owner_lets_another_issuer_sign(public: Installation, event_id: int, ana: int):
    with public.database.writing(by=AT_THE_MACHINE) as session:
        issuers.create(session, "rotary", "Rotary Club", "https://rotary.example")
        issuers.assign(session, event_for_change(session, event_id), "rotary")
    issuer = credential(public, ana)["issuer"]
    assert issuer["id"] == "did:web:thanks.example.org%3A8443:certs:issuers:rotary"
    assert (issuer["name"], issuer["url"]) == ("Rotary Club", "https://rotary.example")


def test_it_says_when_the_event_was_if_somebody_has_said_so(
    public: Installation, event_id: int, ana: int
):
    first = credential(public, ana)
    assert "activityStartDate" not in first["credentialSubject"]
    with public.database.writing(by=AT_THE_MACHINE) as session:
        event = event_for_change(session, event_id)
        event.time_zone = "Asia/Shanghai"
        set_days(event, date(2026, 11, 27), date(2026, 11, 28))
    # What was signed stays as it is.
    assert credential(public, ana) == first
    act_on(public, ana, Withdraw, "Was not there")
    act_on(public, ana, UndoWithdrawal)
    second = credential(public, ana)
    subject, kept = second["credentialSubject"], Own(public)
    assert subject["activityStartDate"] == "2026-11-27T00:00:00+08:00"
    assert subject["activityEndDate"] == "2026-11-28T23:59:59+08:00"
    assert judge(second, kept.key, kept.list, datetime.now(UTC)).result is Result.GOOD
    changed = json.loads(json.dumps(second).replace("2026-11-27", "2026-11-26"))
    assert judge(changed, kept.key, kept.list, datetime.now(UTC)).result is Result.BAD


def test_a_retired_key_goes_on_verifying_and_a_leaked_one_does_not(public: Installation, ana: int):
    first = credential(public, ana)
    with public.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, public.seal, issuer)
        assert [one[-1] for one in issuers.public_keys(session, issuer)] == ["1", "2"]
    assert credential(public, ana) == first
    with public.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, public.seal, issuer, leaked=True)
        [known] = issuers.public_keys(session, issuer).values()
        kept = [one.sealed_private_key is None for one in issuers.keys_of(session, issuer)]
    assert kept == [True, True, False]
    second = credential(public, ana)
    assert not proofs.is_signed(first, known)
    assert proofs.is_signed(second, known)
    # At the same address, about the same person.
    assert (second["id"], second["credentialSubject"]) == (first["id"], first["credentialSubject"])


def test_signing_keys_are_sealed_and_sealed_anew(public: Installation, ana: int):
    credential(public, ana)
    with public.database.reading() as session:
        [sealed] = session.scalars(select(IssuerKey.sealed_private_key)).all()
    assert sealed is not None
    assert sealed.startswith("siv:")
    old_key = (public.settings.data_dir / "secret.key").read_text().strip()
    both, new = Seal(["a new key", old_key]), Seal(["a new key"])
    assert count_lost(public.database, new) > 0
    assert rotate_keys(public.database, both)["keys"] >= 2
    assert count_lost(public.database, new) == 0
    with public.database.reading() as session:
        [key] = session.scalars(select(IssuerKey)).all()
        assert issuers.opened(new, key)


def test_a_key_that_was_lost_is_followed_by_another(public: Installation, ana: int):
    """As after restoring a backup without the keys that sealed it."""
    first = credential(public, ana)
    with public.database.writing() as session:
        session.execute(update(IssuerKey).values(sealed_private_key=None))
    assert credential(public, ana) == first
    [kept] = credentials_of(public, ana)
    assert not bit_of(public, kept)
    with public.database.reading() as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        names = [one[-1] for one in issuers.public_keys(session, issuer)]
    assert names == ["1", "2"]


def test_states_of_many_are_told_and_nothing_else(public: Installation, ana: int):
    with public.database.reading() as session:
        public_id = session.get_one(Certificate, ana).public_id
        told = states.states_of(session, [public_id, "nobody"])
    assert told == {public_id: State.VALID, "nobody": State.UNKNOWN}


def test_people_who_leave_take_their_credentials_along(public: Installation, ana: int):
    """As when an event begins for real."""
    kept = credentials_of_signed(public, ana)
    with public.database.writing() as session:
        stored.remove(session, select(Certificate.id).where(Certificate.id == ana))
    assert credentials_of(public, ana) == []
    assert bit_of(public, kept)
