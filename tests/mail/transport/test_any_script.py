"""Addresses in any script go out where the server takes them, and flag their person elsewhere."""

import pytest
from sqlalchemy import select

from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.mail.queue.failed_mails import count_failed
from shared.mail.transport.own_answers import ONLY_ASCII
from shared.mail.transport.protocol import Account
from shared.mail.transport.smtp import SmtpTransport
from shared.preflight.checks import check_before_queueing
from shared.storage.models import Event, MailState, Phase, Problem, Security, Verdict, Volunteer
from tests.support import factories
from tests.support.mailing import count_mails, use_sink, wait_until, working
from tests.support.sending_steps import account_of
from tests.support.smtp_sink import SmtpSink, friendly_sink

MESSAGE = "To: 用户@xn--fsqu00a.xn--fiqs8s\r\nSubject: Hello\r\n\r\nHello\r\n".encode()


def transport(sink: SmtpSink) -> SmtpTransport:
    return SmtpTransport(
        Account(
            sink.host, sink.port, Security.NONE, "thanks@example.org",
            reach=ANYWHERE,
        )
    )  # fmt: skip


def test_an_address_in_any_script_is_handed_over_where_the_server_takes_it():
    with friendly_sink(smtputf8=True) as sink:
        outcome = transport(sink).deliver(MESSAGE, "用户@例子.中国")
        assert outcome.verdict is Verdict.SENT
        assert sink.recipients() == ["用户@xn--fsqu00a.xn--fiqs8s"]
        assert b"BODY=8BITMIME SMTPUTF8" in sink.heard


def test_plain_addresses_ask_the_server_for_nothing_new():
    with friendly_sink(smtputf8=True) as sink:
        transport(sink).deliver(b"Subject: Hello\r\n\r\nHello\r\n", "ana@example.org")
        assert b"SMTPUTF8" not in sink.heard


def test_a_server_that_takes_plain_addresses_alone_is_not_asked():
    with friendly_sink() as sink:
        outcome = transport(sink).deliver(MESSAGE, "用户@例子.中国")
        assert (outcome.verdict, outcome.phase) == (Verdict.REJECTED, Phase.RCPT)
        assert outcome.text == ONLY_ASCII
        assert b"RCPT" not in sink.heard


def test_who_cannot_be_reached_is_flagged_and_the_account_goes_on(
    installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    people = [f"用户{'一' * n}@例子.中国" for n in range(7)]
    factories.add(installation.database, event_id, "\n".join([*people, "ana@example.org"]))
    with friendly_sink() as sink:
        use_sink(installation, event_id, sink)
        factories.invite(installation, event_id)
        with working(installation):
            wait_until(lambda: count_mails(installation, MailState.SENT) == 1)
            wait_until(lambda: count_mails(installation, MailState.FAILED) == 7)
    assert not account_of(installation.database, event_id).needs_fixing
    with installation.database.reading() as session:
        assert count_failed(session, event_id) == 7
        flagged = select(Volunteer.email, Volunteer.problem_text).where(
            Volunteer.problem == Problem.REFUSED_ADDRESS
        )
        assert dict(session.execute(flagged).all()) == dict.fromkeys(people, ONLY_ASCII)


@pytest.mark.parametrize("count", [1, 3])
def test_the_check_says_beforehand_how_many_there_are(
    installation: Installation, event_id: int, count: int
):
    factories.design(installation.database, event_id)
    people = [f"用户{'一' * n}@例子.中国" for n in range(count)]
    factories.add(installation.database, event_id, "\n".join([*people, "ana@example.org"]))
    with installation.database.reading() as session:
        found = check_before_queueing(
            session, installation.settings, session.get_one(Event, event_id)
        )
    said = [one.said("en") for one in found]
    counted = f"Addresses with unusual letters before the “@”: {count}."
    assert any(line.startswith(counted) for line in said)


def test_a_rehearsal_shows_the_mail_as_any_other(installation: Installation, event_id: int):
    factories.design(installation.database, event_id)
    factories.add(installation.database, event_id, "用户@例子.中国")
    factories.invite(installation, event_id)
    with working(installation):
        wait_until(lambda: count_mails(installation, MailState.SENT) == 1)
