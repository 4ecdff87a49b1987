"""The credential that a file carries: attached to a PDF, in a chunk of a PNG, or a JSON file alone.
Of pictures that carry none, what their QR codes say.

Anybody may have made the file, so it is read in a process of its own, which runs this module.
"""

import io
import re
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import budgets, confined
from shared.features.credentials.verifying import (
    LARGEST,
    Known,
    Result,
    Verification,
    judge,
    nothing_known,
    read,
)
from shared.language import N_
from shared.rendering.uploads import segments

# Open Badges 3.0, 5.3 (PNG), and how certificates of this program carry it as PDF.
ATTACHMENT, CHUNK = "openbadge-credential.json", b"openbadgecredential"
_SECONDS, _MEMORY = budgets.VERIFYING
_LIMITS = confined.Limits(
    memory=_MEMORY.most, cpu_seconds=_SECONDS.most, seconds=15, answer=500_000
)
_PDF, _JPEG, _WEBP = b"%PDF-", b"\xff\xd8\xff", re.compile(rb"RIFF....WEBP", re.DOTALL)
# What phones keep photos in (ISO/IEC 23008-12, 10.2).
_HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)", re.DOTALL)
# Some programs write a line before a PDF.
_BEGINNING = 1024
_MOST_PIXELS = 40_000_000
# How a code is looked for, one after the other: in a picture of this longer side, with contours
# made sharper within this radius, by so many percent. A photo of a whole sheet wants the second;
# one of 700 pixels, where a module has less than two, the third, which makes it up to four times as
# large; one that is out of focus, the last.
_LOOKS = (
    (1600, 0, 0),
    (3200, 0, 0),
    (2800, 2, 150),
    (2800, 2, 300),
    (1600, 2, 150),
    (2800, 4, 300),
)
_LARGEST_SIDE, _MOST_ENLARGED = 3200, 4
# No further look begins after these: the largest picture takes a second, and each look a third.
_LOOKING_SECONDS = 1.0
_MOST_CODES = 10
# Without what would move the words around it.
_ADDRESS = re.compile(r"https?://[!-~]{1,500}")

NOTHING = N_("Not checked: there is no credential in this file.")
NO_CODE = N_(
    "Not checked: there is no credential in this picture, and no QR code was found. Take the photo "
    "closer to the code, hold still, and use more light."
)
SEVERAL = N_("There is more than one credential in this file, so it is unclear which one is valid.")
PACKED = N_("The credential in this picture is packed, which none of ours is.")
PACKED_PDF = N_(
    "Not checked: the credential in this PDF is packed in an unusual way. Use the PDF as it was "
    "sent to you."
)
LOCKED = N_("Not checked: this PDF is locked by a password.")
DAMAGED = N_("Not checked: this file is damaged.")
UNKNOWN = N_("Not checked: this is no PDF, no PNG, JPEG or WebP picture, and no JSON file.")
HEIC = N_(
    "Not checked: this is a HEIC photo, which is not read here. Save it as JPEG, or take a "
    "screenshot of it."
)
TOO_MUCH = N_("Not checked: reading this file takes too long, or it is too large.")
_ONLY_A_CODE = N_(
    "Not checked: there is no credential in this file. Its QR code leads to {address}."
)
# The process says which of these it is: whatever took it over cannot write its own.
_REASONS = (
    NOTHING, NO_CODE, SEVERAL, PACKED, PACKED_PDF, LOCKED, DAMAGED, UNKNOWN, HEIC, TOO_MUCH,
)  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """The contents of a file: its credential, or why there is none, and what its QR codes say."""

    credential: bytes | None = None
    why: str = ""
    codes: tuple[str, ...] = ()

    @property
    def is_readable(self) -> bool:
        return self.why not in (PACKED_PDF, LOCKED, DAMAGED, UNKNOWN, HEIC, TOO_MUCH)

    def judged(
        self, keys: Known, lists: Known, now: datetime, withdrawn: Known = nothing_known
    ) -> Verification:
        """Return the verdict on the credential that the file carries (`verifying.judge`); what
        carries none proves nothing either way."""
        if self.credential is not None:
            return judge(read(self.credential), keys, lists, now, withdrawn)
        if self.why == NOTHING and self.codes:
            return Verification(Result.NOT_CHECKED, _ONLY_A_CODE, {"address": self.codes[0]})
        is_bad = self.why in (SEVERAL, PACKED)
        return Verification(Result.BAD if is_bad else Result.NOT_CHECKED, self.why)


class FileReader(confined.Reader):
    """A reader of files by the thousand. Use it as a context manager."""

    def __init__(self) -> None:
        super().__init__(__name__, _LIMITS)

    def carried_by(self, content: bytes) -> Carried:
        """Return what this file carries. Raises OSError when no process starts."""
        if not content or len(content) > budgets.VERIFIED_FILE.most:
            return Carried(why=TOO_MUCH if content else UNKNOWN)
        try:
            credential, reason, codes = self.ask("", content)
            found = None if credential is None else str(credential).encode()
            named = tuple(code for code in codes[:_MOST_CODES] if _ADDRESS.fullmatch(code))
            return Carried(found, "" if reason is None else _REASONS[int(reason)], named)
        except (confined.Broken, ValueError, TypeError, LookupError):
            return Carried(why=TOO_MUCH)


# In the process itself


class _Refused(Exception):
    """The reason why no credential can be told, one of _REASONS."""


