"""The base of all tables: types of values for both databases, and names of constraints."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, SmallInteger, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.storage.states import (
    Action,
    ColumnKind,
    MailState,
    NameFrom,
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


class UtcDateTime(TypeDecorator[datetime]):
    """Times with their zone: stored as UTC, since SQLite would lose the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def text_enum(kind: type[StrEnum]) -> Enum:
    """A column with the members of `kind` as plain text, so that a new member needs no ALTER."""
    return Enum(kind, native_enum=False, length=32, values_callable=lambda kind: list(kind))


class UnsizedEnum(TypeDecorator[StrEnum]):
    """Members of an enum as plain text, in columns that were first created without a length.

    An unknown value raises ValueError, whether it is stored or read.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


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
            for kind in (
                *(Action, ColumnKind, NameFrom, Naming, Phase, Role),
                *(Suppression, Verdict),
            )
        },
    }


class Numbered(Base):
    """Rows with a number of their own."""

    __abstract__ = True

    # Always the first column.
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
