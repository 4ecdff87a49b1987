"""All events of the reader, the newest first, and the windows that make one."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.orm import Session

from console.confirmation import comes_first
from console.event_choice import badge_of, offered
from console.navigation import go_to_window, leave_window, open_window, page, show_window
from console.previews import event_picture, gallery_url
from console.session import (
    EVENT_ID,
    IS_TO_CONFIRM,
    Viewer,
    choose_event,
    event_names,
    installation,
    may,
    reader,
    session_of_reader,
)
from console.session_key import SessionKey
from console.text import ROLE_NAMES, language, plain, t, time_zones, tn, zone_choice, zone_name
from console.widgets.display import explain_first_event, show_certificate
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_info, show_paragraph
from shared.access.keys import events_opened_by
from shared.access.roles import Permission
from shared.acts.sample_event import PEOPLE, sample, store_sample
from shared.acts.send import send
from shared.certificates.designs.event_copy import Link, copy_event
from shared.certificates.designs.gallery import Taste, choice_for
from shared.events import event_for_change
from shared.events.installation import first_event_id
from shared.events.links import join_link, sample_link
from shared.events.naming import set_naming
from shared.events.settings import create_event, update_organization
from shared.language import LANGUAGE_NAMES, LANGUAGES, N_, Language
from shared.preflight.checks import is_this_machine
from shared.rendering.facts import Facts
from shared.rendering.gallery.catalogue import style_named
from shared.storage.models import Event, Naming, Status
from shared.volunteers.people.first_people import first_names
from shared.volunteers.people.progress import EventProgress, progress_of_each

CARDS_IN_A_ROW = 3
SHOWS_ARCHIVED = SessionKey[bool]("events.shows_archived")
# The fields of a new event, and of a copy.
_NEW = SessionKey[Any]("events.new")
_COPY = SessionKey[Any]("events.copy")
# The screen that opens next, and the event that was just made.
_MADE = SessionKey[tuple[str, int]]("events.made")
_LINKS = SessionKey[tuple[Link, ...]]("events.copied_links")
_A_WEEK = timedelta(days=7)
# The designs that are shown where there is no event yet, and their width in pixels.
_SHOWN, _WIDTH = ("diploma", "morning", "cream"), 720
# What may be known of the people, and the effect of each choice.
_KNOWN = {
    Naming.ASK: (
        N_("E-mail addresses only"),
        N_("People enter their name, see the certificate and get it by mail."),
    ),
    Naming.ISSUE: (
        N_("Names"),
        N_("Everybody gets their certificate by mail when you press Send."),
    ),
    Naming.CHECK: (
        N_("Names to be checked"),
        N_("People can correct their name until a date you set. Then certificates are sent."),
    ),
}


def show() -> None:
    if made := _MADE.take():
        _go_to(*made)
    may_make = may(Permission.MANAGE_EVENTS)
    with installation().database.reading() as session:
        reader = session_of_reader(session)
        named = {event.id for event in offered(event_names(session))}
        mine = (event for event in events_opened_by(session, *reader.accesses) if event.id in named)
        opened = sorted(mine, key=lambda event: event.id, reverse=True)
        progress, first = progress_of_each(session, opened), first_event_id(session)
        with_names = [event.id for event in opened if reader.to(event.id).may(Permission.SEE_TABLE)]
        names = first_names(session, with_names)
        pictures = {event.id: event_picture(event, names.get(event.id, "")) for event in opened}
    is_empty = may_make and not opened
    with st.container(horizontal=True, vertical_alignment="center", key="events.head"):
        st.title(t("Welcome") if is_empty else t("Events"))
        if may_make and opened:
            st.button(
                t("New event"), type="primary", icon=":material/add:", on_click=go_to_window,
                args=("new",),
            )  # fmt: skip
    if is_empty:
        _welcome()
    _show_links()
    if may_make:
        _show_window_if_open(opened)
    archived = sum(event.archived_at is not None for event in opened)
    label = tn("Show {count} archived event", "Show {count} archived events", archived)
    if not archived or not st.toggle(label, key=SHOWS_ARCHIVED.name):
        opened = [event for event in opened if event.archived_at is None]
    # A row at a time, so that cards of different heights stay side by side.
    for start in range(0, len(opened), CARDS_IN_A_ROW):
        columns = st.columns(CARDS_IN_A_ROW, gap="medium")
        for column, event in zip(columns, opened[start : start + CARDS_IN_A_ROW], strict=False):
            with column, st.container(border=True, height="stretch", key=f"events.card.{event.id}"):
                _show_card(
                    event,
                    progress[event.id],
                    pictures[event.id],
                    is_first=event.id == first,
                    may_make=may_make,
                )


def _welcome() -> None:
    """Show a reader without events what certificates look like, and two ways to begin."""
    show_paragraph(
        "Thank your volunteers with certificates. Choose a design, paste your list "
        "and send. They correct their names themselves."
    )
    wanted, settings = sample(language()), installation().settings
    with st.container(horizontal=True, key="events.begin"):
        st.button(
            t("Make your first certificate"), type="primary", on_click=go_to_window, args=("new",)
        )
        act_button(
            t("Try it with ten sample people"), "events.sample",
            partial(_make_sample, reader(), language()), Permission.MANAGE_EVENTS,
            is_of_event=False,
        )  # fmt: skip
    show_caption(
        "The sample is a rehearsal. Its mails stay in a mailbox here. Delete it when you are done."
    )
    for column, style, name in zip(
        st.columns(3, gap="medium"), _SHOWN, PEOPLE.values(), strict=False
    ):
        choice = choice_for(style_named(style), Taste(language()), ())
        facts = Facts(
            name,
            "2026-000127",
            date=date.today(),
            link=sample_link(settings),
            language=language(),
            event=wanted.on_sheet,
            organization=wanted.organization,
        )
        with column:
            show_certificate(gallery_url(choice, facts, None, _WIDTH), name)
    if is_this_machine(settings.public_url):
        show_info(
            "Before you mail for real, give this installation an address that volunteers can "
            "reach: PUBLIC_URL. Each event needs a mail account, too.",
            icon="public",
        )


def _make_sample(who: Viewer, spoken: Language, session: Session) -> Callable[[], None]:
    """Store the sample event, and return what sends its mails."""
    served = installation()
    made = store_sample(
        session, served.settings, sample(spoken), spoken, served.settings.home_zone
    ).id

    def thank() -> None:
        send(served, made, by=who.actor(made, Permission.SEND))
        _MADE.set(("send", made))

    return thank


def _show_card(
    event: Event, progress: EventProgress, picture: str, *, is_first: bool, may_make: bool
) -> None:
    """Show an event's certificate, progress and state."""
    if picture:
        # The card says what is on the picture.
        st.html(f'<img class="event-picture" src="{picture}" alt="" loading="lazy">')
    else:
        missing = escape(t("No certificate yet"))
        st.html(f'<div class="event-picture">{missing}</div>')
    # The link covers the whole card: see `style.css`.
    with st.container(key=f"events.open.{event.id}"):
        st.page_link(
            page("overview"),
            label=f"**{plain(event.name)}**",
            query_params={"event": str(event.id)},
        )
    st.caption(plain(event.organization) or t("No organization yet"))
    if is_first:
        explain_first_event(event)
    mailed = progress.by_status[Status.MAILED]
    st.progress(mailed / progress.total if progress.total else 0.0)
    people = tn("{count} volunteer", "{count} volunteers", progress.total)
    how_far = tn("{count} certificate mailed", "{count} certificates mailed", mailed)
    invited = progress.by_status[Status.INVITED]
    if invited and not mailed:
        how_far = tn("{count} person invited", "{count} people invited", invited)
    elif progress.by_status[Status.NEW] == progress.total:
        how_far = t("nothing sent yet")
    st.markdown(f":small[{people} · {how_far}]")
    with st.container(horizontal=True, vertical_alignment="center"):
        if event.archived_at:
            st.badge(t("Archived"), color="gray")
        st.markdown(badge_of(event))
        if progress.problems:
            needing = tn("{count} needs attention", "{count} need attention", progress.problems)
            st.badge(needing, color="red")
        if to_go := sum(progress.all_to_go.values()):
            st.badge(tn("{count} mail left", "{count} mails left", to_go), color="orange")
        if may_make:
            copy = t("Copy")
            # The event's name is for screen readers only.
            st.button(
                f"{copy} :small[{plain(event.name)}]", key=f"events.copy.{event.id}",
                type="tertiary", on_click=go_to_window, args=(f"copy.{event.id}",),
            )  # fmt: skip


