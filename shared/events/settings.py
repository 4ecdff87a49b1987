"""What is set about an event, and how it begins: its settings, texts and drafts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session, object_session

from shared.addresses import entered_address
from shared.dates import known_zone
from shared.destinations import PUBLIC, Reach, parts_of_site
from shared.errors import SettingRefused
from shared.events.naming import end_of_check
from shared.language import LANGUAGES, N_
from shared.log import audit
from shared.storage.models import Action, AuditEntry, Event, Group, now
from shared.storage.sealing.tokens import new_token, token_hash

LONGEST_TEXT = 200
_PATTERN = re.compile(r"#+")


def create_event(
    session: Session, *, name: str, language: str = "en", time_zone: str = "UTC"
) -> tuple[Event, str]:
    """Create an event; return it and its organizer's token, of which only a hash is kept.

    Raises SettingRefused.
    """
    token = new_token()
    event = Event(
        name="",
        organizer_token_hash=token_hash(token),
        number_pattern=f"{now():%Y}-######",
    )
    update_event(event, EventChange(name=name, language=language, time_zone=time_zone))
    if session.get_bind().dialect.name == "sqlite":
        # SQLite would reuse the id of a deleted event, which the log still names.
        ids = (Event.id, AuditEntry.event_id)
        event.id = 1 + max(session.scalar(select(func.max(column))) or 0 for column in ids)
    session.add(event)
    session.flush()
    audit.record(session, Action.EVENT_CREATED, event.id)
    return event, token


def archive_event(session: Session, event: Event) -> None:
    """Take the event off the list of events; mailed links still work."""
    event.archived_at = event.archived_at or now()
    audit.record(session, Action.EVENT_ARCHIVED, event.id)


def bring_back(session: Session, event: Event) -> None:
    """Put the event on the list of events again."""
    event.archived_at = None
    audit.record(session, Action.EVENT_BROUGHT_BACK, event.id)


def renew_organizer_token(event: Event) -> str:
    """Return a new token for the organizer; the old one no longer opens the event."""
    token = new_token()
    event.organizer_token_hash = token_hash(token)
    _note(Action.TOKEN_RENEWED, event)
    return token


@dataclass(frozen=True, kw_only=True)
class EventChange:
    """A change of an event; None keeps a value.

    `any_date` returns from a fixed date to the day of issue.
    """

    name: str | None = None
    language: str | None = None
    time_zone: str | None = None
    certificate_date: date | None = None
    any_date: bool = False
    number_pattern: str | None = None
    corrections_allowed: bool | None = None
    ask_when_unsure: bool | None = None
    on_records: bool | None = None


def set_days(event: Event, first: date | None, last: date | None) -> None:
    """Set the days of the event, which is locked; without a last day it is the first one alone.

    What was signed does not change. Raises SettingRefused.
    """
    if last and (first is None or last < first):
        raise SettingRefused(field="ends_on", reason=N_("must not be before the first one"))
    event.starts_on, event.ends_on = first, last
    _note(Action.SETTINGS_CHANGED, event)


def update_event(event: Event, change: EventChange) -> None:
    """Change what is given and keep the rest. Raises SettingRefused, with nothing changed."""
    given = {field: value for field, value in vars(change).items() if value is not None}
    if given.pop("any_date"):
        given["certificate_date"] = None
    if given.get("language", LANGUAGES[0]) not in LANGUAGES:
        raise SettingRefused(field="language", reason=N_("must be zh or en"))
    for field, check in _CHECKS.items():
        if field in given:
            given[field] = check(given[field])
    for field, value in given.items():
        setattr(event, field, value)
    if event.issue_at:
        # The same day ends earlier or later in a new zone.
        event.issue_at = end_of_check(event)
    _note(Action.SETTINGS_CHANGED, event)


def _note(action: Action, event: Event) -> None:
    """Record what has changed, unless the event is not stored yet."""
    if session := object_session(event):
        audit.record_change(session, action, event.id, event)


def update_organization(
    event: Event,
    *,
    name: str | None = None,
    website: str | None = None,
    contact_address: str | None = None,
    frontend_url: str | None = None,
    reach: Reach = PUBLIC,
) -> None:
    """Set the organization, its contact address, and the page that mailed links lead to ("": ours).

    `reach` is that of the person who sets it. Raises SettingRefused, with nothing changed.
    """
    checked: dict[str, object] = {}
    if name is not None:
        checked["organization"] = one_line("name", name)
    if website is not None:
        checked["website"] = _web_address("website", website)
    if contact_address is not None:
        checked["contact_address"] = _mail_address("contact_address", contact_address)
    if frontend_url is not None:
        page = _web_address("frontend_url", frontend_url)
        if page != event.frontend_url:
            if page:
                host = urlsplit(page).hostname or ""
                reach.of_page(page).refuse_written("frontend_url", host)
            checked |= {"frontend_url": page, "frontend_url_by_owner": reach.is_unlimited}
    for field, value in checked.items():
        setattr(event, field, value)
    _note(Action.ORGANIZATION_CHANGED, event)


def set_wording(
    event: Event, kind: str, *, subject: str, body: str, group: Group | None = None
) -> None:
    """Set the organizer's own text for one kind of message; if both are empty, ours is used.

    With a `group` it is for its people alone, and if both are empty they get what everybody gets.
    """
    texts = {}
    if subject.strip() or body.strip():
        texts["subject"] = one_line("subject", subject)
        texts["body"] = body.replace("\r\n", "\n").strip()
    _set_texts(event, group, "wording", kind, texts)


def set_draft(
    event: Event, kind: str, part: str, text: str, *, instead_of: str, group: Group | None = None
) -> None:
    """Keep a draft of a `part` of one kind of message, the subject or the body, until it is used.

    A draft equal to `instead_of`, the text that it would replace, is dropped. Raises
    SettingRefused.
    """
    parts = dict((group or event).wording_drafts.get(kind, {}))
    if text.split() == instead_of.split():
        parts.pop(part, None)
    else:
        fitting = one_line(part, text) if part == "subject" else text.replace("\r\n", "\n")
        parts[part] = {"text": fitting, "instead_of": instead_of}
    _set_texts(event, group, "wording_drafts", kind, parts)


def drop_drafts(event: Event, kind: str, group: Group | None = None) -> None:
    """Forget the drafts of one kind of message: they are used, or given up."""
    _set_texts(event, group, "wording_drafts", kind, {})


def _set_texts(
    event: Event, group: Group | None, column: str, kind: str, texts: Mapping[str, object]
) -> None:
    """Set what a column of the event, or of the group, says about one kind of message."""
    owner, session = group or event, object_session(event)
    before: dict[str, Any] = getattr(owner, column)
    after = {name: kept for name, kept in before.items() if name != kind}
    after |= {kind: texts} if texts else {}
    setattr(owner, column, after)
    if session and after != before:
        said = [*([] if column == "wording" else [column]), *(["group"] if group else [])]
        audit.record(session, Action.TEXTS_CHANGED, event.id, fields=[kind, *said])


def numbered(pattern: str, number: int) -> str:
    """Fill a number in: `2026-######` and 123 make `2026-000123`; longer numbers fit too."""
    *_, digits = _PATTERN.finditer(pattern)
    start, end = digits.span()
    return f"{pattern[:start]}{number:0{end - start}d}{pattern[end:]}"


def one_line(field: str, value: str, *, needed: bool = False) -> str:
    """Return `value` with single spaces. Raises SettingRefused, which names `field`."""
    text = " ".join(value.split())
    if needed and not text:
        raise SettingRefused(field=field, reason=N_("must not be empty"))
    if len(text) > LONGEST_TEXT:
        raise SettingRefused(field=field, reason=N_("is longer than 200 characters"))
    if not text.isprintable():
        raise SettingRefused(field=field, reason=N_("contains characters that cannot be printed"))
    return text


def _mail_address(field: str, value: str) -> str:
    if not value.strip():
        return ""
    address = entered_address(field, value)
    if not address.isascii():
        # It is in mails to everybody, and most servers take only ASCII.
        raise SettingRefused(field=field, reason=N_("must have plain letters before the “@”"))
    return address


def _web_address(field: str, value: str) -> str:
    address = value.strip()
    usable = re.fullmatch(r"https?://[^\s/<>\"'\\]+(/[^\s<>\"'\\]*)?", address)
    if address and not (usable and address.isprintable()):
        raise SettingRefused(field=field, reason=N_("must start with http:// or https://"))
    if len(address) > 2000:
        raise SettingRefused(field=field, reason=N_("is longer than 2000 characters"))
    if address and parts_of_site(address) is None:
        raise SettingRefused(
            field=field, reason=N_("is not a web address. Check the name and the port.")
        )
    return address


def _known_zone(name: str) -> str:
    try:
        return known_zone(name)
    except ValueError:
        raise SettingRefused(
            field="time_zone", reason=N_("must be a name like Europe/Berlin")
        ) from None


def _checked_pattern(pattern: str) -> str:
    text = one_line("number_pattern", pattern, needed=True)
    if len(text) > 40 or not _PATTERN.search(text):
        raise SettingRefused(
            field="number_pattern", reason=N_("needs # for the digits, as in 2026-######")
        )
    return text


# How typed values are normalized; the others are chosen from what exists.
_CHECKS: dict[str, Callable[[str], str]] = {
    "name": partial(one_line, "name", needed=True),
    "time_zone": _known_zone,
    "number_pattern": _checked_pattern,
}
