"""A new kind of message is a folder: nothing else in the program has to know of it."""

import logging

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from shared.acts.queue_kind import QueueKind
from shared.acts.retry import Retry
from shared.acts.run import apply
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.mail.kinds import registry
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue.enqueue import resend_invitation
from shared.preflight.flight_check import check_texts
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState, Problem, Status, Volunteer
from shared.volunteers.people.progress import event_progress, history
from shared.worker.composing import BROUGHT
from tests.support.console_screens import Open, fill, mails, press, read, undisturbed
from tests.support.factories import add, design, invite
from tests.support.mailing import send_through, statuses, wait_until, working
from tests.support.plain_sink import sink
from tests.support.sending_steps import NOBODY, SENT, claim, settle, submit
from tests.support.smtp_sink import SmtpSink
from tests.support.thanks import THANKS
from tests.support.whole_tables import ledger

__all__ = ["sink"]

ANA = "ana@example.org"


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program has the kind while a test lasts."""
    monkeypatch.setitem(registry._known, THANKS.name, THANKS)
    monkeypatch.setitem(BROUGHT, THANKS.name, BROUGHT[INVITATION.name])


@pytest.fixture
def thanked(installation: Installation, event_id: int) -> int:
    """An event in which Ana has got her certificate, and Bo has not answered."""
    design(installation.database, event_id)
    add(installation.database, event_id, f"{ANA}\nbo@example.org")
    invite(installation, event_id)
    submit(installation, event_id, "Ana Lima")
    while claimed := claim(installation.database):
        for mail in claimed:
            settle(installation.database, mail, SENT)
    assert statuses(installation.database) == [Status.MAILED, Status.INVITED]
    return event_id


def of_kind(database: Database, event_id: int) -> list[Mail]:
    return [mail for mail in mails(database, event_id) if mail.kind == THANKS.name]


def choose_mail(screen: AppTest, name: str) -> AppTest:
    return undisturbed(screen.pills[0].set_value(name).run())


def queue_thanks(database: Database, event_id: int) -> int:
    with database.writing() as session:
        event = event_for_change(session, event_id)
        everybody = session.scalars(select(Volunteer.id)).all()
        return apply(session, QueueKind(THANKS.name), event.id, everybody).done


def test_it_is_written_sent_counted_and_found_again(
    open_screen: Open, installation: Installation, thanked: int, sink: SmtpSink, known: None
) -> None:
    database = installation.database
    with database.writing() as session:
        send_through(session, session.get_one(Event, thanked), sink)
    write_own_text(open_screen, database, thanked)
    screen = press(open_screen("send", thanked), "Send to 1 person")
    assert [mail.state for mail in of_kind(database, thanked)] == [MailState.QUEUED]
    assert "Send to 1 person" not in [button.label for button in screen.button]
    assert any("Thank-yous to go: 1" in one.value for one in screen.markdown)
    with working(installation):
        wait_until(lambda: of_kind(database, thanked)[0].state is MailState.SENT)
    [received] = sink.received
    assert sink.recipients() == [ANA]
    assert received.message["Subject"] == "Well done, Ana Lima"
    assert "/certificate?token=" in received.message.get_body(("plain",)).get_content()
    look_back(database, thanked)


def write_own_text(open_screen: Open, database: Database, event_id: int) -> None:
    screen = choose_mail(open_screen("messages", event_id), THANKS.name)
    fill(screen, "Subject", "Well done, {name}")
    press(undisturbed(screen.run()), "Use this text")
    assert read(database, event_id).wording[THANKS.name]["subject"] == "Well done, {name}"


def look_back(database: Database, event_id: int) -> None:
    """In the counts, in Ana's history, and in the table of mails; her status is what it was."""
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        progress = event_progress(session, event)
        assert progress.mails[THANKS.name, MailState.SENT] == 1
        assert set(progress.all_to_go.values()) == {0}
        ana = session.scalars(select(Volunteer).where(Volunteer.email == ANA)).one()
        assert ana.status is Status.MAILED
        assert [moment.what for moment in history(session, ana)][-2:] == [
            "Thank-you queued",
            "Thank-you accepted by the mail server for {address}",
        ]
        table = ledger(session, event)
        rows = table[table["kind"] == THANKS.name]
        assert rows[["address", "state", "verdict"]].to_numpy().tolist() == [[ANA, "sent", "sent"]]


def test_nobody_gets_it_twice_unless_it_was_taken_back(
    open_screen: Open, installation: Installation, thanked: int, known: None
) -> None:
    database = installation.database
    assert queue_thanks(database, thanked) == 1
    assert queue_thanks(database, thanked) == 0
    press(open_screen("send", thanked), "Yes, take back 1 message")
    assert queue_thanks(database, thanked) == 1
    versions = [(mail.version, mail.state) for mail in of_kind(database, thanked)]
    assert versions == [(1, MailState.CANCELLED), (2, MailState.QUEUED)]


def test_it_is_dropped_when_time_has_overtaken_it(
    installation: Installation, thanked: int, known: None
) -> None:
    database = installation.database
    queue_thanks(database, thanked)
    with database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.INVITED))
    assert claim(database) == []
    assert [mail.state for mail in of_kind(database, thanked)] == [MailState.CANCELLED]


def test_when_it_is_refused_the_organizer_sees_it_and_can_send_it_again(
    open_screen: Open, installation: Installation, thanked: int, known: None
) -> None:
    database = installation.database
    queue_thanks(database, thanked)
    [mail] = claim(database)
    settle(database, mail, NOBODY)
    with database.reading() as session:
        problems = session.scalars(select(Volunteer.problem).order_by(Volunteer.id)).all()
    assert problems == [Problem.REFUSED_ADDRESS, None]
    screen = open_screen("send", thanked)
    assert screen.dataframe[-1].value["Mail"].tolist() == ["Thank-you"]
    with database.writing() as session:
        assert apply(session, Retry(), thanked).done == 1
    [mail] = claim(database)
    settle(database, mail, SENT)
    with database.reading() as session:
        assert set(session.scalars(select(Volunteer.problem))) == {None}


def test_before_it_is_sent_its_text_is_checked(
    installation: Installation, event_id: int, known: None
) -> None:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.wording = {THANKS.name: {"subject": "", "body": "Thank you, {website}."}}
        said = [finding.said("en") for finding in check_texts(event)]
    assert "The thank-you does not say where {link} goes." in said


def test_what_nobody_knows_stays_in_the_queue_and_holds_nobody_up(
    installation: Installation,
    thanked: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    database = installation.database
    with monkeypatch.context() as newer:
        newer.setattr(registry, "_known", {**registry._known, THANKS.name: THANKS})
        queue_thanks(database, thanked)
    with database.writing() as session:
        bo = session.scalars(select(Volunteer).where(Volunteer.email != ANA)).one()
        resend_invitation(session, installation.seal, bo)
        ana = session.scalars(select(Volunteer).where(Volunteer.email == ANA)).one()
        with pytest.raises(ProductError, match="thanks"):
            history(session, ana)
    with caplog.at_level(logging.ERROR):
        assert [mail.kind for mail in claim(database)] == [INVITATION]
        assert claim(database) == []
    assert [record.getMessage() for record in caplog.records] == [
        f"event {thanked}: 1 messages of the unknown kind 'thanks' stay queued"
    ]
    assert [(m.state, m.tries) for m in of_kind(database, thanked)] == [(MailState.QUEUED, 0)]
