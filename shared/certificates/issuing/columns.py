"""The list's further columns on a certificate: on paper, on its page, and for its owner.

The sheet is drawn from texts (`Certificate.columns`), as they were written when it was issued.
Pages use the values that these mean (`Certificate.values`), in their reader's language.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from shared.rendering.languages import columns_about_language, language_spoken
from shared.storage.models import Certificate, ColumnKind, Event, ListColumn, Volunteer
from shared.volunteers.lists.column_values import HOURS, Value, exact, in_words, with_unit, written
from shared.volunteers.lists.list_columns import columns_of_kind, sample_columns, veiled
from shared.volunteers.people.first_people import first_columns


def written_columns(event: Event, volunteer: Volunteer) -> dict[str, Any]:
    """Return the columns of `Certificate` for one issued to this person now: the values as written
    on it, which of them are public, and the sealed ones that its owner's PDF shows in full."""
    known = event.known_columns if event.list_columns else []
    shown = volunteer.columns
    values = {
        column.title: exact(column.kind, shown.get(column.title, ""), column.unit)
        for column in known
    }
    in_full = {column.title for column in known if column.is_in_full}
    sealed = volunteer.secrets or {}
    public = [column.title for column in known if column.is_public and shown.get(column.title)]
    return {
        "columns": written_values(event, shown),
        "values": {title: value for title, value in values.items() if value},
        "public_columns": public,
        "secrets": {title: value for title, value in sealed.items() if title in in_full} or None,
    }


def written_values(event: Event, columns: Mapping[str, str]) -> dict[str, str]:
    """Return values of the list as a certificate shows them, with numbers and dates in its
    language."""
    language = language_spoken(columns, event.language)
    values = veiled(event, columns)
    for column in columns_of_kind(event, ColumnKind.NUMBER, ColumnKind.DATE):
        if value := values.get(column.title):
            values[column.title] = written(column.kind, value, column.unit, language)
    return values


def sample_values(session: Session, event: Event) -> dict[str, str]:
    """Return what a certificate shows for somebody, by the titles of all columns.

    The language is that of the first person, whose name a sample has, or the event's: in somebody
    else's, all numbers and dates would look different.
    """
    columns = sample_columns(session, event)
    about = columns_about_language(columns)
    first = first_columns(session, event) if about else {}
    spoken = {title: first.get(title) or event.language for title in about}
    return written_values(event, columns | spoken)


def public_columns(certificate: Certificate) -> list[ListColumn]:
    """Return the columns that anybody shown the certificate may read: those that were public when
    it was issued, and still are. A masked value says nothing."""
    titles = certificate.public_columns
    return [
        column
        for column in (certificate.event.known_columns if titles else [])
        if column.is_public and column.title in titles and column.kind is not ColumnKind.SECRET
    ]


def public_values(certificate: Certificate, language: str) -> list[tuple[str, str]]:
    """Return title and value of these columns, with numbers and dates in words of `language`."""
    return [
        (
            column.title,
            in_words(value, language) if value else certificate.columns.get(column.title, ""),
        )
        for column in public_columns(certificate)
        for value in [value_of(certificate, column)]
    ]


def hours_of(certificate: Certificate) -> Decimal | None:
    """Return the hours that its owner helped, from public columns; None if none has them."""
    values = [value_of(certificate, column) or {} for column in public_columns(certificate)]
    hours = [Decimal(value["number"]) for value in values if is_hours(value)]
    return sum(hours, Decimal()) if hours else None


def is_hours(value: Mapping[str, str]) -> bool:
    """Return whether the value of a column is a number of hours."""
    return value.get("unit", "").strip().casefold() in HOURS


def value_of(certificate: Certificate, column: ListColumn) -> Value | None:
    """Return the number or date that a certificate shows in a column; None if it is only text.

    Certificates from before values were kept have only the text, in which a comma may be a decimal
    point. It is read back only if its language writes the value that was read as the same text.
    """
    if certificate.values is not None:
        return certificate.values.get(column.title)
    text, kind, unit = certificate.columns.get(column.title, ""), column.kind, column.unit
    is_certain = written(kind, text, unit, certificate.language) == text
    return exact(kind, text, unit) if is_certain else None


def values_to_be_public(event: Event, person: Volunteer, language: str) -> list[tuple[str, str]]:
    """Return title and value of the columns that would be public on a certificate issued to
    somebody now."""
    known = event.known_columns if event.list_columns else []
    return [
        (column.title, with_unit(column.kind, person.columns[column.title], column.unit, language))
        for column in known
        if column.is_public and person.columns.get(column.title, "").strip()
    ]
