"""A mail, and the account that hands it over to the sink."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.destinations import ANYWHERE
from shared.mail.transport.protocol import Account
from shared.mail.transport.smtp import SmtpTransport
from tests.support.smtp_sink import SmtpSink

MESSAGE = b"Subject: hello\r\nMessage-ID: <1@example.org>\r\n\r\nHello\r\n.hidden dot\r\n..\r\n"
PASSWORD = "correct horse battery"
TIMEOUT = 0.6


def account_of(sink: SmtpSink, password: str | None = None) -> Account:
    return Account(
        host=sink.host,
        port=sink.port,
        security=sink.security,
        from_address="thanks@example.org",
        username="thanks@example.org" if password else "",
        password=password,
        timeout=TIMEOUT,
        dot_timeout=TIMEOUT,
        reach=ANYWHERE,
    )


@contextmanager
def connected(sink: SmtpSink, password: str | None = None) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(account_of(sink, password), sink.trusted)
    try:
        yield transport
    finally:
        transport.close()
