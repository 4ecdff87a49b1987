"""Text for screens: in the reader's language, in the event's time zone, and safe as Markdown."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

import streamlit as st

from shared.access.roles import Role
from shared.dates import UNCHOSEN_UTC
from shared.errors import ProductError, SettingRefused, explain
from shared.language import (
    LANGUAGES,
    N_,
    Language,
    catalogue,
    preferred_language,
    translate,
    translate_count,
)
from shared.language import listed as listed_in
from shared.settings import settings
from shared.storage.models import Event

Key = TypeVar("Key")
LANGUAGE_COOKIE = "certs_language"
DATABASE_SILENT = N_("The database does not answer. Nothing is lost; try again in a moment.")
_kept: ContextVar[Language | None] = ContextVar("_kept", default=None)
# A hyphen inside of a word has no meaning in Markdown.
_INSIDE_WORD = re.compile(r"(?<=\w)\\-(?=\w)")
_MARKDOWN = frozenset("\\`*_{}[]()<>#+-!|~$:")
# Places where Streamlit recognizes mail and web addresses, even in escaped text.
_LINKED = re.compile(r"(?=@|\\://)|(?<=www)(?=\.)", re.IGNORECASE)
# The screens' names of the fields that SettingRefused names.
FIELD_NAMES = {
    "name": N_("Name"),
    "slug": N_("Short name of the issuer"),
    "page": N_("Page of the issuer"),
    "logo": N_("Logo"),
    "ends_on": N_("Last day of the event"),
    "website": N_("Website"),
    "frontend_url": N_("Page that links open"),
    "language": N_("Language"),
    "time_zone": N_("Time zone"),
    "number_pattern": N_("Number pattern"),
    "username": N_("User name"),
    "conditions": N_("Conditions for a certificate"),
    "webhook_key": N_("Key or topic of the webhook"),
    "from_address": N_("Sender address"),
    "server_address": N_("Server"),
    "smtp_port": N_("Port"),
    "vouched": N_("The list is vouched for"),
    "min_second": N_("Shortest pause between two mails (seconds)"),
    "max_second": N_("Longest pause between two mails (seconds)"),
    "limits": N_("Limits"),
    "per_minute": N_("Mails a minute"),
    "per_hour": N_("Mails an hour"),
    "per_day": N_("Mails a day"),
    "connections": N_("Mails at the same time"),
    "scope": N_("Scope"),
    "authorize_url": N_("Sign-in address"),
    "token_url": N_("Token address"),
    "client_id": N_("Client id"),
    "color": N_("Colour"),
    "email": N_("Address"),
    "subject": N_("Subject"),
    "body": N_("Text"),
    "reason": N_("Reason"),
    "pattern": N_("File name pattern"),
    "role": N_("Role"),
    "expires": N_("Last day"),
    "kind": N_("Column type"),
    "unit": N_("Unit"),
    "public": N_("Public"),
    "in_full": N_("In full in the person's PDF"),
    "contact_address": N_("Contact address"),
    "password": N_("Password"),
    "host": N_("Server"),
    "port": N_("Port"),
    "security": N_("Encryption"),
    "transport": N_("How mails are sent"),
    "responsible_organization": N_("Responsible organization"),
    "privacy_contact": N_("Privacy contact"),
    "names_until": N_("Last day to check the names"),
    "retention_days": N_("How long addresses are kept"),
    "privacy_text": N_("Privacy text"),
    "page_thanks": N_("Thanks in your words"),
    "names": N_("Who decides the names"),
    "folder": N_("Folder to read"),
    "move_to": N_("Move reports to this folder"),
    "column": N_("Column"),
    "value": N_("Value"),
}


def language() -> Language:
    """Return the language that the reader chose, otherwise their browser's."""
    if kept := _kept.get():
        return kept
    chosen = st.context.cookies.get(LANGUAGE_COOKIE)
    wanted = chosen if chosen in LANGUAGES else st.context.locale
    return preferred_language(wanted, settings().default_language)


def speak(language: Language) -> str:
    """Return the script that tells a screen reader the language of a page."""
    return f"document.documentElement.lang = '{language}'"


def keep_language(spoken: Language) -> None:
    """Use this language to the end of the thread, even if the reader's browser goes away."""
    _kept.set(spoken)


def t(message: str, **details: object) -> str:
    """Return `message` in the reader's language."""
    return translate(message, language(), **details)


