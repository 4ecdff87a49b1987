"""The script that Streamlit runs for every look at the console: navigation and the event bar."""

from pathlib import Path

import streamlit as st
from sqlalchemy.orm import Session

from console import event_choice
from console.navigation import page, remember_pages
from console.policy import speak
from console.screens import (
    certificate,
    events,
    mailbox,
    organization,
    overview,
    recipients,
    sending,
    status,
    wording,
)
from console.session import chosen_event, event_names, in_hand, installation, say_what_was_done
from console.text import language, plain, t
from shared.language import LANGUAGE_NAMES, N_
from shared.mail.queue.workers import running_workers
from shared.storage.models import Event

MOST_MEGABYTES = st.get_option("server.maxUploadSize")
HERE = Path(__file__).parent

SCREENS = {
    "events": (events.show, N_("Events"), ":material/celebration:"),
    "overview": (overview.show, N_("Overview"), ":material/checklist:"),
    "certificate": (certificate.show, N_("Certificate"), ":material/workspace_premium:"),
    "organization": (organization.show, N_("Organization and mail"), ":material/alternate_email:"),
    "wording": (wording.show, N_("Mail texts"), ":material/edit_note:"),
    "recipients": (recipients.show, N_("Recipients"), ":material/group_add:"),
    "sending": (sending.show, N_("Sending"), ":material/send:"),
    "status": (status.show, N_("Status"), ":material/monitoring:"),
    "mailbox": (mailbox.show, N_("Rehearsal mailbox"), ":material/inbox:"),
}


def main() -> None:
    st.set_page_config(
        page_title=t("Certificates for volunteers"),
        page_icon=str(HERE / "icon.png"),
        layout="wide",
    )
    st.logo(HERE / "icon.png", size="large")
    st.html(HERE / "style.css")
    screen = _navigation()
    with installation().database.reading() as session:
        opened = event_names(session)
        event = chosen_event(session) if event_choice.settle(opened) else None
        has_worker = _has_worker(session)
    with st.sidebar:
        _reader_links()
    if event:
        _event_bar(event)
    if not has_worker:
        _say_that_nothing_leaves()
    say_what_was_done()
    # The first screen shows all events; every other one is about one of them.
    if event:
        with in_hand(event):
            screen.run()
    elif screen is page("events"):
        screen.run()
    else:
        event_choice.ask(opened)


def _navigation() -> st.Page:
    """Every page is registered always: one that is missing once is “not found” on reload."""
    pages = {
        name: st.Page(show, title=t(title), icon=icon, url_path=name, default=name == "events")
        for name, (show, title, icon) in SCREENS.items()
    }
    remember_pages(pages)
    return st.navigation(list(pages.values()))


def _event_bar(event: Event) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="app.event_bar"):
        st.caption(plain(event.name), width="content")
        if event.live_at:
            st.badge(t("Live"), color="green")
        else:
            st.badge(t("Rehearsal: mails stay in the mailbox here"), color="orange")


def _reader_links() -> None:
    links = [
        f'<a href="/language/{code}" target="_self" lang="{code}">{name}</a>'
        for code, name in LANGUAGE_NAMES.items()
        if code != language()
    ]
    leave = t("Sign out")
    links.append(f'<a href="/signout" target="_self">{leave}</a>')
    st.html('<nav class="quiet-links">' + " · ".join(links) + "</nav>")
    _say_streamlits_words()
    st.html(
        f"<script>{speak(language())}</script>",
        unsafe_allow_javascript=True,
    )


def _say_streamlits_words() -> None:
    """What Streamlit itself says in English only, where another language is read."""
    if language() == "en":
        return
    choose, limit = t("Choose a file"), t("At most {megabytes} MB", megabytes=MOST_MEGABYTES)
    st.html(
        f"""<style>
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


def _say_that_nothing_leaves() -> None:
    st.warning(
        t("No worker is running: mails are queued, but none leaves. Start it with “certs up”."),
        icon=":material/cloud_off:",
    )


def _has_worker(session: Session) -> bool:
    return running_workers(session) > 0


if __name__ == "__main__":
    main()
