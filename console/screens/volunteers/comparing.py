"""The comparison of a list with the event's: who is new or different, in tables of before and
after."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict

import streamlit as st
from babel.numbers import format_decimal
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.session import may, reading
from console.session_key import SessionKey
from console.text import language, plain, t, tn
from console.widgets.confirming import offer_to_remove
from console.widgets.spoken import show_caption, show_info_count
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


# The labels of the parts by their names, which stay while counts change; and of people with another
# value in a column, whose part is named after that.
_LABELS = {
    _CORRECTED: N_("{count} corrected by hand"),
    "new": N_("{count} new"),
    "name": N_("{count} with another name"),
    "number": N_("{count} with another number"),
    "group": N_("{count} in another group"),
    "unchanged": N_("{count} unchanged"),
    "missing": N_("{count} no longer on it"),
}
_OTHER_VALUE, _COLUMN = N_("{count} with other “{column}”"), "column "


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
        show_info_count(
            "{count} certificate would change. You can reissue it after the update.",
            "{count} certificates would change. You can reissue them after the update.",
            other_certificates,
            icon="workspace_premium",
        )
    if missing:
        show_caption("People missing from this list stay in the event.")
        if may(Permission.CHANGE_LIST):
            with st.popover(t("Remove missing people"), icon=":material/person_remove:"):
                with reading() as (session, event):
                    people = missing_from(event, found).with_only_columns(Volunteer.id)
                    ids = tuple(session.scalars(people))
                offer_to_remove(Selection(ids=ids), _REMOVING)


@st.fragment
def _show_parts(found: Comparison, missing: int) -> None:
    """Show one of the parts as a table. A press here reads neither the file nor the rest again."""
    # The others are among those of whom the list says something else than before.
    kept = (change.recipient for change in found.kept if not change.difference.met)
    people: dict[str, Sequence[Any]] = {
        _CORRECTED: found.corrected,
        "new": found.new,
        "name": found.renamed,
        "number": found.renumbered,
        **{f"{_COLUMN}{title}": some for title, some in found.by_column.items()},
        "group": found.regrouped,
        "unchanged": [*found.unchanged, *kept],
    }
    counts = {name: len(some) for name, some in people.items()} | {"missing": missing}

    def label(name: str) -> str:
        count = format_decimal(counts[name], locale=language())
        column = plain(name.removeprefix(_COLUMN))
        return t(_LABELS.get(name, _OTHER_VALUE), count=count, column=column)

    offered = [name for name, count in counts.items() if count]
    chosen = st.pills(
        t("Compared with the list of this event"), offered, key=_KIND.name, format_func=label,
        label_visibility="collapsed",
    )  # fmt: skip
    if chosen not in offered:
        return
    key = _PAGE.of(chosen)
    page, pages = table_page(key, counts[chosen], _PAGE_SIZE)
    start = (page - 1) * _PAGE_SIZE
    with reading() as (session, event):
        if chosen == "missing":
            gone = session.scalars(missing_from(event, found).offset(start).limit(_PAGE_SIZE))
            rows = [line_of(one) | {t("Status"): t(STATUS_NAMES[one.status])} for one in gone]
        else:
            rows = _rows(chosen, people[chosen][start : start + _PAGE_SIZE], session, event)
    shown = [
        {title: plain(str(value)) if value else "–" for title, value in row.items()} for row in rows
    ]
    st.table(shown, border="horizontal", hide_index=True)
    if pages > 1:
        st.pagination(pages, key=key.name)


def line_of(person: Recipient | Volunteer) -> Row:
    """Return a person's address, number and name as a row."""
    return {
        t("Address"): readable_address(person.email),
        t("Number"): person.number,
        t("Full name"): person.name,
    }


def _rows(name: str, some: Sequence[Any], session: Session, event: Event) -> list[Row]:
    """Return rows about some people of the part with this name: as the list has them, or with
    values that are stored and those of the list."""
    if name in ("new", "unchanged"):
        return [line_of(recipient) for recipient in some]
    if name == _CORRECTED:
        return [row for change in some for row in _corrections(event, change)]
    stored = select(Volunteer).where(Volunteer.id.in_([change.known.id for change in some]))
    persons = {person.id: person for person in session.scalars(stored)}
    rows: list[Row] = []
    for change in some:
        if person := persons.get(change.known.id):
            before, after = _values(name, event, person, change)
            address = readable_address(change.recipient.email)
            rows.append({t("Address"): address, t("Before"): before, t("After"): after})
    return rows


def _values(
    name: str, event: Event, person: Volunteer, change: Changed
) -> tuple[str | None, str | None]:
    """Return the value that is stored, and the one of the list."""
    said = change.difference
    match name:
        case "name":
            return person.listed_name, said.name
        case "number":
            return person.number, said.number
        case "group":
            coming = change.known.columns | said.columns
            return _group(event, person.columns), _group(event, coming)
    title = name.removeprefix(_COLUMN)
    after = masked(said.columns[title]) if title in secret_titles(event) else said.columns[title]
    return veiled(event, person.columns).get(title, ""), after


def _corrections(event: Event, change: Changed) -> Iterator[Row]:
    """Yield rows of corrected values, and of what the list has in their place."""
    secret, known = secret_titles(event), change.known
    for title, said in change.difference.met.items():
        values = (known.name if title is None else known.columns.get(title, ""), said)
        corrected, listed = (masked(value) if title in secret else value for value in values)
        yield {
            t("Address"): readable_address(known.email),
            t("Column"): t("Full name") if title is None else title,
            t("Corrected"): corrected,
            t("In the list"): listed,
        }


def _group(event: Event, columns: Mapping[str, str]) -> str:
    """Return the name of the group of a person with these columns; empty if there is none."""
    group = chooser(event.groups)(columns)
    return group.name if group else ""
