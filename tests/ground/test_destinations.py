"""Which networks an organizer may name, and which the owner may."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.destinations import ANYWHERE, PUBLIC, Reach
from shared.errors import DestinationRefused, SettingRefused
from shared.events.installation import Installation
from shared.events.settings import create_event, update_organization
from shared.findings import Finding, Level
from shared.mail.transport.protocol import Account
from shared.mail.transport.smtp import SmtpTransport
from shared.preflight.checks import look_at, preflight
from shared.settings import Settings
from shared.storage.models import Event, Security, SendingAccount, Verdict
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, default_event, server_url
from tests.support.mailing import invite, send_through, statuses, wait_until, working
from tests.support.smtp_sink import SmtpSink, answering, make_tls, trust

__all__ = ["api", "default_event", "server_url"]

# This machine, as it can be written.
THIS_MACHINE = [
    "127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "017700000001",
    "0x7f.1", "0177.0.0.1", "127.0x0.1", "127.255.255.254", "１２７.0.0.1", "127。0。0。1",
    "①②⑦.0.0.1", "localhost", "LOCALHOST", "::1", "::", "::ffff:127.0.0.1", "::ffff:7f00:1",
    "0:0:0:0:0:ffff:127.0.0.1", "::ffff:0.0.0.0",
]  # fmt: skip
# Other networks that are not the public internet, and IPv4 inside of IPv6.
ELSEWHERE = [
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1",
    "192.88.99.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::127.0.0.1", "::ffff:10.0.0.1",
    "192.0.0.9", "192.0.0.255",
    "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::1", "2001:0:4136:e378::1", "fe80::1",
    "fc00::1", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "::ffff:0:7f00:1", "100::1",
]  # fmt: skip


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Nothing but the public internet is open to organizers."""
    return settings.model_copy(update={"trusted_networks": ""})


@pytest.fixture
def organizer(installation: Installation) -> tuple[int, str]:
    """An event and its organizer's token."""
    with installation.database.writing() as session:
        event, token = create_event(session, name="Harbour Run", language="en")
        return event.id, token


@contextmanager
def counting(answer: bytes = b"") -> Iterator[tuple[int, list[Any]]]:
    """A port of this machine, IPv4 and IPv6, and who has connected to it."""
    visitors: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as four:
        port = four.getsockname()[1]
        with socket.create_server(("::1", port), family=socket.AF_INET6) as six:
            for listening in (four, six):
                threading.Thread(
                    target=_receive, args=(listening, visitors, answer), daemon=True
                ).start()
            yield port, visitors
            for listening in (four, six):
                listening.shutdown(socket.SHUT_RDWR)


def _receive(listening: socket.socket, visitors: list[Any], answer: bytes) -> None:
    try:
        while True:
            visitor, address = listening.accept()
            visitors.append(address)
            with visitor:
                visitor.sendall(answer)
    except OSError:
        return


def found(installation: Installation, event_id: int, subject: str, language: str = "en") -> Finding:
    findings = preflight(installation, event_id)
    return next(finding for finding in findings if finding.subject == subject)


def update(api: httpx.Client, token: str, **wanted: Any) -> dict[str, Any]:
    return api.post("/api/updateOrgConfig", json={"token": token, **wanted}).json()


def stored(installation: Installation, event_id: int, change: Callable[[Event], None]) -> None:
    """As something comes into the database that was not judged: before, or by a name."""
    with installation.database.writing() as session:
        change(session.get_one(Event, event_id))


