"""What a sending is about to make: the certificate of the first person who would get one."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.certificates import issuing
from shared.certificates.columns_shown import sample_values
from shared.certificates.designs import designs
from shared.errors import NameProblem
from shared.language import N_, translate
from shared.rendering.design import CompiledDesign, check
from shared.rendering.facts import Facts
from shared.settings import Settings
from shared.storage.models import Design, Event, Volunteer
from shared.storage.models.volunteer import TO_ISSUE
from shared.storage.traits import asked

_SAMPLE_NAME = N_("Alex Chen")
# Those whose names cannot be drawn get none; the next one is shown instead.
_MOST_TRIED = 20


@dataclass(frozen=True)
class FirstLook:
    """The certificate, to be drawn; `is_sample`: the name is ours, since none is known yet."""

    design: CompiledDesign
    facts: Facts
    is_sample: bool


def first_look(session: Session, settings: Settings, event: Event) -> FirstLook | None:
    """As it would leave now; None before there is a design. Raises NameProblem if not even a sample
    can be drawn."""
    design = event.design
    if design is None:
        return None
    # From the index alone, however many there are.
    first = select(Volunteer.id).where(Volunteer.event_id == event.id, asked(TO_ISSUE))
    for id in session.scalars(first.order_by(Volunteer.id).limit(_MOST_TRIED)).all():
        person = session.get_one(Volunteer, id)
        try:
            drawn, facts = issuing.look_of(session, settings, person, person.listed_name)
            check(drawn, facts)
        except NameProblem:
            continue
        return FirstLook(drawn, facts, is_sample=False)
    return _sample(session, settings, event, design)


def _sample(session: Session, settings: Settings, event: Event, design: Design) -> FirstLook:
    """With the columns of the first of the list, whose name is still to be asked for."""
    name = translate(_SAMPLE_NAME, event.language)
    new = select(Volunteer).where(Volunteer.event_id == event.id, Volunteer.erased_at.is_(None))
    person = session.scalars(new.order_by(Volunteer.id).limit(1)).first()
    if person is not None:
        return FirstLook(*issuing.look_of(session, settings, person, name), is_sample=True)
    today = issuing.day_of_issue(session, event)
    values = sample_values(session, event)
    facts = issuing.sample_facts(settings, event, name, values, today)
    return FirstLook(designs.compiled(session, design, facts), facts, is_sample=True)
