"""Where the reader is signed in: each browser, and how it is signed out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from console.session import actor, installation, session_of_reader
from console.text import plain, sentences, t
from shared.access import sessions
from shared.access.sessions import SignedIn
from shared.storage.models import ConsoleSession


def show() -> None:
    st.title(t("My sign-ins"))
    known = t("Do you not know one? Sign it out, and have your key replaced.")
    st.caption(sentences(known, t("Times are those of {zone}.", zone=_zone().key)))
    with installation().database.reading() as session:
        mine = session_of_reader(session)
        standing = sessions.sessions_of(session, mine.row)
    for row in standing:
        with st.container(border=True):
            _show(row, mine)
    if st.button(t("Sign out everywhere"), icon=":material/logout:"):
        with installation().database.writing(by=actor()) as session:
            sessions.end_everywhere(session, mine)
        st.rerun()


def _show(row: ConsoleSession, mine: SignedIn) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        name = row.browser or t("Unknown browser")
        st.markdown(f"**{plain(name)}**", width="content")
        if row.id == mine.row.id:
            st.badge(t("This browser"), color="green")
    st.caption(
        "  \n".join(
            plain(line)
            for line in [
                t(
                    "Signed in {time} from {network}",
                    time=_written(row.created_at),
                    network=row.network,
                ),
                t("Last used {time}", time=_written(row.seen_at)),
                t("Ends {time}", time=_written(row.expires_at)),
            ]
        )
    )
    if st.button(t("Sign out"), key=f"sessions.end.{row.id}"):
        with installation().database.writing(by=actor()) as session:
            sessions.end(session, mine, row.id)
        st.rerun()


def _written(at: datetime) -> str:
    return f"{at.astimezone(_zone()):%Y-%m-%d %H:%M}"


def _zone() -> ZoneInfo:
    """The reader's own time zone: sessions belong to no event."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError):  # A zone that only the browser knows.
        return ZoneInfo("UTC")
