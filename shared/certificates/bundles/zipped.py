"""Certificates as a ZIP that is sent file by file, each once it is drawn.

Drawing holds Python's lock most of the time, so that drawing ahead in a thread gains nothing.
"""

import datetime
import io
import zipfile
from collections.abc import Generator, Iterable, Iterator

from shared.certificates.bundles.file_names import FileNames
from shared.certificates.bundles.order import Order, entries, known_values
from shared.errors import NameProblem
from shared.events.installation import Installation
from shared.rendering.design import render_certificate
from shared.storage.models import Event
from shared.storage.turns import CountProgress

# Replaces certificates that can no longer be drawn.
NOT_DRAWN = "not drawn.txt"
# A file's name and content, and a day.
File = tuple[str, bytes, datetime.date]
# ZIP stores MS-DOS dates, which begin here.
_FIRST_DAY = datetime.date(1980, 1, 1)


def zip_of(files: Iterable[File]) -> Generator[bytes]:
    """A ZIP of files that are sent before the next one is made. It compresses nothing: images and
    PDFs are compressed already. Files carry a day, so that the same content gives the same bytes.

    Each file's header contains its length and checksum, so that it can be unpacked while it
    arrives; beyond 4 GB or 65 535 files it is a ZIP64 (PKWARE's APPNOTE.TXT, 4.3.9 and 4.5.3).
    """
    out = _Window()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content, day in files:
            day = max(day, _FIRST_DAY)
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
            yield out.taken()
    yield out.taken()


class _Window(io.BytesIO):
    """What is written but not taken yet, and may be overwritten until then; places in it count from
    the start of the ZIP."""

    _before = 0

    def taken(self) -> bytes:
        content = self.getvalue()
        self._before += len(content)
        super().seek(0)
        self.truncate(0)
        return content

    def tell(self) -> int:
        return self._before + super().tell()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        return self._before + super().seek(place - self._before, whence)


def zipped(installation: Installation, order: Order, progress: CountProgress) -> Generator[bytes]:
    """The ZIP, piece by piece.

    If closed early, it stops drawing. Raises SettingRefused and PlaceholderUnknown before the first
    piece.
    """
    with installation.database.reading() as session:
        known = known_values(session.get_one(Event, order.event_id))
    names = FileNames(order.pattern, order.format, known)
    return zip_of(_files(installation, order, names, progress))


def _files(
    installation: Installation, order: Order, names: FileNames, progress: CountProgress
) -> Iterator[File]:
    refused = []
    listed = entries(installation, order, are_signed=order.format != "jpg")
    for done, entry in enumerate(listed, start=1):
        try:
            content = render_certificate(entry.design, entry.facts, order.format)
        except NameProblem as problem:
            refused.append((entry, problem))
        else:
            yield names.of(entry.values), content, entry.day
        progress(done)
    if refused:
        lines = [f"{one.facts.number} {one.facts.name}: {problem}" for one, problem in refused]
        yield NOT_DRAWN, "\r\n".join(lines).encode("utf-8-sig"), refused[0][0].day
