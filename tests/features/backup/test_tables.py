"""Nothing that is stored is forgotten by a backup."""

from sqlalchemy import inspect

from shared.features.backup.tables import DERIVED, STORED
from shared.storage.database import Database
from shared.storage.sealing.key_rotation import SHORT_LIVED, all_sealed


def test_every_table_is_stored_or_made_of_others(database: Database):
    assert not set(STORED) & DERIVED.keys()
    tables = set(inspect(database.engine).get_table_names())
    # What SQLite makes for its index of words.
    tables = {table for table in tables if not table.startswith("volunteer_search_")}
    assert tables - set(STORED) - DERIVED.keys() == set()


def test_whatever_is_sealed_for_long_is_stored():
    tables = {one.column.class_.__tablename__ for one in all_sealed()} - {"rehearsal_mail"}
    assert tables <= set(STORED)
    assert {column.class_.__tablename__ for column in SHORT_LIVED} <= DERIVED.keys()
