"""Certificates that would be different if they were reissued: the list has changed since, or
earlier rules tore their name apart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session, joinedload, load_only

from shared.certificates.designs.designs import all_designs, layout_of
from shared.certificates.issuing import chosen
from shared.certificates.issuing.columns import written_values
from shared.events.groups import chooser, design_of
from shared.rendering.languages import language_spoken
from shared.rendering.names import alike
from shared.rendering.text.rules import UNSQUEEZED
from shared.storage.clock import database_time
from shared.storage.many_values import among
from shared.storage.models import Certificate, Design, Event, Volunteer
from shared.storage.models.certificate import OUTDATED, STANDING
from shared.storage.rows import change_unread
from shared.volunteers.people.comparison import Changed

_MOST_AT_ONCE = 500
_COMPARED = load_only(
    Certificate.volunteer_id, Certificate.design_id, Certificate.group_id, Certificate.name,
    Certificate.columns, Certificate.public_columns, Certificate.language,
)  # fmt: skip


@dataclass(slots=True)
class Listed:
    """A row of the list after a change, and the titles that it changed; secret values may be
    open."""

    name: str
    columns: Mapping[str, str]
    changed: Collection[str]

    @classmethod
    def after(cls, change: Changed) -> Self:
        """Return what the list will say after this change."""
        known, other = change.known, change.difference
        name = known.name if other.name is None else other.name
        return cls(name, known.columns | other.columns, other.columns)


def overtaken(session: Session, event: Event, people: Mapping[int, Listed]) -> dict[int, int]:
    """Return the ids of valid certificates of these people, by their people's ids, that would be
    different now: with another name, another value that is drawn or public, another language, or
    another group's design."""
    choose = chooser(event.groups) if event.groups_version else lambda _: None
    in_full = {column.title for column in event.known_columns if column.is_in_full}

    @cache
    def drawn(design: Design) -> set[str]:
        return {title for field in layout_of(design).fields for title in field.columns}

    def is_overtaken(certificate: Certificate, listed: Listed) -> bool:
        if not alike(certificate.volunteer.given_name or listed.name, certificate.name):
            return True
        group = choose(listed.columns)
        if (group.id if group else None) != certificate.group_id:
            design = design_of(event, group)
            if design is not None and design.id != certificate.design_id:
                return True
        if language_spoken(listed.columns, event.language) != certificate.language:
            return True
        public = {column.title for column in event.known_columns if column.is_public}
        shown = drawn(certificate.design) | public | set(certificate.public_columns)
        touched = shown.intersection(listed.changed)
        if touched & in_full:
            return True
        now = written_values(event, listed.columns) if touched else {}
        written = certificate.columns
        return any(not alike(now.get(title, ""), written.get(title, "")) for title in touched)

    standing = Certificate.event_id == event.id, STANDING
    if session.scalar(select(Certificate.id).where(*standing).limit(1)) is None:
        return {}
    # By their people alone, since the event has many more certificates.
    theirs = select(Certificate).where(among(Certificate.volunteer_id, list(people)), STANDING)
    theirs = theirs.execution_options(yield_per=_MOST_AT_ONCE)
    owners = joinedload(Certificate.volunteer, innerjoin=True).load_only(Volunteer.given_name)
    return {
        certificate.volunteer_id: certificate.id
        for certificate in session.scalars(theirs.options(_COMPARED, owners))
        if is_overtaken(certificate, people[certificate.volunteer_id])
    }


def note_outdated(session: Session, event: Event, people: Mapping[int, Listed]) -> None:
    """Store which of these people's certificates are older than the list since this change; call it
    with the people locked.

    A certificate is outdated as long as anything is different, as far as that is known: a secret
    that was changed back is not compared.
    """
    others = overtaken(session, event, people)
    known = select(Certificate.volunteer_id).where(
        among(Certificate.volunteer_id, list(people)), OUTDATED
    )
    before = {id: people[id] for id in session.scalars(known) if id not in others}
    whole = {id: replace(listed, changed=event.list_columns) for id, listed in before.items()}
    still = overtaken(session, event, whole) if whole else {}
    now = database_time(session)
    for whose, since in ((others.keys(), now), (before.keys() - still.keys(), None)):
        theirs = among(Certificate.volunteer_id, list(whose)), STANDING
        if whose:
            change_unread(session, update(Certificate).where(*theirs).values(outdated_at=since))


# Names that earlier rules tore apart

# Letters beside which a mark is narrow, and others beside which it is wide.
_LATIN, _CHINESE = "A-Za-zÀ-ɏͰ-ӿḀ-ỿ", "\u3040-ヿ㐀-䶿一-鿿豈-\ufaff𠀀-\U0003ffff"
_OTHERS = f"[^{_LATIN}{_CHINESE}]*"
# Marks that are a full em wide, by the face: see `rendering.text.runs`.
_WIDE_MARKS = {"%SC-Regular%": "‘’“”…‐", "%NotoSansSC%": "·", "%WenKai%": "‐"}


def with_torn_name(event: Event, among: chosen.People = None) -> Select[int]:
    """Return the ids of people on whose valid certificate a mark tears the name apart, as in O’
    Brien: earlier rules drew it a full em wide, although the nearest letters are not Chinese."""
    fields = [field for _, design in all_designs(event) for field in layout_of(design).fields]
    ids = {"name", *(field.id for field in fields if field.kind == "name")}
    # The setting of each field with the name, as JSON.
    settings = [Certificate.typesetting["fields"][id].as_string() for id in sorted(ids)]
    torn = [
        setting.like(face)
        & Certificate.name.regexp_match(f"(^|[{_LATIN}]){_OTHERS}[{marks}]{_OTHERS}([{_LATIN}]|$)")
        for setting in settings
        for face, marks in _WIDE_MARKS.items()
    ]
    is_set_long_ago = Certificate.typesetting["rules"].as_integer() < UNSQUEEZED
    return chosen.holders(event, among, STANDING, is_set_long_ago, or_(*torn))
