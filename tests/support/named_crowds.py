"""Long lists of known names in several scripts, in groups, with columns of every kind."""

from collections.abc import Sequence
from typing import Any

from shared.events import groups
from shared.events.settings import create_event
from shared.storage.database import Database
from shared.storage.models import ColumnKind, Event, ListColumn, Naming
from shared.storage.sealing.secret_values import seal_value
from shared.volunteers.lists.masks import masked
from tests.support.crowds import crowd
from tests.support.designing import begin_own_design
from tests.support.factories import SEAL, set_picture

ROLES = ("speaker", "helper", "juror")
_CITIES = ("上海", "Lisboa", "Oslo", "Lagos")
_HAN = "伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超兰霞平刚桂英华玉萍红玲建文辉王李张刘陈杨赵黄周吴徐孙"
_SYLLABLES = ("an", "ber", "cla", "do", "el", "fri", "ga", "hen", "is", "jo", "ka", "lu", "mar")
_OTHERS = ("محمد علی", "अनिता शर्मा", "สมชาย ใจดี", "Ольга Иванова", "Μαρία Παππά", "Đặng Thị")
# No face has these letters.
_UNDRAWABLE = "𒀀𒀁"


def named_crowd(database: Database, count: int, picture: bytes, *, grouped: bool = True) -> int:
    """An event with a certificate on this picture and so many names, nearly all of them different;
    the event's id.

    `grouped`: three quarters are in a group, and the first group has a design of its own.
    """
    with database.writing() as session:
        event, _ = create_event(session, name=f"{count} names", language="en")
        event.naming, event.list_columns = Naming.ISSUE, ["role", "hours", "city", "card"]
        set_picture(session, event, picture)
        event_id, card = event.id, seal_value(SEAL, event.id, "110101199003072316")
        ids = _groups(session, event) if grouped else []
    rows = {"queued": False, "event_id": event_id, "more": lambda one: _row(one, ids, card)}
    crowd(database, count, **rows)
    with database.writing() as session:
        _say_what_columns_hold(session, event_id, count)
    return event_id


def _groups(session: Any, event: Event) -> list[int]:
    made = [groups.add_group(session, event, "role", role) for role in ROLES]
    begin_own_design(session, event, made[0])
    # The list is filled with everybody in their group.
    event.grouped_until = None
    return [group.id for group in made]


def _row(place: int, group_ids: Sequence[int], card: str) -> dict[str, Any]:
    which = place % (len(ROLES) + 1)
    role = ROLES[which] if which < len(ROLES) else ""
    cells = {"role": role, "hours": str(place % 40), "city": _CITIES[place // 3 % len(_CITIES)]}
    return {
        "listed_name": name_of(place),
        "group_id": group_ids[which] if which < len(group_ids) else None,
        "columns": cells | {"card": masked("110101199003072316")},
        "secrets": {"card": card},
    }


def name_of(place: int) -> str:
    """Of a hundred names 60 are Han, 34 Latin, four of them long, and six in other scripts."""
    kind, turn = place % 100, place // 100
    if place % 100_003 == 7:
        return _UNDRAWABLE
    if kind < 60:
        return "".join(_letters(_HAN, 60 * turn + kind, 3 if place % 7 else 4))
    words = [_word(4, place), _word(5, place // 3)]
    if kind < 64:
        words[1:] = ["Maria", "von", "-".join([words[1], _word(6, place // 5)])]
    return " ".join(words) if kind < 94 else f"{_OTHERS[kind - 94]} {words[1]}"


def _word(syllables: int, place: int) -> str:
    return "".join(_letters(_SYLLABLES, place, syllables)).capitalize()


def _letters(some: Sequence[str], place: int, count: int) -> list[str]:
    return [some[place // len(some) ** position % len(some)] for position in range(count)]


def _say_what_columns_hold(session: Any, event_id: int, count: int) -> None:
    hours = sum(place % 40 for place in range(count))
    counts = {"backlog": 0, "unread_count": 0}
    session.add_all(
        [
            ListColumn(
                event_id=event_id, title="hours", kind=ColumnKind.NUMBER, unit="h", is_public=True,
                total=str(hours), read_count=count, **counts,
            ),
            ListColumn(
                event_id=event_id, title="card", kind=ColumnKind.SECRET, is_in_full=True, unit="",
                total="0", read_count=count, **counts,
            ),
        ]
    )  # fmt: skip