def _show_window_if_open(opened: Sequence[Event]) -> None:
    """Show the window of a new event, or of a copy of one of the `opened` events, if it is open."""
    # The window in which readers confirm who they are replaces it.
    if IS_TO_CONFIRM.get(False):
        return
    window = open_window()
    if window == "new":
        show_window(t("New event"), _show_making, width="medium")
    if source := next((event for event in opened if window == f"copy.{event.id}"), None):
        title = t("Copy “{event}”", event=plain(source.name))
        show_window(title, lambda: _show_copying(source.id))


def _show_making() -> None:
    if comes_first("events.new", at_once=True):
        return
    left, right = st.columns([3, 2])
    left.text_input(
        t("Event name (printed on the certificate)"), max_chars=200, key=_NEW.of("name").name
    )
    right.text_input(t("Your organization"), max_chars=200, key=_NEW.of("who").name)
    naming = st.radio(
        t("What is on your list?"),
        list(_KNOWN),
        format_func=lambda known: t(_KNOWN[known][0]),
        captions=[t(caption) for _, caption in _KNOWN.values()],
        horizontal=True,
        key="events.new.naming",
    )
    # Language and time zone are folded, since mostly they are the reader's own.
    own = st.context.timezone or ""
    zone = own if own in time_zones() else installation().settings.home_zone
    zones = time_zones(zone)
    change = t("change")
    label = f"{LANGUAGE_NAMES[language()]} · {zone_name(zone)} · {change}"
    with st.expander(label, key="events.new.further"):
        left, right = st.columns(2)
        left.selectbox(
            t("Language of mails and certificates"),
            LANGUAGES,
            index=LANGUAGES.index(language()),
            format_func=lambda code: LANGUAGE_NAMES[code],
            key="events.new.language",
        )
        zone = right.selectbox(
            t("Time zone"),
            zones,
            index=zones.index(zone),
            key="events.new.zone",
            format_func=zone_choice,
        )
    if naming is Naming.CHECK:
        today = datetime.now(ZoneInfo(zone)).date()
        st.date_input(
            t("Last day to check the names"),
            value=today + _A_WEEK,
            min_value=today,
            format="YYYY-MM-DD",
            key="events.new.until",
        )

    act_button(
        t("Create the event"), "events.new.create", _make, Permission.MANAGE_EVENTS,
        is_of_event=False,
        typed=tuple(map(_NEW.of, ("name", "who", "naming", "language", "zone", "until"))),
        type="primary",
    )  # fmt: skip


