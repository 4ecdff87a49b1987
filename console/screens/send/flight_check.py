"""The preflight checks on the screen: what is fine, what may go wrong, what must be fixed first."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import streamlit as st
from sqlalchemy.orm import Session

from console.design_changes import changing_design
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

# Mail servers and pages do not change from one click to the next, and take seconds to ask.
_CACHED_SECONDS = 300
_CACHED_ANSWERS = 200
_LEVELS = list(Level)


def findings() -> list[Finding]:
    """The findings now; only slow ones may be some minutes old."""
    with reading() as (_, event):
        pass
    with st.spinner(t("Checking the mail server and the domain …")):
        return found(event.id, st.context.timezone)


def found(event_id: int, zone: str | None) -> list[Finding]:
    """The same of an event, for somebody in this time zone, without a look at Streamlit's state."""
    served = installation()
    look_through(served.database, event_id, LOOK_SECONDS)
    with served.database.reading() as session:
        event = session.get_one(Event, event_id)
        design = designs.fingerprint(event.design) if event.design else ""
        date = str(event.certificate_date or "")
        called = f"{event.name}\n{event.organization}"
        # As long as it stays the same, so do the addresses: whoever changes one is in the log.
        done = next(iter(audit_log.page(session, audit_log.EntryFilter(event=event), size=1)), None)
        last = (done.id, done.at) if done else (0, None)
        inside = [
            _certificate(
                (design, event.number_pattern, event.next_number, date, event.language, called),
                session,
                event,
            ),
            *check_fixed_texts(session, event),
            *check_facts(session, event),
            *check_names(session, event),
            *check_texts(event),
            *check_zone(event),
            *_check_days(event, datetime.now(UTC), zone),
            *_list(
                (
                    str(session.get_bind().engine.url),
                    event.id,
                    *last,
                    count_waiting(session, event).total,
                ),
                session,
                event,
            ),
            *check_departure(session, event),
            *check_disk(served.settings),
        ]
        outside = Outside.of(served.settings, event)
    return [*inside, *_answers(outside, served)]


def at_level(level: Level, found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.level is level]


def show_stops(found: list[Finding]) -> None:
    """What must be fixed first, above a button that cannot be pressed."""
    if lines := _lines(Level.RED, found):
        st.error("  \n".join([t("Fix this before you send:"), *lines]))


def show_doubts(found: list[Finding]) -> None:
    """What who sends all the same accepts."""
    if lines := _lines(Level.AMBER, found):
        st.warning("  \n".join([t("Before you send:"), *lines]))


def show(found: list[Finding]) -> None:
    """All checks in one line, each subject once, by its gravest finding; opened, all of them."""
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
        # What one press repairs.
        doubts = at_level(Level.AMBER, found) if may(Permission.CHANGE_DESIGN) else []
        words = {doubt.words for doubt in doubts}
        if any(finding.words == SMALL_NAMES for finding in found) and may(Permission.CHANGE_LIST):
            link_to(NAMES, t("Show the small names"), ":material/id_card:")
        if TORN in words:
            how = changing_design("send.reset_texts", TextsSetAnew(), t("The texts are reset."))
            st.button(t("Reset the certificate's texts"), icon=":material/format_quote:", **how)
        # Placeholders in place of old names; certificates that were issued stay as they are.
        if OLD_NAME in words:
            done = t("The certificate now shows the current names of the event and organization.")
            how = changing_design("send.names_of_today", NamesOfToday(), done)
            st.button(t("Use today's names"), icon=":material/auto_fix_high:", **how)
        if st.button(t("Check again"), icon=":material/refresh:"):
            _answers.clear()
            _list.clear()
            st.rerun()


def _check_days(event: Event, at: datetime, zone: str | None) -> Iterator[Finding]:
    """Tell whoever is at the screen that their day is not the one that certificates will say."""
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
def _certificate(look: tuple[object, ...], _session: Session, _event: Event) -> Finding:
    """Kept by content, such as the design's image and layout: ids belong to one database only."""
    return check_certificate(_session, installation().settings, _event)


@st.cache_data(ttl=_CACHED_SECONDS, max_entries=_CACHED_ANSWERS, show_spinner=False)
def _list(state: tuple[object, ...], _session: Session, _event: Event) -> list[Finding]:
    """`state`: of which database and event, what was last done there, how many people wait."""
    return list(check_list(_session, _event))


@st.cache_data(ttl=_CACHED_SECONDS, max_entries=_CACHED_ANSWERS, show_spinner=False)
def _answers(outside: Outside, _installation: Installation) -> list[Finding]:
    return check_outside(_installation, outside)


def _lines(level: Level, found: list[Finding]) -> list[str]:
    return [
        f"**{t(finding.subject)}** · {plain(_said(finding))}" for finding in at_level(level, found)
    ]


def _said(finding: Finding) -> str:
    """A finding in words; who can fix it, and where, if no organizer can."""
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
