"""The script that Streamlit runs on every interaction: it draws the menu and the open screen."""

import time
from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name

import streamlit as st

from console import announcements, confirmation, event_choice
from console.foot import show_going_on
from console.menu import Entries, show_menu, show_parts
from console.navigation import OF_NO_EVENT, PAGES, close_what_was_left, page
from console.screens import (
    account,
    certificate,
    ending,
    events,
    log,
    mailbox,
    organization,
    overview,
    people,
    send,
    sessions,
    settings,
    volunteers,
    wording,
)
from console.screens.account import own
from console.session import (
    EVENT_ID,
    actor,
    ask_for,
    in_hand,
    installation,
    is_another_screen,
    looked_up,
    may,
    session_of_reader,
    sign_in,
    signed_in_if_at_all,
    tell_the_rest,
)
from console.streamlit_edge import gate
from console.streamlit_edge.names import Page
from console.text import language, speak, t
from console.widgets.actions import show_notices
from console.widgets.pressed import draw_anew_if_changed
from console.widgets.spoken import show_info, show_warning
from shared import features
from shared.access import refusals
from shared.access.keys import Access, names_opened_by, note_use
from shared.access.roles import Permission
from shared.access.sessions import note_look
from shared.errors import RoleTooLow
from shared.garbage import keep_what_is_loaded
from shared.language import N_
from shared.mail.queue.clock import running_workers
from shared.mail.queue.hold import is_any_held
from shared.mail.queue.reasons import HELD
from shared.volunteers.people.progress import count_needing_somebody

MOST_MEGABYTES = st.get_option("server.maxUploadSize")
HERE = Path(__file__).parent

# The function that draws each screen, its title, and the permission to see it.
SCREENS = {
    "events": (events.show, N_("Events"), Permission.SEE_COUNTS),
    "overview": (overview.show, N_("Overview"), Permission.SEE_COUNTS),
    "certificate": (certificate.show, N_("Certificate"), Permission.CHANGE_DESIGN),
    "volunteers": (volunteers.show, N_("Volunteers"), Permission.SEE_TABLE),
    "messages": (wording.show, N_("Mail texts"), Permission.CHANGE_TEXTS),
    "account": (account.show, N_("Mail account"), Permission.CHANGE_ACCOUNT),
    "mailbox": (mailbox.show, N_("Rehearsal mailbox"), Permission.READ_MAILBOX),
    "send": (send.show, N_("Send"), Permission.SEND),
    "team": (people.show, N_("Team"), Permission.MANAGE_KEYS),
    "log": (log.show, N_("Log"), Permission.SEE_LOG),
    "settings": (settings.show, N_("Settings"), Permission.CHANGE_TEXTS),
    "organization": (organization.show, N_("Organization"), Permission.CHANGE_TEXTS),
    "ending": (ending.show, N_("Archive and delete"), Permission.DELETE),
    "mail": (own.show, N_("Installation mail"), Permission.MANAGE_EVENTS),
    "sessions": (sessions.show, N_("My sign-ins"), Permission.SEE_COUNTS),
} | {
    name: (resolve_name(screen.show), screen.title, Permission(screen.needed))
    for name, screen in features.screens().items()
}
# The entries of the menu, each with its screens and their titles within the entry.
ENTRIES: Entries = {
    N_("Overview"): {"overview": ""},
    N_("Certificate"): {"certificate": ""},
    N_("Volunteers"): {"volunteers": ""},
    N_("Messages"): {
        "messages": N_("Texts"),
        "account": N_("Mail account"),
        "mailbox": N_("Rehearsal mailbox"),
    },
    N_("Send"): {"send": ""},
    N_("Team"): {"team": N_("Colleagues and keys"), "log": N_("Log")},
    N_("Settings"): {
        "settings": N_("Event"),
        "organization": N_("Organization and privacy"),
        "ending": N_("Archive and delete"),
    },
}
# Earlier addresses of screens, which people have kept, and where these screens are now.
MOVED = {
    "wording": "messages",
    "people": "team",
    "sending": "send",
    "status": "volunteers",
    # Windows of that screen.
    "recipients": "volunteers?window=list",
    "names": "volunteers?window=names",
}


