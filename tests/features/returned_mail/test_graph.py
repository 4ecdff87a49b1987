"""Returned mail of a Microsoft account is read over Graph: once, and the inbox stays unchanged."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.events.installation import Installation
from shared.features.returned_mail import looking
from shared.features.returned_mail.models import BounceMailbox
from shared.mail.queue.attempts import Claimed
from shared.mail.transport.graph import GRAPH_KIND
from shared.mail.transport.graph_inbox import BROKEN_OFF, BUSY, REFUSED, GraphInbox
from shared.mail.transport.protocol import Account
from shared.mail.transport.transports import TRANSPORTS
from shared.storage.models import Event, MailState, Problem, Security
from tests.support.bounce_reports import EXCHANGE_UNKNOWN
from tests.support.graph_double import ADDRESS, Cut, GraphDouble, Refusal, Signed, answering
from tests.support.lying_server import LIES, lying_server
from tests.support.odd_bounces import NO_REPORTS
from tests.support.reported import invited, original_of
from tests.support.sending_steps import mail_of, volunteer_of

PERSONAL = b"From: bo@example.net\r\nSubject: holiday\r\n\r\n" + b"x" * 5_000


@pytest.fixture
def graph() -> Iterator[GraphDouble]:
    with GraphDouble() as double:
        yield double


@pytest.fixture
def people(installation: Installation, listed: int, graph: GraphDouble) -> list[Claimed]:
    """Two people who were invited, from an account whose inbox is read over Graph."""
    tasks = invited(installation, listed)
    with installation.database.writing() as session:
        account = session.get_one(Event, listed).account
        assert account is not None
        mailbox = BounceMailbox(
            account_id=account.id, way="graph", host="127.0.0.1", port=443,
            security=Security.TLS, username=ADDRESS,
        )  # fmt: skip
        session.add(mailbox)
    return tasks


def at(url: str, seconds: float) -> Account:
    """Somebody has signed in to it."""
    return Account(
        "127.0.0.1", 443, Security.TLS, ADDRESS,
        token=Signed(), timeout=seconds, transport="graph", service_url=url,
    )  # fmt: skip


def look(installation: Installation, graph: GraphDouble | str) -> int:
    """Into the inbox at this address, as a worker does that lets people sign in there."""
    url, seconds = (graph, 5) if isinstance(graph, str) else (graph.url, 2)
    kind = replace(GRAPH_KIND, inbox=lambda _: GraphInbox(at(url, seconds)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(TRANSPORTS, "graph", kind)
        return looking.look(installation, stored(installation))


def stored(installation: Installation) -> BounceMailbox:
    with installation.database.reading() as session:
        return session.query(BounceMailbox).one()


def reads(graph: GraphDouble) -> list[str]:
    return [asked for asked in graph.requests if "$value" in asked]


def test_what_comes_back_is_found_among_other_mail_and_the_inbox_stays_as_it_was(
    installation: Installation, people: list[Claimed], graph: GraphDouble
):
    ana, bo = people
    for _, build, _ in NO_REPORTS:
        graph.receive(build(original_of(bo)))
    graph.receive(EXCHANGE_UNKNOWN(original_of(ana)))
    assert look(installation, graph) == 1
    flagged = [volunteer_of(installation.database, one) for one in people]
    assert [one.problem for one in flagged] == [Problem.CAME_BACK, None]
    assert "5.1.10" in flagged[0].problem_text
    assert {asked.split()[0] for asked in graph.requests} == {"GET"}


def test_of_ordinary_mail_only_the_headers_are_fetched(
    installation: Installation, people: list[Claimed], graph: GraphDouble
):
    graph.receive(PERSONAL)
    look(installation, graph)
    assert reads(graph) == []


def test_one_mail_of_ours_is_found_again_by_its_id(graph: GraphDouble):
    wanted = (
        b"Message-ID: <0-0123456789abcdef@example.org>\r\nSubject: Test\r\n\r\n" + b"x" * 300_000
    )
    graph.receive(PERSONAL)
    graph.receive(wanted)
    since = datetime.now(UTC) - timedelta(hours=1)
    with closing(GraphInbox(at(graph.url, 2))) as inbox:
        assert inbox.source("<0-0123456789abcdef@example.org>", since, 1 << 20) == wanted
        assert inbox.source("<1-0123456789abcdef@example.org>", since, 1 << 20) is None
    assert len(reads(graph)) == 1


def test_what_was_read_is_not_read_again(
    installation: Installation, people: list[Claimed], graph: GraphDouble
):
    ana, bo = people
    graph.receive(EXCHANGE_UNKNOWN(original_of(ana)), ago=timedelta(hours=1))
    graph.receive(PERSONAL, ago=timedelta(minutes=30))
    assert [look(installation, graph), look(installation, graph)] == [1, 0]
    assert len(reads(graph)) == 1
    graph.receive(EXCHANGE_UNKNOWN(original_of(bo)))
    assert look(installation, graph) == 1
    assert len(reads(graph)) == 2


def test_who_arrives_in_the_same_second_is_not_overlooked(
    installation: Installation, people: list[Claimed], graph: GraphDouble
):
    ana, bo = people
    graph.receive(EXCHANGE_UNKNOWN(original_of(ana)))
    assert look(installation, graph) == 1
    first = graph.inbox[0]
    graph.inbox.append(("AAMk-late=", first[1], EXCHANGE_UNKNOWN(original_of(bo))))
    assert look(installation, graph) == 1


def test_a_full_inbox_is_read_in_pages_and_goes_on_where_it_broke_off(
    installation: Installation, people: list[Claimed], graph: GraphDouble
):
    ana, bo = people
    graph.page = 2
    graph.receive(EXCHANGE_UNKNOWN(original_of(ana)), ago=timedelta(hours=9))
    for hour in range(8, 4, -1):
        graph.receive(PERSONAL, ago=timedelta(hours=hour))
    graph.receive(EXCHANGE_UNKNOWN(original_of(bo)), ago=timedelta(hours=1))
    graph.script = answering("$skip=4", Cut.BEFORE_THE_BODY)
    assert look(installation, graph) == 1
    assert stored(installation).trouble == BROKEN_OFF
    graph.requests.clear()
    graph.script = lambda asked: None
    assert look(installation, graph) == 1
    assert stored(installation).trouble == ""
    assert len(reads(graph)) == 1


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_mail_that_was_given_another_id_is_still_known(
    installation: Installation, people: list[Claimed], graph: GraphDouble, is_kept: bool
):
    """By its original id, if reported; otherwise by the address, to which one mail went recently,
    in a report that bears Exchange's own mark."""
    ana, _ = people
    graph.renames_ids, graph.keeps_the_old_id, graph.unknown = True, is_kept, {ana.address}
    sent = f"From: {ADDRESS}\nTo: {ana.address}\nMessage-ID: {ana.message_id}\n\nHello\n"
    graph.take(sent.replace("\n", "\r\n").encode())
    assert look(installation, graph) == 1
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK


