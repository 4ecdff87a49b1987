"""Few downloads at once, and never two of the same, however close together they are requested."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message, Send

from console import downloads
from console.downloads import (
    ARCHIVE,
    OFFERS,
    Download,
    DownloadRequest,
    DownloadState,
    StreamedFile,
)
from shared.certificates import bundles
from shared.errors import DownloadsBusy

MANY = 12


@pytest.fixture(autouse=True)
def nothing_on_its_way() -> Iterator[None]:
    yield
    OFFERS._kept.clear()


def offered(count: int) -> list[Download]:
    return [
        OFFERS.offer(DownloadRequest("certificates.zip", 1, bundles.BundleOrder(1)))
        for _ in range(count)
    ]


def ordered(*events: int) -> list[Download]:
    return [OFFERS.offer(DownloadRequest(ARCHIVE, event)) for event in events]


def begun_at_once(begin: Callable[[int], None]) -> int:
    """How many of many threads that begin at the same time are let through."""
    together = threading.Barrier(MANY)

    def try_it(number: int) -> bool:
        together.wait()
        try:
            begin(number)
        except DownloadsBusy:
            return False
        return True

    with ThreadPoolExecutor(MANY) as threads:
        return sum(threads.map(try_it, range(MANY)))


def test_of_many_who_open_one_address_at_once_one_gets_it():
    (one,) = offered(1)
    assert begun_at_once(lambda _: OFFERS.begin(one)) == 1


def test_of_many_addresses_at_once_two_begin_and_a_third_after_one_has_ended():
    many = offered(MANY)
    assert begun_at_once(lambda number: OFFERS.begin(many[number])) == 2
    running = [one for one in many if one.state is DownloadState.RUNNING]
    OFFERS.end(running[0])
    OFFERS.begin(many[0])
    with pytest.raises(DownloadsBusy):
        OFFERS.begin(running[0])


def test_of_many_archives_of_one_event_one_begins():
    many = ordered(*[7] * MANY)
    assert begun_at_once(lambda number: OFFERS.begin(many[number])) == 1


def test_of_archives_of_many_events_two_begin_and_the_others_wait_on():
    many = ordered(*range(MANY))
    assert begun_at_once(lambda number: OFFERS.begin(many[number])) == 2
    waiting = next(one for one in many if one.state is DownloadState.READY)
    OFFERS.end(next(one for one in many if one.state is DownloadState.RUNNING))
    OFFERS.begin(waiting)


def test_more_offers_than_are_kept_drop_nothing_that_is_on_its_way():
    (first,) = offered(1)
    OFFERS.begin(first)
    offered(OFFERS._most_kept + 5)
    assert OFFERS.find(first.key) is first
    assert len(OFFERS._kept) == OFFERS._most_kept + 1


async def nothing() -> Message:
    await asyncio.sleep(60)
    raise AssertionError


def answered(one: Download, send: Send, spec: str) -> None:
    """Send its file to a client of a server that knows this version of ASGI."""
    answer = StreamedFile(iter([b"x"]), "application/zip", {}, partial(OFFERS.end, one))
    told = answer({"type": "http", "asgi": {"spec_version": spec}}, nothing, send)
    # The thread of the tests may run the loop of a browser.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, told).result()


def test_who_goes_away_before_the_first_byte_holds_no_place():
    (one,) = offered(1)
    OFFERS.begin(one)

    async def gone(_: Message) -> None:
        raise OSError

    with pytest.raises(ClientDisconnect):
        answered(one, gone, "2.4")
    assert one.state is DownloadState.STOPPED


@pytest.mark.parametrize("spec", ["2.3", "2.4"])
def test_who_takes_nothing_for_long_holds_no_place(monkeypatch: pytest.MonkeyPatch, spec: str):
    monkeypatch.setattr(downloads, "PATIENCE_SECONDS", 0.05)
    (one,) = offered(1)
    OFFERS.begin(one)

    async def suspended(_: Message) -> None:
        await asyncio.sleep(60)

    answered(one, suspended, spec)
    assert one.state is DownloadState.STOPPED
