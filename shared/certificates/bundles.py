"""Many certificates in one download: as a ZIP, or as one PDF for printing.

They are made piece by piece while being sent, design by design, in the list's order, so memory
stays flat however long the list is.
"""

import datetime
import io
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path
from typing import Literal

import regex
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.issuing import chosen
from shared.certificates.issuing.drawing import facts_of
from shared.errors import NameProblem, PlaceholderUnknown, ProductError, SettingRefused
from shared.events.installation import Installation
from shared.language import N_
from shared.rendering.design import CompiledDesign, Format, print_together, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.pdf import join_pdfs
from shared.settings import Settings
from shared.storage import hooks
from shared.storage.models import Certificate, Event, Volunteer
from shared.storage.models.certificate import STANDING
from shared.storage.turns import CountProgress
from shared.volunteers.lists.list_columns import secret_titles

# The values for file names, besides the list's own columns.
OWN_VALUES = ("number", "name", "email")
FIRST_PATTERN = "{number} {name}"
Kind = Literal["zip", "pdf"]
_FETCHED_AT_ONCE = 200
# A download's size is estimated from so many.
_JUDGED_BY = 3
# Bytes per file in a ZIP: its two headers, each with its name.
_HEADERS = 180


@dataclass(frozen=True)
class BundleOrder:
    """Whose certificates, and in which form. `people` are their ids; None: everybody's.

    `format` is that of the files in a ZIP, which are named by `pattern`.
    """

    event_id: int
    people: chosen.People = field(default=None, compare=False)
    format: Format = "jpg"
    pattern: str = FIRST_PATTERN


@dataclass(frozen=True)
class BundleEntry:
    """One certificate, ready to be drawn, and the values for its file name."""

    design: CompiledDesign
    facts: Facts
    day: datetime.date
    values: dict[str, str]


def count(session: Session, order: BundleOrder) -> int:
    """How many certificates the order contains."""
    event = session.get_one(Event, order.event_id)
    return chosen.count(session, chosen.with_certificate(event, order.people))


def known_values(event: Event) -> list[str]:
    """The placeholders that a pattern for this event may use."""
    left_out = {*OWN_VALUES, *secret_titles(event)}
    return [*OWN_VALUES, *(title for title in event.list_columns if title not in left_out)]


def entries(
    installation: Installation, order: BundleOrder, *, are_signed: bool = False
) -> Iterator[BundleEntry]:
    """The certificates, design after design, each in the list's order; if wanted, with their
    credentials.

    They are fetched a few at a time, and no transaction stays open while those are drawn.
    """
    with installation.database.reading() as session:
        of_event = [Certificate.event_id == order.event_id, STANDING]
        found = session.scalars(select(Certificate.design_id).where(*of_event).distinct())
        design_ids = sorted(found)
    for design_id in design_ids:
        last = 0
        while True:
            with installation.database.reading() as session:
                of_design = Certificate.design_id == design_id, Certificate.volunteer_id > last
                page = session.execute(
                    _ordered(order).where(*of_design).limit(_FETCHED_AT_ONCE)
                ).all()
                last = page[-1][0].volunteer_id if page else 0
                ids = [row[0].id for row in page] if are_signed else []
                signed = hooks.carried_in_file(installation, ids) if ids else {}
                made = [
                    _entry(session, order, installation.settings, *row, signed.get(row[0].id))
                    for row in page
                ]
            yield from made
            if len(made) < _FETCHED_AT_ONCE:
                break


def _entry(
    session: Session,
    order: BundleOrder,
    settings: Settings,
    certificate: Certificate,
    email: str,
    credential: bytes | None = None,
) -> BundleEntry:
    facts = facts_of(settings, certificate, credential)
    own = {"number": certificate.number, "name": certificate.name, "email": email}
    design = designs.compiled(session, certificate.design, facts, order.format)
    return BundleEntry(design, facts, certificate.date, dict(certificate.columns) | own)


def _ordered(order: BundleOrder) -> Select[Certificate, str]:
    """The certificates with their people's addresses, in the list's order."""
    found = (
        select(Certificate, Volunteer.email)
        .join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        .where(Certificate.event_id == order.event_id, STANDING)
        .order_by(Certificate.volunteer_id)
    )
    return chosen.of_these(found, Certificate.volunteer_id, order.people)


