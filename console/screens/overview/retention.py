"""How long the event keeps addresses; whose go when is shown before any do."""

from typing import Any

import streamlit as st

from console.session import changing, may, reading
from console.session_key import SessionKey
from console.text import t, tn, written_time
from console.widgets.stored_fields import StoredFields
from shared.access.roles import Permission
from shared.privacy import retention
from shared.storage.models import Event

_FIELD = SessionKey[Any]("overview.retention")


def show_retention(event: Event) -> None:
    """For readers who may delete what the event holds."""
    if not may(Permission.DELETE):
        return
    with st.expander(t("How long addresses are kept"), icon=":material/auto_delete:"):
        st.markdown(
            t(
                "So many days after the last that happened with a person, their address goes: what "
                "stays is a code by which a later list still knows them. Answers of mail servers "
                "and mails of the rehearsal go, too. Names, numbers and statuses stay, and "
                "certificates can still be verified. Nobody gets a mail after that."
            )
        )
        days = _chosen_days(event)
        if days is not None:
            _show_who_goes(days)
        if st.button(
            t("Save"), key="overview.retention_save", disabled=days == event.retention_days
        ):
            with changing(Permission.DELETE, t("Saved.")) as (session, locked):
                retention.set_retention(session, locked, days)


def _chosen_days(event: Event) -> int | None:
    fields = StoredFields(_FIELD.of(event.id))
    is_to_end = fields.of("is_to_end", event.retention_days is not None)
    if not st.toggle(t("Forget addresses after some time"), key=is_to_end.name):
        return None
    return st.number_input(
        t("Days after the last that happened with a person"),
        retention.LEAST_DAYS,
        retention.MOST_DAYS,
        key=fields.of("days", event.retention_days or retention.SUGGESTED_DAYS).name,
    )


def _show_who_goes(days: int) -> None:
    """Show how many go next time, which is at least a day away, and who is first."""
    with reading() as (session, event):
        count = retention.count_due(session, event, days)
        first = retention.upcoming(session, event, days)
    st.caption(_how_many(count))
    if event.retention_at and event.retention_days:
        st.caption(t("The next look: {time}", time=written_time(event.retention_at, event)))
    else:
        st.caption(t("The first look is a day after it is saved."))
    if first:
        st.dataframe(
            [
                {
                    t("Number"): one.number,
                    t("Full name"): one.name,
                    t("Address goes"): written_time(one.at, event),
                }
                for one in first
            ],
            hide_index=True,
            alt=t("Whose addresses go first"),
        )


def _how_many(count: int) -> str:
    if count > retention.MOST_COUNTED:
        return t("More than {count} addresses go at the next look.", count=retention.MOST_COUNTED)
    return tn(
        "{count} address goes at the next look.", "{count} addresses go at the next look.", count
    )
