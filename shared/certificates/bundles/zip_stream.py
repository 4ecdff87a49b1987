"""A ZIP that is sent file by file, while the next one is still to be made."""

import datetime
import io
import zipfile
from typing import BinaryIO, cast

# ZIP stores MS-DOS dates, which begin here.
_FIRST_DAY = datetime.date(1980, 1, 1)


class ZipStream:
    """Compresses nothing: images and PDFs are already compressed.

    Each file's header contains its length and checksum, so that it can be unpacked while it
    arrives; beyond 4 GB or 65 535 files it is a ZIP64 (PKWARE's APPNOTE.TXT, 4.3.9 and 4.5.3).
    """

    def __init__(self) -> None:
        self._out = _Window()
        self._zip = zipfile.ZipFile(cast(BinaryIO, self._out), "w", zipfile.ZIP_STORED)

    def with_file(self, name: str, content: bytes, day: datetime.date) -> bytes:
        """The bytes of one more file. It carries `day`, so that the same content gives the same
        bytes."""
        day = max(day, _FIRST_DAY)
        entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
        entry.external_attr = 0o644 << 16
        self._zip.writestr(entry, content)
        return self._out.taken()

    def ending(self) -> bytes:
        """The table of all files: nothing comes after it."""
        self._zip.close()
        return self._out.taken()


class _Window(io.RawIOBase):
    """What is written but not read yet; offsets count from the start of the ZIP."""

    def __init__(self) -> None:
        self._before = 0
        self._here = io.BytesIO()

    def taken(self) -> bytes:
        content = self._here.getvalue()
        self._before += len(content)
        self._here = io.BytesIO()
        return content

    def seekable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._before + self._here.tell()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        return self._before + self._here.seek(place - self._before, whence)

    def write(self, content: bytes) -> int:  # type: ignore[override]
        return self._here.write(content)
