"""Who qualifies by what the list says of them, whatever the list writes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.storage.models import ColumnKind, Event
from shared.volunteers.lists.column_values import read_number
from shared.volunteers.lists.qualifying import (
    OPERATORS,
    Condition,
    Join,
    Judge,
    Operator,
    QualifyingRule,
    rule_of,
)

HOURS = {"hours": (ColumnKind.NUMBER, "hours")}
NUMBERS = st.decimals(0, 10_000, places=2, allow_nan=False)
BOUND = Condition("hours", Operator.AT_LEAST, ("6",))
conditions = st.builds(
    Condition,
    st.sampled_from(["hours", "day", "role", "came"]),
    st.sampled_from(Operator),
    st.lists(st.text(min_size=1), max_size=3).map(tuple),
)
rules = st.builds(
    QualifyingRule, st.lists(conditions, min_size=1).map(tuple), st.sampled_from(Join)
)


def judge(*some: Condition, join: Join = Join.ALL, **kinds: ColumnKind) -> Judge:
    return Judge(
        QualifyingRule(some, join), HOURS | {title: (kind, "") for title, kind in kinds.items()}
    )


def qualifies(condition: Condition, cell: str, kind: ColumnKind) -> bool:
    return not judge(condition, it=kind).shortfalls({"it": cell})


@given(rules)
def test_a_rule_is_the_same_after_it_was_stored(rule: QualifyingRule):
    assert rule_of(Event(qualifying=rule.to_json())) == rule


@given(NUMBERS, NUMBERS, st.sampled_from(["{}", " {} ", "{} hours", "{}h", "＋{}"]))
def test_a_number_is_compared_by_its_value_however_it_is_written(
    number: Decimal, bound: Decimal, writing: str
):
    for written in (str(number), str(number).replace(".", ",")):
        cell = writing.format(written)
        assert read_number(cell, "hours") == number
        at_least = Condition("hours", Operator.AT_LEAST, (str(bound),))
        at_most = Condition("hours", Operator.AT_MOST, (str(bound),))
        equal = Condition("hours", Operator.EQUALS, (str(bound),))
        missed = {one: judge(one).shortfalls({"hours": cell}) for one in (at_least, at_most, equal)}
        assert missed[at_least] is not (number >= bound)
        assert missed[at_most] is not (number <= bound)
        assert missed[equal] is not (number == bound)
        for one in missed[at_least] + missed[at_most]:
            assert one.misses_by == abs(number - bound)


@given(st.text(), st.sampled_from([ColumnKind.NUMBER, ColumnKind.DATE]))
def test_what_cannot_be_read_never_qualifies_and_is_told_apart(cell: str, kind: ColumnKind):
    value = {ColumnKind.NUMBER: "6", ColumnKind.DATE: "2026-11-24"}[kind]
    for operator in OPERATORS[kind]:
        if operator.compares:
            condition = Condition("it", operator, (value,))
            for one in judge(condition, it=kind).shortfalls({"it": cell}):
                assert one.said("en")
                assert one.said("zh")
    unread = "six or so"
    (missed,) = judge(Condition("it", Operator.AT_LEAST, (value,)), it=kind).shortfalls(
        {"it": unread}
    )
    assert not missed.is_read


@pytest.mark.parametrize("columns", [{}, {"hours": ""}, {"hours": " \n"}, {"hours": "6:30"}])
def test_a_blank_and_what_is_no_number_have_no_value_that_is_read(columns: dict[str, str]):
    (missed,) = judge(BOUND).shortfalls(columns)
    assert not missed.is_read
    assert not judge(BOUND).is_close([missed])


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.sampled_from(Join))
def test_conditions_are_joined_by_all_or_any(met: list[bool], join: Join):
    columns = {str(place): "x" if is_met else "" for place, is_met in enumerate(met)}
    some = [Condition(title, Operator.FILLED) for title in columns]
    missed = judge(*some, join=join).shortfalls(columns)
    assert missed is not (all(met) if join is Join.ALL else any(met))
    if missed:
        assert len(missed) == met.count(False)


@pytest.mark.parametrize(
    ("condition", "cell", "kind", "expected"),
    [
        (Condition("it", Operator.EQUALS, ("Helper",)), " ＨＥＬＰＥＲ ", ColumnKind.TEXT, True),
        (Condition("it", Operator.EQUALS, ("helper",)), "helpers", ColumnKind.TEXT, False),
        (Condition("it", Operator.ONE_OF, ("a", "讲者")), "讲者", ColumnKind.TEXT, True),
        (Condition("it", Operator.ONE_OF, ("a", "b")), "c", ColumnKind.TEXT, False),
        (Condition("it", Operator.FILLED), "-", ColumnKind.TEXT, True),
        (Condition("it", Operator.FILLED), "  ", ColumnKind.NUMBER, False),
        (Condition("it", Operator.YES), "Yes", ColumnKind.TEXT, True),
        (Condition("it", Operator.YES), "是", ColumnKind.TEXT, True),
        (Condition("it", Operator.YES), "否", ColumnKind.TEXT, False),
        (Condition("it", Operator.YES), "", ColumnKind.TEXT, False),
        (
            Condition("it", Operator.AT_LEAST, ("2026-11-24",)),
            "24.11.2026",
            ColumnKind.DATE,
            True,
        ),
        (
            Condition("it", Operator.AT_MOST, ("2026-11-24",)),
            "2026年11月25日",
            ColumnKind.DATE,
            False,
        ),
    ],
)
def test_each_operator_compares_what_its_kind_of_column_holds(condition, cell, kind, expected):
    assert qualifies(condition, cell, kind) is expected


@pytest.mark.parametrize(
    ("condition", "cell", "said"),
    [
        (BOUND, "4", "hours 4, of 6"),
        (BOUND, "4 hours", "hours 4 hours, of 6"),
        (BOUND, "", "hours is empty"),
        (BOUND, "all day", "hours “all day” cannot be read"),
        (Condition("hours", Operator.AT_MOST, ("6",)), "7,5", "hours 7.5, more than 6"),
        (Condition("role", Operator.ONE_OF, ("a", "b")), "c", "role c, none of a, b"),
        (Condition("role", Operator.EQUALS, ("a",)), "c", "role c, not a"),
        (Condition("role", Operator.YES), "no", "role no"),
    ],
)
def test_the_reason_says_what_there_is_and_what_was_asked(condition, cell, said):
    (missed,) = judge(condition).shortfalls({condition.column: cell})
    assert missed.said("en") == said


def test_who_misses_by_an_hour_is_close_and_who_misses_something_else_too_is_not():
    came = Condition("came", Operator.YES)
    both = judge(BOUND, came)
    assert both.is_close(both.shortfalls({"hours": "5", "came": "yes"}))
    assert not both.is_close(both.shortfalls({"hours": "4.9", "came": "yes"}))
    assert not both.is_close(both.shortfalls({"hours": "5", "came": "no"}))
    either = judge(BOUND, came, join=Join.ANY)
    assert either.is_close(either.shortfalls({"hours": "5", "came": "no"}))
