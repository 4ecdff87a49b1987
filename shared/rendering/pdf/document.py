"""Certificates as PDF: the same faces, sizes and places as the image, but text stays text."""

import datetime
import json
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from shared.language import N_, translate
from shared.rendering.facts import Facts, name_of
from shared.rendering.fields.field import Page, Resolved
from shared.rendering.pdf.backdrop import Backdrop, file_name
from shared.rendering.text.faces import FONTS, own_face
from shared.rendering.text.sfnt import with_family

TITLE = N_("Certificate – {name}")
CREDENTIAL = N_("Signed credential (Open Badges 3.0): who issued this certificate to whom")
# The standards that a page can satisfy: PDF/UA-1 (ISO 14289-1, for screen readers) or an archive's
# PDF/A (ISO 19005). Typst checks it, and refuses what does not, also a letter without a glyph: a
# second guard behind our own.
Standard = Literal["ua-1", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u"]
SOURCES = Path(__file__).parent
SOURCE, SOURCE_OF_MANY, _FIELDS = "certificate.typ", "certificates.typ", "fields.typ"
# PDF/A requires a date in the metadata; certificates without one use this, so that it is always the
# same.
NO_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@cache
def built_in_fonts() -> Any:
    return _fonts_in(FONTS)


def _fonts_in(*folders: Path) -> Any:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )


