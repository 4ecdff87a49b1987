"""What a mail server's log, or the sources in a sent folder, say of which mails left."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TextIO

# What identifies a mail of ours in a Message-ID; logs may change the case of the domain.
_OUR_ID = re.compile(r"(?<![0-9])([0-9]{1,18}-[0-9a-f]{16})@")
# Postfix: `Nov 28 10:00:01 mx postfix/smtp[7]: 4A1B: to=<ana@example.net>, …, status=sent (250 …`.
_ENTRY = re.compile(
    r"(?P<at>\S.{14,31}?) \S+ \S*postfix\S*: (?P<queue>[0-9A-Za-z]{4,20}): (?P<said>.*)"
)
_ID = re.compile(r"(resent-)?message-id=")
_SENT = re.compile(r"to=<([^<>@\s]{1,64}@[^<>@\s]{1,255})>,.{0,400} status=sent ")
_REFUSED = ("milter-reject:", "reject:")
_LONGEST_LINE = 4000
# Of a queue's ids, which are given again: so many mails may be under way at a time.
_MOST_UNDER_WAY = 100_000
_MINUTE = timedelta(minutes=1)


def what_left(lines: Iterable[str], since: datetime | None = None) -> frozenset[str]:
    """The ids of our mails that stand in these lines, as far as the server did not refuse them
    after all, and the addresses that it delivered mails to whose Message-ID it does not name.

    Of addresses, only what happened after `since` counts. Lines are read one by one, and in any
    order of mails: a log may be longer than memory.
    """
    found: set[str] = set()
    # By the queue's id, the mail of ours; "" for one of somebody else.
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
    """The lines of a log, of which a long one comes in pieces: it may be all of a large file."""
    return iter(partial(log.readline, _LONGEST_LINE), "")


def _is_later(written: str, since: datetime | None) -> bool:
    """Whether a log's time is after `since`; one that cannot be read is taken to be."""
    at = None
    with suppress(ValueError):
        at = datetime.fromisoformat(written)
    now = datetime.now(UTC)
    with suppress(ValueError):
        # The traditional form leaves out the year, and is in the machine's time.
        at = at or datetime.strptime(f"{now.year} {written}", "%Y %b %d %H:%M:%S").astimezone()
        if at > now + timedelta(days=1):
            at = at.replace(year=at.year - 1)
    return at is None or since is None or at.astimezone(UTC) >= since - _MINUTE
