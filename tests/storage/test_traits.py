"""A trait of a row is one expression: index, query and Python agree about every row."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import ColumnElement, insert, select, text

from shared.storage.database import Database
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Status,
    Volunteer,
)
from shared.storage.models import certificate as certificates
from shared.storage.models import event as events
from shared.storage.models import message as mails
from shared.storage.models import volunteer as people
from shared.storage.traits import holds
from tests.support import factories

THEN = datetime(2026, 11, 28, 12, tzinfo=UTC)
SOME_TIME = (None, THEN)

# What the columns of which traits speak may hold, in every combination.
OF_A_PERSON: dict[str, tuple[Any, ...]] = {
    "status": tuple(Status),
    "problem": (None, Problem.NO_GLYPH, Problem.MAIL_FAILED),
    "listed_name": ("", "Ana"),
    **dict.fromkeys(("asked_at", "reopened_at", "erased_at", "address_forgotten_at"), SOME_TIME),
}
OF_A_MAIL: dict[str, tuple[Any, ...]] = {
    "state": tuple(MailState),
    "kind": ("invitation", "link_request"),
    "returned_at": SOME_TIME,
    "waits_since": SOME_TIME,
    "unseen_since": SOME_TIME,
    "tries": (0, 1),
    "volunteer_id": (None, 1),
}
OF_A_CERTIFICATE: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("replaced_at", "withdrawn_at", "on_wall_at", "outdated_at"), SOME_TIME),
}


MODULES = ((Event, events), (Volunteer, people), (Mail, mails), (Certificate, certificates))
# Each trait below a model, by its name.
TRAITS = {
    name: (model, one)
    for model, module in MODULES
    for name, one in vars(module).items()
    if re.fullmatch("[A-Z][A-Z_]+", name) and isinstance(one, ColumnElement)
}
del TRAITS["NAME_LENGTH"], TRAITS["NAME_ORDER"]


def combinations(values: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    return (dict(zip(values, one, strict=True)) for one in product(*values.values()))


@pytest.fixture
def rows(database: Database, event_id: int) -> None:
    """A row for each combination, of people, mails and certificates, and a deleted event."""
    number, chance = count(1), Random(0)
    further = [fact.column.key for fact in people.FACTS if fact.column.key not in OF_A_PERSON]
    everybody = [
        {"event_id": event_id, "email": "", "email_key": f"{n}", "number": f"{n}", **one}
        for one, n in zip(combinations(OF_A_PERSON), number, strict=False)
    ]
    for n, one in enumerate(everybody):
        one["group_id"] = n % 2 or None
        one |= {key: chance.choices(SOME_TIME, (3, 1))[0] for key in further}
    factories.design(database, event_id)
    with database.writing() as session:
        session.execute(insert(Volunteer), everybody)
        a_mail = {"event_id": event_id, "due_at": THEN}
        sent = [a_mail | {"version": n, **one} for n, one in enumerate(combinations(OF_A_MAIL))]
        session.execute(insert(Mail), sent)
        issued = {
            "event_id": event_id, "volunteer_id": 1, "design_id": 1, "name": "", "number": "",
            "date": THEN.date(), "language": "en",
        }  # fmt: skip
        certificates = enumerate(combinations(OF_A_CERTIFICATE))
        all_issued = [
            issued | {"public_id": f"{n}", "revision": n, **one} for n, one in certificates
        ]
        session.execute(insert(Certificate), all_issued)
        an_event = dict.fromkeys(("name", "time_zone", "organizer_token_hash"), "")
        judged_no_further = {"qualifying": {"join": "all", "conditions": []}, "grouped_until": 0}
        session.add(Event(number_pattern="#", **an_event, deleted_at=THEN, **judged_no_further))


def test_a_query_and_python_agree_about_every_row(database: Database, rows: None):
    for name, (model, trait) in TRAITS.items():
        with database.reading() as session:
            everything = session.scalars(select(model)).all()
            by_python = {row.id for row in everything if holds(trait, row)}
            assert set(session.scalars(select(model.id).where(trait))) == by_python, name
        assert 0 < len(by_python) < len(everything), name


def test_a_trait_binds_no_value_so_that_a_query_finds_its_index():
    everything = {name: one for name, (_, one) in TRAITS.items()}
    everything |= {"length": people.NAME_LENGTH, "order": people.NAME_ORDER}
    assert {name for name, one in everything.items() if one.compile().params} == set()


def test_an_index_holds_whom_its_trait_means(database: Database, rows: None):
    """By the condition that the database itself keeps since the migrations."""
    kept = {
        True: "SELECT sql FROM sqlite_master WHERE name = :name",
        False: "SELECT 'WHERE ' || pg_get_expr(indpred, indrelid) FROM pg_index "
        "WHERE indexrelid = CAST(:name AS regclass)",
    }
    for table in (model.__table__ for model, _ in MODULES):
        for index in table.indexes:
            trait = index.dialect_options["sqlite"]["where"]
            if not isinstance(trait, ColumnElement):
                continue
            with database.reading() as session:
                stored = session.scalar(text(kept[database.is_sqlite]), {"name": index.name})
                condition = stored.partition("WHERE")[2]
                by_index = session.scalars(text(f"SELECT id FROM {table} WHERE {condition}")).all()
                by_trait = session.scalars(select(table.c.id).where(trait)).all()
            assert sorted(by_index) == sorted(by_trait), index.name


def test_only_a_trait_compares_the_columns_that_it_is_made_of():
    """Every other module asks the trait, so that what is added to it is obeyed everywhere."""
    root = Path(__file__).parents[2]
    compared = re.compile(r"\.deleted_at(?: is |\.is_)|status (?:<|>=) Status\.SUBMITTED")
    rooms = (root / name for name in ("api", "console", "shared"))
    sources = (file for room in rooms for file in room.rglob("*.py"))
    found = {file.name for file in sources if compared.search(file.read_text(encoding="utf-8"))}
    assert found == {"event.py", "volunteer.py"}