def _read(_: object, content: bytes) -> object:
    """Return the credential as text, the number of the reason if there is none, and the codes."""
    codes: list[str] = []
    try:
        try:
            return [_credential(content).decode(), None, codes]
        except _Refused as refused:
            if NOTHING not in refused.args or not _is_picture(content):
                raise
            codes += _codes(content)
            raise _Refused(NOTHING if codes else NO_CODE) from None
    except _Refused as refused:
        return [None, _REASONS.index(str(refused)), codes]
    except UnicodeDecodeError:
        return [None, _REASONS.index(DAMAGED), codes]
    except MemoryError:
        return [None, _REASONS.index(TOO_MUCH), codes]


def _credential(content: bytes) -> bytes:
    if _is_picture(content):
        if segments.takes_too_long(content):
            raise _Refused(TOO_MUCH)
        found = list(_chunks(content)) if content.startswith(segments.PNG) else []
    elif _HEIC.match(content):
        raise _Refused(HEIC)
    elif content.lstrip()[:1] == b"{":
        found = [content]
    elif _PDF in content[:_BEGINNING]:
        found = _attachments(content)
    else:
        raise _Refused(UNKNOWN)
    if len(found) != 1:
        raise _Refused(SEVERAL if found else NOTHING)
    if len(found[0]) > LARGEST:
        raise _Refused(TOO_MUCH)
    return found[0]


def _is_picture(content: bytes) -> bool:
    return content.startswith((segments.PNG, _JPEG)) or _WEBP.match(content) is not None


def _chunks(content: bytes) -> Iterator[bytes]:
    """Yield the text of each iTXt chunk of a credential (PNG, third edition, 11.3.3.4)."""
    place = len(segments.PNG)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        data = content[place + 8 : place + 8 + length]
        place += 12 + length
        if kind == b"IEND":
            return
        if kind != b"iTXt" or not data.startswith(CHUNK + b"\0"):
            continue
        if (
            place > len(content)
            or zlib.crc32(kind + data).to_bytes(4) != content[place - 4 : place]
        ):
            raise _Refused(DAMAGED)
        is_packed, rest = data[len(CHUNK) + 1 : len(CHUNK) + 2], data[len(CHUNK) + 3 :]
        if is_packed != b"\0" or rest.count(b"\0") < 2:
            raise _Refused(PACKED)
        # Behind the language and the translated keyword.
        yield rest.split(b"\0", 2)[2]


def _attachments(content: bytes) -> list[bytes]:
    """Return each attached file of a PDF that is a credential by its name (ISO 32000-2, 7.11.4)."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            # Files that the whole document names, in either of two places.
            named: list[Any] = list(document.Root.get(pikepdf.Name.AF, []))
            if pikepdf.Name.EmbeddedFiles in document.Root.get(pikepdf.Name.Names, {}):
                named += pikepdf.NameTree(document.Root.Names.EmbeddedFiles).values()
            streams = {}
            for attachment in named:
                if ATTACHMENT in (str(attachment.get(name, "")) for name in ("/UF", "/F")):
                    stream = attachment.EF.get("/UF", attachment.EF.get("/F"))
                    streams[stream.objgen] = stream
            return [_unpacked(stream) for stream in streams.values()]
    except pikepdf.PasswordError:
        raise _Refused(LOCKED) from None
    except (
        *(pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError),
        *(RuntimeError, AttributeError, LookupError),
    ):
        raise _Refused(DAMAGED) from None


def _unpacked(stream: Any) -> bytes:
    """Return what a stream holds, up to a little more than the largest credential. Its filters
    could make anything of it, so there may be none, or the one that programs use (ISO 32000-2,
    7.4.4)."""
    from pikepdf import Array, Dictionary

    filters, parameters = (
        list(value) if isinstance(value, Array) else [] if value is None else [value]
        for value in (stream.get("/Filter"), stream.get("/DecodeParms"))
    )
    predicts = any(
        given.get("/Predictor", 1) != 1 for given in parameters if isinstance(given, Dictionary)
    )
    if [str(name) for name in filters] not in ([], ["/FlateDecode"]) or predicts:
        raise _Refused(PACKED_PDF)
    raw = bytes(stream.read_raw_bytes())
    try:
        return zlib.decompressobj().decompress(raw, LARGEST + 1) if filters else raw
    except zlib.error:
        raise _Refused(DAMAGED) from None


def _codes(content: bytes) -> list[str]:
    """Return what the QR codes in a picture say."""
    import zxingcpp
    from PIL import Image, ImageFilter

    only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    whole = _grey(content)
    until = time.process_time() + _LOOKING_SECONDS
    for side, radius, percent in _LOOKS:
        scale = min(side / max(whole.size), _MOST_ENLARGED if radius else 1)
        seen = whole
        if scale != 1:
            size = tuple(max(1, round(length * scale)) for length in whole.size)
            seen = whole.resize(size, Image.Resampling.LANCZOS)
        if radius:
            seen = seen.filter(ImageFilter.UnsharpMask(radius, percent, 0))
        if found := zxingcpp.read_barcodes(seen, formats=only):
            return [code.text for code in found[:_MOST_CODES]]
        if time.process_time() > until:
            break
    return []


def _grey(content: bytes) -> Any:
    """Return the picture in grey, and no larger than it is looked at. Codes are read in any
    direction."""
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
        if picture.width * picture.height > _MOST_PIXELS:
            raise _Refused(TOO_MUCH)
        # Of a JPEG, little more is decoded than is looked at.
        picture.draft("L", (_LARGEST_SIDE, _LARGEST_SIDE))
        grey = picture.convert("L")
        grey.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE), Image.Resampling.LANCZOS)
    except Image.DecompressionBombError:
        raise _Refused(TOO_MUCH) from None
    except (OSError, SyntaxError, ValueError):
        raise _Refused(DAMAGED) from None
    return grey


if __name__ == "__main__":
    confined.serve(_read)
