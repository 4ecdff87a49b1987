"""The comparison of a list with the event's: who is new or different, in tables of before and
after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

import streamlit as st
from babel.numbers import format_decimal
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.session import may, reading
from console.session_key import SessionKey
from console.text import language, plain, t, tn
from console.widgets.confirming import offer_to_remove
from console.widgets.spoken import inform_count, remark
from console.widgets.table import table_page
from shared.access.roles import Permission
from shared.addresses import readable_address
from shared.certificates.issuing.outdated import Listed, overtaken
from shared.events.groups import chooser
from shared.language import N_
from shared.storage.models import Event, Volunteer
from shared.volunteers.lists.list_columns import secret_titles, veiled
from shared.volunteers.lists.masks import masked
from shared.volunteers.lists.recipients import Recipient
from shared.volunteers.people.comparison import Changed, Comparison, count_missing, missing_from
from shared.volunteers.people.listing import Selection
from shared.volunteers.people.progress import STATUS_NAMES

# Whether empty cells erase values, by the fingerprint of the list.
_ERASES = SessionKey[bool]("volunteers.erases")
# Whether the list replaces values that somebody corrected, by its fingerprint.
_REPLACES = SessionKey[bool]("volunteers.replaces")
_KIND = SessionKey[str]("volunteers.compared")
_PAGE = SessionKey[int]("volunteers.compared_page")
_REMOVING = SessionKey[str]("volunteers.removing")
_PAGE_SIZE = 20
_CORRECTED = "corrected"

Row = dict[str, object]


@dataclass(frozen=True)
class _Part:
    """Some of the people; `page` returns rows of a table about them, from this position on."""

    label: str
    count: int
    page: Callable[[Session, Event, int], list[Row]]
    column: str = ""

    def __str__(self) -> str:
        count = format_decimal(self.count, locale=language())
        return t(self.label, count=count, column=plain(self.column))


class Wished(TypedDict):
    """The choices about a list, as arguments of `compare` and `updating`."""

    empty_erases: bool
    keeps_corrected: bool


def wished(fingerprint: str) -> Wished:
    """Return the choices about the list with this fingerprint."""
    return {
        "empty_erases": _ERASES.of(fingerprint).get(False),
        "keeps_corrected": not _REPLACES.of(fingerprint).get(False),
    }


def show(fingerprint: str, found: Comparison) -> None:
    if not found.there:
        return
    st.header(t("Compared with the list of this event"))
    with reading() as (session, event):
        missing = count_missing(session, event, found)
        changed = {change.known.id: Listed.after(change) for change in found.changed}
        other_certificates = len(overtaken(session, event, changed))
    if found.corrected:
        _KIND.keep(_CORRECTED)
    _show_parts(found, missing)
    if found.corrected:
        st.checkbox(
            tn(
                "Replace manual corrections of {count} person",
                "Replace manual corrections of {count} people",
                len(found.corrected),
            ),
            key=_REPLACES.of(fingerprint).name,
        )
    erases = _ERASES.of(fingerprint)
    if found.emptier:
        st.checkbox(
            tn(
                "Let empty cells erase values of {count} person",
                "Let empty cells erase values of {count} people",
                found.emptier,
            ),
            key=erases.name,
        )
    if other_certificates:
        inform_count(
            "{count} certificate would change. You can reissue it after the update.",
            "{count} certificates would change. You can reissue them after the update.",
            other_certificates,
            icon="workspace_premium",
        )
    if missing:
        remark("People missing from this list stay in the event.")
        if may(Permission.CHANGE_LIST):
            with st.popover(t("Remove missing people"), icon=":material/person_remove:"):
                with reading() as (session, event):
                    people = missing_from(event, found).with_only_columns(Volunteer.id)
                    ids = tuple(session.scalars(people))
                offer_to_remove(Selection(ids=ids), _REMOVING)


@st.fragment
def _show_parts(found: Comparison, missing: int) -> None:
    """Show one of the parts as a table. A press here reads neither the file nor the rest again."""
    parts = {name: part for name, part in _parts(found, missing).items() if part.count}
    chosen = st.pills(
        t("Compared with the list of this event"), list(parts), key=_KIND.name,
        format_func=lambda name: str(parts[name]), label_visibility="collapsed",
    )  # fmt: skip
    if chosen not in parts:
        return
    key = _PAGE.of(chosen)
    page, pages = table_page(key, parts[chosen].count, _PAGE_SIZE)
    with reading() as (session, event):
        rows = parts[chosen].page(session, event, (page - 1) * _PAGE_SIZE)
    shown = [
        {title: plain(str(value)) if value else "–" for title, value in row.items()} for row in rows
    ]
    st.table(shown, border="horizontal", hide_index=True)
    if pages > 1:
        st.pagination(pages, key=key.name)


def _parts(found: Comparison, missing: int) -> dict[str, _Part]:
    """Return the parts in their order, by names that stay while counts change."""

    def before_and_after(
        label: str, people: Sequence[Changed], before: Before, after: After, column: str = ""
    ) -> _Part:
        return _Part(label, len(people), partial(_beside, people, before, after), column)

    def in_column(title: str, people: Sequence[Changed]) -> _Part:
        def after(event: Event, change: Changed) -> str:
            value = change.difference.columns[title]
            return masked(value) if title in secret_titles(event) else value

        return before_and_after(
            N_("{count} with other “{column}”"),
            people,
            lambda event, person: veiled(event, person.columns).get(title, ""),
            after,
            title,
        )

    # The others are among those of whom the list says something else than before.
    same = [
        *found.unchanged,
        *(change.recipient for change in found.kept if not change.difference.met),
    ]
    return {
        _CORRECTED: _Part(
            N_("{count} corrected by hand"),
            len(found.corrected),
            partial(_corrections, found.corrected),
        ),
        "new": _Part(N_("{count} new"), len(found.new), partial(_recipients, found.new)),
        "name": before_and_after(
            N_("{count} with another name"),
            found.renamed,
            lambda _, person: person.listed_name,
            lambda _, change: change.difference.name,
        ),
        "number": before_and_after(
            N_("{count} with another number"),
            found.renumbered,
            lambda _, person: person.number,
            lambda _, change: change.difference.number,
        ),
        **{f"column {title}": in_column(title, some) for title, some in found.by_column.items()},
        "group": before_and_after(
            N_("{count} in another group"),
            found.regrouped,
            lambda event, person: _group(event, person.columns),
            lambda event, change: _group(event, change.known.columns | change.difference.columns),
        ),
        "unchanged": _Part(N_("{count} unchanged"), len(same), partial(_recipients, same)),
        "missing": _Part(
            N_("{count} no longer on it"),
            missing,
            lambda session, event, start: [
                line_of(person) | {t("Status"): t(STATUS_NAMES[person.status])}
                for person in session.scalars(
                    missing_from(event, found).offset(start).limit(_PAGE_SIZE)
                )
            ],
        ),
    }


def line_of(person: Recipient | Volunteer) -> Row:
    """Return a person's address, number and name as a row."""
    return {
        t("Address"): readable_address(person.email),
        t("Number"): person.number,
        t("Full name"): person.name,
    }


