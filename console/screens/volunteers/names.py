"""The names on the certificates: who decides them, and how they fit."""

from datetime import datetime, timedelta
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.orm import Session

from console.jobs import acts_button
from console.previews import preview_url
from console.session import installation, may, reading, require
from console.session_key import SessionKey
from console.text import in_words, plain, t, tn
from console.widgets.spoken import (
    show_caption,
    show_caption_count,
    show_info,
    show_paragraph,
    show_warning_count,
)
from console.widgets.stored_fields import StoredFields
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.rename import Rename
from shared.acts.waiting import count_to_issue
from shared.certificates.designs import designs
from shared.certificates.designs.fit_sheet import (
    LOOK_SECONDS,
    SMALL,
    TightName,
    fit_sheet,
    look_through,
)
from shared.certificates.issuing.current import day_of_issue
from shared.certificates.issuing.samples import sample_facts
from shared.events.naming import said_by, set_naming
from shared.language import N_
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.names import MOST_CODE_POINTS, without_strays
from shared.storage.models import Design, Event, Naming

_WIDTH, _IN_A_ROW = 640, 3
# The choices of who decides the names, and their effects.
_NAMINGS = {
    Naming.ASK: (
        N_("Ask everybody for their name"),
        N_("Each person gets a link, enters the name and sees the certificate at once."),
    ),
    Naming.ISSUE: (
        N_("Send certificates now"),
        N_(
            "People with a name on the list get the certificate by mail. The others are asked for "
            "theirs."
        ),
    ),
    Naming.CHECK: (
        N_("Let people check names first"),
        N_(
            "Each person gets a link and can correct the name until a day that you choose. After "
            "that, the certificate is made with the name on the list automatically. People without "
            "a name are asked."
        ),
    ),
}
_A_WEEK = timedelta(days=7)
_FIELD = SessionKey[Any]("volunteers.names.saying")
_NAME = SessionKey[str]("volunteers.names.name")


def show() -> None:
    # The window is drawn again without its screen, perhaps long after.
    require(Permission.CHANGE_LIST)
    show_saying()
    show_tight_names()


def show_tight_names() -> None:
    """Show the longest names of the list on the certificate, each with a correction."""
    st.header(t("Longest names on the certificate"))
    with reading() as (_, event):
        if event.design is None:
            show_info("First upload the certificate.")
            return
    look_through(installation().database, event.id, LOOK_SECONDS)
    with reading() as (session, event):
        sheet = fit_sheet(session, event)
        compiled = {
            tight.design_id: designs.compiled(session, session.get_one(Design, tight.design_id))
            for tight in sheet.names
        }
        today = day_of_issue(session, event)
        facts = [
            sample_facts(installation().settings, event, tight.name, tight.columns, today)
            for tight in sheet.names
        ]
    if not sheet.is_whole:
        show_caption("The list is long. Part of it is still being checked.")
    elif not sheet.names:
        st.success(t("Every name on the list fits on one line at a good size."))
    if sheet.undrawable:
        show_warning_count(
            "{count} name does not fit. Correct it, or make the name's box larger.",
            "{count} names do not fit. Correct them, or make the name's box larger.",
            sheet.undrawable,
        )
    for start in range(0, len(sheet.names), _IN_A_ROW):
        row = zip(st.columns(_IN_A_ROW), sheet.names[start:], facts[start:], strict=False)
        for column, tight, its_facts in row:
            with column, st.container(border=True):
                _show(event.id, compiled[tight.design_id], tight, its_facts)


def _show(event_id: int, design: CompiledDesign, tight: TightName, facts: Facts) -> None:
    """Show a name on the certificate, why it is tight, and its correction."""
    st.markdown(f"**{plain(tight.name)}**")
    share = f"{100 * tight.fit.share:.0f}"
    reasons = [
        t(reason, share=share) if reason == SMALL else t(reason) for reason in tight.fit.reasons
    ]
    people = tn("{count} person", "{count} people", tight.people)
    mark = ":red-badge" if tight.fit.problem else ":orange-badge"
    group = [f"· {plain(tight.group)}"] if tight.group else []
    st.markdown(" ".join([*(f"{mark}[{reason}]" for reason in reasons), f"· {people}", *group]))
    if tight.fit.problem:
        st.caption(in_words(tight.fit.problem))
    else:
        address = preview_url(design, facts, _WIDTH)
        said = escape(t("Certificate with the name {name}", name=tight.name))
        st.html(f'<img src="{address}" alt="{said}" style="width: 100%">')
    # Groups may have the same name on certificates of their own.
    which = f"{event_id}.{tight.group}.{tight.name}" if tight.group else f"{event_id}.{tight.name}"
    if not tight.to_correct:
        show_caption("Already on a certificate. Open the person to correct it.")
        return
    with st.popover(t("Correct"), icon=":material/edit:", key=f"volunteers.names.correct.{which}"):
        typed = _NAME.of(which)
        st.text_input(
            t("Full name"),
            max_chars=MOST_CODE_POINTS,
            value=without_strays(tight.name),
            key=typed.name,
        )

        def begin(session: Session, event: Event, name: str) -> list[Act]:
            return [Rename(tight.name, name)] if name != tight.name else []

        needed = Permission.CHANGE_LIST
        acts_button(
            t("Save"), f"volunteers.names.save.{which}", begin, needed, typed=(typed,),
            type="primary",
        )  # fmt: skip


def show_saying() -> None:
    """Ask who decides the names, the people themselves or the list, and until when."""
    st.header(t("Who decides the names?"))
    with reading() as (session, event):
        known = count_to_issue(session, event)
    show_caption_count(
        "{count} person on the list has a name and no certificate yet.",
        "{count} people on the list have a name and no certificate yet.",
        known,
    )
    if not may(Permission.CHANGE_TEXTS):
        said, details = said_by(event)
        show_paragraph(said, **details)
        return
    suggested = datetime.now(ZoneInfo(event.time_zone)).date() + _A_WEEK

    def stored(event: Event, name: str) -> object:
        return getattr(event, name) or suggested

    fields = StoredFields(_FIELD.of(event.id), event, stored, set_naming)
    with st.container(border=True):
        chosen = st.radio(
            options=list(_NAMINGS),
            format_func=_called,
            captions=[t(follows) for _, follows in _NAMINGS.values()],
            label_visibility="collapsed",
            **fields.field("naming", t("Who decides the names?"), _called),
        )
        until = None
        if chosen is Naming.CHECK:
            until = st.date_input(
                format="YYYY-MM-DD",
                width=320,
                **fields.field("names_until", t("Last day to check")),
            )
        is_new = (chosen, until) != (event.naming, event.names_until)
        fields.save_button(t("Save"), type="primary", disabled=not is_new)
        fields.show_overtaken()


def _called(naming: Naming) -> str:
    return t(_NAMINGS[naming][0])
