"""Another way to hand messages over is a class and a row: this file, which no other knows."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from shared.acts.go_live import check_and_go_live
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import Kind
from shared.mail.queue.standing import Standing, of_sending
from shared.mail.transport.outcome import HELD_BACK, Outcome
from shared.mail.transport.protocol import Account, Service, Transport, TransportKind, Way
from shared.mail.transport.providers import SendingLimits
from shared.mail.transport.transports import TRANSPORTS
from shared.mail.transport.verdicts import finding_of
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Phase,
    Problem,
    SendingAccount,
    Status,
    Verdict,
    Volunteer,
)
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.console_screens import Open, fill, opener, press
from tests.support.lists import read_call
from tests.support.mailing import pass_time, wait_until, working
from tests.support.sending_steps import submit
from tests.support.smtp_sink import self_signed

KEY = "key-of-the-post-office"
# The last one lets the account rest.
ADDRESSES = ["ana@example.org", "refused@example.org", "bo@example.org", "lost@example.org"]
LIMITS = SendingLimits(per_minute=5, per_day=1000, connections=2)
ADVICE = {"post office: closed": "The post office is closed. It opens again by itself."}


class PostOffice:
    """A service over HTTPS that takes messages as JSON from whoever shows its key."""

    def __init__(self, folder: Path) -> None:
        self.received: list[tuple[str, EmailMessage]] = []
        self.is_closed = False
        certificate, secret = self_signed()
        self.authority = folder / "post-office.pem"
        self.authority.write_bytes(certificate)
        both = folder / "post-office.both"
        both.write_bytes(certificate + secret)
        office = self

        class Counter(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, words = office.answer(self.headers["Authorization"], said)
                if not status:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Length", str(len(words)))
                self.end_headers()
                self.wfile.write(words.encode())

            def log_message(self, *_: object) -> None:
                """Not to the tests' output."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, key: str, said: dict[str, str]) -> tuple[int, str]:
        if key != f"Key {KEY}":
            return 401, "who are you?"
        if "to" not in said:
            return 200, "at your service"
        if self.is_closed:
            return 429, "closed"
        if said["to"].startswith("refused"):
            return 404, "Some mail servers refuse them"
        message = message_from_bytes(said["message"].encode(), policy=default)
        assert isinstance(message, EmailMessage)
        self.received.append((said["to"], message))
        return (0, "") if said["to"].startswith("lost") else (201, "taken")

    def to(self, recipient: str) -> list[EmailMessage]:
        return [message for to, message in self.received if to == recipient]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class PostTransport(Transport):
    """Hands messages over to the post office."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._client = httpx2.Client(
            base_url=account.service_url,
            headers={"Authorization": f"Key {account.password}"},
            verify=ssl.create_default_context(),
            timeout=account.timeout,
        )

    def deliver(
        self, message: bytes, recipient: str, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        if not before_content():
            return HELD_BACK
        return self._post({"to": recipient, "message": message.decode("ascii")})

    def check(self) -> list[Finding]:
        outcome = self._post({})
        if outcome.verdict is Verdict.SENT:
            return [Finding(Level.GREEN, "Mail account", "The post office knows the key.")]
        return [finding_of(self._account, outcome, ADVICE)]

    def close(self) -> None:
        self._client.close()

    def is_open(self) -> bool:
        return not self._client.is_closed

    def _post(self, said: dict[str, str]) -> Outcome:
        with suppress(httpx2.HTTPError):
            answer = self._client.post("/messages", json=said)
            verdict = {
                401: Verdict.NEEDS_OPERATOR,
                404: Verdict.REJECTED,
                429: Verdict.PAUSE,
            }.get(answer.status_code, Verdict.SENT)
            words = f"post office: {answer.text}"
            return Outcome(verdict, Phase.CONTENT, answer.status_code, words)
        return Outcome(Verdict.UNSURE, Phase.CONTENT, None, "post office: no answer")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """It is open, and nothing but its row says that this program knows it."""
    office = PostOffice(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(office.authority))
    row = TransportKind(
        "post",
        PostTransport,
        Service(lambda settings: office.url, LIMITS),
        (Way("With a key of the post office", "It hands out keys.", secret="Key"),),
        advice=ADVICE,
    )
    monkeypatch.setitem(TRANSPORTS, row.name, row)
    yield office
    office.close()


@pytest.fixture
def open_here(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(installation, monkeypatch)


def choose_it(open_here: Open, event_id: int, key: str = KEY) -> AppTest:
    """An organizer enters the account in the console's form."""
    screen = open_here("account", event_id)
    fill(screen, "Mail address or user name", "thanks@example.org")
    if any(one.label == "Continue" for one in screen.button):
        press(screen, "Continue")
    box = next(one for one in screen.selectbox if one.label == "How to sign in")
    box.select_index(box.options.index("With a key of the post office")).run()
    labels = [one.label for one in (*screen.text_input, *screen.checkbox)]
    assert not {"Server", "No password needed"} & set(labels)
    fill(screen, "Key", key)
    return press(screen, "Check and save")


def shown(screen: AppTest) -> str:
    return "\n".join(one.value for one in (*screen.success, *screen.error, *screen.warning))


def account_of(installation: Installation, event_id: int) -> SendingAccount:
    with installation.database.reading() as session:
        found = session.get_one(Event, event_id).account
        assert found is not None
        return found


def standing(installation: Installation, event_id: int) -> tuple[Standing, str]:
    with installation.database.reading() as session:
        state = of_sending(session, session.get_one(Event, event_id), "en")
        return state.standing, state.cure


