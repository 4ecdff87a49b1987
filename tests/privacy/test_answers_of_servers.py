"""Servers repeat addresses wherever they like; erased people are named in no stored answer."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from shared.addresses import address_on_the_wire
from shared.events.installation import Installation
from shared.features.returned_mail.decision import Decision
from shared.features.returned_mail.recipient import BounceVerdict
from shared.features.returned_mail.settling import settle_reports
from shared.log.actor import AT_THE_MACHINE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import enqueue
from shared.mail.transport.outcome import Outcome
from shared.privacy.erasure import erase_person, find_person
from shared.storage.models import (
    Event,
    Mail,
    Phase,
    RehearsalMail,
    SendingAccount,
    Verdict,
    Volunteer,
)
from tests.support import factories
from tests.support.sending_steps import add_account, claim, settle
from tests.support.traces import traces

PEOPLE = {
    # As it is listed: in which forms servers repeat it.
    "Zerafina.Quill@erase-me.example": (
        "ZERAFINA.quill@Erase-Me.Example",
        "zerafina=2Equill=40erase-me.example",
        "zerafina.quill+40erase-me.example",
    ),
    "zera@bücher-erased.example": (
        "Zera@bücher-erased.example",
        "zera@xn--bcher-erased-9db.example",
    ),
    "采拉@例子.中国": ("采拉@例子.中国", "采拉@xn--fsqu00a.xn--fiqs8s"),
}


@pytest.fixture(params=PEOPLE)
def zera(request: pytest.FixtureRequest, installation: Installation, event_id: int) -> str:
    """Her address, which servers repeat in what they say of her mail, of another's, of neither."""
    address, database = request.param, installation.database
    factories.add(database, event_id, f"{address}\nother@example.org")
    add_account(database, event_id)
    factories.invite(installation, event_id)
    hers, others = sorted(claim(database), key=lambda mail: mail.address == "other@example.org")
    said = " ".join(f"<{form}>: unknown" for form in PEOPLE[address])
    settle(database, hers, Outcome(Verdict.REJECTED, Phase.RCPT, 550, f"5.1.1 {said}"))
    settle(database, others, Outcome(Verdict.PAUSE, Phase.RCPT, 421, f"4.7.0 slower {said}"))
    with database.writing() as session:
        other = session.get_one(Mail, others.mail_id)
        report = Decision(
            BounceVerdict.SOFT, (), other.id, other.address, "", 450, f"rfc822;{said}", "key"
        )
        assert settle_reports(session, installation.seal, [report]) == 1
        account = session.scalars(select(SendingAccount)).one()
        assert "slower <…>" in account.trouble_text
        # As a version before this one left it.
        account.trouble_text = f"4.7.0 slower {said}"
    return address


def _erase(installation: Installation, event_id: int, address: str) -> None:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        person = find_person(session, installation.seal, event, address)
    erase_person(installation.database, installation.seal, person, AT_THE_MACHINE)


def _forms(address: str) -> Iterator[str]:
    yield from (address, address_on_the_wire(address), *PEOPLE[address])


def test_no_form_of_the_address_stays_in_any_table(
    installation: Installation, event_id: int, zera: str
):
    assert traces(installation.database, [PEOPLE[zera][0]])
    _erase(installation, event_id, zera.upper())
    installation.database.engine.dispose()
    assert traces(installation.database, _forms(zera)) == []


def test_what_others_were_answered_is_kept_without_her(
    installation: Installation, event_id: int, zera: str
):
    with installation.database.reading() as session:
        other = select(Mail.answer).join(Volunteer).where(Volunteer.email == "other@example.org")
        told = session.scalars(other).one()
    assert "unknown" in told
    assert not any(form.lower() in told.lower() for form in _forms(zera))


def test_tests_and_rehearsals_go_however_her_address_was_typed(
    installation: Installation, event_id: int, zera: str
):
    database, typed = installation.database, zera.upper()
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        test = enqueue.queue_test_mail(session, event, INVITATION, typed)
        for recipient in map(address_on_the_wire, (test.address, zera)):
            session.add(
                RehearsalMail(event_id=event_id, recipient=recipient, subject="x", content=b"")
            )
        for mail in session.scalars(select(Mail).where(Mail.volunteer_id.is_(None))):
            mail.state = "sent"
    _erase(installation, event_id, zera)
    assert traces(database, _forms(zera)) == []
