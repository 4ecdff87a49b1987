"""Where the reader is signed in: each browser, and how it is signed out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from console.session import actor, installation, session_of_reader
from console.text import sentences, t, zone_name
from console.widgets.display import Colour, card
from shared.access import sessions


def show() -> None:
    st.title(t("My sign-ins"))
    known = t("Don't recognize one? Sign it out and have your key replaced.")
    st.caption(sentences(known, t("Times are in {zone}.", zone=zone_name(_zone().key))))
    with installation().database.reading() as session:
        mine = session_of_reader(session)
        standing = sessions.sessions_of(session, mine.row)
    for row in standing:
        is_this = row.id == mine.row.id
        lines = [
            t(
                "Signed in {time} from {network}",
                time=_written(row.created_at),
                network=row.network,
            ),
            t("Last used {time}", time=_written(row.seen_at)),
            t("Ends {time}", time=_written(row.expires_at)),
        ]
        badges: dict[str, Colour] = {t("This browser"): "green"} if is_this else {}
        with card(row.browser or t("Unknown browser"), badges, lines):
            if st.button(t("Sign out"), key=f"sessions.end.{row.id}"):
                with installation().database.writing(by=actor()) as session:
                    sessions.end(session, mine, row.id)
                st.rerun()
    if st.button(t("Sign out everywhere"), icon=":material/logout:"):
        with installation().database.writing(by=actor()) as session:
            sessions.end(session, mine)
        st.rerun()


def _written(at: datetime) -> str:
    return f"{at.astimezone(_zone()):%Y-%m-%d %H:%M}"


def _zone() -> ZoneInfo:
    """The reader's own time zone: sessions belong to no event."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError):  # A zone that only the browser knows.
        return ZoneInfo("UTC")
