"""What a stranger wrote is read or refused in a sentence, and takes no long time."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import ProductError
from tests.fuzz.parsers import PARSERS, Parser
from tests.support.hostile import TookTooLong, processor_seconds


def written(parser: Parser) -> st.SearchStrategy[bytes]:
    if parser.whole is None:
        piece = st.sampled_from(parser.pieces)
        run = st.builds(
            lambda unit, times: unit * times, piece, st.integers(1, 300) | st.just(5000)
        )
        other = st.text(max_size=8).map(str.encode) | st.binary(max_size=4)
        return st.lists(piece | run | other, max_size=40).map(b"".join)
    whole = parser.whole()
    change = st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 8), st.binary(max_size=8))
    return st.lists(change, min_size=1, max_size=6).map(lambda made: damaged(whole, made))


def damaged(whole: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for place, removed, added in changes:
        whole = whole[:place] + added + whole[place + removed :]
    return whole


def is_read_or_refused(parser: Parser, content: bytes) -> None:
    passed_over = TookTooLong if parser.is_clocked else ProductError
    with suppress(ProductError, passed_over), processor_seconds(2):
        parser.read(content)


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_a_stranger_writes_is_read_or_refused(name: str, rounds: Iterator[int]) -> None:
    parser = PARSERS[name]
    for examples in rounds:
        tried = settings(
            max_examples=max(2, examples // 25) if parser.is_confined else examples,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        tried(given(st.just(parser), written(parser))(is_read_or_refused))()


FOUND = [(name, content) for name, parser in PARSERS.items() for content in parser.found]


@pytest.mark.parametrize(("name", "content"), FOUND)
def test_what_once_broke_a_reader_is_read_or_refused(name: str, content: bytes) -> None:
    is_read_or_refused(PARSERS[name], content)