def as_link(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@pytest.mark.parametrize("host", [*THIS_MACHINE, *ELSEWHERE])
def test_no_spelling_of_a_private_address_is_reached(host: str):
    with counting() as (port, visitors):
        with pytest.raises(DestinationRefused):
            PUBLIC.connect(host, port, 1)
        assert visitors == []


@pytest.mark.parametrize("host", ["8.8.8.8", "1.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_the_public_internet_is_open_to_everybody(host: str):
    assert PUBLIC.resolve(host, 465)


def test_a_name_is_asked_for_once_and_only_what_was_judged_is_connected_to():
    """DNS rebinding: the second answer for the same name is in a private network."""
    answers = iter(["127.0.0.2", "127.0.0.1"])

    def ask(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (next(answers), port))]

    reach = Reach((ip_network("127.0.0.2/32"),))
    with counting() as (port, visitors), socket.create_server(("127.0.0.2", port)) as judged:
        with reach.connect("rebound.example", port, 1, ask):
            judged.accept()[0].close()
        assert visitors == []
        with pytest.raises(DestinationRefused):
            reach.connect("rebound.example", port, 1, ask)
        assert visitors == []


def test_of_a_name_with_private_and_public_addresses_only_the_public_are_used():
    both = ["10.0.0.1", "127.0.0.1", "8.8.8.8", "::ffff:10.0.0.1"]
    assert PUBLIC.resolve(
        "x", 25, lambda *_, **__: [("", "", 0, "", (one, 25)) for one in both]
    ) == ["8.8.8.8"]


def test_a_link_of_an_organizer_into_this_machine_is_never_asked(
    installation: Installation, organizer: tuple[int, str]
):
    event_id, _ = organizer
    with counting() as (port, visitors):
        for host in THIS_MACHINE:
            page = as_link(host, port)
            stored(installation, event_id, lambda event: setattr(event, "frontend_url", page))  # noqa: B023
            finding = found(installation, event_id, "Links")
            assert (host, visitors) == (host, [])
            assert finding.level is Level.AMBER
            assert "private network" in finding.said("en"), host


def test_no_redirect_leads_the_look_at_links_elsewhere(
    installation: Installation, organizer: tuple[int, str]
):
    with counting() as (inner, visitors):
        location = f"Location: http://127.0.0.1:{inner}/\r\n".encode()
        answer = b"HTTP/1.1 302 Found\r\n" + location + b"Content-Length: 0\r\n\r\n"
        with counting(answer) as (port, asked):
            page = f"http://127.0.0.1:{port}/"

            def enter(event: Event) -> None:
                event.frontend_url, event.frontend_url_by_owner = page, True

            stored(installation, organizer[0], enter)
            finding = found(installation, organizer[0], "Links")
        assert len(asked) == 1
        assert visitors == []
    assert finding.level is Level.AMBER
    assert "redirects to another address," in finding.said("en")


@pytest.mark.parametrize("host", ["127.1", "localhost"])
def test_a_mail_server_of_an_organizer_in_this_machine_is_never_asked(
    installation: Installation, organizer: tuple[int, str], host: str
):
    with SmtpSink() as sink:
        with installation.database.writing() as session:
            send_through(session, session.get_one(Event, organizer[0]), sink, host=host)
        english = found(installation, organizer[0], "Mail account")
        chinese = found(installation, organizer[0], "Mail account", "zh")
        assert sink.visits == 0
    assert english.level is Level.RED
    assert english.said("en").startswith(f"{host}: This server is in a private network")
    assert "内网" in chinese.said("zh")


def test_the_worker_asks_no_server_out_of_reach_and_waits_for_a_person(
    installation: Installation, organizer: tuple[int, str]
):
    event_id, _ = organizer
    invite(installation, event_id, 5)
    with SmtpSink() as sink:
        with installation.database.writing() as session:
            send_through(session, session.get_one(Event, event_id), sink, host="localhost")
        with working(installation):
            wait_until(lambda: account_of(installation, event_id).needs_fixing)
        assert sink.visits == 0
    assert statuses(installation.database) == [0] * 5


def test_an_events_server_out_of_reach_stops_no_other_event(
    installation: Installation, organizer: tuple[int, str], event_id: int
):
    """Both name the same user and server; the owner has entered it for one of them."""
    invite(installation, organizer[0], 2)
    with SmtpSink() as sink:
        with installation.database.writing() as session:
            send_through(session, session.get_one(Event, organizer[0]), sink)
            send_through(session, session.get_one(Event, event_id), sink, host_by_owner=True)
        with working(installation):
            wait_until(lambda: account_of(installation, organizer[0]).needs_fixing)
        assert not account_of(installation, event_id).needs_fixing
        assert sink.visits == 0


def account_of(installation: Installation, event_id: int) -> SendingAccount:
    with installation.database.reading() as session:
        return session.get_one(Event, event_id).account


def test_an_organizer_is_told_at_once_which_server_is_out_of_reach(
    api: httpx.Client, installation: Installation, organizer: tuple[int, str]
):
    event_id, token = organizer
    for host in ("127.1", "2130706433", "10.0.0.7", "localhost", "0x7f.1", "fc00::1"):
        refusal = update(api, token, username="thanks@example.org", server_address=host)
        assert (refusal["code"], refusal["message"][:15]) == (4, "server_address:"), host
        assert update(api, token, server_address=host)["code"] == 4, "before the user name, too"
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        assert (event.account, event.early_account) == (None, {})


@pytest.mark.parametrize("host", [*THIS_MACHINE, *ELSEWHERE])
def test_an_organizer_is_told_at_once_which_page_is_out_of_reach(host: str):
    event, reach = Event(frontend_url=""), Reach(own_site="http://127.0.0.1:8000")
    with pytest.raises(SettingRefused, match="frontend_url: is in a private network"):
        update_organization(event, frontend_url=as_link(host, 8123), reach=reach)
    assert event.frontend_url == ""


def test_pages_of_this_program_are_open_to_every_organizer(
    api: httpx.Client, installation: Installation, organizer: tuple[int, str], server_url: str
):
    installation.settings.public_url = server_url
    event_id, token = organizer
    assert update(api, token, frontend_url=f"{server_url}/?a=1")["code"] == 0
    assert found(installation, event_id, "Links").level is Level.GREEN


def test_what_the_owner_trusts_is_open_to_every_organizer(
    api: httpx.Client, installation: Installation, organizer: tuple[int, str]
):
    installation.settings.trusted_networks = "127.0.0.0/8"
    event_id, token = organizer
    with SmtpSink() as sink:
        assert use(api, token, sink)["code"] == 0
        assert found(installation, event_id, "Mail account").level is Level.AMBER
        assert sink.visits == 1


def use(api: httpx.Client, token: str, sink: SmtpSink, **more: Any) -> dict[str, Any]:
    account = {"username": "thanks@example.org", "server_address": sink.host}
    plain = {"smtp_port": sink.port, "smtp_ssl": False, "skip_auth": True}
    return update(api, token, **account, **plain, **more)


def test_the_owner_may_use_any_server_until_an_organizer_moves_it(
    api: httpx.Client, installation: Installation, organizer: tuple[int, str]
):
    event_id, token = organizer
    with SmtpSink() as sink:
        assert use(api, OWNER_TOKEN, sink, event=event_id)["code"] == 0
        assert update(api, token, min_second=1, max_second=2)["code"] == 0
        found(installation, event_id, "Mail account")
        assert sink.visits == 1
        refusal = update(api, token, smtp_port=sink.port + 1)
        assert (refusal["code"], refusal["message"][:15]) == (4, "server_address:")
        assert account_of(installation, event_id).port == sink.port
        assert update(api, token, server_address="mail.example.org")["code"] == 0
        assert not account_of(installation, event_id).host_by_owner
        assert use(api, token, sink)["code"] == 4


def test_the_owner_vouches_only_for_a_server_that_they_name(
    api: httpx.Client, installation: Installation, organizer: tuple[int, str]
):
    """An organizer leaves a name behind, and waits for the owner to complete the account."""
    event_id, token = organizer
    assert update(api, token, server_address="intranet.invalid")["code"] == 0
    assert update(api, OWNER_TOKEN, event=event_id, username="thanks@example.org")["code"] == 0
    assert not account_of(installation, event_id).host_by_owner
    assert update(api, OWNER_TOKEN, event=event_id, smtp_port=25, min_second=0)["code"] == 0
    assert not account_of(installation, event_id).host_by_owner
    named = update(api, OWNER_TOKEN, event=event_id, server_address="intranet.invalid")
    assert named["code"] == 0
    assert account_of(installation, event_id).host_by_owner


def test_a_page_of_the_owner_may_lie_anywhere(
    api: httpx.Client, installation: Installation, organizer: tuple[int, str], server_url: str
):
    event_id, token = organizer
    assert update(api, OWNER_TOKEN, event=event_id, frontend_url=f"{server_url}/")["code"] == 0
    assert update(api, token, frontend_url=f"{server_url}/", name="Friends")["code"] == 0
    assert found(installation, event_id, "Links").level is Level.GREEN
    assert update(api, token, frontend_url=f"{server_url}/other")["code"] == 4


GREETINGS = [
    b"SSH-2.0-OpenSSH_9.6 inner-secret\r\n",
    b"-ERR inner-secret\r\n",
    b"HTTP/1.1 400 inner-secret\r\n\r\n",
    b"554 5.7.1 inner-secret\r\n",
    b"421-inner-secret\r\n421 inner-secret\r\n",
    b"200 inner-secret\r\n",
    b"inner-secret",
]


@pytest.mark.parametrize("greeting", GREETINGS)
def test_no_word_is_kept_of_what_has_not_greeted_as_a_mail_server(greeting: bytes):
    with counting(greeting) as (port, visitors):
        account = Account("127.0.0.1", port, Security.NONE, "a@example.org", reach=ANYWHERE)
        outcome = SmtpTransport(account).try_out()
        assert len(visitors) == 1
    assert "inner-secret" not in outcome.text
    assert outcome.verdict in (Verdict.PAUSE, Verdict.NEEDS_OPERATOR)


def test_no_word_is_shown_of_what_has_not_greeted_as_a_mail_server(
    installation: Installation, organizer: tuple[int, str]
):
    installation.settings.trusted_networks = "127.0.0.0/8"
    with counting(GREETINGS[0]) as (port, _):
        with installation.database.writing() as session:
            event = session.get_one(Event, organizer[0])
            send_through(session, event, SmtpSink(port=port))
        finding = found(installation, organizer[0], "Mail account")
    assert "inner-secret" not in finding.said("en")
    assert "There is no mail server at this address" in finding.said("en")


def test_what_a_server_counts_is_heard_from_its_first_answer_too():
    """The pause or the limit that follows from it is as it was."""
    answers = {
        "421 4.7.0 Too many connections from your address": "too many connections",
        "550 Over the limit of 100 mails per hour": "too many mails per hour",
    }
    for answer, kept in answers.items():
        with SmtpSink(answering("connect", answer)) as sink:
            account = Account(sink.host, sink.port, sink.security, "a@example.org", reach=ANYWHERE)
            outcome = SmtpTransport(account).try_out()
        assert (outcome.verdict, outcome.code) == (Verdict.PAUSE, int(answer[:3]))
        assert outcome.text.endswith(kept)


def test_a_mail_server_proves_the_name_that_was_entered_not_its_address():
    with SmtpSink(security=Security.TLS) as sink:
        for host, verdict in (("127.0.0.1", Verdict.SENT), ("127.1", Verdict.NEEDS_OPERATOR)):
            account = Account(host, sink.port, sink.security, "a@example.org", reach=ANYWHERE)
            transport = SmtpTransport(account, sink.trusted)
            assert transport.try_out().verdict is verdict
            transport.close()


def test_a_page_proves_the_name_that_was_entered_not_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    server, trusted = make_tls()
    trust(SmtpSink(trusted=trusted), tmp_path, monkeypatch)
    page = b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"

    def serve(listening: socket.socket) -> None:
        for _ in range(2):
            visitor, _address = listening.accept()
            try:
                with server.wrap_socket(visitor, server_side=True) as encrypted:
                    encrypted.recv(1000)
                    encrypted.sendall(page)
            except OSError:
                continue

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        assert look_at(f"https://127.1:{port}/", ANYWHERE) is None
        look = look_at(f"https://127.0.0.1:{port}/", ANYWHERE)
    assert look is not None
    assert (look.status_code, look.content) == (200, b"ok")
