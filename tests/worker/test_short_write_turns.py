"""A worker draws, and speaks with mail servers, while nobody waits for its commit."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from shared.acts.go_live import check_and_go_live
from shared.destinations import ANYWHERE
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.mail.accounts.sending_account import set_account
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import enqueue
from shared.rendering import design as designs_in_memory
from shared.storage.models import Event, Mail, MailState, Volunteer
from tests.support.factories import design
from tests.support.mailing import invite, wait_until, working
from tests.support.sending_steps import submit
from tests.support.smtp_sink import SmtpSink, Step
from tests.support.write_turns import Watch, watched


@pytest.fixture
def watch(installation: Installation) -> Iterator[Watch]:
    with watched(installation.database) as watch:
        yield watch


def refuse_v2(step: Step) -> str | None:
    is_v2 = step.phase == "rcpt" and step.recipient.startswith("v2@")
    return "550 5.1.1 no such user" if is_v2 else None


def count(installation: Installation, state: MailState) -> int:
    with installation.database.reading() as session:
        return session.scalars(select(func.count()).where(Mail.state == state)).one()


def assert_drawn_and_sent_while_nothing_was_locked(watch: Watch) -> None:
    assert watch.used >= {"Pillow", "network"}
    assert watch.while_locked == []


def test_going_live_sending_issuing_and_settling(
    installation: Installation, event_id: int, watch: Watch
) -> None:
    database, seal = installation.database, installation.seal
    design(database, event_id)
    with SmtpSink(refuse_v2) as sink:
        with database.writing() as session:
            event = event_for_change(session, event_id)
            set_account(
                session, seal, event, username="thanks@example.org", server_address=sink.host,
                smtp_port=sink.port, smtp_ssl=False, skip_auth=True, reach=ANYWHERE,
            )  # fmt: skip
            enqueue.queue_test_mail(session, event, CERTIFICATE, "me@example.org")
        check_and_go_live(installation, event_id)
        invite(installation, event_id, 4)
        designs_in_memory._designs.clear()
        watch.forget()
        with working(installation):
            wait_until(lambda: count(installation, MailState.SENT) == 4)
            submit(installation, event_id, "Ana Silva")
            wait_until(lambda: count(installation, MailState.SENT) == 5)
    assert "me@example.org" in sink.recipients()
    with database.reading() as session:
        refused = session.scalars(select(Volunteer.email).where(Volunteer.problem.is_not(None)))
        assert refused.all() == ["v2@example.org"]
        assert session.get_one(Event, event_id).live_at is not None
    assert_drawn_and_sent_while_nothing_was_locked(watch)


def test_a_test_mail_that_proves_the_account(
    installation: Installation, event_id: int, watch: Watch
) -> None:
    database, seal = installation.database, installation.seal
    design(database, event_id)
    designs_in_memory._designs.clear()
    with SmtpSink() as sink:
        with database.writing() as session:
            event = event_for_change(session, event_id)
            set_account(
                session, seal, event, username="thanks@example.org", server_address=sink.host,
                smtp_port=sink.port, smtp_ssl=False, skip_auth=True, reach=ANYWHERE,
            )  # fmt: skip
            enqueue.queue_test_mail(session, event, CERTIFICATE, "me@example.org")
        watch.forget()
        with working(installation):
            wait_until(lambda: is_live(installation, event_id))
    assert_drawn_and_sent_while_nothing_was_locked(watch)


def is_live(installation: Installation, event_id: int) -> bool:
    with installation.database.reading() as session:
        return session.get_one(Event, event_id).live_at is not None


def test_a_rehearsal_whose_mails_are_kept_here(
    installation: Installation, event_id: int, watch: Watch
) -> None:
    design(installation.database, event_id)
    invite(installation, event_id, 3)
    watch.forget()
    with working(installation):
        wait_until(lambda: count(installation, MailState.SENT) == 3)
        submit(installation, event_id, "Ana Silva")
        wait_until(lambda: count(installation, MailState.SENT) == 4)
    assert_drawn_and_sent_while_nothing_was_locked(watch)
