"""People who ended reminders are reminded in no event that sends from the same account."""

import pytest
from sqlalchemy import select

from shared.acts.remind import Remind, Rules
from shared.acts.run import apply
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.queue import opt_outs
from shared.mail.queue.opt_outs import opt_out_key
from shared.storage.models import Event, Mail, MailState, Status, Suppression, Volunteer
from shared.storage.models.volunteer import OPTED_OUT
from tests.support import factories
from tests.support.sending_steps import add_account, claim, share_account

RULES = Rules(at_most=3, days_apart=0)


@pytest.fixture
def other_id(installation: Installation) -> int:
    """An event with an account of its own, and with Ana on its list."""
    with installation.database.writing() as session:
        other = create_event(session, name="Clean Beach", language="en")[0].id
    factories.design(installation.database, other)
    add_account(installation.database, other)
    factories.add(installation.database, other, "Ana@example.org\ncy@example.org")
    return other


@pytest.fixture
def tokens(installation: Installation, listed: int, other_id: int) -> dict[str, str]:
    """Everybody in both events is invited, and both send from accounts of their own."""
    add_account(installation.database, listed)
    tokens = factories.invite(installation, listed)
    factories.invite(installation, other_id)
    with installation.database.writing() as session:
        session.query(Mail).update({Mail.state: MailState.SENT})
        session.query(Volunteer).update({Volunteer.status: Status.INVITED})
    return tokens


def end(installation: Installation, tokens: dict[str, str]) -> None:
    """Ana, of the first event, ends her reminders."""
    with installation.database.writing() as session:
        ana = session.query(Volunteer).order_by(Volunteer.id).first()
        assert ana is not None
        key = opt_out_key(ana.id, tokens["ana@example.org"])
        opt_outs.end_reminders(session, installation.seal, key)


def remind(installation: Installation, event_id: int) -> list[str]:
    """To whom reminders would leave now."""
    with installation.database.writing() as session:
        apply(session, Remind(rules=RULES), session.get_one(Event, event_id).id)
    return sorted(task.address for task in claim(installation.database))


def test_one_click_holds_for_all_events_of_one_account(
    installation: Installation, listed: int, other_id: int, tokens: dict[str, str]
):
    share_account(installation.database, listed, other_id)
    end(installation, tokens)
    assert remind(installation, other_id) == ["cy@example.org"]
    with installation.database.reading() as session:
        other = session.get_one(Event, other_id)
        assert count_left_out(session, other) == {Suppression.OPTED_OUT: 1}
        opted_out = select(Volunteer.email).where(Volunteer.event_id == other_id, OPTED_OUT)
        assert session.scalars(opted_out).all() == ["Ana@example.org"]


def test_reminders_that_wait_in_another_event_do_not_leave_either(
    installation: Installation, listed: int, other_id: int, tokens: dict[str, str]
):
    share_account(installation.database, listed, other_id)
    with installation.database.writing() as session:
        apply(session, Remind(rules=RULES), session.get_one(Event, other_id).id)
    end(installation, tokens)
    assert [task.address for task in claim(installation.database)] == ["cy@example.org"]


def test_another_sender_is_another_matter(
    installation: Installation, listed: int, other_id: int, tokens: dict[str, str]
):
    end(installation, tokens)
    assert remind(installation, other_id) == ["Ana@example.org", "cy@example.org"]
    with installation.database.reading() as session:
        assert count_left_out(session, session.get_one(Event, other_id)) == {}


def test_events_that_have_no_account_share_nothing(
    installation: Installation, listed: int, other_id: int, tokens: dict[str, str]
):
    with installation.database.writing() as session:
        for event in session.query(Event):
            event.account, event.live_at = None, None
    end(installation, tokens)
    assert remind(installation, other_id) == ["Ana@example.org", "cy@example.org"]
