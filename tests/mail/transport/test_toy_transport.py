"""Another way to hand messages over is a class and a name: this file, which no other knows."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.acts.go_live import check_and_go_live
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import Kind
from shared.mail.transport.account import Account
from shared.mail.transport.protocol import HELD_BACK, Outcome, Transport
from shared.mail.transport.transports import TRANSPORTS
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Phase,
    Problem,
    Security,
    SendingAccount,
    Status,
    Verdict,
    Volunteer,
)
from shared.volunteers.lists import list_parser
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.mailing import pass_time, wait_until, working
from tests.support.sending_steps import submit

ADDRESSES = ["ana@example.org", "refused@example.org", "lost@example.org", "bo@example.org"]


class FileTransport(Transport):
    """Writes each message into a folder, which the account calls its server."""

    def __init__(self, account: Account) -> None:
        self._folder = Path(account.host)

    def deliver(
        self, message: bytes, recipient: str, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        if recipient.startswith("refused"):
            return Outcome(Verdict.REJECTED, Phase.RCPT, 404, "no folder for this name")
        if not before_content():
            return HELD_BACK
        number = len(list(self._folder.iterdir()))
        (self._folder / f"{number} {recipient}").write_bytes(message)
        if recipient.startswith("lost"):
            return Outcome(Verdict.UNSURE, Phase.CONTENT, None, "the disk went away")
        return Outcome(Verdict.SENT, Phase.CONTENT, 201, "written")

    def check(self) -> list[Finding]:
        if self._folder.is_dir():
            return [Finding(Level.GREEN, "Mail account", "The folder is there.")]
        return [Finding(Level.RED, "Mail account", "There is no such folder.", stops=True)]

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def folder(
    installation: Installation, event_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Where the event's messages go, as soon as it is live."""
    monkeypatch.setitem(TRANSPORTS, "files", FileTransport)
    folder = tmp_path / "sent"
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.from_address, event.ask_when_unsure = "thanks@example.org", True
        event.account = SendingAccount(
            transport="files", username="thanks", host=str(folder), port=1,
            security=Security.TLS, skip_auth=True,
        )  # fmt: skip
    return folder


def go_live(installation: Installation, event_id: int) -> Finding:
    return check_and_go_live(installation, event_id)


def invite_all(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        roster.add_volunteers(session, event, list_parser.parse("\n".join(ADDRESSES)))
        queue_invitations(session, installation.seal, event)


def states(installation: Installation, kind: Kind) -> list[MailState]:
    with installation.database.reading() as session:
        found = select(Mail.state).where(Mail.kind == kind.name).order_by(Mail.volunteer_id)
        return list(session.scalars(found))


def written(folder: Path, recipient: str) -> list[EmailMessage]:
    files = sorted(folder.glob(f"* {recipient}"), key=lambda file: int(file.name.split()[0]))
    messages = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    assert all(isinstance(message, EmailMessage) for message in messages)
    return messages  # type: ignore[return-value]


def test_a_whole_event_goes_out_through_a_transport_of_its_own(
    installation: Installation, event_id: int, folder: Path
) -> None:
    folder.mkdir()
    assert go_live(installation, event_id).said("en") == "The folder is there."
    invite_all(installation, event_id)
    fared = [MailState.SENT, MailState.FAILED, MailState.UNSURE, MailState.SENT]
    with working(installation):
        wait_until(lambda: states(installation, INVITATION) == fared)
        submit(installation, event_id, "Ana Silva")
        # The account rests after the mail whose outcome is unknown.
        pass_time(installation.database, timedelta(minutes=2))
        wait_until(lambda: states(installation, CERTIFICATE) == [MailState.SENT])

    invitation, certificate = written(folder, "ana@example.org")
    assert "http://127.0.0.1:8000/" in str(invitation)
    assert "image/jpeg" in [part.get_content_type() for part in certificate.walk()]
    assert written(folder, "refused@example.org") == []
    assert len(written(folder, "lost@example.org")) == 1
    with installation.database.reading() as session:
        people = session.execute(
            select(Volunteer.status, Volunteer.problem).order_by(Volunteer.id)
        ).all()
        ledger = session.execute(
            select(Attempt.address, Attempt.verdict, Attempt.phase, Attempt.code)
        ).all()
    assert people == [
        (Status.MAILED, None),
        (Status.NEW, Problem.REFUSED_ADDRESS),
        (Status.NEW, Problem.UNKNOWN_OUTCOME),
        (Status.INVITED, None),
    ]
    assert sorted(ledger, key=lambda line: line.address) == [
        ("ana@example.org", Verdict.SENT, Phase.CONTENT, 201),
        ("ana@example.org", Verdict.SENT, Phase.CONTENT, 201),
        ("bo@example.org", Verdict.SENT, Phase.CONTENT, 201),
        ("lost@example.org", Verdict.UNSURE, Phase.CONTENT, None),
        ("refused@example.org", Verdict.REJECTED, Phase.RCPT, 404),
    ]


def test_an_account_that_its_transport_finds_fault_with_is_not_live(
    installation: Installation, event_id: int, folder: Path
) -> None:
    assert go_live(installation, event_id).said("en") == "There is no such folder."
    with installation.database.reading() as session:
        assert session.get_one(Event, event_id).live_at is None


def test_what_no_transport_carries_waits_for_a_person_and_says_so(
    installation: Installation, event_id: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    go_live(installation, event_id)
    monkeypatch.delitem(TRANSPORTS, "files")
    invite_all(installation, event_id)

    def account() -> SendingAccount:
        with installation.database.reading() as session:
            found = session.get_one(Event, event_id).account
            assert found is not None
            return found

    with working(installation):
        wait_until(lambda: account().needs_fixing)
    assert go_live(installation, event_id).level is Level.RED
    assert "this version of the program" in account().trouble_text
    assert list(folder.iterdir()) == []
    assert states(installation, INVITATION) == [MailState.QUEUED] * len(ADDRESSES)