def _make(
    session: Session, name: str, who: str, naming: Naming, spoken: Language, zone: str,
    until: date | None,
) -> Callable[[], None]:  # fmt: skip
    event, _ = create_event(session, name=name, language=spoken, time_zone=zone)
    if who.strip():
        update_organization(event, name=who)
    set_naming(session, event, naming, until if naming is Naming.CHECK else None)
    made = event.id

    def go() -> None:
        leave_window()
        _MADE.set(("certificate", made))

    return go


def _show_copying(source_id: int) -> None:
    if comes_first("events.copy", at_once=True):
        return
    show_caption("This copies the design, texts, settings and mail account, but not the list.")
    st.text_input(t("Name of the copy"), max_chars=200, key=_COPY.of("name").name)
    st.checkbox(
        t("Invite its team, too. Each person gets their own link."),
        key=_COPY.of("with_people").name,
    )
    act_button(
        t("Copy the event"), "events.copy.do", partial(_copy, source_id), Permission.MANAGE_EVENTS,
        is_of_event=False, typed=(_COPY.of("name"), _COPY.of("with_people")), type="primary",
    )  # fmt: skip


def _copy(source_id: int, session: Session, name: str, with_people: bool) -> Callable[[], None]:
    source, seal = event_for_change(session, source_id), installation().seal
    copied = copy_event(session, seal, source, name=name, with_people=with_people)
    made, links = copied.event.id, copied.links

    def go() -> None:
        leave_window()
        if links:
            choose_event(made)
            _LINKS.set(links)
        else:
            _MADE.set(("overview", made))

    return go


def _show_links() -> None:
    """Show the links for a copy's team until they are saved, then go to the copy. Only their hashes
    are stored, so they are shown once."""
    links = _LINKS.get(())
    if not links:
        return
    with st.container(border=True):
        st.header(t("Links for the team of the copy"))
        show_paragraph("Send each link privately. They are shown only once and work for 7 days.")
        for link in links:
            st.markdown(f"{plain(link.name)} · {t(ROLE_NAMES[link.role])}")
            address = join_link(installation().settings, link.token)
            st.code(address, language=None, wrap_lines=True)
        are_saved = st.button(t("I have saved them"), type="primary")
    if are_saved:
        _LINKS.take()
        event_id = EVENT_ID.get()
        assert event_id is not None
        _go_to("overview", event_id)


def _go_to(screen: str, event_id: int) -> None:
    choose_event(event_id)
    st.switch_page(page(screen), query_params={"event": str(event_id)})
