"""Certificates as a ZIP: one file each, drawn ahead of what is being sent."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from shared.certificates.bundles.file_names import FileNames
from shared.certificates.bundles.order import Entry, Order, entries, known_values
from shared.certificates.bundles.zip_stream import ZipStream
from shared.errors import NameProblem
from shared.events.installation import Installation
from shared.rendering.design import Format, render_certificate
from shared.storage.models import Event

# Called with the number of certificates so far.
Told = Callable[[int], object]
# How many are drawn while one is sent. Drawing holds Python's lock most of the time: with a second
# thread 300 files took as long, and 2 to 13 % more of the processor (measured in turns).
AHEAD = 1
# Replaces certificates that can no longer be drawn.
NOT_DRAWN = "not drawn.txt"


def zipped(installation: Installation, order: Order, told: Told) -> Generator[bytes]:
    """The ZIP, piece by piece; `told` is called with the count so far.

    If closed early, it stops drawing. Raises SettingRefused and PlaceholderUnknown before the first
    piece.
    """
    with installation.database.reading() as session:
        known = known_values(session.get_one(Event, order.event_id))
    names = FileNames(order.pattern, order.format, known)
    return _pieces(installation, order, names, told)


def _pieces(
    installation: Installation, order: Order, names: FileNames, told: Told
) -> Generator[bytes]:
    archive, refused = ZipStream(), []
    listed = entries(installation.database, installation.settings, order)
    for done, (entry, content) in enumerate(_drawn_ahead(listed, order.format), start=1):
        if isinstance(content, NameProblem):
            refused.append((entry, content))
        else:
            yield archive.with_file(names.of(entry.values), content, entry.day)
        told(done)
    if refused:
        yield archive.with_file(NOT_DRAWN, _reasons(refused), refused[0][0].day)
    yield archive.ending()


def _drawn_ahead(
    listed: Iterator[Entry], format: Format
) -> Iterator[tuple[Entry, bytes | NameProblem]]:
    waiting: deque[tuple[Entry, Future[bytes | NameProblem]]] = deque()
    pool = ThreadPoolExecutor(AHEAD, "bundle")
    try:
        for entry in listed:
            waiting.append((entry, pool.submit(_drawn, entry, format)))
            if len(waiting) > AHEAD:
                first, content = waiting.popleft()
                yield first, content.result()
        while waiting:
            first, content = waiting.popleft()
            yield first, content.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _drawn(entry: Entry, format: Format) -> bytes | NameProblem:
    try:
        return render_certificate(entry.design, entry.facts, format)
    except NameProblem as problem:
        return problem


def _reasons(refused: list[tuple[Entry, NameProblem]]) -> bytes:
    lines = [f"{entry.facts.number} {entry.facts.name}: {problem}" for entry, problem in refused]
    return "\r\n".join(lines).encode("utf-8-sig")
