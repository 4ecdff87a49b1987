"""What a certificate shows of a list's further columns: on paper, on its page, to its owner.

The sheet is drawn from texts (`Certificate.columns`), as they were written when it was issued. All
else is told by what they mean (`Certificate.values`), in the language of whoever reads it.
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
    """What a certificate issued to this person now keeps of the columns: the values as written on
    it, which of them are public, and the sealed ones that its owner's PDF shows in full."""
    known = event.known_columns if event.list_columns else []
    meant = [
        (one.title, exact(one.kind, volunteer.columns.get(one.title, ""), one.unit))
        for one in known
    ]
    in_full = {one.title for one in known if one.is_in_full}
    sealed = volunteer.secrets or {}
    public = [one.title for one in known if one.is_public and volunteer.columns.get(one.title)]
    return {
        "columns": written_values(event, volunteer.columns),
        "values": {title: value for title, value in meant if value},
        "public_columns": public,
        "secrets": {title: one for title, one in sealed.items() if title in in_full} or None,
    }


def written_values(event: Event, columns: Mapping[str, str]) -> dict[str, str]:
    """Values of the list as a certificate shows them, with numbers and dates in its language."""
    language = language_spoken(columns, event.language)
    values = veiled(event, columns)
    for one in columns_of_kind(event, ColumnKind.NUMBER, ColumnKind.DATE):
        if value := values.get(one.title):
            values[one.title] = written(one.kind, value, one.unit, language)
    return values


def sample_values(session: Session, event: Event) -> dict[str, str]:
    """Every column of the list: title -> what a certificate shows there for somebody. Its language
    is that of the first person, whose name a sample carries, or the event's: by somebody else's,
    all would be drawn in another form."""
    columns = sample_columns(session, event)
    about = columns_about_language(columns)
    first = first_columns(session, event) if about else {}
    spoken = {title: first.get(title) or event.language for title in about}
    return written_values(event, columns | spoken)


def public_columns(certificate: Certificate) -> list[ListColumn]:
    """The columns that anybody shown the certificate may read: those that were public when it was
    issued, and still are; a mask is no fact."""
    titles = certificate.public_columns
    return [
        one
        for one in (certificate.event.known_columns if titles else [])
        if one.is_public and one.title in titles and one.kind is not ColumnKind.SECRET
    ]


def public_values(certificate: Certificate, language: str) -> list[tuple[str, str]]:
    """Title and value of these columns, numbers and dates in words of `language`."""
    return [
        (one.title, in_words(value, language) if value else certificate.columns.get(one.title, ""))
        for one in public_columns(certificate)
        for value in [value_of(certificate, one)]
    ]


def hours_of(certificate: Certificate) -> Decimal | None:
    """How long its owner helped, as everybody may know; None: nothing says so."""
    said = [value_of(certificate, one) or {} for one in public_columns(certificate)]
    hours = [Decimal(one["number"]) for one in said if is_hours(one)]
    return sum(hours, Decimal()) if hours else None


def is_hours(value: Mapping[str, str]) -> bool:
    """Whether the value of a column is a number of hours."""
    return value.get("unit", "").strip().casefold() in HOURS


def value_of(certificate: Certificate, column: ListColumn) -> Value | None:
    """The number or date that a certificate shows in a column; None: it is only text.

    Those from before values were kept have but the text, in which a comma may stand for a point.
    It is read back only where its language writes what was read as the same text.
    """
    if certificate.values is not None:
        return certificate.values.get(column.title)
    text, kind, unit = certificate.columns.get(column.title, ""), column.kind, column.unit
    is_certain = written(kind, text, unit, certificate.language) == text
    return exact(kind, text, unit) if is_certain else None


def values_to_be_public(event: Event, person: Volunteer, language: str) -> list[tuple[str, str]]:
    """Title and value of the columns that would be public on a certificate issued to somebody
    now."""
    known = event.known_columns if event.list_columns else []
    return [
        (one.title, with_unit(one.kind, person.columns[one.title], one.unit, language))
        for one in known
        if one.is_public and person.columns.get(one.title, "").strip()
    ]