def _recipients(
    people: Sequence[Recipient], session: Session, event: Event, start: int
) -> list[Row]:
    return [line_of(person) for person in people[start : start + _PAGE_SIZE]]


def _corrections(
    people: Sequence[Changed], session: Session, event: Event, start: int
) -> list[Row]:
    """Return rows of corrected values, and of what the list has in their place."""
    secret = secret_titles(event)

    def shown(title: str | None, value: str) -> str:
        return masked(value) if title in secret else value

    return [
        {
            t("Address"): readable_address(change.known.email),
            t("Column"): t("Full name") if title is None else title,
            t("Corrected"): shown(
                title, change.known.name if title is None else change.known.columns.get(title, "")
            ),
            t("In the list"): shown(title, said),
        }
        for change in people[start : start + _PAGE_SIZE]
        for title, said in change.difference.met.items()
    ]


# These return the value that is stored, and the one of the list.
Before = Callable[[Event, Volunteer], str | None]
After = Callable[[Event, Changed], str | None]


def _beside(
    people: Sequence[Changed],
    before: Before,
    after: After,
    session: Session,
    event: Event,
    start: int,
) -> list[Row]:
    """Return rows of values before and after."""
    some = people[start : start + _PAGE_SIZE]
    stored = select(Volunteer).where(Volunteer.id.in_([change.known.id for change in some]))
    persons = {person.id: person for person in session.scalars(stored)}
    return [
        {
            t("Address"): readable_address(change.recipient.email),
            t("Before"): before(event, persons[change.known.id]),
            t("After"): after(event, change),
        }
        for change in some
        if change.known.id in persons
    ]


def _group(event: Event, columns: Mapping[str, str]) -> str:
    """Return the name of the group of a person with these columns; empty if there is none."""
    group = chooser(event.groups)(columns)
    return group.name if group else ""
