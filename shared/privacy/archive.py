"""Everything of an event in one ZIP, written while it is read: nothing is stored on disk."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, inspect, select

from shared.certificates.issuing.drawing import render
from shared.errors import NameProblem
from shared.events.installation import Installation
from shared.outflow import Outflow
from shared.privacy import archived_tables
from shared.privacy.shared_files import pictures_of
from shared.rendering.pages.uploaded_page import plain_type
from shared.storage.models import (
    Base,
    Certificate,
    Design,
    Event,
    EventFont,
    FontFile,
    Group,
    Picture,
    VectorPage,
    Volunteer,
)
from shared.volunteers import export

# Called repeatedly with the share that is done.
Told = Callable[[float], object]

_DRAWN_IN_A_ROW = 500
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
# Columns that open something, or refer to what others also own.
_LEFT_OUT = {"organizer_token_hash", "early_account", "account_id"}
_SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
}


@dataclass(frozen=True)
class _Archive:
    """A ZIP that is being written, and what goes into it."""

    installation: Installation
    event: Event
    file: zipfile.ZipFile
    stream: Outflow


def archive(
    installation: Installation,
    event: Event,
    *,
    with_certificates: bool = False,
    told: Told = lambda _: None,
) -> Iterator[bytes]:
    """The bytes of the ZIP: tables of people, mails and acts, designs with their images and fonts,
    and, if wanted, the valid certificates. Tokens and passwords are not in it."""
    stream = Outflow()
    done, all_of_it = 0, _size(installation, event, with_certificates=with_certificates)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        of_event = _Archive(installation, event, file, stream)
        for count in _parts(of_event, with_certificates=with_certificates):
            done += count
            told(min(done / all_of_it, 1.0))
            yield stream.taken()
    yield stream.taken()


def _size(installation: Installation, event: Event, *, with_certificates: bool) -> int:
    with installation.database.reading() as session:
        people = session.scalars(_count_of(Volunteer).where(Volunteer.event_id == event.id)).one()
        certificates = session.scalars(_count_of(Certificate).where(*_holds(event))).one()
    return max(1, people + (certificates if with_certificates else 0))


def _parts(of_event: _Archive, *, with_certificates: bool) -> Iterator[int]:
    """Write the parts one after the other; yields the share of the whole that each makes up."""
    database, event = of_event.installation.database, of_event.event
    settings = of_event.installation.settings
    of_event.file.writestr("event.json", _as_json(_entered(event)))
    if event.groups_version:
        of_event.file.writestr("groups.json", _as_json(_groups(of_event)))
    yield from _table(of_event, "people.csv", archived_tables.people(database, settings, event))
    for name, table in (("mails", archived_tables.mails), ("log", archived_tables.log)):
        for _ in _table(of_event, f"{name}.csv", table(database, event)):
            yield 0
    yield from _designs(of_event)
    if with_certificates:
        yield from _certificates(of_event)


def _table(of_event: _Archive, name: str, pages: archived_tables.Pages) -> Iterator[int]:
    """CSV that spreadsheets open as UTF-8, page by page."""
    titles, rows = pages
    with of_event.file.open(name, "w", force_zip64=True) as binary:
        text = io.TextIOWrapper(binary, encoding="utf-8-sig", newline="", write_through=True)
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow(map(export.harmless, titles))
        for page in rows:
            lines.writerows([export.harmless(cell) for cell in row] for row in page)
            yield len(page)
        text.detach()


def _entered(event: Event) -> dict[str, Any]:
    """What organizers entered, by column name."""
    columns = [column.key for column in inspect(Event).column_attrs]
    return {name: getattr(event, name) for name in columns if name not in _LEFT_OUT}


def _groups(of_event: _Archive) -> list[dict[str, Any]]:
    """What organizers entered for each group; `design` is the version of its own, if it has one."""
    found = select(Group).where(Group.event_id == of_event.event.id).order_by(Group.id)
    with of_event.installation.database.reading() as session:
        return [
            {
                "name": group.name,
                "column": group.column_title,
                "value": group.value,
                "wording": group.wording,
                "design": group.design.version if group.design else None,
            }
            for group in session.scalars(found)
        ]


def _as_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)


def _designs(of_event: _Archive) -> Iterator[int]:
    event_id = of_event.event.id
    with of_event.installation.database.reading() as session:
        designs = session.scalars(select(Design).where(Design.event_id == event_id)).all()
        for design in designs:
            told = {"version": design.version, "template": design.template_sha256}
            vector = {"vector": design.vector_sha256} if design.vector_sha256 else {}
            size = {"print_dpi": design.print_dpi} if design.print_dpi else {}
            content = _as_json(told | vector | size | {"layout": design.layout})
            of_event.file.writestr(f"designs/{design.version:04}.json", content)
        shown = {sha256 for design in designs for sha256 in pictures_of(design)}
        shown |= {design.vector_sha256 for design in designs if design.vector_sha256}
    for file, packed in _files(of_event.installation, event_id, shown):
        of_event.file.writestr(file, packed, zipfile.ZIP_STORED)
        yield 0


def _files(
    installation: Installation, event_id: int, shown: set[str]
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each image, page and font; they are already compressed."""
    fonts = select(EventFont.sha256).where(EventFont.event_id == event_id)
    with installation.database.reading() as session:
        for sha256 in sorted(shown):
            if file := session.get(Picture, sha256) or session.get(VectorPage, sha256):
                suffix = _SUFFIXES.get(plain_type(file.media_type), "bin")
                yield f"designs/{sha256}.{suffix}", file.content
                session.expunge(file)
        for sha256 in session.scalars(fonts).all():
            font = session.get_one(FontFile, sha256)
            yield f"designs/{_safe(font.family)}-{sha256[:8]}.ttf", font.content


def _certificates(of_event: _Archive) -> Iterator[int]:
    """Each as its holder has it; those that can no longer be drawn are left out."""
    for certificate_id in _ids_of_certificates(of_event):
        with of_event.installation.database.reading() as session:
            certificate = session.get_one(Certificate, certificate_id)
            name = f"certificates/{certificate.id:07}-{_safe(certificate.number)}.jpg"
            with suppress(NameProblem):
                drawn = render(session, of_event.installation.settings, certificate)
                of_event.file.writestr(name, drawn, zipfile.ZIP_STORED)
        yield 1


def _ids_of_certificates(of_event: _Archive) -> Iterator[int]:
    found = select(Certificate.id).where(*_holds(of_event.event)).order_by(Certificate.id)
    last = 0
    while True:
        with of_event.installation.database.reading() as session:
            ids = session.scalars(found.where(Certificate.id > last).limit(_DRAWN_IN_A_ROW)).all()
        if not ids:
            return
        yield from ids
        last = ids[-1]


def _holds(event: Event) -> list[ColumnElement[bool]]:
    return [
        Certificate.event_id == event.id,
        Certificate.replaced_at.is_(None),
        Certificate.withdrawn_at.is_(None),
    ]


def _count_of(model: type[Base]) -> Select[int]:
    return select(func.count()).select_from(model)


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text)[:60] or "-"
