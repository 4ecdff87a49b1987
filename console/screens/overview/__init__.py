"""One event: what is done, what is missing, and its settings."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from console.navigation import page
from console.session import changing, installation, reading, signed_in_as_owner
from console.text import plain, t
from console.widgets.first_event import explain_first_event
from console.widgets.new_token import show_new_token
from console.widgets.time_zones import time_zones
from shared import events
from shared.events.installation import first_event_id
from shared.language import LANGUAGE_NAMES, LANGUAGES, N_
from shared.storage.models import Event, Status
from shared.volunteers.progress import EventProgress, event_progress


@dataclass(frozen=True)
class Step:
    """One line of the checklist; `screen` is where it is done."""

    title: str
    screen: str
    is_done: bool
    missing: str
    details: dict[str, object] = field(default_factory=dict)


def show() -> None:
    with reading() as (session, event):
        progress = event_progress(session, event)
        is_first = event.id == first_event_id(session)
    st.title(plain(event.name))
    if is_first:
        explain_first_event()
    show_new_token()
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(t("Step by step"))
        for step in steps(event, progress):
            _show_step(step)
    with right:
        _settings(event)


def steps(event: Event, progress: EventProgress) -> list[Step]:
    """What an organizer does for an event, in order, and whether it is done."""
    return [
        Step(
            N_("Certificate"),
            "certificate",
            event.design is not None,
            N_("Upload the picture and place the name on it."),
        ),
        Step(
            N_("Organization"),
            "organization",
            bool(event.organization),
            N_("Say who thanks the volunteers."),
        ),
        Step(
            N_("Mail account"),
            "organization",
            event.live_at is not None,
            N_("Not yet: mails stay in the rehearsal mailbox, which is fine for trying.")
            if event.account is None
            else N_("Entered, but not checked: mails stay in the rehearsal mailbox."),
        ),
        Step(
            N_("Recipients"),
            "recipients",
            progress.total > 0,
            N_("Paste or upload the list of addresses."),
        ),
        _sending(progress),
        Step(
            N_("Certificates mailed"),
            "status",
            progress.total > 0 and progress.by_status[Status.MAILED] == progress.total,
            N_("See who has what, and why something failed."),
        ),
    ]


def _sending(progress: EventProgress) -> Step:
    """Done when nobody waits for an invitation, not when the first ones have left."""
    invited = progress.total - progress.by_status[Status.NEW]
    missing = N_("Send the invitations; volunteers enter their names themselves.")
    if invited:
        missing = N_("{invited} of {total} invited")
    details: dict[str, object] = {"invited": f"{invited:,}", "total": f"{progress.total:,}"}
    return Step(N_("Sending"), "sending", 0 < invited == progress.total, missing, details)


def _show_step(step: Step) -> None:
    with st.container(border=True, gap="xxsmall"):
        icon = ":material/check_circle:" if step.is_done else ":material/radio_button_unchecked:"
        st.page_link(page(step.screen), label=f"**{t(step.title)}**", icon=icon)
        if step.is_done:
            st.badge(t("Done"), color="green")
        else:
            st.caption(t(step.missing, **step.details))


def _settings(event: Event) -> None:
    st.header(t("Settings"))
    with st.form("event_settings"):
        values = _names_and_places(event) | _numbers_and_rules(event)
        if st.form_submit_button(t("Save"), type="primary"):
            with changing(t("Saved.")) as (_, locked):
                events.update_event(locked, events.EventChange(**values))
    with installation().database.reading() as session:
        is_owner = signed_in_as_owner(session)
    # Organizers who renewed it themselves would be signed out before they could copy it.
    if is_owner:
        _renewal()


def _names_and_places(event: Event) -> dict[str, Any]:
    languages: list[str] = list(LANGUAGES)
    zones = sorted({*time_zones(), event.time_zone})
    return {
        "name": st.text_input(t("Name"), event.name, max_chars=200),
        "language": st.selectbox(
            t("Language of mails and certificates"),
            languages,
            index=languages.index(event.language),
            format_func=lambda code: LANGUAGE_NAMES[code],
        ),
        "time_zone": st.selectbox(t("Time zone"), zones, index=zones.index(event.time_zone)),
    }


def _numbers_and_rules(event: Event) -> dict[str, Any]:
    fixed_date = st.date_input(
        t("Date on the certificates"),
        event.certificate_date,
        format="YYYY-MM-DD",
        help=t("Empty: the day on which each certificate is made."),
    )
    return {
        "certificate_date": fixed_date,
        "any_date": fixed_date is None,
        "number_pattern": st.text_input(
            t("Pattern of the numbers"),
            event.number_pattern,
            max_chars=40,
            help=t("Each # is a digit of the running number."),
        ),
        "corrections_allowed": st.checkbox(
            t("Volunteers may correct their name after the certificate was mailed"),
            event.corrections_allowed,
        ),
        "ask_when_unsure": st.radio(
            t("When it is unknown whether a mail arrived"),
            [False, True],
            index=int(event.ask_when_unsure),
            format_func=lambda asks: (
                t("Ask me") if asks else t("Send it again; the copy can be recognized")
            ),
        ),
    }


def _renewal() -> None:
    with st.expander(t("Organizer's token"), icon=":material/key:"):
        st.markdown(t("A new token replaces the old one, which stops working at once."))
        if st.button(t("Renew the token")):
            with changing() as (_, event):
                token = events.renew_organizer_token(event)
                st.session_state["new_token"] = {"event": event.name, "token": token}