def test_a_report_without_headers_is_known_by_who_writes_it(
    installation: Installation, people: list[Claimed], graph: GraphDouble
):
    ana, _ = people
    graph.receive(EXCHANGE_UNKNOWN(original_of(ana)))
    graph.has_headers = False
    assert look(installation, graph) == 1


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (Refusal(403, "ErrorAccessDenied"), REFUSED),
        (Refusal(401, "InvalidAuthenticationToken"), REFUSED),
        (Refusal(429, "ApplicationThrottled", headers={"Retry-After": "10"}), BUSY),
        (Refusal(503), BROKEN_OFF),
        (Refusal(200, "", "not JSON"), BROKEN_OFF),
        (Refusal(200, "", '{"value": [{}]}'), BROKEN_OFF),
        (Refusal(200, "", '{"value": [], "@odata.nextLink": "http://127.0.0.1:1/x"}'), BROKEN_OFF),
        (Cut.AFTER_THE_BODY, BROKEN_OFF),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    installation: Installation,
    people: list[Claimed],
    graph: GraphDouble,
    refusal: Refusal | Cut,
    reason: str,
):
    ana, _ = people
    graph.receive(EXCHANGE_UNKNOWN(original_of(ana)))
    graph.script = answering("inbox", refusal)
    assert look(installation, graph) == 0
    assert stored(installation).trouble == reason
    graph.script = lambda asked: None
    assert look(installation, graph) == 1
    assert mail_of(installation.database, ana).state is MailState.FAILED


def test_what_is_deleted_while_it_is_read_ends_nothing(
    installation: Installation, people: list[Claimed], graph: GraphDouble
):
    ana, bo = people
    graph.receive(EXCHANGE_UNKNOWN(original_of(bo)))
    graph.receive(EXCHANGE_UNKNOWN(original_of(ana)))
    graph.script = answering("AAMk-1", Refusal(404, "ErrorItemNotFound"))
    assert look(installation, graph) == 1
    assert stored(installation).trouble == ""


@pytest.mark.parametrize("lie", LIES)
def test_a_server_that_lies_in_graphs_place_is_left_with_little_taken(
    installation: Installation,
    people: list[Claimed],
    lie: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(looking, "_LONGEST_LOOK_SECONDS", 1)
    with lying_server(lie) as url:
        assert look(installation, url) == 0
    assert stored(installation).trouble == BROKEN_OFF
    assert stored(installation).read_until is None


def test_an_inbox_of_pages_without_an_end_is_left_in_time(
    installation: Installation,
    people: list[Claimed],
    graph: GraphDouble,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(looking, "_LONGEST_LOOK_SECONDS", 1)
    graph.receive(PERSONAL)
    graph.page = 0
    assert look(installation, graph) == 0
    assert stored(installation).trouble == BROKEN_OFF
    assert len(graph.requests) > 1
