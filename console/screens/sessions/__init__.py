"""The browsers in which the reader is signed in, and signing them out."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from console.session import installation, session_of_reader
from console.text import sentences, t, zone_name
from console.widgets.display import Colour, card
from console.widgets.pressed import act_button
from shared.access import sessions
from shared.access.roles import Permission


def show() -> None:
    st.title(t("My sign-ins"))
    known = t("Don't recognize one? Sign it out and have your key replaced.")
    st.caption(sentences(known, t("Times are in {zone}.", zone=zone_name(_zone().key))))
    with installation().database.reading() as session:
        mine = session_of_reader(session)
        rows = sessions.sessions_of(session, mine.row)
    for row in rows:
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
            end = partial(sessions.end, mine=mine, session_id=row.id)
            act_button(
                t("Sign out"), f"sessions.end.{row.id}", end, Permission.SEE_COUNTS,
                is_of_event=False,
            )  # fmt: skip
    end = partial(sessions.end, mine=mine)
    act_button(
        t("Sign out everywhere"), "sessions.end_all", end, Permission.SEE_COUNTS, is_of_event=False,
        icon="logout",
    )  # fmt: skip


def _written(at: datetime) -> str:
    return f"{at.astimezone(_zone()):%Y-%m-%d %H:%M}"


def _zone() -> ZoneInfo:
    """Return the reader's own time zone, since sessions belong to no event."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError):  # A zone that only the browser knows.
        return ZoneInfo("UTC")
