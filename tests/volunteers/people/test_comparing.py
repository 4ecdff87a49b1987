"""A list compared with what the event has: every line is told apart, and no number is had twice."""

from hypothesis import given
from hypothesis import strategies as st

from shared.volunteers.lists.list_parser import with_last_lines
from shared.volunteers.lists.masks import masked
from shared.volunteers.lists.recipients import Recipient
from shared.volunteers.people.comparison import (
    Changed,
    Difference,
    Known,
    difference,
    in_order_of_numbers,
    said_by,
)
from tests.support.lists import read_rows

cells = st.sampled_from(["", "Ana", "Bo", "8", "9"])
titles = st.sampled_from(["team", "hours", "city"])
columns = st.dictionaries(titles, cells)
knowns = st.builds(Known, st.just(1), cells, st.sampled_from(["1", "2"]), columns, st.booleans())
recipients = st.builds(
    Recipient, st.just(1), st.just("a@example.org"), st.sampled_from(["", "1", "2"]), cells, columns
)


def updated(known: Known, found: Difference) -> Known:
    name = known.name if found.name is None else found.name
    return Known(
        known.id, name, found.number or known.number, known.columns | found.columns,
        known.has_fixed_number,
    )  # fmt: skip


@given(knowns, recipients, st.booleans())
def test_who_was_updated_with_a_list_is_unchanged_by_the_same_list(known, one, empty_erases):
    said = said_by([one])
    found = difference(known, one, said, empty_erases=empty_erases)
    again = difference(updated(known, found), one, said, empty_erases=empty_erases)
    assert not again
    assert bool(found) == (updated(known, found) != known)


@given(knowns, recipients)
def test_empty_cells_erase_nothing_and_what_is_given_is_there(known, one):
    after = updated(known, difference(known, one, said_by([one])))
    assert after.name == (one.name or known.name)
    for title in known.columns.keys() | one.columns.keys():
        before = known.columns.get(title, "")
        assert after.columns.get(title, "") == (one.columns.get(title) or before)
    kept = known.has_fixed_number or not one.number
    assert after.number == (known.number if kept else one.number)


@given(knowns, recipients, recipients)
def test_empty_cells_erase_only_what_the_list_speaks_of(known, one, other):
    said = said_by([one, other])
    found = difference(known, one, said, empty_erases=True)
    after = updated(known, found)
    assert after.name == (one.name or ("" if said.names else known.name))
    for title in known.columns:
        kept = "" if title in said.titles else known.columns[title]
        assert after.columns[title] == (one.columns.get(title) or kept)
    assert found.is_emptier == bool(
        (said.names and known.name and not one.name)
        or any(known.columns.get(t) and not one.columns.get(t) for t in said.titles)
    )


def test_the_mask_of_a_secret_is_no_other_value():
    known = Known(1, "", "1", {"ID number": "110101199001011234"})
    for value, is_other in (
        (masked("110101199001011234"), False),
        ("110101199001011234", False),
        ("110101199001019999", True),
    ):
        one = Recipient(1, "a@example.org", columns={"ID number": value})
        assert bool(difference(known, one, said_by([one]), secret={"ID number"})) == is_other


@st.composite
def renumbered(draw):
    """People with numbers of their own, some of whom wish for others, each for another one."""
    have = draw(st.lists(st.integers(1, 12), unique=True, max_size=9))
    wished = draw(st.permutations(range(1, 13)))
    asks = draw(st.lists(st.booleans(), min_size=len(have), max_size=len(have)))
    changed = [
        Changed(
            Known(place, "", str(number), {}),
            Recipient(place, f"p{place}@example.org"),
            Difference(number=str(wish)),
        )
        for place, (number, wish, does) in enumerate(zip(have, wished, asks, strict=False), 1)
        if does and number != wish
    ]
    return {str(number): place for place, number in enumerate(have, 1)}, changed


@given(renumbered())
def test_numbers_in_this_order_are_free_when_their_turn_comes_and_nobody_waits_in_vain(case):
    owners, changed = case
    ordered, refused = in_order_of_numbers(changed, owners)
    assert len(ordered) + len(refused) == len(changed)
    now = {id: number for number, id in owners.items()}
    for one in ordered:
        assert one.difference.number not in now.values()
        now[one.known.id] = one.difference.number
    for one in refused:
        # Still somebody else's; of a circle, each waits for the next.
        assert one.difference.number in now.values()


lines = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "1", "2", "3"]), cells), max_size=12
)


@given(lines)
def test_each_line_counts_or_is_told_once_and_the_last_one_counts(lines):
    rows = [["email", "number", "name"]]
    rows += [[f"{who}@example.org", number, name] for who, number, name in lines]
    first = read_rows(rows)
    last = with_last_lines(first)
    for found in (first, last):
        assert len(found.accepted) + len(found.repeated) + len(found.refused) == len(lines)
        told = [one.line for one in (*found.accepted, *found.repeated, *found.refused)]
        assert sorted(told) == list(range(2, len(rows) + 1))
        numbers = [one.number for one in found.accepted if one.number]
        assert len(numbers) == len(set(numbers))
    assert {one.key for one in first.accepted} == {one.key for one in last.accepted}
    refused = {line.line for line in last.refused}
    for one in last.accepted:
        theirs = [
            (place, number) for place, (a, number, _) in enumerate(lines, 2) if a == one.key[0]
        ]
        others = {number for a, number, _ in lines if a != one.key[0]}
        # What stands below does not count because of a number that another has.
        below = [number for place, number in theirs if place > one.line and place not in refused]
        assert others.issuperset(below)
