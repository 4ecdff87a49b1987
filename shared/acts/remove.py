"""Removing people from the list: many who have nothing yet, or one with all they have."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, exists, select
from sqlalchemy.orm import Session

from shared.acts import Counted, Turn
from shared.acts.chosen_people import ActAmong
from shared.acts.run import apply_to
from shared.certificates.issuing import states
from shared.errors import SettingRefused
from shared.language import N_
from shared.privacy.deletion import remove_rows
from shared.storage.many_values import among
from shared.storage.models import (
    Action,
    Base,
    Certificate,
    CrowdedName,
    Event,
    Mail,
    MailState,
    Volunteer,
)
from shared.storage.models.message import TRIED
from shared.storage.models.volunteer import ERASED, FACTS, UNTOUCHED
from shared.storage.rows import count_where
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import count_out


@dataclass(frozen=True)
class Remove(ActAmong):
    """Remove people who have nothing yet, with all that is stored of them.

    `with_all` includes people who have something, except somebody to whom a mail is being handed
    over.
    """

    with_all: bool = False

    action = Action.VOLUNTEER_REMOVED
    label = N_("Removing")
    summary = (Counted("{count} person was removed.", "{count} people were removed."),)
    mails_first = True

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        if self.with_all:
            return [~ERASED, ~_has_mail(Mail.state == MailState.SENDING)]
        return [has_nothing()]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        people = turn.people(ids)
        take_off(turn.session, turn.event, people)
        return len(people)


def take_off(session: Session, event: Event, people: Sequence[Volunteer]) -> None:
    """Delete these people, who are locked, and all rows that refer to them; their certificates no
    longer count."""
    count_out(session, event, people)
    # The table has no foreign key, since names are measured apart from everything else.
    ids = [person.id for person in people]
    session.execute(delete(CrowdedName).where(among(CrowdedName.volunteer_id, ids)))
    session.flush()
    theirs = select(Certificate.id).where(among(Certificate.volunteer_id, ids))
    states.let_go(session, event.id, theirs)
    for person in people:
        session.expunge(person)
    table = Base.metadata.tables[Volunteer.__tablename__]
    remove_rows(session.connection(), table, [(id,) for id in ids])


def has_nothing() -> ColumnElement[bool]:
    """Return whether a row can be deleted without loss: no mail to its person was ever tried."""
    return and_(UNTOUCHED, ~_has_mail(TRIED))


@dataclass(frozen=True)
class Loss:
    """The things that somebody who is removed loses."""

    # Mails that were tried.
    mails: int
    certificates: int
    has_link: bool
    # Further sentences, as msgids.
    facts: Sequence[str]


def loss_of(session: Session, person: Volunteer) -> Loss | None:
    """Return what the person would lose; None if nothing."""
    itself = Volunteer.id == person.id
    if session.scalar(select(Volunteer.id).where(itself, has_nothing())):
        return None
    return Loss(
        mails=count_where(session, Mail.volunteer_id == person.id, TRIED),
        certificates=count_where(session, Certificate.volunteer_id == person.id),
        has_link=person.token is not None,
        facts=[fact.loss for fact in FACTS if fact.loss and holds(fact.trait, person)],
    )


def remove(session: Session, person: Volunteer, *, with_all: bool = False) -> None:
    """Remove one person from the list. Raises SettingRefused if they have something, unless
    `with_all`, and while a mail is being handed over to them."""
    if not apply_to(session, Remove(with_all=with_all), person).done:
        raise SettingRefused(field="email", reason=_REFUSED[with_all])


_REFUSED = {
    False: N_("was already mailed and stays on the list"),
    True: N_("is being mailed right now. Try again in a minute."),
}


def _has_mail(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Mail.volunteer_id == Volunteer.id, which).correlate(Volunteer)
