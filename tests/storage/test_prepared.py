"""Changes that are put together once: they store what SQLAlchemy's own way would store."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError

from shared.storage.models import Problem, Status, Volunteer
from shared.storage.prepared import Prepared
from shared.storage.traits import written_out
from tests.support.factories import add

NAMES = ["O'Brien", 'a "quoted" one', "100 %", "100 %s", ":name", "?", "a\\b", "王芳"]
MOMENT = datetime(2026, 3, 1, 12, 30, 15, 123456, UTC)


@pytest.fixture
def people(database, event_id) -> list[int]:
    add(database, event_id, "\n".join(f"{n},v{n}@example.org" for n in range(len(NAMES))))
    with database.writing() as session:
        rows = session.scalars(select(Volunteer).order_by(Volunteer.id)).all()
        for row, name in zip(rows, NAMES, strict=True):
            row.listed_name = name
        return [row.id for row in rows]


@pytest.mark.parametrize("place", range(len(NAMES)))
def test_a_constant_that_is_written_out_means_the_same(database, people, place):
    named = written_out(select(Volunteer.id).where(Volunteer.listed_name == NAMES[place]))
    assert named.compile().params == {}
    with database.reading() as session:
        assert session.scalars(named).all() == [people[place]]


@pytest.mark.parametrize("place", range(len(NAMES)))
def test_a_change_meets_the_rows_of_its_constants(database, people, place):
    own = update(Volunteer).where(Volunteer.listed_name == NAMES[place])
    change = Prepared(own.values(status=Status.INVITED), "problem_text")
    with database.writing() as session:
        assert change.run(session.connection(), [{"problem_text": NAMES[place]}]) == 1
    with database.reading() as session:
        changed = session.scalars(select(Volunteer).where(Volunteer.status == Status.INVITED))
        assert [(row.id, row.problem_text) for row in changed] == [(people[place], NAMES[place])]


def test_a_change_stores_times_words_and_nothing_as_the_models_do(database, people):
    one = update(Volunteer).where(Volunteer.id == bindparam("person"))
    change = Prepared(one, "submitted_at", "problem")
    said = [(MOMENT, Problem.MAIL_FAILED), (None, None), (MOMENT, Problem.NO_GLYPH)]
    rows = [
        {"person": person, "submitted_at": at, "problem": problem}
        for person, (at, problem) in zip(people, said, strict=False)
    ]
    with database.writing() as session:
        assert change.run(session.connection(), rows) == len(said)
    with database.reading() as session:
        stored = [session.get_one(Volunteer, person) for person in people[: len(said)]]
        assert [(row.submitted_at, row.problem) for row in stored] == said


def test_what_the_database_refuses_is_said_as_ever(database, people):
    taken = Prepared(update(Volunteer).where(Volunteer.id == bindparam("person")), "number")
    with database.writing() as session:
        other = session.get_one(Volunteer, people[1]).number
    with pytest.raises(IntegrityError), database.writing() as session:
        taken.run(session.connection(), [{"person": people[0], "number": other}])
