"""What a sending does with the names on the list, reported before it begins."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from shared.acts.send import Waiting, expect
from shared.findings import Finding, Level
from shared.language import N_
from shared.storage.models import Event, Naming

_SUBJECT = N_("Names")


def check_names(session: Session, event: Event) -> list[Finding]:
    """Who gets a certificate at once, who is asked, until when names are checked, and who is or
    will be held, as far as their names were examined."""
    waiting = expect(session, event)
    held = [_finding(Level.AMBER, _HELD, waiting)] if waiting.held else []
    return [*_what_happens(event, waiting), *held]


def _what_happens(event: Event, waiting: Waiting) -> Iterator[Finding]:
    if event.naming is Naming.ISSUE and waiting.total:
        yield _finding(Level.GREEN, _ISSUED, waiting)
    elif event.naming is Naming.CHECK and event.names_until:
        day = event.names_until
        if waiting.to_issue:
            yield _finding(Level.AMBER, _UNCHECKED, waiting, day=day)
        elif waiting.to_invite:
            yield _finding(Level.GREEN, _CHECKED, waiting, day=day)


def _finding(level: Level, text: str, waiting: Waiting, **details: object) -> Finding:
    return Finding(level, _SUBJECT, text, {**vars(waiting), **details})


_ISSUED = N_(
    "By the names on the list: certificates that are made and mailed now: {to_issue}; people who "
    "are asked for their name: {to_invite}."
)
_CHECKED = N_(
    "Whose name is on the list can check it until {day}; then the certificate is made and mailed "
    "by itself."
)
_UNCHECKED = N_(
    "{day} is over: certificates that are made now with the names on the list, though nobody has "
    "checked them: {to_issue}."
)
_HELD = N_(
    "People who get no certificate, because their name on the list cannot be drawn: {held}. "
    "Correct these names; nobody else has to wait for them."
)
