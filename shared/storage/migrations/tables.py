"""Tables as text, for migrations: what a text makes never changes, since migrations were run."""

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

_KINDS: dict[str, sa.types.TypeEngine[Any]] = {
    "bigint": sa.BigInteger(),
    "boolean": sa.Boolean(),
    "bytes": sa.LargeBinary(),
    "date": sa.Date(),
    "double": sa.Double(),
    "integer": sa.Integer(),
    "json": sa.JSON(),
    "smallint": sa.SmallInteger(),
    "string32": sa.String(32),
    "string64": sa.String(64),
    "text": sa.Text(),
    "time": sa.DateTime(timezone=True),
}
_NAMES = {
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
_UNIQUE = re.compile(r"unique (.+?)(?: as (\w+))?")
_COLUMN = re.compile(
    r"(?P<name>\w+) (?P<kind>\w+)(?P<empty>\?)?(?: -> (?P<to>\S+)(?P<gone> cascade)?)?"
    r"(?P<key> key)?(?: = (?P<default>.+))?"
)


def tables(written: Mapping[str, str], names: Mapping[str, str] = _NAMES) -> sa.MetaData:
    """Return the tables of these names, each written as its columns and what is unique in it.

    `id integer key, made_at time?, owner_id integer -> owner.id cascade, note text = '',
    unique owner_id note`: the key of the table; a column that may be empty; one that refers to
    another table, with whose row its own goes; one with a default. `names` says what constraints
    are called; without any, the database says it.
    """
    metadata = sa.MetaData(naming_convention=dict(names))
    for name, parts in written.items():
        sa.Table(name, metadata, *(_part(part.strip()) for part in parts.split(",")))
    return metadata


def _part(text: str) -> sa.UniqueConstraint | sa.Column[Any]:
    if unique := _UNIQUE.fullmatch(text):
        return sa.UniqueConstraint(*unique[1].split(), name=unique[2])
    said = _COLUMN.fullmatch(text)
    if not said:
        raise ValueError(text)
    refers = said["to"] and [sa.ForeignKey(said["to"], ondelete=said["gone"] and "CASCADE")]
    default = said["default"] and said["default"].strip("'")
    return sa.Column(
        said["name"],
        _KINDS[said["kind"]],
        *(refers or ()),
        primary_key=bool(said["key"]),
        # Ids alone are counted.
        autoincrement="auto" if said["name"] == "id" else False,
        nullable=bool(said["empty"]),
        server_default=sa.false() if default == "false" else default,
    )
