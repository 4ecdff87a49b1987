"""What a certificate shows of a list's further columns: on paper, on its page, to its owner."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.errors import NameProblem
from shared.rendering.design import render_certificate
from shared.rendering.facts import Facts
from shared.rendering.languages import language_spoken
from shared.rendering.text.typesetting import NEW, Typesetting, kept
from shared.storage.models import Certificate, ColumnKind, Event, ListColumn, Volunteer
from shared.storage.sealing.secret_values import open_values
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.column_values import told, written
from shared.volunteers.lists.list_columns import columns_of_kind, sample_columns, veiled


@dataclass(frozen=True)
class ShownColumns:
    """The values as written on a certificate, which of them are public, and the sealed ones that
    its owner's PDF shows in full."""

    columns: dict[str, str]
    public: list[str]
    secrets: dict[str, str] | None


def written_columns(event: Event, volunteer: Volunteer) -> ShownColumns:
    """What is written on a certificate issued to this person now."""
    known = event.known_columns if event.list_columns else []
    in_full = {one.title for one in known if one.is_in_full}
    sealed = volunteer.secrets or {}
    return ShownColumns(
        columns=written_values(event, volunteer.columns),
        public=[one.title for one in known if one.is_public and volunteer.columns.get(one.title)],
        secrets={title: one for title, one in sealed.items() if title in in_full} or None,
    )


def written_values(event: Event, columns: Mapping[str, str]) -> dict[str, str]:
    """Values of the list as a certificate shows them, with numbers and dates in its language."""
    language = language_spoken(columns, event.language)
    values = veiled(event, columns)
    for one in columns_of_kind(event, ColumnKind.NUMBER, ColumnKind.DATE):
        if value := values.get(one.title):
            values[one.title] = written(one.kind, value, one.unit, language)
    return values


def sample_values(session: Session, event: Event) -> dict[str, str]:
    """Every column of the list: title -> what a certificate shows there for somebody."""
    return written_values(event, sample_columns(session, event))


def public_values(certificate: Certificate, language: str) -> list[tuple[str, str]]:
    """Title and value of the columns that anybody shown the certificate may read.

    These are the columns that were public when it was issued, and still are.
    """
    return [
        (one.title, told(one.kind, certificate.columns.get(one.title, ""), one.unit, language))
        for one in _public_columns(certificate)
    ]


def values_to_be_public(event: Event, person: Volunteer, language: str) -> list[tuple[str, str]]:
    """The same for a certificate that would be issued to somebody now."""
    return [
        (one.title, told(one.kind, person.columns[one.title], one.unit, language))
        for one in (event.known_columns if event.list_columns else [])
        if one.is_public and person.columns.get(one.title, "").strip()
    ]


def _public_columns(certificate: Certificate) -> list[ListColumn]:
    """Its public columns, in the order of the list."""
    if not certificate.public_columns:
        return []
    return [
        one
        for one in certificate.event.known_columns
        if one.is_public and one.title in certificate.public_columns
    ]


# The owner's own PDF


def render_in_full(session: Session, seal: Seal, certificate: Certificate, facts: Facts) -> bytes:
    """The owner's own PDF, with secret values in full where they fit; `facts` are the issued ones.
    Raises what `render` raises, and SettingRefused if no key opens a value."""
    sealed = certificate.secrets or {}
    wanted = {title: sealed[title] for title in _titles_in_full(certificate)}
    opened = open_values(seal, certificate.event_id, wanted)
    design = designs.compiled(session, certificate.design)
    # The facts with the opened values, set anew in their fields; all others stay as issued.
    full = replace(facts, columns={**facts.columns, **opened}, typesetting=NEW)
    texts = dict(facts.typesetting.fields or {})
    for field in design.fields:
        if field.columns & opened.keys():
            # If the value is too long or a letter is missing, the mask stays.
            with suppress(NameProblem):
                if setting := design.resolve_facts(field, full).setting:
                    texts[field.id] = kept(setting)
    in_full = replace(full, typesetting=Typesetting(facts.typesetting.rules, texts))
    return render_certificate(design, in_full, "pdf")


def _titles_in_full(certificate: Certificate) -> list[str]:
    sealed = certificate.secrets or {}
    known = certificate.event.known_columns if sealed else []
    return [one.title for one in known if one.is_in_full and one.title in sealed]
