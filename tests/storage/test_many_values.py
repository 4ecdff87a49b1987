"""Many values in one parameter: looked for by their index, and given to rows."""

from sqlalchemy import select

from shared.storage.many_values import add_rows, among, change_rows
from shared.storage.models import Volunteer
from tests.support.factories import add
from tests.support.query_plans import plans

ODD = 'o\'brien+"1"@example.org'


def test_who_is_among_many_is_found_and_nobody_else(database, event_id):
    add(database, event_id, "ana@example.org\nbo@example.org,n7\n张三@example.org\ncy@example.org")
    with database.reading() as session:
        ids = session.scalars(select(Volunteer.id).order_by(Volunteer.id)).all()

        def found(condition) -> list[int]:
            return sorted(session.scalars(select(Volunteer.id).where(condition)))

        wanted = ["ana@example.org", "张三@example.org", "nobody@example.org", ODD]
        assert found(among(Volunteer.email_key, wanted)) == [ids[0], ids[2]]
        assert found(among(Volunteer.number, ["n7", "7"])) == [ids[1]]
        assert found(among(Volunteer.id, ids[1:3])) == ids[1:3]
        assert found(among(Volunteer.id, [])) == []


def test_each_of_many_is_looked_up_in_the_index(database, event_id):
    def ask() -> None:
        with database.reading() as session:
            of_event = Volunteer.event_id == event_id
            wanted = among(Volunteer.email_key, ["ana@example.org"])
            session.scalars(select(Volunteer.email_key).where(of_event, wanted)).all()

    (plan,) = plans(database, ask)
    condition = "event_id=? AND email_key=?" if database.is_sqlite else "email_key = ANY"
    assert condition in plan.partition("USING" if database.is_sqlite else "Cond:")[2]


def test_rows_are_given_a_text_each_and_others_keep_theirs(database, event_id):
    add(database, event_id, "ana@example.org\nbo@example.org\ncy@example.org")
    names = [Volunteer.id, Volunteer.listed_name]
    with database.writing() as session:
        ana, bo, cy = session.scalars(select(Volunteer.id).order_by(Volunteer.id))
        given = {bo: "7", ana: ODD, 0: "nobody"}
        rows = [{"id": id, "listed_name": name} for id, name in given.items()]
        change_rows(session.connection(), Volunteer.__table__, rows)
        change_rows(session.connection(), Volunteer.__table__, [])
    with database.reading() as session:
        named = dict(session.execute(select(*names)).all())
    assert named == {ana: ODD, bo: "7", cy: ""}


def test_many_rows_are_stored_as_they_are_given_and_the_others_values_by_themselves(
    database, event_id
):
    table = Volunteer.__table__
    rows = [
        {
            "event_id": event_id,
            "email": address,
            "email_key": address,
            "number": str(place),
            "columns": {"备注": 'said "so" \\ 100 %', "Zero": ""},
            "group_id": None,
        }
        for place, address in enumerate([ODD, "张三@example.org", "cy@example.org"])
    ]
    with database.writing() as session:
        stored = add_rows(session.connection(), table, rows, table.c.id, table.c.email_key)
        assert add_rows(session.connection(), table, [], table.c.id) == []
    with database.reading() as session:
        people = session.scalars(select(Volunteer).order_by(Volunteer.id)).all()
        assert {(one.id, one.email_key) for one in people} == {tuple(row) for row in stored}
        assert [one.email for one in people] == [row["email"] for row in rows]
        assert [one.columns for one in people] == [row["columns"] for row in rows]
        assert {one.group_id for one in people} == {None}
        assert {(one.status, one.given_name, one.token) for one in people} == {(0, "", None)}
        assert all(one.created_at for one in people)
