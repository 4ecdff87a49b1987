"""The script that Streamlit runs on every interaction: navigation and the event bar."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from console import confirmation, event_choice, kept_typing
from console.long_work import follow_nothing
from console.navigation import close_what_was_left, page, remember_pages
from console.policy import speak
from console.screens import (
    certificate,
    ending,
    events,
    log,
    mailbox,
    names,
    organization,
    overview,
    people,
    recipients,
    send,
    sessions,
    status,
    wording,
)
from console.session import (
    EVENT_ID,
    actor,
    ask_for,
    in_hand,
    installation,
    is_another_screen,
    looked_up,
    may,
    say_what_was_done,
    session_of_reader,
    signed_in_if_at_all,
)
from console.text import language, plain, t
from console.widgets.actions import show_notices
from shared.access import refusals
from shared.access.keys import Access, names_opened_by, note_use
from shared.access.roles import Permission
from shared.access.sessions import note_look
from shared.errors import RoleTooLow
from shared.garbage import keep_what_is_loaded
from shared.language import LANGUAGE_NAMES, N_
from shared.mail.queue.clock import running_workers
from shared.mail.queue.hold import HELD, is_any_held
from shared.settings import settings
from shared.storage.models import Event

MOST_MEGABYTES = st.get_option("server.maxUploadSize")
HERE = Path(__file__).parent

# Each screen's function, name, icon, and the permission to see it.
SCREENS = {
    "events": (events.show, N_("Events"), ":material/celebration:", Permission.SEE_COUNTS),
    "overview": (overview.show, N_("Overview"), ":material/checklist:", Permission.SEE_COUNTS),
    "certificate": (
        certificate.show,
        N_("Certificate"),
        ":material/workspace_premium:",
        Permission.CHANGE_DESIGN,
    ),
    "organization": (
        organization.show,
        N_("Organization and mail"),
        ":material/alternate_email:",
        Permission.CHANGE_ACCOUNT,
    ),
    "wording": (wording.show, N_("Mail texts"), ":material/edit_note:", Permission.CHANGE_TEXTS),
    "recipients": (
        recipients.show,
        N_("Recipients"),
        ":material/group_add:",
        Permission.CHANGE_LIST,
    ),
    "names": (names.show, N_("Names"), ":material/id_card:", Permission.CHANGE_LIST),
    "send": (send.show, N_("Send"), ":material/send:", Permission.SEND),
    "status": (status.show, N_("Status"), ":material/monitoring:", Permission.SEE_TABLE),
    "mailbox": (
        mailbox.show,
        N_("Rehearsal mailbox"),
        ":material/inbox:",
        Permission.READ_MAILBOX,
    ),
    "people": (people.show, N_("People"), ":material/key:", Permission.MANAGE_KEYS),
    "log": (log.show, N_("Log"), ":material/history:", Permission.SEE_LOG),
    "ending": (
        ending.show,
        N_("Archive and delete"),
        ":material/inventory_2:",
        Permission.DELETE,
    ),
    "sessions": (sessions.show, N_("My sign-ins"), ":material/devices:", Permission.SEE_COUNTS),
}
# The headings in the sidebar, each above its screens; screens without a heading come first.
SECTIONS = {
    N_("Prepare"): ("overview", "certificate", "organization", "wording"),
    N_("List and sending"): ("recipients", "names", "send", "status", "mailbox"),
    N_("Manage"): ("people", "log", "ending"),
    N_("Your account"): ("sessions",),
}
# These screens are about no event; every other screen is about one.
OF_NO_EVENT = ("events", "sessions")


def main() -> None:
    # The first run has imported all the screens.
    keep_what_is_loaded()
    st.set_page_config(
        page_title=t("Certificates for volunteers"),
        page_icon=str(HERE / "icon.png"),
        layout="wide",
    )
    st.logo(HERE / "icon.png", size="large")
    st.html(HERE / "style.css")
    with installation().database.reading() as session:
        reader = signed_in_if_at_all(session)
        screen = _navigation(reader.to(event_choice.wanted()) if reader else None)
        mine = reader or session_of_reader(session)
        opened = names_opened_by(session, *mine.accesses)
        found = looked_up(session) if event_choice.settle(opened) else None
        has_worker = running_workers(session) > 0
        is_held = is_any_held(session)
    note_use(installation().database, mine.to(EVENT_ID.get()))
    note_look(installation().database, mine.row)
    kept_typing.begin(installation(), mine.row)
    with st.sidebar:
        _reader_links()
    if found:
        _event_bar(found.event)
    if not has_worker:
        st.warning(
            t("No worker is running: mails are queued, but none leaves. Start it with “certs up”."),
            icon=":material/cloud_off:",
        )
    if is_held:
        st.error(t(HELD), icon=":material/history:")
    follow_nothing()
    is_another = is_another_screen(screen.url_path)
    if is_another:
        close_what_was_left()
    say_what_was_done(is_another_screen=is_another)
    confirmation.ask_if_needed()
    confirmation.carry_out(mine)
    if found:
        with in_hand(found):
            if may(Permission.SEE_LOG):
                show_notices()
            screen.run()
    elif screen in map(page, OF_NO_EVENT):
        screen.run()
    else:
        event_choice.ask(opened)
    kept_typing.say()


def _navigation(access: Access | None) -> Page:
    """Every page is always registered: a page missing from one run is “not found” on reload."""
    pages = {
        name: st.Page(
            _behind(needed, show),
            title=t(title),
            icon=icon,
            url_path=name,
            default=name == "events",
            visibility="visible" if access is None or access.may(needed) else "hidden",
        )
        for name, (show, title, icon, needed) in SCREENS.items()
    }
    remember_pages(pages)
    # Show all of them: nobody finds what is behind "View 3 more".
    # Pages by heading; a heading with no page that the reader may see is left out.
    heading = {name: title for title, names in SECTIONS.items() for name in names}
    sections: dict[str, list[Page]] = {"": []}
    for name, one in pages.items():
        is_under = name in heading and one.visibility == "visible"
        sections.setdefault(t(heading[name]) if is_under else "", []).append(one)
    return st.navigation(sections, expanded=True)


def _behind(needed: Permission, show: Callable[[], None]) -> Callable[[], None]:
    """The screen if the reader may see it, otherwise a sentence."""

    def run() -> None:
        if may(needed):
            ask_for(needed)
            show()
        else:
            refusals.note_role(installation().database, actor(), EVENT_ID.get(), needed)
            st.info(t(RoleTooLow.message), icon=":material/lock:")

    return run


def _event_bar(event: Event) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="app.event_bar"):
        st.caption(plain(event.name), width="content")
        if event.live_at:
            st.badge(t("Live"), color="green")
        else:
            st.badge(t("Rehearsal: mails stay in the mailbox here"), color="orange")


def _reader_links() -> None:
    base = settings().console_path
    links = [
        f'<a href="{base}/language/{code}" target="_self" lang="{code}">{name}</a>'
        for code, name in LANGUAGE_NAMES.items()
        if code != language()
    ]
    leave = t("Sign out")
    links.append(f'<a href="{base}/signout" target="_self">{leave}</a>')
    st.html('<nav class="quiet-links">' + " · ".join(links) + "</nav>")
    # Translate what Streamlit itself says only in English.
    if language() != "en":
        choose, limit = t("Choose a file"), t("At most {megabytes} MB", megabytes=MOST_MEGABYTES)
        parts = "".join(
            f'[data-testid="stDateInputField"] [data-placeholder][data-type="{part}"]::before'
            f'{{ content: "{name}"; font-size: .875rem; }}'
            for part, name in (("year", t("year")), ("month", t("month")), ("day", t("day")))
        )
        st.html(
            f"""<style>
            {parts}
            [data-testid="stDateInputField"] [data-placeholder],
            [data-testid="stFileUploaderDropzone"] button p,
            [data-testid="stFileUploaderDropzoneInstructions"] span {{ font-size: 0; }}
            [data-testid="stFileUploaderDropzone"] button p::after
            {{ content: "{choose}"; font-size: .875rem; }}
            [data-testid="stFileUploaderDropzoneInstructions"] span::after
            {{ content: "{limit}"; font-size: .875rem; }}
            [data-testid="InputInstructions"],
            [data-testid="stWidgetLabelRequired"] {{ display: none; }}
            </style>"""
        )
    st.html(
        f"<script>{speak(language())}</script>",
        unsafe_allow_javascript=True,
    )


if __name__ == "__main__":
    main()
