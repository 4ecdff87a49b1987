"""The credential that a file carries: attached to a PDF, in a chunk of a PNG, or a JSON file alone.
Of pictures that carry none, what their QR codes say.

Anybody may have made the file, so it is read in a process of its own, which runs this module.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import budgets, confined
from shared.certificates.credentials.verifying import (
    LARGEST,
    Known,
    Result,
    Verdict,
    judge,
    nothing_known,
    read,
)
from shared.language import N_

# Open Badges 3.0, 5.3 (PNG), and how certificates of this program carry it as PDF.
ATTACHMENT, CHUNK = "openbadge-credential.json", b"openbadgecredential"
_SECONDS, _MEMORY = budgets.VERIFYING
_LIMITS = confined.Limits(
    memory=_MEMORY.most, cpu_seconds=_SECONDS.most, seconds=15, answer=500_000
)
_PDF, _PNG, _JPEG = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
# Some programs write a line before a PDF.
_BEGINNING = 1024
_MOST_PIXELS = 40_000_000
# A code is read in a picture of this longer side; in a photo of a whole sheet, in the larger one.
_SIDES = (1600, 3200)
_MOST_CODES = 10
# Without what would move the words around it.
_ADDRESS = re.compile(r"https?://[!-~]{1,500}")

NOTHING = N_("Not checked: there is no credential in this file.")
SEVERAL = N_("There is more than one credential in this file, so it does not say which one counts.")
PACKED = N_("The credential in this picture is packed, which none of ours is.")
LOCKED = N_("Not checked: this PDF is locked by a password.")
DAMAGED = N_("Not checked: this file is damaged.")
UNKNOWN = N_("Not checked: this is no PDF, no PNG or JPEG picture, and no JSON file.")
TOO_MUCH = N_("Not checked: reading this file takes too long, or it is too large.")
_ONLY_A_CODE = N_(
    "Not checked: there is no credential in this file. Its QR code leads to {address}."
)
# The process says which of these it is: whatever took it over cannot write its own.
_REASONS = (NOTHING, SEVERAL, PACKED, LOCKED, DAMAGED, UNKNOWN, TOO_MUCH)


@dataclass(frozen=True)
class Carried:
    """What a file carries: its credential, or why there is none, and what its QR codes say."""

    credential: bytes | None = None
    why: str = ""
    codes: tuple[str, ...] = ()

    @property
    def is_readable(self) -> bool:
        return self.why not in (LOCKED, DAMAGED, UNKNOWN, TOO_MUCH)

    def judged(
        self, keys: Known, lists: Known, now: datetime, withdrawn: Known = nothing_known
    ) -> Verdict:
        """The verdict on the credential that the file carries (`verifying.judge`); what carries
        none proves nothing either way."""
        if self.credential is not None:
            return judge(read(self.credential), keys, lists, now, withdrawn)
        if self.why == NOTHING and self.codes:
            return Verdict(Result.NOT_CHECKED, _ONLY_A_CODE, {"address": self.codes[0]})
        is_bad = self.why in (SEVERAL, PACKED)
        return Verdict(Result.BAD if is_bad else Result.NOT_CHECKED, self.why)


class FileReader(confined.Reader):
    """Reads files by the thousand. Use as a context manager."""

    def __init__(self) -> None:
        super().__init__(__name__, _LIMITS)

    def carried_by(self, content: bytes) -> Carried:
        """What this file carries. Raises OSError when no process starts."""
        if not content or len(content) > budgets.VERIFIED_FILE.most:
            return Carried(why=TOO_MUCH if content else UNKNOWN)
        try:
            credential, reason, codes = self.ask("", content)
            found = None if credential is None else str(credential).encode()
            named = tuple(one for one in codes[:_MOST_CODES] if _ADDRESS.fullmatch(one))
            return Carried(found, "" if reason is None else _REASONS[int(reason)], named)
        except (confined.Broken, ValueError, TypeError, LookupError):
            return Carried(why=TOO_MUCH)


# In the process itself


class _Refused(Exception):
    """Why no credential can be told; one of _REASONS."""


def _read(_: object, content: bytes) -> object:
    """The credential as text, the number of the reason if there is none, and the codes."""
    codes: list[str] = []
    try:
        try:
            return [_credential(content).decode(), None, codes]
        except _Refused as refused:
            if NOTHING in refused.args and content.startswith((_PNG, _JPEG)):
                codes += _codes(content)
            raise
    except _Refused as refused:
        return [None, _REASONS.index(str(refused)), codes]
    except UnicodeDecodeError:
        return [None, _REASONS.index(DAMAGED), codes]
    except MemoryError:
        return [None, _REASONS.index(TOO_MUCH), codes]


def _credential(content: bytes) -> bytes:
    if content.startswith(_PNG):
        found = list(_chunks(content))
    elif content.startswith(_JPEG):
        found = []
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


def _chunks(content: bytes) -> Iterator[bytes]:
    """The text of each iTXt chunk of a credential (PNG, third edition, 11.3.3.4)."""
    place = len(_PNG)
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
    """Each attached file of a PDF that is a credential by its name (ISO 32000-2, 7.11.4)."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            # Files that the whole document names, in either of two places.
            named: list[Any] = list(document.Root.get(pikepdf.Name.AF, []))
            if pikepdf.Name.EmbeddedFiles in document.Root.get(pikepdf.Name.Names, {}):
                named += pikepdf.NameTree(document.Root.Names.EmbeddedFiles).values()
            streams = {}
            for one in named:
                if ATTACHMENT in (str(one.get(name, "")) for name in ("/UF", "/F")):
                    stream = one.EF.get("/UF", one.EF.get("/F"))
                    streams[stream.objgen] = stream
            if any(len(one.read_raw_bytes()) > LARGEST for one in streams.values()):
                raise _Refused(TOO_MUCH)
            return [one.read_bytes() for one in streams.values()]
    except pikepdf.PasswordError:
        raise _Refused(LOCKED) from None
    except (
        *(pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError),
        *(RuntimeError, AttributeError, LookupError),
    ):
        raise _Refused(DAMAGED) from None


def _codes(content: bytes) -> list[str]:
    """What the QR codes in a picture say."""
    import zxingcpp
    from PIL import Image, ImageOps

    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        # Of a JPEG, little more is decoded than is looked at.
        picture.draft("L", (_SIDES[-1], _SIDES[-1]))
        if picture.width * picture.height > _MOST_PIXELS:
            raise _Refused(TOO_MUCH)
        whole = ImageOps.exif_transpose(picture).convert("L")
    except Image.DecompressionBombError:
        raise _Refused(TOO_MUCH) from None
    except (OSError, SyntaxError, ValueError):
        raise _Refused(DAMAGED) from None
    for side in _SIDES:
        seen = ImageOps.contain(whole, (side, side)) if max(whole.size) > side else whole
        found = zxingcpp.read_barcodes(
            seen, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
        if found:
            return [one.text for one in found[:_MOST_CODES]]
    return []


if __name__ == "__main__":
    confined.serve(_read)
