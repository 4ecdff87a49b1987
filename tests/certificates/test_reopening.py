"""People who may submit again get a new certificate, and the old one no longer leaves."""

import pytest
from sqlalchemy import select, update

from shared.acts.retry import Retry
from shared.acts.run import apply
from shared.storage.models import Mail, MailState, Volunteer
from shared.volunteers.people import roster
from tests.support.submitting import certificate_mails, issued, mailed, submit, token

__all__ = ["mailed", "submit", "token"]


@pytest.mark.usefixtures("mailed")
def test_who_was_reopened_submits_anew_even_the_same_name(database, submit):
    with database.writing() as session:
        roster.reopen(session, session.scalars(select(Volunteer)).one())
    submit("Ana Silva")
    old, new = issued(database)
    assert old.replaced_at is not None
    assert new.revision == 2


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.FAILED])
def test_the_certificate_of_who_was_reopened_never_leaves(database, submit, event_id, state):
    submit("Ana Sliva")
    with database.writing() as session:
        session.execute(update(Mail).values(state=state))
        roster.reopen(session, session.scalars(select(Volunteer)).one())
        apply(session, Retry(), event_id)
    assert [mail.state for mail in certificate_mails(database)] == [MailState.CANCELLED]
    submit("Ana Silva")
    assert [mail.state for mail in certificate_mails(database)] == [
        MailState.CANCELLED,
        MailState.QUEUED,
    ]


def test_a_certificate_that_has_left_stays_told_when_its_owner_is_reopened(database, submit):
    submit("Ana Silva")
    with database.writing() as session:
        session.execute(update(Mail).values(state=MailState.SENT))
        roster.reopen(session, session.scalars(select(Volunteer)).one())
    assert [mail.state for mail in certificate_mails(database)] == [MailState.SENT]
