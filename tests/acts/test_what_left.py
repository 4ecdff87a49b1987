"""What a mail server's log says of which mails left."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from shared.acts.what_left import lines_of, what_left
from tests.support.hostile import processor_seconds

NOW = datetime.now(UTC)
OURS = "12-0123456789abcdef"
AT = f"{NOW:%b %e %H:%M:%S} mx postfix"
ISO = f"{NOW.isoformat()} mx postfix"


def test_a_message_id_that_the_server_took_has_left() -> None:
    line = f"{AT}/cleanup[7]: 4A1B2C3D: message-id=<{OURS}@EXAMPLE.org>"
    assert what_left([line]) == {OURS}


def test_a_mail_that_the_server_refused_after_its_headers_has_not() -> None:
    lines = [
        f"{AT}/cleanup[7]: 4A1B2C3D: message-id=<{OURS}@example.org>",
        f"{AT}/cleanup[7]: 4A1B2C3D: milter-reject: END-OF-MESSAGE from mx[192.0.2.1]: 5.7.1 no",
    ]
    assert what_left(lines) == frozenset()
    # Until it was tried again, under another id of the queue.
    again = f"{AT}/cleanup[7]: 4A1B2C3E: message-id=<{OURS}@example.org>"
    assert what_left([*lines, again]) == {OURS}


@pytest.mark.parametrize("at", [AT, ISO], ids=["traditional", "RFC 5424"])
def test_an_address_counts_where_the_log_names_no_message_id(at: str) -> None:
    sent = f"{at}/smtp[8]: 5B: to=<Ana@example.net>, relay=mx[192.0.2.9]:25, status=sent (250 ok)"
    sent = sent.replace("5B", "5B2C3D4E")
    assert what_left([sent]) == {"ana@example.net"}
    assert what_left([sent.replace("status=sent", "status=deferred")]) == frozenset()
    assert what_left([sent], since=NOW - timedelta(hours=1)) == {"ana@example.net"}
    # An earlier mail to the same person.
    assert what_left([sent], since=NOW + timedelta(hours=1)) == frozenset()
    # A mail of somebody else to the same person.
    theirs = f"{at}/cleanup[7]: 5B2C3D4E: message-id=<somebody@example.com>"
    assert what_left([theirs, sent]) == frozenset()
    ours = f"{at}/cleanup[7]: 5B2C3D4E: message-id=<{OURS}@example.org>"
    assert what_left([ours, sent]) == {OURS}


def test_another_servers_log_and_the_sources_of_a_sent_folder_are_read_too() -> None:
    exim = f"2026-12-01 10:00:00 1abc-DEF-00 <= t@example.org H=mx id={OURS}@example.org"
    assert what_left([exim]) == {OURS}
    assert what_left(["Subject: x", f"Message-ID: <{OURS}@example.org>"]) == {OURS}


def test_a_file_without_a_line_feed_is_read_in_pieces() -> None:
    pieces = list(lines_of(StringIO("x" * 1_000_000)))
    assert (max(map(len, pieces)), sum(map(len, pieces))) == (4000, 1_000_000)


def test_a_long_line_takes_no_time() -> None:
    for unit in ("to=<a@b>,", "postfix: AAAA: ", " " * 9, "1-", "message-id="):
        with processor_seconds(1):
            what_left([unit * 1_000_000])
