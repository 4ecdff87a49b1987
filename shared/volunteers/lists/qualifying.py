"""The rule by which people qualify for a certificate: conditions on the list's columns, as data.

A condition has a column, an operator of the column's kind, and values. `Event.qualifying` has the
rule as JSON; without one everybody qualifies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from shared.errors import SettingRefused
from shared.events.groups import value_key
from shared.events.settings import one_line
from shared.language import N_, listed, translate
from shared.storage.models import ColumnKind, Event, Volunteer
from shared.volunteers.lists.column_values import read_date, read_number, written
from shared.volunteers.lists.titles import has_come

MOST_CONDITIONS = 20
MOST_VALUES = 100


class Operator(StrEnum):
    """The comparison of a value; stored rules have these words."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUALS = "equals"
    ONE_OF = "one_of"
    FILLED = "filled"
    # Anything that says that somebody was there: see `titles.has_come`.
    YES = "yes"

    @property
    def compares(self) -> bool:
        """True if it needs a value to compare with."""
        return self not in (Operator.FILLED, Operator.YES)


_OF_MEASURES = (Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUALS, Operator.FILLED)
# The operators of each kind of column, the usual one first; a secret decides nothing.
OPERATORS: Mapping[ColumnKind, Sequence[Operator]] = {
    ColumnKind.NUMBER: _OF_MEASURES,
    ColumnKind.DATE: _OF_MEASURES,
    ColumnKind.TEXT: (Operator.EQUALS, Operator.ONE_OF, Operator.FILLED, Operator.YES),
    ColumnKind.SECRET: (),
}


class Join(StrEnum):
    """The conditions that have to be met: all, or any."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True)
class Condition:
    """A condition on one column."""

    column: str
    operator: Operator
    # One; several for ONE_OF, none where nothing is compared.
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class QualifyingRule:
    """A rule of at least one condition."""

    conditions: tuple[Condition, ...]
    join: Join = Join.ALL

    def to_json(self) -> dict[str, Any]:
        """Return the rule as `Event.qualifying` holds it."""
        stored: dict[str, Any] = _STORED.dump_python(self, mode="json")
        return stored


_STORED = TypeAdapter(QualifyingRule)


def rule_of(event: Event) -> QualifyingRule | None:
    """Return the event's rule; None if everybody qualifies."""
    return _STORED.validate_python(event.qualifying) if event.qualifying else None


def conditions_of(event: Event) -> tuple[Condition, ...]:
    """Return the conditions of the event's rule; none if everybody qualifies."""
    return rule.conditions if (rule := rule_of(event)) else ()


def check_rule(event: Event, rule: QualifyingRule) -> QualifyingRule:
    """Return the rule as it is stored.

    Raises SettingRefused, also for a secret column and for an operator of another kind of column.
    """
    if not 0 < len(rule.conditions) <= MOST_CONDITIONS:
        raise SettingRefused(field="conditions", reason=N_("must be 1 to 20"))
    return QualifyingRule(tuple(_checked(event, part) for part in rule.conditions), rule.join)


def _checked(event: Event, condition: Condition) -> Condition:
    title, operator = condition.column, condition.operator
    if title not in event.list_columns:
        raise SettingRefused(field="column", reason=N_("is no column of the list"))
    kind, unit = _kinds(event).get(title, _TEXT)
    if kind is ColumnKind.SECRET:
        reason = N_("is secret, so it cannot decide who gets a certificate")
        raise SettingRefused(field=title, reason=reason)
    if operator not in OPERATORS[kind]:
        reason = N_("has another type, which is compared differently")
        raise SettingRefused(field=title, reason=reason)
    if any(column.title == title and column.backlog for column in event.known_columns):
        reason = N_("is being checked: try again in a moment")
        raise SettingRefused(field=title, reason=reason)
    if not operator.compares:
        return Condition(title, operator)
    values = tuple(dict.fromkeys(one_line(title, text, needed=True) for text in condition.values))
    if not values or len(values) > (MOST_VALUES if operator is Operator.ONE_OF else 1):
        raise SettingRefused(field=title, reason=N_("needs a value to compare with"))
    if kind is not ColumnKind.TEXT:
        # In no language, and without the unit.
        if (value := _measure(kind, values[0], unit)) is None:
            reason = N_("is compared with a number or a date, such as 6 or 2026-11-24")
            raise SettingRefused(field=title, reason=reason)
        values = (f"{value:f}" if isinstance(value, Decimal) else str(value),)
    return Condition(title, operator, values)


# As people write them on the command line: hours >= 6
_SIGNS = {
    ">=": Operator.AT_LEAST, "≥": Operator.AT_LEAST, "<=": Operator.AT_MOST, "≤": Operator.AT_MOST,
    "=": Operator.EQUALS, "in ": Operator.ONE_OF, "filled": Operator.FILLED, "yes": Operator.YES,
}  # fmt: skip


def condition_in(text: str, titles: Sequence[str]) -> Condition:
    """Return the condition in `text`, on one of these columns. Raises SettingRefused."""
    # By the longest title, since one may begin with another.
    for title in sorted(filter(text.startswith, titles), key=len, reverse=True):
        rest = text.removeprefix(title).strip()
        for sign, operator in _SIGNS.items():
            value = rest.removeprefix(sign).strip()
            if rest.startswith(sign) and bool(value) is operator.compares:
                several = value.split(",") if operator is Operator.ONE_OF else [value]
                return Condition(title, operator, tuple(several) if value else ())
    raise SettingRefused(field=text, reason=_HOW_TO_WRITE)


