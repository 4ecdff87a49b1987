"""Whose certificates an action is for: everybody's, those in the table, or the ticked ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from console.screens.status.people import FILTERS, TICKED, Filters
from console.session_key import SessionKey
from console.text import t, tn
from shared.storage.models import Event, Volunteer
from shared.volunteers.people.listing import Listing

# Which window for many is open; it stays open while something is chosen in it.
WINDOW = SessionKey[str]("status.window")


def close_window() -> None:
    WINDOW.take()


@dataclass(frozen=True)
class Scope:
    """Some people of an event, selected by the table's filters; without filters, all of them."""

    search: str = ""
    statuses: tuple[int, ...] = ()
    problems_only: bool = False
    group_id: int | None = None
    ticked: tuple[int, ...] = ()

    def people(self, session: Session, event: Event) -> Select[int] | None:
        """Their ids; None: everybody."""
        if self.ticked:
            of_event = [Volunteer.event_id == event.id, Volunteer.id.in_(self.ticked)]
            return select(Volunteer.id).where(*of_event)
        if self == EVERYBODY:
            return None
        filters = FILTERS.get()
        return Listing(session, event, **filters).people if filters else None


EVERYBODY = Scope()


def choose_scope(key: str) -> Scope:
    """Everybody, unless the reader chooses the filtered or the ticked people."""
    scopes = _offered()
    if len(scopes) == 1:
        return EVERYBODY
    labels = list(scopes)
    return scopes[st.radio(t("Of whom"), labels, index=len(labels) - 1, key=f"status.scope.{key}")]


def _offered() -> dict[str, Scope]:
    scopes = {t("Everybody"): EVERYBODY}
    filters = FILTERS.get()
    if filters and _narrow(filters):
        statuses = tuple(int(status) for status in filters["statuses"])
        filtered = Scope(filters["search"], statuses, filters["problems_only"], filters["group_id"])
        scopes[t("Those whom the table shows now")] = filtered
    if ticked := _ticked():
        label = tn("{count} person who is ticked", "{count} people who are ticked", len(ticked))
        scopes[label] = Scope(ticked=tuple(ticked))
    return scopes


def _narrow(filters: Filters) -> bool:
    """Whether the filters leave anybody out."""
    some = filters["search"] or filters["statuses"] or filters["problems_only"]
    return bool(some) or filters["group_id"] is not None


def _ticked() -> Sequence[int]:
    return TICKED.get() or ()