def main() -> None:
    began = time.monotonic()
    draw_anew_if_changed(is_whole=True)
    # The first run has imported all the screens.
    keep_what_is_loaded()
    st.set_page_config(
        page_title=t("Certificates for volunteers"),
        page_icon=str(HERE / "icon.png"),
        layout="wide",
    )
    st.html(HERE / "style.css")
    with installation().database.reading() as session:
        reader = signed_in_if_at_all(session)
        screen = _navigation(reader.to(event_choice.wanted()) if reader else None)
        mine = reader or session_of_reader(session)
        opened = names_opened_by(session, *mine.accesses)
        found = looked_up(session) if event_choice.settle(opened) else None
        needing = count_needing_somebody(session, found.event) if found else 0
        has_worker = running_workers(session) > 0
        is_held = is_any_held(session)
    note_use(installation().database, mine.to(EVENT_ID.get()))
    note_look(installation().database, mine.row)
    event = found.event if found else None
    with st.sidebar:
        show_menu(ENTRIES, screen.url_path or "events", event, opened, needing)
    _speak()
    if event:
        # Shown while the menu is out of sight: see `style.css`.
        with st.container(key="app.event_bar"):
            st.markdown(event_choice.label_of(event))
    if not has_worker:
        show_warning(
            "No worker is running, so no mail is sent. Start it with “certs up”.", icon="cloud_off"
        )
    if is_held:
        st.error(t(HELD), icon=":material/history:")
    is_another = is_another_screen(screen.url_path)
    gate.begins_to_draw(is_another_screen=is_another)
    if is_another:
        close_what_was_left()
        confirmation.close_forms()
    announcements.turn_to(sign_in(), is_another_screen=is_another)
    confirmation.ask_if_needed()
    if found:
        with in_hand(found):
            if may(Permission.SEE_LOG):
                show_notices()
            show_parts(ENTRIES, screen.url_path)
            # *Send* shows the progress of mails itself.
            show_going_on(with_mails=screen.url_path != "send")
            screen.run()
    elif screen in map(page, OF_NO_EVENT):
        screen.run()
    elif ending.IS_DELETED.take() or not event_choice.offered(opened):
        st.switch_page(page("events"))
    else:
        event_choice.ask(opened)
    with st.bottom:
        tell_the_rest(began)


def _navigation(access: Access | None) -> Page:
    """Register all pages and return the open one; those that `access` does not allow are hidden.

    A page missing from one run would be “not found” on reload.
    """

    def behind(needed: Permission, show: Callable[[], None]) -> Callable[[], None]:
        """Return what draws the screen, or a sentence if the reader may not see it."""

        def run() -> None:
            if may(needed):
                ask_for(needed)
                show()
            else:
                refusals.note_role(installation().database, actor(), EVENT_ID.get(), needed)
                show_info(RoleTooLow.message, icon="lock")

        return run

    pages = {
        name: st.Page(
            behind(needed, show),
            title=t(title),
            url_path=name,
            default=name == "events",
            visibility="visible" if access is None or access.may(needed) else "hidden",
        )
        for name, (show, title, needed) in SCREENS.items()
    }
    PAGES.set(pages)
    # Our own menu: Streamlit's leaves the event out, and writes badges into the titles of tabs.
    return st.navigation(list(pages.values()), position="hidden")


def _speak() -> None:
    """Tell the page the reader's language, and `style.css` the words that Streamlit has in English
    only."""
    if language() != "en":
        words = {
            "choose": t("Choose a file"),
            "limit": t("At most {megabytes} MB", megabytes=MOST_MEGABYTES),
            "year": t("year"),
            "month": t("month"),
            "day": t("day"),
        }
        declared = " ".join(f'--{name}: "{word}";' for name, word in words.items())
        st.html(f"<style>:root {{ {declared} }}</style>")
    st.html(f"<script>{speak(language())}</script>", unsafe_allow_javascript=True)


if __name__ == "__main__":
    main()