_HOW_TO_WRITE = N_(
    "must be a column of the list, then >=, <=, =, in, filled or yes, and what it is compared "
    "with, such as “hours >= 6”"
)


@dataclass(frozen=True)
class Shortfall:
    """The reason why somebody does not meet a condition."""

    condition: Condition
    kind: ColumnKind
    unit: str
    # The value in the column, stripped.
    cell: str
    # Whether the cell can be compared; empty ones cannot.
    is_read: bool
    # The difference that a number lacks; None for anything else.
    misses_by: Decimal | None = None

    def said(self, language: str) -> str:
        """Say it in `language`, such as: hours 4, of 6."""
        wanted = [written(self.kind, text, self.unit, language) for text in self.condition.values]
        return translate(
            self._words(),
            language,
            column=self.condition.column,
            value=written(self.kind, self.cell, self.unit, language),
            wanted=listed(wanted, language),
        )

    def _words(self) -> str:
        if not self.cell:
            return N_("{column} is empty")
        if not self.is_read:
            return N_("{column} “{value}” cannot be read")
        by_date = self.kind is ColumnKind.DATE
        match self.condition.operator:
            case Operator.AT_LEAST:
                return N_("{column} {value}, before {wanted}") if by_date else _OF
            case Operator.AT_MOST:
                return N_("{column} {value}, after {wanted}") if by_date else _MORE
            case Operator.ONE_OF:
                return N_("{column} {value}, none of {wanted}")
            case Operator.YES:
                return N_("{column} {value}")
        return N_("{column} {value}, not {wanted}")


_OF, _MORE = N_("{column} {value}, of {wanted}"), N_("{column} {value}, more than {wanted}")
_TEXT = (ColumnKind.TEXT, "")
# The kind of a column with its unit, by title; columns without an entry are text.
_Kinds = Mapping[str, tuple[ColumnKind, str]]


def _kinds(event: Event) -> _Kinds:
    return {column.title: (column.kind, column.unit) for column in event.known_columns}


class Judge:
    """Judges people by a rule, and by the kinds that the event's columns have now."""

    def __init__(self, rule: QualifyingRule | None, kinds: _Kinds) -> None:
        self._rule = rule
        of_each = [kinds.get(part.column, _TEXT) for part in rule.conditions] if rule else []
        self._conditions = list(zip(rule.conditions if rule else (), of_each, strict=True))

    @classmethod
    def of(cls, event: Event, rule: QualifyingRule | None = None) -> "Judge":
        """Return a judge by the event's rule, or by another one that is not stored."""
        rule = rule or rule_of(event)
        return cls(rule, _kinds(event) if rule else {})

    def shortfalls(self, columns: Mapping[str, str]) -> list[Shortfall]:
        """Return why somebody with these columns does not qualify; empty if they do."""
        missed: list[Shortfall] = []
        for condition, (kind, unit) in self._conditions:
            found = _shortfall(condition, kind, unit, (columns.get(condition.column) or "").strip())
            if found:
                missed.append(found)
            elif self._rule and self._rule.join is Join.ANY:
                return []
        return missed

    def is_close(self, missed: Sequence[Shortfall]) -> bool:
        """Return whether one more of the numbers' unit would do, such as an hour."""
        near = [part.misses_by is not None and part.misses_by <= 1 for part in missed]
        return any(near) if self._rule and self._rule.join is Join.ANY else all(near)


def qualifies(person: Volunteer) -> bool:
    """Return whether a person qualifies; their columns decide until a turn has reached them."""
    event = person.event
    if event.grouped_until is None or person.id <= event.grouped_until:
        return person.unqualified_at is None
    is_by_hand = person.qualified_by_hand_at is not None
    return is_by_hand or not Judge.of(event).shortfalls(person.columns)


def _shortfall(condition: Condition, kind: ColumnKind, unit: str, cell: str) -> Shortfall | None:
    operator, fails = condition.operator, partial(Shortfall, condition, kind, unit, cell)
    if not operator.compares:
        is_met = bool(cell) if operator is Operator.FILLED else has_come(cell)
        return None if is_met else fails(is_read=True)
    value: Any = _measure(kind, cell, unit)
    if value is None:
        return fails(is_read=False)
    bounds: list[Any] = [_measure(kind, text, unit) for text in condition.values]
    if operator in (Operator.AT_LEAST, Operator.AT_MOST):
        low, high = (bounds[0], value) if operator is Operator.AT_LEAST else (value, bounds[0])
        misses_by = low - high if kind is ColumnKind.NUMBER else None
        return None if low <= high else fails(is_read=True, misses_by=misses_by)
    return None if value in bounds else fails(is_read=True)


def _measure(kind: ColumnKind, cell: str, unit: str) -> Decimal | date | str | None:
    """Return the comparable value of a cell of this kind; None if it cannot be read."""
    if kind is ColumnKind.NUMBER:
        return read_number(cell, unit)
    return read_date(cell) if kind is ColumnKind.DATE else value_key(cell) or None
