"""What a certificate shows of a list's further columns: on paper, on its page, to its owner."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from shared.rendering.languages import columns_about_language, language_spoken
from shared.storage.models import Certificate, ColumnKind, Event, ListColumn, Volunteer
from shared.volunteers.lists.column_values import with_unit, written
from shared.volunteers.lists.list_columns import columns_of_kind, sample_columns, veiled
from shared.volunteers.people.listing import first_columns


def written_columns(event: Event, volunteer: Volunteer) -> dict[str, Any]:
    """What a certificate issued to this person now keeps of the columns: the values as written on
    it, which of them are public, and the sealed ones that its owner's PDF shows in full."""
    known = event.known_columns if event.list_columns else []
    in_full = {one.title for one in known if one.is_in_full}
    sealed = volunteer.secrets or {}
    public = [one.title for one in known if one.is_public and volunteer.columns.get(one.title)]
    return {
        "columns": written_values(event, volunteer.columns),
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
    """Title and value of these columns."""
    return _with_units(public_columns(certificate), certificate.columns, language)


def values_to_be_public(event: Event, person: Volunteer, language: str) -> list[tuple[str, str]]:
    """Title and value of the columns that would be public on a certificate issued to somebody
    now."""
    known = event.known_columns if event.list_columns else []
    public = [one for one in known if one.is_public and person.columns.get(one.title, "").strip()]
    return _with_units(public, person.columns, language)


def _with_units(
    columns: Iterable[ListColumn], values: Mapping[str, str], language: str
) -> list[tuple[str, str]]:
    return [
        (one.title, with_unit(one.kind, values.get(one.title, ""), one.unit, language))
        for one in columns
    ]
