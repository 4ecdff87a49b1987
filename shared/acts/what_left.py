"""Reading which mails were sent from a mail server's log, or the sources in a sent folder."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TextIO

# The part of a Message-ID that identifies our mail; logs may change the case of the domain.
_OUR_ID = re.compile(r"(?<![0-9])([0-9]{1,18}-[0-9a-f]{16})@")
# Postfix: `Nov 28 10:00:01 mx postfix/smtp[7]: 4A1B: to=<ana@example.net>, …, status=sent (250 …`.
_ENTRY = re.compile(
    r"(?P<at>\S.{14,31}?) \S+ \S*postfix\S*: (?P<queue>[0-9A-Za-z]{4,20}): (?P<said>.*)"
)
_ID = re.compile(r"(resent-)?message-id=")
_SENT = re.compile(r"to=<([^<>@\s]{1,64}@[^<>@\s]{1,255})>,.{0,400} status=sent ")
_REFUSED = ("milter-reject:", "reject:")
_LONGEST_LINE = 4000
# A queue's ids are used again; so many mails may be under way at a time.
_MOST_UNDER_WAY = 100_000
_MINUTE = timedelta(minutes=1)


def what_left(lines: Iterable[str], since: datetime | None = None) -> frozenset[str]:
    """Return the ids of our mails in these lines, except those that the server refused after all,
    and the addresses of delivered mails whose Message-ID it does not name.

    Addresses count only if delivered after `since`. Lines are read one by one, and mails may be in
    any order: a log may be longer than memory.
    """
    found: set[str] = set()
    # Our mail by the queue's id; "" for somebody else's.
    under_way: dict[str, str] = {}
    for line in lines:
        line = line[:_LONGEST_LINE]
        ours = _OUR_ID.findall(line)
        found.update(ours)
        entry = _ENTRY.match(line)
        if not entry:
            continue
        queue, said = entry["queue"], entry["said"]
        if _ID.match(said):
            under_way[queue] = ours[0] if ours else ""
            if len(under_way) > _MOST_UNDER_WAY:
                del under_way[next(iter(under_way))]
        elif said.startswith(_REFUSED):
            found.discard(under_way.get(queue, ""))
        elif (
            queue not in under_way and (sent := _SENT.match(said)) and _is_later(entry["at"], since)
        ):
            found.add(sent[1].lower())
    return frozenset(found)


def lines_of(log: TextIO) -> Iterator[str]:
    """Return the lines of a log, in pieces if they are long: one may be all of a large file."""
    return iter(partial(log.readline, _LONGEST_LINE), "")


def _is_later(written: str, since: datetime | None) -> bool:
    """Return whether a log's time is after `since`; also if it cannot be read."""
    at = None
    with suppress(ValueError):
        at = datetime.fromisoformat(written)
    now = datetime.now(UTC)
    with suppress(ValueError):
        # The traditional form has no year, and is in the machine's time zone.
        at = at or datetime.strptime(f"{now.year} {written}", "%Y %b %d %H:%M:%S").astimezone()
        if at > now + timedelta(days=1):
            at = at.replace(year=at.year - 1)
    return at is None or since is None or at.astimezone(UTC) >= since - _MINUTE
