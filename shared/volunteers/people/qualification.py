"""Setting the rule by which people qualify, its effect on a list, and the people it leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shared.events.groups import judge_anew
from shared.log import audit
from shared.storage.models import Action, Certificate, Event, Volunteer
from shared.storage.models.certificate import STANDING
from shared.storage.models.volunteer import HAS_SUBMITTED, KNOWN, UNQUALIFIED
from shared.storage.rows import count_where
from shared.storage.traits import holds
from shared.volunteers.lists.qualifying import (
    Judge,
    QualifyingRule,
    Shortfall,
    check_rule,
    conditions_of,
)

# People without a readable value who are named.
MOST_UNREAD = 50
_ROWS = 1_000


def set_rule(session: Session, event: Event, rule: QualifyingRule | None) -> None:
    """Set the rule by which people qualify; with None everybody does. Call with the event locked.

    People are judged in turns (`grouping.go_through`), and nothing is sent before. Issued
    certificates do not change. Raises SettingRefused.
    """
    stored = check_rule(event, rule).to_json() if rule else None
    if event.qualifying == stored:
        return
    event.qualifying = stored
    judge_anew(event)
    audit.record(session, Action.COLUMNS_CHANGED, event.id, fields=["qualifying"])


@dataclass
class Effect:
    """The numbers of people who qualify by a rule, and who do not."""

    qualify: int = 0
    # Qualified by an organizer, whatever the list says.
    by_hand: int = 0
    do_not: int = 0
    # Of those: who lacks at most one unit, and the unit; who has no readable value; and who has a
    # certificate, which stays.
    close: int = 0
    unit: str = ""
    unread: int = 0
    holders: int = 0
    # The first of those without a readable value: id, name or address, and what is wrong.
    first_unread: list[tuple[int, str, Sequence[Shortfall]]] = field(default_factory=list)


def effect(session: Session, event: Event, rule: QualifyingRule) -> Effect:
    """Return the effect of the rule on the list as it is; reads all of it. Raises
    SettingRefused."""
    judge, found = Judge.of(event, check_rule(event, rule)), Effect()
    asked = Volunteer.id, Volunteer.columns, Volunteer.qualified_by_hand_at
    people = select(*asked, Volunteer.name, Volunteer.email, Volunteer.status).where(
        Volunteer.event_id == event.id, KNOWN
    )
    in_order = people.order_by(Volunteer.id).execution_options(yield_per=_ROWS)
    for person in session.execute(in_order):
        missed = [] if person.qualified_by_hand_at else judge.shortfalls(person.columns)
        found.qualify += not missed
        found.by_hand += person.qualified_by_hand_at is not None
        if not missed:
            continue
        found.do_not += 1
        found.holders += holds(HAS_SUBMITTED, person)
        if judge.is_close(missed):
            found.close += 1
            found.unit = found.unit or missed[0].unit
        unread = [shortfall for shortfall in missed if not shortfall.is_read]
        found.unread += bool(unread)
        if unread and len(found.first_unread) < MOST_UNREAD:
            found.first_unread.append((person.id, person.name or person.email, unread))
    return found


def reason(judge: Judge, person: Volunteer, language: str) -> str:
    """Say why somebody does not qualify, such as: hours 4, of 6; empty if they do."""
    missed = judge.shortfalls(person.columns) if person.unqualified_at else []
    return " · ".join(shortfall.said(language) for shortfall in missed)


def count_unqualified(session: Session, event: Event) -> int:
    """Count the people who do not qualify, from an index alone."""
    return count_where(session, Volunteer.event_id == event.id, UNQUALIFIED)


def dropouts(session: Session, event: Event, most: int) -> tuple[int, list[str]]:
    """Return how many people have a valid certificate and no longer qualify, and the names of the
    first of them."""
    has_one = exists().where(Certificate.volunteer_id == Volunteer.id, STANDING)
    dropped_out = UNQUALIFIED, HAS_SUBMITTED, has_one.correlate(Volunteer)
    theirs = Volunteer.event_id == event.id, *dropped_out
    count = count_where(session, *theirs)
    named = select(Volunteer.name).where(*theirs).order_by(Volunteer.id).limit(most)
    return count, [*session.scalars(named)] if count else []


def missing_columns(event: Event) -> list[str]:
    """Return the columns that the rule needs and no list has brought, as in a copied event."""
    asked = dict.fromkeys(condition.column for condition in conditions_of(event))
    return [title for title in asked if title not in event.list_columns]