class PdfPress:
    """Prints the certificates of one design; the compiler stays warm between them."""

    def __init__(
        self,
        size: tuple[int, int],
        backdrop: Backdrop,
        pictures: Mapping[str, bytes],
        fonts: Mapping[str, Path],
    ) -> None:
        """`pictures` (by SHA-256) are JPEG or PNG files, `fonts` the organizer's own (by
        SHA-256)."""
        self._size = size
        self._backdrop = backdrop
        # Typst reads from files only; these go when the press goes.
        folder = Path(tempfile.mkdtemp(prefix="certificate-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._paths = {sha: file_name(sha, content) for sha, content in pictures.items()}
        (folder / backdrop.name).write_bytes(backdrop.content)
        for sha, path in self._paths.items():
            (folder / path).write_bytes(pictures[sha])
        for source in (SOURCE, SOURCE_OF_MANY, _FIELDS):
            shutil.copy(SOURCES / source, folder)
        self._folder = folder
        found = built_in_fonts()
        if fonts:
            # The organizer's get the family that their face has with us.
            (folder / "fonts").mkdir()
            for sha, file in fonts.items():
                renamed = with_family(file.read_bytes(), own_face(file).family)
                (folder / "fonts" / f"{sha}.ttf").write_bytes(renamed)
            found = _fonts_in(FONTS, folder / "fonts")
        self._families = {family.lower() for family in found.families()}
        self._fonts = found
        # With fonts of its own, Typst reads ours for this press alone: their files, and bytes.
        self._is_alone = bool(fonts)
        self._read: dict[Path, int] = {}
        self._compiler = typst.Compiler(folder / SOURCE, root=folder, font_paths=found)
        self._lock = threading.Lock()

    @property
    def memory(self) -> int:
        """Roughly how many bytes it holds that it does not share with other presses."""
        return sum(self._read.values())

    def printed(
        self,
        fields: Sequence[Resolved],
        facts: Facts,
        alt: str,
        dpi: float,
        standard: Standard | None = None,
    ) -> bytes:
        """One page, tagged, that satisfies `standard`: if none is asked for, PDF/UA-1 and PDF/A-3a
        at once, as far as that can be promised. `alt` is what the template says, and `dpi` decides
        the size of the page.

        The facts' credential is attached, octet by octet, except in PDF/A-2, which may carry PDF/A
        alone (ISO 19005-2, 6.8). RuntimeError names the typefaces that cannot be found: Typst would
        leave their text out.
        """
        point, language = 72 / dpi, facts.language
        data: dict[str, Any] = {
            "title": translate(TITLE, language, name=name_of(facts)).strip(" –"),
            "author": facts.organization,
            "subject": facts.event,
            "alt": alt,
            "language": language,
            "date": _as_parts(facts.date),
            "fields": self._fields(fields, point, language),
        }
        if facts.credential and not (standard or "").startswith("a-2"):
            about = translate(CREDENTIAL, language)
            data["credential"] = {"content": facts.credential, "about": about}
        if standard:
            return self._satisfying([standard], data, point)
        # An archive wants to know when; without a date, we would have to invent one.
        if facts.date and not self._backdrop.is_foreign:
            # It may refuse what somebody's own font writes, such as characters of private use.
            with suppress(typst.TypstError):
                return self._satisfying(["ua-1", "a-3a"], data, point)
        return self._satisfying(["ua-1"], data, point)

    def _satisfying(self, standards: list[Any], data: dict[str, Any], point: float) -> bytes:
        """Raises TypstError if it does not satisfy them."""
        for_archives = standards != ["ua-1"]
        if for_archives and not data["date"]:
            data = data | {"date": _as_parts(NO_DATE)}
        page = json.dumps(data | self._page_of(point, for_archives), ensure_ascii=False)
        with self._lock:
            pdf = _compiled(self._compiler, page, standards)
        return self._backdrop.put_under(pdf, for_archives=for_archives)

    def printed_together(
        self, pages: Iterable[Sequence[Resolved]], title: str, language: str, dpi: float
    ) -> bytes:
        """Many certificates, a page each, in one document that satisfies PDF/UA-1.

        What they share is in it once. Raises RuntimeError as `printed` does.
        """
        point = 72 / dpi
        data = {
            "title": title,
            # A printer is told nothing of the template.
            "alt": "",
            "language": language,
            **self._page_of(point, for_archives=False),
            "pages": [self._fields(fields, point, language) for fields in pages],
        }
        with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".json") as file:
            file.write(json.dumps(data, ensure_ascii=False))
            file.flush()
            # A compiler of its own, so that a single compilation is not cached for long.
            compiler = typst.Compiler(
                self._folder / SOURCE_OF_MANY, root=self._folder, font_paths=self._fonts
            )
            pdf = _compiled(compiler, Path(file.name).name, ["ua-1"])
        return self._backdrop.put_under(pdf, for_archives=False)

    def _page_of(self, point: float, for_archives: bool) -> dict[str, Any]:
        """The page's size in points, and the file that it is printed on, if there is one."""
        is_printed = self._backdrop.printed_by_typst(for_archives=for_archives)
        background = self._backdrop.name if is_printed else None
        width, height = self._size
        return {"width": width * point, "height": height * point, "background": background}

    def _fields(
        self, fields: Sequence[Resolved], point: float, language: str
    ) -> list[dict[str, Any]]:
        """Each field's box before turning, and its content, in points. Raises RuntimeError."""
        lines = [line for field in fields if field.setting for line in field.setting.lines]
        faces = {run.face for line in lines for run in line.runs}
        # Fallback is off, so text in an unknown family would draw nothing.
        absent = sorted({one.family for one in faces if one.family.lower() not in self._families})
        if absent:
            raise RuntimeError(f"Typst finds no typeface called {', '.join(absent)}")
        if self._is_alone:
            # What Typst reads for this press alone counts as its memory.
            new = [one.path for one in faces if one.path not in self._read]
            self._read |= {path: path.stat().st_size for path in new}
        page, found = Page(point, language, self._paths), []
        for field in fields:
            (width, height), box = field.upright_size, field.box
            place = {
                "left": (box.left + (box.width - width) / 2) * point,
                "top": (box.top + (box.height - height) / 2) * point,
                "width": width * point,
                "height": height * point,
                "rotation": field.field.rotation,
            }
            found.append(place | field.field.on_page(field, page))
        return found


def _compiled(compiler: typst.Compiler, data: str, standards: list[Any]) -> bytes:
    """Raises TypstError if it does not satisfy them."""
    inputs = {"data": data}
    pdf = compiler.compile(
        format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=NO_DATE
    )
    assert isinstance(pdf, bytes)
    return pdf


def _as_parts(date: datetime.date | None) -> dict[str, int] | None:
    return {"year": date.year, "month": date.month, "day": date.day} if date else None
