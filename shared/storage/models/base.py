"""What all tables have in common: how types become columns, and how constraints are named."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Dialect, MetaData, SmallInteger, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from shared.storage.columns import UnsizedEnum, UtcDateTime, text_enum
from shared.storage.models.states import (
    Action,
    ColumnKind,
    MailState,
    Naming,
    Phase,
    Problem,
    Role,
    Security,
    Sending,
    Status,
    Suppression,
    Verdict,
)


class StatusNumber(TypeDecorator[Status]):
    """The status as the number that other programs read."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Status | None:
        return None if value is None else Status(value)


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        str: Text,
        dict[str, Any]: JSON,
        dict[str, str]: JSON,
        list[str]: JSON,
        list[int]: JSON,
        Status: StatusNumber,
        **{kind: text_enum(kind) for kind in (Problem, MailState, Sending, Security)},
        **{
            kind: UnsizedEnum(kind)
            for kind in (Action, ColumnKind, Naming, Phase, Role, Suppression, Verdict)
        },
    }
