"""What a worker keeps open: for one account, for one thread at a time, and not for long."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.destinations import ANYWHERE
from shared.mail.transport.protocol import Account
from shared.storage.models import Verdict
from shared.worker import slot as slots
from shared.worker.slot import Pool
from tests.support.plain_sink import sink
from tests.support.smtp_sink import Fault, SmtpSink, answering

__all__ = ["sink"]

MESSAGE = b"Subject: hello\r\n\r\nHello\r\n"


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool()
    yield pool
    pool.close()


@pytest.fixture
def account(sink: SmtpSink) -> Account:
    return Account(sink.host, sink.port, sink.security, "thanks@example.org", reach=ANYWHERE)


def deliver(pool: Pool, account: Account) -> Verdict:
    with pool.lent(account) as transport:
        return transport.deliver(MESSAGE, "ana@example.org").verdict


def test_the_next_message_of_an_account_takes_the_open_connection(
    pool: Pool, account: Account, sink: SmtpSink
) -> None:
    assert [deliver(pool, account) for _ in range(3)] == [Verdict.SENT] * 3
    assert sink.visits == 1


def test_two_threads_never_share_one(pool: Pool, account: Account, sink: SmtpSink) -> None:
    with pool.lent(account) as one, pool.lent(account) as other:
        assert one is not other
        for transport in (one, other):
            assert transport.deliver(MESSAGE, "ana@example.org").verdict is Verdict.SENT
    assert sink.visits == 2
    deliver(pool, account)
    assert sink.visits == 2


def test_who_signs_in_otherwise_gets_another(pool: Pool, account: Account, sink: SmtpSink) -> None:
    deliver(pool, account)
    deliver(pool, replace(account, from_address="beach@example.org"))
    assert sink.visits == 2
    assert [mail.sender for mail in sink.received] == ["thanks@example.org", "beach@example.org"]


def test_a_broken_one_is_not_kept(pool: Pool, account: Account, sink: SmtpSink) -> None:
    sink.script = answering("content", Fault.DROP)
    assert deliver(pool, account) is Verdict.UNSURE
    sink.script = answering("content", "250 2.0.0 ok")
    with pool.lent(account) as transport:
        assert not transport.is_open()


def test_what_is_idle_is_left_and_what_was_just_used_is_kept(
    pool: Pool, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pool.lent(account) as transport:
        transport.deliver(MESSAGE, "ana@example.org")
    pool.close_idle()
    assert transport.is_open()
    monkeypatch.setattr(slots, "_IDLE_SECONDS", 0.0)
    pool.close_idle()
    assert not transport.is_open()