def expected_bytes(session: Session, settings: Settings, order: BundleOrder, kind: Kind) -> int:
    """Roughly how large the download will be, estimated from a few of its certificates; 0 for
    nobody. Raises NameProblem."""
    some = _spread(session, replace(order, format="pdf") if kind == "pdf" else order, settings)
    if not some:
        return 0
    people = count(session, order)
    if kind == "zip":
        drawn = [render_certificate(one.design, one.facts, order.format) for one in some]
        return people * (sum(map(len, drawn)) // len(drawn) + _HEADERS)
    # What all pages share is in the first; each further one adds only its own texts.
    first = some[0]
    same = [one.facts for one in some if one.design is first.design]
    one, all_of_them = (len(print_together(first.design, facts)) for facts in (same[:1], same))
    further = (all_of_them - one) // (len(same) - 1) if len(same) > 1 else 0
    return one + (people - 1) * further


def _spread(session: Session, order: BundleOrder, settings: Settings) -> list[BundleEntry]:
    """A few of them, spread over the list, as a sample of all."""
    event = session.get_one(Event, order.event_id)
    holders = chosen.with_certificate(event, order.people).subquery()
    ends = select(func.min(holders.c.volunteer_id), func.max(holders.c.volunteer_id))
    first, last = session.execute(ends).one()
    if first is None:
        return []
    found: dict[int, BundleEntry] = {}
    for place in range(first, last + 1, max(1, (last - first) // _JUDGED_BY)):
        nearest = _ordered(order).where(Certificate.volunteer_id >= place).limit(1)
        row = session.execute(nearest).first()
        if row and len(found) < _JUDGED_BY:
            found[row[0].id] = _entry(session, order, settings, *row)
    return list(found.values())


# Names for the files in a ZIP, made by a pattern so that every system can unpack them. Windows is
# the strictest: its reserved characters and names are in Microsoft's “Naming Files, Paths, and
# Namespaces”.

LONGEST_PATTERN = 200
# Bytes in UTF-8, with room for a number after it: most file systems allow 255.
_LONGEST = 120
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Also control characters, and marks that change the text direction.
_UNSAFE = regex.compile(r'[\\/:*?"<>|\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Bidi_Control}\p{Zl}\p{Zp}]+')
_RESERVED = re.compile(r"(?i)(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])\s*(\.|$)")


class FileNames:
    """Names for one kind of file, none of which is given twice."""

    def __init__(self, pattern: str, extension: str, known: Collection[str]) -> None:
        """`pattern` has placeholders in braces, all of which must be `known`.

        Raises SettingRefused and PlaceholderUnknown.
        """
        self._pattern = checked_pattern(pattern, known)
        self._extension = extension
        self._taken: dict[str, int] = {}

    def of(self, values: Mapping[str, str]) -> str:
        """The name of the file with these values; a repeated one gets a number."""
        stem = _safe(_PLACEHOLDER.sub(lambda found: values.get(found[1], ""), self._pattern))
        # Case-insensitive systems would unpack the second over the first.
        key = unicodedata.normalize("NFKC", stem).casefold()
        count = self._taken[key] = self._taken.get(key, 0) + 1
        if count == 1:
            return f"{stem}.{self._extension}"
        while f"{key} ({count})" in self._taken:
            count += 1
        self._taken[key] = count
        self._taken[f"{key} ({count})"] = 1
        return f"{stem} ({count}).{self._extension}"


def checked_pattern(pattern: str, known: Collection[str]) -> str:
    """Raises SettingRefused and PlaceholderUnknown if no names can be made with it."""
    if not pattern.strip() or len(pattern) > LONGEST_PATTERN:
        reason = N_("must be 1 to 200 characters, as in {number} {name}")
        raise SettingRefused(field="pattern", reason=reason)
    for placeholder in _PLACEHOLDER.findall(pattern):
        if placeholder not in known:
            there_are = ", ".join(f"{{{one}}}" for one in known)
            raise PlaceholderUnknown(
                field="pattern", placeholder=f"{{{placeholder}}}", known=there_are
            )
    return pattern


def _safe(text: str) -> str:
    plain = " ".join(_UNSAFE.sub(" ", unicodedata.normalize("NFC", text)).split())
    stem = ""
    # Windows drops dots and spaces at the end; elsewhere a leading dot hides a file.
    for character in regex.findall(r"\X", plain.strip(". ")):
        # As many whole characters, as people count them (UAX #29), as fit.
        if len((stem + character).encode()) > _LONGEST:
            stem = stem.rstrip(". ")
            break
        stem += character
    if not stem:
        return "certificate"
    return f"_{stem}" if _RESERVED.match(stem) else stem


# As a ZIP that is sent file by file, each once it is drawn. Drawing holds Python's lock most of the
# time, so that drawing ahead in a thread gains nothing.

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
    zipstream-ng 1.9 writes both behind a file's content, where what is not compressed has no end.
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


def zipped(
    installation: Installation, order: BundleOrder, progress: CountProgress
) -> Generator[bytes]:
    """The ZIP, piece by piece.

    If closed early, it stops drawing. Raises SettingRefused and PlaceholderUnknown before the first
    piece.
    """
    with installation.database.reading() as session:
        known = known_values(session.get_one(Event, order.event_id))
    names = FileNames(order.pattern, order.format, known)
    return zip_of(_files(installation, order, names, progress))


def _files(
    installation: Installation, order: BundleOrder, names: FileNames, progress: CountProgress
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


# As one PDF for the printer

# More take more memory without being faster.
COMPILED_AT_ONCE = 2_000
# Hardly any printer opens a larger document.
MOST_PAGES = 50_000
_CHUNK = 1 << 20


def printed(
    installation: Installation, order: BundleOrder, progress: CountProgress
) -> Generator[bytes]:
    """The PDF, piece by piece, with empty pieces while it is made.

    One page each, design after design. Raises ProductError before the first piece, and NameProblem
    if a certificate can no longer be drawn.
    """
    with installation.database.reading() as session:
        if count(session, order) > MOST_PAGES:
            raise ProductError(
                N_(
                    "One PDF takes at most {limit} certificates. Choose fewer people, or a ZIP "
                    "instead."
                ),
                limit=MOST_PAGES,
            )
    return _pieces(installation, order, progress)


def _pieces(
    installation: Installation, order: BundleOrder, progress: CountProgress
) -> Generator[bytes]:
    listed = entries(installation, replace(order, format="pdf"))
    files, pages = list[Path](), 0
    with tempfile.TemporaryDirectory(prefix="certificates-") as folder:
        for _, of_design in groupby(listed, lambda entry: entry.design.sha256):
            while part := list(islice(of_design, COMPILED_AT_ONCE)):
                files.append(Path(folder) / f"{len(files)}.pdf")
                facts = [entry.facts for entry in part]
                files[-1].write_bytes(print_together(part[0].design, facts))
                pages += len(part)
                progress(pages)
                # So that a client that no longer waits is noticed.
                yield b""
        if not files:
            return
        whole = files[0]
        if len(files) > 1:
            whole = Path(folder) / "whole.pdf"
            join_pdfs(files, whole)
        with whole.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece
