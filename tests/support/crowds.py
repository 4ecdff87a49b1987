"""Long lists, stored in bulk: what screens, claims and searches meet when a list has grown."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from shared.events.settings import create_event
from shared.mail.kinds.invitation import INVITATION
from shared.storage.database import Database
from shared.storage.models import Event, MailState, Status, Volunteer, now
from tests.support.bulk_index import indexed_together

_BATCH = 5_000
_LAST_ID = 2**31 - 1
_SYLLABLES = ["wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "anna", "ben", "cora"]
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超兰霞平刚桂英华玉萍红玲建文辉"
_DOMAINS = ("qq.com", "163.com", "gmail.com", "example.org", "mail.example.cn")


def crowd(
    database: Database,
    count: int,
    *,
    queued: bool = True,
    event_id: int | None = None,
    more: Callable[[int], dict[str, Any]] = lambda _: {},
) -> int:
    """An event (a new one unless its id is given) with `count` people, and an invitation of each
    that is due; the event's id.

    `more` says by somebody's place what their row holds beside, or instead of, what is usual.
    """
    event_id = event_id or _new_event(database, count)
    people = (row | more(place) for place, row in enumerate(_people(event_id, count, queued)))
    with database.writing() as session, indexed_together(session, _next_id(session), _LAST_ID):
        while batch := list(islice(people, _BATCH)):
            session.connection().execute(insert(Volunteer.__table__), batch)
    with database.writing() as session:
        session.get_one(Event, event_id).next_number = count + 1
        if queued:
            session.execute(_QUEUE, _values_of_mails(event_id))
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as one:
            one.execute(text("VACUUM ANALYZE"))
    return event_id


def _new_event(database: Database, count: int) -> int:
    with database.writing() as session:
        return create_event(session, name=f"Crowd of {count}", language="en")[0].id


def _next_id(session: Session) -> int:
    return (session.scalar(select(func.max(Volunteer.id))) or 0) + 1


def _people(event_id: int, count: int, invited: bool) -> Iterator[dict[str, Any]]:
    created = now()
    for place in range(count):
        email = f"{_of(_SYLLABLES, place)}.{_of(_SYLLABLES, place // 11)}{place}@{_domain(place)}"
        given = _of(_GIVEN, place // 20) + (_of(_GIVEN, place // 1000) if place % 3 else "")
        yield {
            "event_id": event_id,
            "email": email,
            "email_key": email,
            "number": f"2026-{place + 1:06d}",
            "listed_name": _of(_SURNAMES, place) + given,
            "given_name": "",
            "token": f"sealed {event_id} {place}" if invited else None,
            "asked_at": created if invited else None,
            "status": Status.NEW,
            "columns": {},
            "problem_text": "",
            "created_at": created,
        }


def _of(these: Any, place: int) -> str:
    return str(these[place % len(these)])


def _domain(place: int) -> str:
    return _of(_DOMAINS, place // 7)


_QUEUE = text(
    """
    INSERT INTO mail (event_id, volunteer_id, kind, version, state, urgent, due_at, tries,
                      address, message_id, verdict, answer, maybe_duplicate, wording_of, created_at)
    SELECT event_id, id, :kind, 1, :state, :no, created_at, 0,
           '', '', '', '', :no, '', created_at
    FROM volunteer WHERE event_id = :event
    """
)


def _values_of_mails(event_id: int) -> dict[str, Any]:
    kind, state = INVITATION.name, MailState.QUEUED.value
    return {"kind": kind, "state": state, "no": False, "event": event_id}