def tn(one: str, many: str, count: int, **details: object) -> str:
    """Return `one` or `many`, by `count`, in the reader's language."""
    return translate_count(one, many, count, language(), **details)


def listed(parts: Iterable[str]) -> str:
    """Return several things in one line, as the reader's language lists them."""
    return listed_in(parts, language())


def sentences(*parts: str) -> str:
    """Return whole sentences in one text, with blanks between them except in Chinese."""
    return ("" if language() == "zh" else " ").join(parts)


def written_time(at: datetime, event: Event, how: str = "%Y-%m-%d %H:%M") -> str:
    """Return a time in the event's time zone."""
    return f"{at.astimezone(ZoneInfo(event.time_zone)):{how}}"


def written_soon(at: datetime, event: Event) -> str:
    """Return a time in the event's time zone, without its day if that is today."""
    zone = ZoneInfo(event.time_zone)
    is_today = at.astimezone(zone).date() == datetime.now(zone).date()
    return written_time(at, event, *(["%H:%M"] if is_today else []))


def written_size(size: int) -> str:
    """Return a size in bytes as people read it: 1.3 GB."""
    for unit, name in ((1e9, "GB"), (1e6, "MB")):
        if size >= unit:
            return f"{size / unit:.{1 if size < 10 * unit else 0}f}".removesuffix(".0") + f" {name}"
    return f"{max(size / 1e3, 1):.0f} KB"


def distinct(names: Mapping[Key, str]) -> dict[Key, str]:
    """Return the names of choices by their keys. Equal ones get their key, since Streamlit
    identifies a choice by its label alone."""
    times = Counter(names.values())
    return {key: name if times[name] == 1 else f"{name} ({key})" for key, name in names.items()}


def plain(text: str) -> str:
    """Return foreign text as Markdown in which every character stands for itself."""
    escaped = "".join(f"\\{c}" if c in _MARKDOWN else c for c in text)
    # Screen readers read the label of a field as it is written.
    escaped = _INSIDE_WORD.sub("-", escaped)
    # Streamlit would turn an address into a link. Only an empty span prevents that without being
    # copied along with the address, as an invisible character would be.
    return _LINKED.sub(":small[]", escaped)


def in_words(refusal: ProductError, **shown: str) -> str:
    """Return a refusal as a sentence in Markdown, with a setting's name from the screen, not from
    the API. Names, files and servers in it stand for themselves; `shown` replaces its details."""
    details = {name: _plain(detail) for name, detail in (refusal.details | shown).items()}
    field = refusal.details.get("field")
    if isinstance(refusal, SettingRefused) and field in FIELD_NAMES:
        details["field"] = t(FIELD_NAMES[field])
    return explain(refusal, language(), **details)


def _plain(detail: object) -> object:
    """Return the detail of a refusal as `plain` does; a reason in our own words is left to be
    translated."""
    if isinstance(detail, tuple):
        return tuple(plain(str(part)) for part in detail)
    if not isinstance(detail, str) or catalogue("zh").gettext(detail) != detail:
        return detail
    return plain(detail)


def time_zones(chosen: str = "UTC") -> list[str]:
    """Return the time zones to choose from: those of the IANA database that are places, UTC, and
    the one chosen now."""
    places = {zone for zone in available_timezones() if "/" in zone and "Etc" not in zone}
    return sorted({*places, "UTC", chosen})


def zone_choice(zone: str) -> str:
    """Return a time zone for a list, in which people search for its IANA name."""
    return zone_name(zone) if zone == UNCHOSEN_UTC else zone


def zone_name(zone: str) -> str:
    """Return a time zone for a sentence: in Chinese its city."""
    if zone == UNCHOSEN_UTC:
        return t("UTC (not set)")
    if language() == "en" or zone == "UTC":
        return zone
    # Loading this takes a while, because of the names of all time zones.
    from babel.dates import get_timezone_location

    return get_timezone_location(zone, locale=language(), return_city=True)


# The names of roles, and what each may do, in a sentence


ROLE_NAMES = {
    Role.OWNER: N_("Owner"),
    Role.ORGANIZER: N_("Organizer"),
    Role.HELPER: N_("Helper"),
    Role.VIEWER: N_("Viewer"),
}

ROLE_WORDS = {
    Role.ORGANIZER: N_("Can do everything, including keys and the mail account."),
    Role.HELPER: N_(
        "Can change the list, send, and see the table and the mailbox. No account, keys "
        "or deletion."
    ),
    Role.VIEWER: N_("Can see counts, names and statuses. No addresses or links."),
}
