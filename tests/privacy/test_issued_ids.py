"""What was handed out is never denied: an id that was issued is known for ever, and nothing else of
it once its event, or its person, is gone."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import httpx
import pytest
from sqlalchemy import select, update

from shared.acts.remove import remove
from shared.acts.run import apply_to
from shared.acts.withdraw import Withdraw
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.features.credentials import stored
from shared.features.credentials.models import Credential, StatusList
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.deletion import delete_event, remove_deleted
from shared.privacy.erasure import erase_person
from shared.storage.models import Certificate, Event, IssuedId, Owner, Volunteer
from tests.support.acting import of
from tests.support.api_server import api, server_url
from tests.support.credentials import bit_of, credentials_of
from tests.support.factories import small_picture
from tests.support.issued_for_real import issue_for_real, made_public
from tests.support.one_database import database_url
from tests.support.submitting import submit_name
from tests.support.whole_events import furnish

__all__ = ["api", "database_url", "server_url"]

PEOPLE = "email,number,Hours,Badge\nana@example.org,HR-7,39.5,B-12\nbo@example.org,HR-8,3,B-1"
# Whose it was, and of which event.
TOLD = ("Ana Silva", "HR-7", "39.5", "Harbour Run", "example.org")


@pytest.fixture
def installation(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def issued(installation: Installation, event_id: int) -> list[int]:
    """Ana's certificate and Bo's, both signed."""
    made = issue_for_real(installation, event_id, PEOPLE)
    assert len(stored.all_served(installation, made)) == 2
    return made


@pytest.fixture
def ana(installation: Installation, issued: list[int]) -> str:
    return public_id_of(installation, issued[0])


def public_id_of(installation: Installation, certificate_id: int) -> str:
    with installation.database.reading() as session:
        return session.get_one(Certificate, certificate_id).public_id


def delete(installation: Installation, event_id: int, *, withdraws: bool = False) -> None:
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        delete_event(session, event, event.name, withdraws=withdraws)


def sweep(installation: Installation) -> None:
    assert remove_deleted(installation.database) == 1


def today() -> str:
    return datetime.now().astimezone().date().isoformat()


def told(api: httpx.Client, public_id: str) -> dict:
    """What programs are told, the same in both of their calls."""
    answer = api.get(f"/verify/{public_id}", headers={"Accept": "application/json"}).json()
    [state] = api.post("/verify", json={"ids": [public_id]}).json()["states"].values()
    assert state == answer["state"]
    del answer["checked"]
    return answer


# At once after the press, and once the worker has removed all rows.
MOMENTS = pytest.mark.parametrize("moment", [lambda _: None, sweep], ids=["at once", "later"])
Moment = Callable[[Installation], None]


@MOMENTS
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "This certificate was issued here",
                "The organizer deleted the event on",
                "It is valid",
            ),
        ),
        ("zh", ("这张证书由本站签发", "主办方已", "仍然有效")),
    ],
)
def test_of_a_deleted_event_the_page_says_that_it_was_issued_and_counts(
    api: httpx.Client,
    installation: Installation,
    event_id: int,
    ana: str,
    moment: Moment,
    language: str,
    said: tuple[str, ...],
) -> None:
    delete(installation, event_id)
    moment(installation)
    page = api.get(f"/verify/{ana}", params={"lang": language})
    assert page.status_code == 200
    for words in said:
        assert words in page.text
    for known in TOLD:
        assert known not in page.text
    # Where what was signed is shown to whoever has it.
    assert 'action="../verify/file' in page.text


@MOMENTS
def test_programs_read_its_state_and_when_its_event_was_deleted(
    api: httpx.Client, installation: Installation, event_id: int, ana: str, moment: Moment
) -> None:
    assert told(api, ana)["event_deleted"] is None
    delete(installation, event_id)
    moment(installation)
    with installation.database.reading() as session:
        [kept] = session.scalars(select(IssuedId.event_deleted).distinct()).all() or [None]
    known = told(api, ana)
    day = date.fromisoformat(known.pop("event_deleted"))
    assert kept in (None, day)
    assert known == {"state": "valid", "facts": {}, "credential": None}
    for path, accepted in (
        (f"/verify/{ana}", "application/vc"),
        (f"/verify/{ana}.json", "*/*"),
        (f"/verify/{ana}/card.jpg", "*/*"),
        (f"/verify/{ana}/void.jpg", "*/*"),
        *((f"/certificates/{ana}.{form}", "*/*") for form in ("jpg", "png", "pdf")),
        (f"/certificates/{ana}.pdf", "text/html"),
    ):
        answer = api.get(path, headers={"Accept": accepted})
        assert answer.status_code == 410, path
        for one in TOLD:
            assert one not in answer.text


def test_the_file_that_people_have_is_good_and_leads_to_the_same_answer(
    api: httpx.Client, installation: Installation, event_id: int, issued: list[int], ana: str
) -> None:
    file = stored.served(installation, issued[0])
    assert file
    delete(installation, event_id)
    sweep(installation)
    answer = api.post("/verify/file", params={"lang": "en"}, files={"file": ("x", file)})
    assert "Signed and valid" in answer.text
    assert "Ana Silva" in answer.text
    assert f"/verify/{ana}?lang=en" in answer.text


@MOMENTS
@pytest.mark.parametrize("is_signed", [True, False])
def test_whoever_withdraws_all_with_the_event_withdraws_the_pages_too(
    api: httpx.Client, installation: Installation, event_id: int, is_signed: bool, moment: Moment
) -> None:
    made, _ = issue_for_real(installation, event_id, PEOPLE)
    if is_signed:
        assert stored.served(installation, made)
    public_id = public_id_of(installation, made)
    delete(installation, event_id, withdraws=True)
    moment(installation)
    assert told(api, public_id)["state"] == "withdrawn"
    page = api.get(f"/verify/{public_id}", params={"lang": "en"}).text
    assert "This certificate was withdrawn" in page
    assert "It counts" not in page


def test_what_became_of_each_before_is_told_afterwards(
    api: httpx.Client, installation: Installation, event_id: int
) -> None:
    people = "\n".join(f"{one}@example.org,{one},1,-" for one in ("a", "b", "c", "d", "e"))
    made = issue_for_real(installation, event_id, f"email,number,Hours,Badge\n{people}")
    ids = [public_id_of(installation, one) for one in made]
    stands, withdrawn, corrected, erased, never_sent = made
    stored.all_served(installation, made)
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, withdrawn).volunteer
        apply_to(session, Withdraw(of(person.id), "Was not there"), person)
        owner = session.get_one(Certificate, corrected).volunteer
        token = installation.seal.open_token(owner.token or "")
        submit_name(session, installation.settings, installation.seal, token, "Cy")
        gone = session.get_one(Certificate, erased).volunteer
        at = session.get_one(Certificate, stands).created_at
        taken = update(Certificate).where(Certificate.id == never_sent)
        session.execute(taken.values(taken_back_at=at, replaced_at=at))
    erase_person(installation.database, installation.seal, gone, AT_THE_MACHINE)
    before = [told(api, one)["state"] for one in ids]
    assert before == ["valid", "withdrawn", "replaced", "erased", "never_sent"]
    statuses = [api.get(f"/verify/{one}").status_code for one in ids]
    delete(installation, event_id)
    for moment in (None, sweep):
        if moment:
            moment(installation)
        assert [told(api, one)["state"] for one in ids] == before
        assert [api.get(f"/verify/{one}").status_code for one in ids] == statuses
    with installation.database.reading() as session:
        assert session.scalars(select(Certificate.id)).all() == []


def test_who_is_removed_with_all_leaves_a_withdrawn_certificate(
    api: httpx.Client, installation: Installation, issued: list[int], ana: str
) -> None:
    file = stored.served(installation, issued[0])
    [credential] = credentials_of(installation, issued[0])
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, issued[0]).volunteer
        remove(session, person, with_all=True)
    assert bit_of(installation, credential)
    assert told(api, ana) == {
        "state": "withdrawn",
        "facts": {},
        "credential": None,
        "event_deleted": None,
    }
    page = api.get(f"/verify/{ana}", params={"lang": "en"})
    assert page.status_code == 200
    assert "This certificate was withdrawn" in page.text
    assert "Ana" not in page.text
    assert file
    answer = api.post("/verify/file", params={"lang": "en"}, files={"file": ("x", file)})
    assert "It was signed, and is no longer valid" in answer.text
    # Of the others nothing has changed.
    assert told(api, public_id_of(installation, issued[1]))["state"] == "valid"


def test_a_deletion_that_is_interrupted_goes_on_and_forgets_no_id(
    installation: Installation, event_id: int, issued: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = installation.database
    ids = {public_id_of(installation, one) for one in issued}
    delete(installation, event_id)
    for left in (0, 1, 2, 3, 5, 8):
        # After so many turns.
        with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
            patched.setattr(database, "look_at_growth", dying_after(left))
            remove_deleted(database)
        with database.reading() as session:
            there = set(session.scalars(select(Certificate.public_id)))
            kept = set(session.scalars(select(IssuedId.public_id)))
        assert there | kept == ids
    remove_deleted(database)
    with database.reading() as session:
        assert session.get(Event, event_id) is None
        assert set(session.scalars(select(IssuedId.public_id))) == ids


def dying_after(turns: int) -> Callable[[int], None]:
    """What a turn ends with, until so many of them."""
    left = iter(range(turns))

    def look(_: int) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    return look


def test_a_rehearsal_leaves_nothing(installation: Installation, event_id: int) -> None:
    furnish(installation, event_id, small_picture(), "a" * 64)
    delete(installation, event_id)
    sweep(installation)
    with installation.database.reading() as session:
        assert session.scalars(select(IssuedId.public_id)).all() == []


def test_what_is_kept_says_neither_whose_it_was_nor_of_which_event(
    installation: Installation, event_id: int, issued: list[int]
) -> None:
    with installation.database.reading() as session:
        signed = select(Credential.index, StatusList.id).join(StatusList)
        places = {tuple(row) for row in session.execute(signed)}
    delete(installation, event_id)
    sweep(installation)
    table = IssuedId.__table__
    names = {"public_id", "state", "day", "event_deleted", "status_list_id", "index"}
    assert set(table.columns.keys()) == names
    assert not table.foreign_keys
    with installation.database.reading() as session:
        kept = session.scalars(select(IssuedId)).all()
        assert {(one.index, one.status_list_id) for one in kept} == places
        assert session.scalars(select(Volunteer.id)).all() == []


def test_what_was_thanked_for_stays_with_its_picture(
    api: httpx.Client, installation: Installation, event_id: int, issued: list[int]
) -> None:
    made = json.loads(stored.served(installation, issued[0]) or b"")
    thanked = made["credentialSubject"]["achievement"]
    paths = [one["id"].partition("/certs")[2] for one in (thanked, thanked["image"])]
    before = [api.get(path).raise_for_status().content for path in paths]
    delete(installation, event_id)
    assert [api.get(path).content for path in paths] == before
    sweep(installation)
    assert [api.get(path).content for path in paths] == before


@pytest.mark.parametrize(
    ("language", "said"), [("en", "certificate is known here"), ("zh", "没有记录")]
)
def test_an_unknown_id_is_never_said_not_to_have_been_issued(
    api: httpx.Client, installation: Installation, language: str, said: str
) -> None:
    for path in ("/verify/AAAAAAAAAAAAAAAAAAAAAA",):
        answer = api.get(path, params={"lang": language})
        assert answer.status_code == 404
        assert said in answer.text
        for denied in ("No certificate was issued", "There is no such certificate", "没有签发"):
            assert denied not in answer.text
    with installation.database.writing() as session:
        session.get_one(Owner, 1).unknown_times = [
            ["2026-11-20 08:30:00", "2026-11-21 17:05:00"],
        ]
    answer = api.get("/verify/AAAAAAAAAAAAAAAAAAAAAA", params={"lang": language})
    for moment in ("08:30", "17:05"):
        assert moment in answer.text


def test_an_event_that_was_never_live_has_records_of_what_was_passed_on(
    installation: Installation, event_id: int
) -> None:
    """As printed and handed over, without any mail account."""
    furnish(installation, event_id, small_picture(), "a" * 64)
    with installation.database.writing() as session:
        session.get_one(Event, event_id).live_at = None
        session.execute(update(Volunteer).values(passed_on_at=datetime.now().astimezone()))
    delete(installation, event_id)
    sweep(installation)
    with installation.database.reading() as session:
        assert session.scalars(select(IssuedId.state)).all() == ["valid"]
