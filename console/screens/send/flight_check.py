"""The preflight checks on the screen, and what one press repairs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import streamlit as st
from sqlalchemy.orm import Session

from console.design_changes import change_button
from console.navigation import NAMES, link_to
from console.session import installation, may, reading
from console.text import language, plain, sentences, t, tn
from console.widgets.display import MARKS, show_finding
from shared.access.roles import Permission
from shared.acts.waiting import count_waiting
from shared.certificates.designs import designs
from shared.certificates.designs.changes import NamesOfToday, TextsSetAnew
from shared.certificates.designs.fit_sheet import LOOK_SECONDS, look_through
from shared.events.installation import Installation
from shared.findings import Finding, Level, gravest
from shared.language import N_
from shared.log import audit_log
from shared.preflight.certificate_check import (
    OLD_NAME,
    TORN,
    check_certificate,
    check_facts,
    check_fixed_texts,
)
from shared.preflight.checks import ONLY_THIS_COMPUTER, Outside, check_outside
from shared.preflight.flight_check import (
    SMALL_NAMES,
    check_departure,
    check_disk,
    check_list,
    check_names,
    check_texts,
    check_zone,
)
from shared.storage.models import Event

# Seconds for which answers of mail servers and pages are kept, since asking takes seconds.
_CACHED_SECONDS = 300
_CACHED_ANSWERS = 200
_LEVELS = list(Level)


def findings() -> list[Finding]:
    """Return the findings about the event in hand, of which slow ones may be some minutes old."""
    with reading() as (_, event):
        pass
    with st.spinner(t("Checking the mail server and the domain …")):
        return found(event.id, st.context.timezone)


def found(event_id: int, zone: str | None) -> list[Finding]:
    """Return the findings about an event for somebody in this time zone, without reading
    Streamlit's state."""
    served = installation()
    look_through(served.database, event_id, LOOK_SECONDS)
    with served.database.reading() as session:
        event = session.get_one(Event, event_id)
        design = designs.fingerprint(event.design) if event.design else ""
        date = str(event.certificate_date or "")
        called = f"{event.name}\n{event.organization}"
        # Changes of addresses are in the log: while its last entry is the same, so are they.
        done = next(iter(audit_log.page(session, audit_log.EntryFilter(event=event), size=1)), None)
        last = (done.id, done.at) if done else (0, None)
        url, waiting = str(session.get_bind().engine.url), count_waiting(session, event).total
        drawn = (design, event.number_pattern, event.next_number, date, event.language, called)
        inside = [
            _certificate(drawn, session, event),
            *check_fixed_texts(session, event),
            *check_facts(session, event),
            *check_names(session, event),
            *check_texts(event),
            *check_zone(event),
            *_check_days(event, datetime.now(UTC), zone),
            *_list((url, event.id, *last, waiting), session, event),
            *check_departure(session, event),
            *check_disk(served.settings),
        ]
        outside = Outside.of(served.settings, event)
    return [*inside, *_answers(outside, served)]


def at_level(level: Level, found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.level is level]


def show_stops(found: list[Finding]) -> None:
    """Show what must be fixed before anything can be sent."""
    if lines := _lines(Level.RED, found):
        st.error("  \n".join([t("Fix this before you send:"), *lines]))


def show_doubts(found: list[Finding]) -> None:
    """Show what a sender accepts by sending."""
    if lines := _lines(Level.AMBER, found):
        st.warning("  \n".join([t("Before you send:"), *lines]))


def show(found: list[Finding]) -> None:
    """Show all subjects in one line, each with its gravest finding; opened, all findings."""
    subjects = dict.fromkeys(finding.subject for finding in found)
    gravest_of = {
        subject: gravest(finding for finding in found if finding.subject == subject)
        for subject in subjects
    }
    order = sorted(gravest_of, key=lambda subject: -_LEVELS.index(gravest_of[subject].level))
    line = "  ".join(
        f"{MARKS[gravest_of[subject].level]}\N{NO-BREAK SPACE}{t(subject)}" for subject in order
    )
    count = tn("{count} check", "all {count} checks", len(order))
    with st.expander(f"{line}  :gray[{count}]", key="send.checks"):
        for finding in sorted(found, key=lambda finding: order.index(finding.subject)):
            show_finding(finding, _said(finding))
        doubts = at_level(Level.AMBER, found) if may(Permission.CHANGE_DESIGN) else []
        words = {doubt.words for doubt in doubts}
        if any(finding.words == SMALL_NAMES for finding in found) and may(Permission.CHANGE_LIST):
            link_to(NAMES, t("Show the small names"), ":material/id_card:")
        if TORN in words:
            change_button(
                t("Reset the certificate's texts"), "send.reset_texts", TextsSetAnew(),
                t("The texts are reset."), icon="format_quote",
            )  # fmt: skip
        # Placeholders replace the old names. Issued certificates do not change.
        if OLD_NAME in words:
            done = t("The certificate now shows the current names of the event and organization.")
            label, key = t("Use today's names"), "send.names_of_today"
            change_button(label, key, NamesOfToday(), done, icon="auto_fix_high")
        if st.button(t("Check again"), icon=":material/refresh:"):
            _answers.clear()
            _list.clear()
            st.rerun()


def _check_days(event: Event, at: datetime, zone: str | None) -> Iterator[Finding]:
    """Yield a finding if the reader's day differs from the date that certificates would have."""
    here = zone or event.time_zone
    if here not in available_timezones() or event.certificate_date:
        return
    yours, dated = (at.astimezone(ZoneInfo(zone)).date() for zone in (here, event.time_zone))
    if yours != dated:
        words = N_(
            "Certificates issued now say {date}, because the event's time zone is {zone}. "
            "Where you are ({here}) it is {today}."
        )
        details = {"date": dated, "zone": event.time_zone, "here": here, "today": yours}
        yield Finding(Level.AMBER, N_("Time zone"), words, details)


@st.cache_data(ttl=_CACHED_SECONDS, max_entries=_CACHED_ANSWERS, show_spinner=False)
def _certificate(state: tuple[object, ...], _session: Session, _event: Event) -> Finding:
    """Check the certificate; cached by `state`, its content, since ids belong to one database
    only."""
    return check_certificate(_session, installation().settings, _event)


@st.cache_data(ttl=_CACHED_SECONDS, max_entries=_CACHED_ANSWERS, show_spinner=False)
def _list(state: tuple[object, ...], _session: Session, _event: Event) -> list[Finding]:
    """Check the list; `state` is the database and event, the last act there, and how many wait."""
    return list(check_list(_session, _event))


@st.cache_data(ttl=_CACHED_SECONDS, max_entries=_CACHED_ANSWERS, show_spinner=False)
def _answers(outside: Outside, _installation: Installation) -> list[Finding]:
    return check_outside(_installation, outside)


def _lines(level: Level, found: list[Finding]) -> list[str]:
    return [
        f"**{t(finding.subject)}** · {plain(_said(finding))}" for finding in at_level(level, found)
    ]


def _said(finding: Finding) -> str:
    """Return a finding in words, with who can fix it, and where, if no organizer can."""
    if finding.words != ONLY_THIS_COMPUTER:
        return finding.said(language())
    said = t("Links open {page}, which only this computer can reach.", **finding.details)
    if may(Permission.MANAGE_EVENTS):
        cure = t(
            "Set PUBLIC_URL to the address that volunteers reach, in the environment or "
            "in {file}. Then restart the program.",
            file=Path(".env").resolve(),
        )
    else:
        cure = t(
            "Ask the administrator who gave you your token to set the address that "
            "volunteers reach."
        )
    return sentences(said, cure)
