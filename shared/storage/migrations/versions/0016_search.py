"""An index of parts of words, so that a search of a long list reads no other rows."""

import sqlite3

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Longer than address, names and number together can be.
_MOST_PLACES = 2_000


def upgrade() -> None:
    # Up to its one id, people of before are indexed later, while everything runs.
    op.create_table("search_backlog", sa.Column("last_id", sa.Integer(), nullable=False))
    op.execute(
        "INSERT INTO search_backlog (last_id) "
        "SELECT max(id) FROM volunteer HAVING max(id) IS NOT NULL"
    )
    if op.get_bind().dialect.name == "sqlite":
        _upgrade_sqlite()
    else:
        _upgrade_postgresql()


def _upgrade_sqlite() -> None:
    """The triggers are made at each start (`shared.search_index.follow_changes`)."""
    op.execute(
        "CREATE VIRTUAL TABLE volunteer_search USING "
        "fts5(grams, content = '', detail = 'none', columnsize = 0, tokenize = 'ascii')"
    )
    places = op.create_table("search_place", sa.Column("place", sa.Integer(), primary_key=True))
    op.bulk_insert(places, [{"place": place} for place in range(1, _MOST_PLACES + 1)])
    if sqlite3.sqlite_version_info >= (3, 42):
        # Who is removed leaves nothing behind in the file.
        op.execute(
            "INSERT INTO volunteer_search (volunteer_search, rank) VALUES ('secure-delete', 1)"
        )


def _upgrade_postgresql() -> None:
    for statement in (_TABLE, _INDEX, _GRAMS, _FOLLOW, _TRIGGER_ADDED, _TRIGGER_CHANGED):
        op.execute(statement)


_TABLE = """
CREATE TABLE volunteer_search (
    volunteer_id integer PRIMARY KEY REFERENCES volunteer ON DELETE CASCADE,
    grams tsvector NOT NULL
)
"""
# New entries wait in a list of this many KB, and go into the index together: a third of the cost.
_INDEX = """
CREATE INDEX ix_volunteer_search ON volunteer_search
USING gin (grams) WITH (fastupdate = on, gin_pending_list_limit = 1024)
"""
# In a loop: half of the cost of generate_series.
_GRAMS = """
CREATE FUNCTION volunteer_grams(event integer, VARIADIC columns text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    words text := lower(array_to_string(columns, E'\\n'));
    before text := event || ':';
    grams text[] := '{}';
BEGIN
    FOR place IN 1 .. length(words) LOOP
        grams := grams || (before || substr(words, place, 3));
    END LOOP;
    RETURN array_to_tsvector(grams);
END
$$
"""
_FOLLOW = """
CREATE FUNCTION follow_volunteer_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO volunteer_search (volunteer_id, grams) VALUES (
        new.id,
        volunteer_grams(
            new.event_id, new.email_key, new.listed_name, new.given_name, new.number
        )
    )
    ON CONFLICT (volunteer_id) DO UPDATE SET grams = excluded.grams;
    RETURN NULL;
END
$$
"""
_TRIGGER_ADDED = """
CREATE TRIGGER volunteer_search_added AFTER INSERT ON volunteer
FOR EACH ROW EXECUTE FUNCTION follow_volunteer_search()
"""
_TRIGGER_CHANGED = """
CREATE TRIGGER volunteer_search_changed
AFTER UPDATE OF event_id, email_key, listed_name, given_name, number ON volunteer
FOR EACH ROW EXECUTE FUNCTION follow_volunteer_search()
"""


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER IF EXISTS volunteer_search_{name}")
        op.drop_table("search_place")
    else:
        op.execute("DROP TRIGGER volunteer_search_added ON volunteer")
        op.execute("DROP TRIGGER volunteer_search_changed ON volunteer")
        op.execute("DROP FUNCTION follow_volunteer_search()")
        op.execute("DROP FUNCTION volunteer_grams(integer, text[])")
    op.drop_table("volunteer_search")
    op.drop_table("search_backlog")
