"""The people whose certificates an action is for: everybody, or some people on the list."""

from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, select
from sqlalchemy.orm import Session

from shared.events.groups import newest_design
from shared.storage.models import Certificate, Event, Volunteer
from shared.storage.models.certificate import CURRENT, OUTDATED, STANDING, WITHDRAWN

Rows = TypeVar("Rows", bound=Select[*tuple[Any, ...]])
# The ids of people, as selected in the table of the list (`Listing.people`); None: everybody.
People = Select[int] | None


def with_certificate(event: Event, among: People = None) -> Select[int]:
    """Return the ids of people whose certificate is valid."""
    return holders(event, among, STANDING)


def in_another_design(event: Event, among: People = None) -> Select[int]:
    """Return the ids of people whose certificate is valid, but not in the newest design: that of
    their group or else of the event."""
    newest: ColumnElement[int] | int | None = event.design_id
    if event.groups_version:
        its_owner = select(newest_design(event)).where(Volunteer.id == Certificate.volunteer_id)
        newest = its_owner.correlate(Certificate).scalar_subquery()
    return holders(event, among, STANDING, Certificate.design_id != newest)


def with_outdated(event: Event, among: People = None) -> Select[int]:
    """Return the ids of people whose valid certificate is older than the list."""
    return holders(event, among, OUTDATED)


def with_withdrawn(event: Event, among: People = None) -> Select[int]:
    """Return the ids of people whose certificate an organizer withdrew."""
    return holders(event, among, withdrawn_by_organizer())


def withdrawn_by_organizer() -> ColumnElement[bool]:
    """Return the condition on current certificates that an organizer withdrew; those of erased
    people are never valid again."""
    return and_(CURRENT, WITHDRAWN, Certificate.withdrawal_reason != "")


def withdrawn_among(session: Session, people: Collection[int]) -> dict[int, str]:
    """Return the reasons by the ids of those of these people whose certificates are withdrawn; for
    one page of the table."""
    withdrawn = _current(people).where(WITHDRAWN).add_columns(Certificate.withdrawal_reason)
    return {person_id: why for person_id, why in session.execute(withdrawn)}


def holding_among(session: Session, people: Collection[int]) -> set[int]:
    """Return which of these people have a certificate, even a withdrawn one."""
    return set(session.scalars(_current(people)))


def _current(people: Collection[int]) -> Select[int]:
    theirs = Certificate.volunteer_id.in_(people), CURRENT
    return select(Certificate.volunteer_id).where(*theirs)


def holders(event: Event, among: People, *which: ColumnElement[bool]) -> Select[int]:
    """Return the ids of people who have a certificate that meets these conditions."""
    found = select(Certificate.volunteer_id).where(Certificate.event_id == event.id, *which)
    return of_these(found, Certificate.volunteer_id, among)


def of_these(found: Rows, whose: SQLColumnExpression[int], people: People) -> Rows:
    """Limit what is found to these people."""
    return found if people is None else found.where(whose.in_(people.order_by(None)))