def invite_all(installation: Installation, event_id: int, addresses: list[str] = ADDRESSES) -> None:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        roster.add_volunteers(session, event, read_call("\n".join(addresses)))
        queue_invitations(session, installation.seal, event)


def states(installation: Installation, kind: Kind) -> list[MailState]:
    with installation.database.reading() as session:
        found = select(Mail.state).where(Mail.kind == kind.name).order_by(Mail.volunteer_id)
        return list(session.scalars(found))


def test_it_is_chosen_in_the_form_checked_and_carries_a_whole_event(
    installation: Installation, event_id: int, office: PostOffice, open_here: Open
) -> None:
    screen = choose_it(open_here, event_id)
    assert "The post office knows the key." in shown(screen)
    assert "mails are sent from" in shown(screen)
    account = account_of(installation, event_id)
    assert (account.transport, account.host, account.by_token) == ("post", "localhost", False)
    assert (account.per_minute, account.per_day, account.connections) == (5, 1000, 2)

    with installation.database.writing() as session:
        session.get_one(Event, event_id).ask_when_unsure = True
    invite_all(installation, event_id)
    fared = [MailState.SENT, MailState.FAILED, MailState.SENT, MailState.UNSURE]
    with working(installation):
        wait_until(lambda: states(installation, INVITATION) == fared)
        submit(installation, event_id, "Ana Silva")
        # The account rests after the mail whose outcome is unknown.
        pass_time(installation.database, timedelta(minutes=2))
        wait_until(lambda: states(installation, CERTIFICATE) == [MailState.SENT])

    invitation, certificate = office.to("ana@example.org")
    assert "http://127.0.0.1:8000/" in str(invitation)
    assert "image/jpeg" in [part.get_content_type() for part in certificate.walk()]
    assert office.to("refused@example.org") == []
    assert len(office.to("lost@example.org")) == 1
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
        (Status.INVITED, None),
        (Status.NEW, Problem.UNKNOWN_OUTCOME),
    ]
    assert sorted(ledger, key=lambda line: line.address) == [
        ("ana@example.org", Verdict.SENT, Phase.CONTENT, 201),
        ("ana@example.org", Verdict.SENT, Phase.CONTENT, 201),
        ("bo@example.org", Verdict.SENT, Phase.CONTENT, 201),
        ("lost@example.org", Verdict.UNSURE, Phase.CONTENT, None),
        ("refused@example.org", Verdict.REJECTED, Phase.CONTENT, 404),
    ]


def test_a_wrong_key_is_refused_in_its_own_words_and_nothing_is_live(
    installation: Installation, event_id: int, office: PostOffice, open_here: Open
) -> None:
    assert "who are you?" in shown(choose_it(open_here, event_id, "another"))
    with installation.database.reading() as session:
        assert session.get_one(Event, event_id).live_at is None
    screen = choose_it(open_here, event_id)
    assert "The post office knows the key." in shown(screen)


def test_its_pauses_and_its_budget_are_kept_as_others_are(
    installation: Installation, event_id: int, office: PostOffice, open_here: Open
) -> None:
    choose_it(open_here, event_id)
    office.is_closed = True
    invite_all(installation, event_id, [f"v{number}@example.org" for number in range(8)])
    with working(installation):
        wait_until(lambda: standing(installation, event_id)[0] is Standing.PAUSED)
        assert standing(installation, event_id)[1] == next(iter(ADVICE.values()))
        assert office.received == []
        # What is in hand gets the same answer, which after the pause would make a longer one.
        wait_until(lambda: set(states(installation, INVITATION)) == {MailState.QUEUED})
        office.is_closed = False
        began = time.monotonic()
        pass_time(installation.database, timedelta(minutes=2))
        wait_until(lambda: standing(installation, event_id)[0] is Standing.SPENT)
        # The last of them may still be on its way.
        wait_until(lambda: len(office.received) >= LIMITS.per_minute)
        received = len(office.received)
        assert received <= LIMITS.per_minute * (1 + (time.monotonic() - began) / 60)
        pass_time(installation.database, timedelta(minutes=2))
        wait_until(lambda: set(states(installation, INVITATION)) == {MailState.SENT})
    assert len(office.received) == 8


def test_back_at_a_mail_server_nothing_is_left_of_it(
    installation: Installation, event_id: int, office: PostOffice, open_here: Open
) -> None:
    screen = choose_it(open_here, event_id)
    box = next(one for one in screen.selectbox if one.label == "How to sign in")
    box.select_index(0).run()
    fill(screen, "Server", "smtp.example.org")
    fill(screen, "Password", "secret")
    press(screen, "Check and save")
    account = account_of(installation, event_id)
    assert (account.transport, account.host, account.port) == ("smtp", "smtp.example.org", 465)


def test_what_no_transport_carries_waits_for_a_person_and_says_so(
    installation: Installation, event_id: int, office: PostOffice, open_here: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    choose_it(open_here, event_id)
    monkeypatch.delitem(TRANSPORTS, "post")
    invite_all(installation, event_id)
    with working(installation):
        wait_until(lambda: account_of(installation, event_id).needs_fixing)
    assert check_and_go_live(installation, event_id).level is Level.RED
    assert "is not known to this version" in account_of(installation, event_id).trouble_text
    assert office.received == []
    assert states(installation, INVITATION) == [MailState.QUEUED] * len(ADDRESSES)
    open_here("account", event_id)
