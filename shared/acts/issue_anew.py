"""Reissuing: one certificate with another name, or many in the newest design.

The previous certificate is replaced, and its page says so. People still waiting for their mail get
the new certificate with it, even if the others are not mailed theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.acts import Counted, Turn
from shared.acts.chosen_people import ActOnHolders
from shared.acts.issue import IssuingAct
from shared.certificates.issuing import chosen, making
from shared.certificates.issuing.current import (
    NextCertificate,
    current_certificate,
    day_of_issue,
    is_listed,
    store,
)
from shared.certificates.issuing.outdated import with_torn_name
from shared.errors import ProductError
from shared.events import hold_event
from shared.language import N_
from shared.log import audit
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import transitions
from shared.mail.queue.attempts import waits_to_leave
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.storage.models import Action, Certificate, Event, Mail, NameFrom, Status, Volunteer
from shared.storage.models.certificate import STANDING
from shared.storage.models.volunteer import ERASED, REACHABLE
from shared.storage.traits import holds
from shared.volunteers.lists.qualifying import qualifies

_NOTHING_TO_ISSUE = N_("Nothing on this certificate would change, so it was not reissued.")
_NOT_QUALIFIED = N_("This person does not qualify. First decide that they get one anyway.")


class Due(StrEnum):
    """Reasons for which certificates are due to be reissued."""

    ANOTHER_DESIGN = "another_design"
    TORN_NAME = "torn_name"
    # The list has changed since.
    OUTDATED = "outdated"


_HOLDERS = {
    None: chosen.with_certificate,
    Due.ANOTHER_DESIGN: chosen.in_another_design,
    Due.TORN_NAME: with_torn_name,
    Due.OUTDATED: chosen.with_outdated,
}


@dataclass(frozen=True)
class IssueAnew(ActOnHolders, IssuingAct):
    """Reissue the certificates of these people in the event's newest design.

    `only` leaves those that are due for that reason; so after an interruption, the same act does
    the rest, and nobody gets two. Outdated ones get the names that the list has now, unless people
    entered theirs. People whose name cannot be drawn keep their certificate, with a problem. Raises
    NoDesign.
    """

    mailed: bool
    only: Due | None = None

    action = Action.CERTIFICATES_ISSUED_ANEW
    label = N_("Issuing")
    summary = (
        Counted("{count} certificate was issued.", "{count} certificates were issued."),
        Counted(
            "{count} name does not fit the new design. It is marked, and the old "
            "certificate stays.",
            "{count} names do not fit the new design. They are marked, and the old "
            "certificates stay.",
            "refused",
        ),
    )

    def holders(self, event: Event, people: chosen.People) -> Select[int]:
        return _HOLDERS[self.only](event, people)

    def wanted(
        self, session: Session, event: Event, people: Sequence[Volunteer]
    ) -> Iterator[NextCertificate]:
        persons = {person.id: person for person in people}
        standing = select(Certificate).where(Certificate.volunteer_id.in_(persons), STANDING)
        for current in session.scalars(standing):
            person = persons[current.volunteer_id]
            name = person.name if self.only is Due.OUTDATED else current.name
            day, whose = event.certificate_date or current.date, _whose_name(person, name, current)
            yield NextCertificate(person, name, day, current, whose)

    def keep(self, turn: Turn, issued: Mapping[Certificate, NextCertificate]) -> None:
        if self.only is not Due.OUTDATED:
            _note_names(issued)
        _keep(turn.session, issued, mailed=self.mailed)


def preview(
    session: Session, settings: Settings, person: Volunteer, name: str
) -> tuple[CompiledDesign, Facts]:
    """Return what to draw as a preview of the person's certificate with this name. Nothing is
    stored.

    Raises NameProblem and NoDesign.
    """
    return making.preview(session, settings, _wanted(session, person, new_name(name)))


def issue_anew(
    session: Session, settings: Settings, person: Volunteer, name: str, *, mailed: bool
) -> Certificate:
    """Issue one person's certificate with this name, in the newest design and by today's rules;
    return it.

    Also for people who have none yet, or whose certificate was withdrawn. Raises NameProblem,
    NoDesign, and ProductError if it would equal the current one, or if they have none and do not
    qualify.
    """
    cleaned = new_name(name)
    hold_event(session, person.event_id)
    session.refresh(person, with_for_update=True)
    if holds(ERASED, person):
        raise ProductError(_NOTHING_TO_ISSUE)
    wanted = _wanted(session, person, cleaned)
    if wanted.current is None and not qualifies(person):
        raise ProductError(_NOT_QUALIFIED)
    certificate = making.make(session, settings, wanted, by_organizer=True)
    current = wanted.current
    if current and not current.is_void and _is_same(current, certificate):
        raise ProductError(_NOTHING_TO_ISSUE)
    _note_names({certificate: wanted})
    _keep(session, {certificate: wanted}, mailed=mailed)
    action = Action.CERTIFICATES_ISSUED_ANEW
    audit.record(session, action, person.event_id, volunteer_id=person.id)
    return certificate


def _wanted(session: Session, person: Volunteer, name: str) -> NextCertificate:
    """Return the certificate to issue. It keeps the date of the previous one: the person did not
    help on another day."""
    current = current_certificate(session, person)
    day = current.date if current else day_of_issue(session, person.event)
    whose = _whose_name(person, name, current, otherwise=NameFrom.ORGANIZER)
    return NextCertificate(person, name, person.event.certificate_date or day, current, whose)


def _whose_name(
    person: Volunteer, name: str, current: Certificate | None, otherwise: NameFrom | None = None
) -> NameFrom | None:
    """Return where the name is from; reissuing the same name does not change that."""
    if current and current.name == name:
        return current.name_from
    return NameFrom.LIST if is_listed(person, name) else otherwise


def _note_names(issued: Mapping[Certificate, NextCertificate]) -> None:
    """Store these names as the people's own, whatever the list says."""
    for certificate, wanted in issued.items():
        if wanted.person.name != certificate.name:
            wanted.person.given_name = certificate.name


def _keep(session: Session, issued: Mapping[Certificate, NextCertificate], *, mailed: bool) -> None:
    """Store the certificates, and queue mails to people who can be mailed."""
    whose = Mail.volunteer_id.in_([certificate.volunteer_id for certificate in issued])
    is_certificate = Mail.kind == CERTIFICATE.name
    waiting = select(Mail.volunteer_id).where(whose, is_certificate, waits_to_leave())
    to_mail = {id for id in session.scalars(waiting) if id}
    people = [wanted.person for wanted in issued.values()]
    if mailed:
        to_mail |= {person.id for person in people if holds(REACHABLE, person)}
    for person in people:
        least = Status.SUBMITTED if person.id in to_mail else Status.PICTURE_MADE
        person.status = max(person.status, least)
        transitions.name_submitted(person)
    replaced = {certificate: wanted.current for certificate, wanted in issued.items()}
    store(session, replaced, mailed=to_mail)


def _is_same(current: Certificate, other: Certificate) -> bool:
    facts = (
        *("design_id", "name", "number", "date", "columns", "public_columns", "language"),
        *("event_name", "organization"),
    )
    if (current.secrets or {}).keys() != (other.secrets or {}).keys():
        return False
    # None for one from before they were kept.
    if current.values is not None and current.values != other.values:
        return False
    # Earlier rules may have placed its texts elsewhere.
    setting = current.typesetting
    if setting and setting["fields"] != (other.typesetting or {})["fields"]:
        return False
    return all(getattr(current, fact) == getattr(other, fact) for fact in facts)
