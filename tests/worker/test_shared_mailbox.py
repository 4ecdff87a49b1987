"""An event sends from a mailbox of Microsoft 365 that several people share."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from shared.acts.go_live import check_and_go_live
from shared.cli.doctor import examine
from shared.destinations import PUBLIC
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.features.returned_mail.models import BounceMailbox
from shared.findings import Finding, Level
from shared.mail.kinds.trial import TEST
from shared.mail.queue import enqueue
from shared.mail.queue.standing import Standing, of_sending
from shared.mail.transport.graph_inbox import NOT_SHARED
from shared.mail.transport.protocol import Account
from shared.mail.transport.transports import explain_answer
from shared.preflight.flight_check import check_account
from shared.storage.models import Event, Mail, MailState, Problem, Volunteer
from tests.support.factories import design
from tests.support.graph_double import GraphDouble, Shared
from tests.support.graph_sending import COLLEAGUE, at_graph, enter_account, share_mailbox, sign_in
from tests.support.mail_identity import MailIdentity
from tests.support.mail_sign_ins import SENDER, identity, served_identity
from tests.support.mailing import have_left, invite, wait_until, working

__all__ = ["identity", "served_identity"]


@pytest.fixture
def graph() -> Iterator[GraphDouble]:
    with GraphDouble() as double:
        yield double


@pytest.fixture
def shared(graph: GraphDouble, identity: MailIdentity) -> Shared:
    return share_mailbox(graph, identity)


@pytest.fixture
def signed_in(
    installation: Installation, event_id: int, identity: MailIdentity, graph: GraphDouble
) -> Installation:
    """A colleague has signed in to the shared mailbox that the event is to send from."""
    registered = at_graph(installation, graph, identity)
    share_mailbox(graph, identity)
    enter_account(registered, event_id, "graph_shared")
    sign_in(registered, event_id, identity, "graph_shared")
    design(registered.database, event_id)
    return registered


@pytest.fixture
def shared_here(signed_in: Installation, graph: GraphDouble) -> Shared:
    assert graph.shared is not None
    return graph.shared


def is_live(installation: Installation, event_id: int) -> bool:
    with installation.database.reading() as session:
        return session.get_one(Event, event_id).live_at is not None


def mail_to_oneself(installation: Installation, event_id: int) -> Mail:
    """A test mail to oneself, when its outcome is known."""
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        mail_id = enqueue.queue_test_mail(session, event, TEST, "me@harbour.example", None).id

    def stored() -> Mail:
        with installation.database.reading() as session:
            return session.get_one(Mail, mail_id)

    with working(installation):
        wait_until(lambda: stored().state is not MailState.SENDING and stored().answer != "")
        wait_until(lambda: stored().state is not MailState.SENT or is_live(installation, event_id))
    return stored()


def checked(installation: Installation, event_id: int) -> list[Finding]:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        assert event.account is not None
        account = Account.of(event.account, event.from_address, PUBLIC)
    found = check_account(installation, event_id, account)
    return [one for one in found if one.subject == "Mail account"]


def test_a_check_proves_no_sender_and_a_test_mail_does(
    signed_in: Installation, event_id: int, graph: GraphDouble
):
    found = check_and_go_live(signed_in, event_id)
    assert (found.level, found.needs_mail) == (Level.AMBER, True)
    assert "Send yourself a test mail" in found.said("en")
    assert not is_live(signed_in, event_id)
    assert mail_to_oneself(signed_in, event_id).state is MailState.SENT
    assert is_live(signed_in, event_id)
    (taken,) = graph.taken
    assert str(taken.left["From"]).endswith(f"<{SENDER}>")
    assert [one.level for one in checked(signed_in, event_id)] == [Level.GREEN]
    assert not [asked for asked in graph.requests if " /me" in asked]


def test_a_missing_send_as_is_named_with_who_gives_it(
    signed_in: Installation, event_id: int, shared_here: Shared
):
    shared_here.send_as = False
    mail = mail_to_oneself(signed_in, event_id)
    assert mail.state is not MailState.SENT
    assert not is_live(signed_in, event_id)
    advice = explain_answer(mail.code, mail.answer, "graph.microsoft.com", "en")
    assert "“Send as”" in advice
    assert "Full access" not in advice
    assert "管理员" in explain_answer(mail.code, mail.answer, "graph.microsoft.com", "zh")


@pytest.mark.parametrize("lacks", ["full_access", "address"])
def test_a_mailbox_that_does_not_open_is_named_at_the_check(
    signed_in: Installation, event_id: int, shared_here: Shared, lacks: str
):
    if lacks == "full_access":
        shared_here.full_access = False
    else:
        shared_here.address = "office@harbour.example"
    found = check_and_go_live(signed_in, event_id)
    assert (found.level, found.stops) == (Level.RED, True)
    assert "“Full access” and “Send as”" in found.said("en")
    assert not is_live(signed_in, event_id)


def test_send_as_that_is_taken_away_stops_a_sending_with_its_cure_and_blames_nobody(
    signed_in: Installation, event_id: int, shared_here: Shared, graph: GraphDouble
):
    mail_to_oneself(signed_in, event_id)
    shared_here.send_as = False
    invite(signed_in, event_id, 3)

    def state():
        with signed_in.database.reading() as session:
            return of_sending(session, session.get_one(Event, event_id), "en")

    with working(signed_in):
        wait_until(lambda: state().standing is Standing.NEEDS_FIXING)
    assert "“Send as”" in state().cure
    with signed_in.database.reading() as session:
        assert set(session.scalars(select(Volunteer.problem))) == {None}
    assert graph.recipients() == ["me@harbour.example"]


def test_what_comes_back_to_the_shared_mailbox_is_read_there(
    signed_in: Installation, event_id: int, graph: GraphDouble
):
    mail_to_oneself(signed_in, event_id)
    graph.unknown = {"v1@example.org"}
    signed_in.settings.mailbox_interval = 1
    invite(signed_in, event_id, 3)

    def problems() -> list[Problem | None]:
        with signed_in.database.reading() as session:
            return list(session.scalars(select(Volunteer.problem).order_by(Volunteer.id)))

    with working(signed_in):
        wait_until(lambda: have_left(signed_in, 3) and any(problems()))
    assert problems() == [None, Problem.CAME_BACK, None]
    assert not [asked for asked in graph.requests if " /me" in asked]


def test_a_mailbox_that_may_not_be_read_says_who_allows_it(
    signed_in: Installation, shared_here: Shared
):
    shared_here.full_access = False
    signed_in.settings.mailbox_interval = 1

    def trouble() -> str:
        with signed_in.database.reading() as session:
            return session.scalars(select(BounceMailbox.trouble)).one()

    with working(signed_in):
        wait_until(lambda: trouble() != "")
    assert trouble() == NOT_SHARED


def test_who_signs_in_elsewhere_for_an_own_mailbox_is_told_of_shared_ones(
    installation: Installation, event_id: int, identity: MailIdentity, graph: GraphDouble
):
    registered = at_graph(installation, graph, identity)
    enter_account(registered, event_id)
    identity.person = COLLEAGUE
    with pytest.raises(ProductError, match="You signed in as") as refusal:
        sign_in(registered, event_id, identity)
    assert "shared mailbox" in refusal.value.message


def test_the_doctor_says_whose_sign_in_opens_it(signed_in: Installation):
    said = {one.subject: one.text for one in examine(signed_in.settings)}
    assert said[f"sign-in of {SENDER} at microsoft"].endswith(f", of {COLLEAGUE}")
