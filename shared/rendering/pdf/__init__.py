"""Certificates as PDF: the same faces, sizes and places as the image, but text stays text, and the
template stays the bytes that were uploaded. And sheets of texts alone: a poster, a record.

Typesetting belongs to `text`.
"""

import base64
import datetime
import hashlib
import io
import json
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pikepdf
import typst
from pikepdf import Name
from PIL import Image

from shared.language import N_, translate
from shared.rendering.facts import Facts, name_of
from shared.rendering.fields import qr
from shared.rendering.fields.field import Page, Resolved
from shared.rendering.pdf import prepress
from shared.rendering.raster import encoded
from shared.rendering.text.faces import FONTS, own_face
from shared.rendering.text.glyphs import with_family

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


# What is under the fields of a page: the template, as an image or a vector page
#
# Typst hashes every image for every page, which for a photograph takes as long as everything else:
# it prints a stand-in. It reads no PDF, which is put under its pages afterwards.

# The id of a document, derived from its content (XMP, part 1, 2.2.3).
_INSTANCE = re.compile(rb"(?<=InstanceID>)[^<]+")


def _underlaid(printed: bytes, underlay: bytes) -> bytes:
    """The printed pages with another one under each, stretched over its sheet, in the file once:
    `underlay` is a PDF of one page without tags, upright, from (0, 0) (see `page_reader`).

    Screen readers skip it (an artifact: ISO 14289-1, 7.1), as they do pictures of templates. The
    same pages give the same bytes.
    """
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        with pikepdf.open(io.BytesIO(underlay)) as source:
            form = source.make_indirect(source.pages[0].as_form_xobject())
            under = pdf.copy_foreign(form)
        # The operators that draw it over the whole page.
        _, _, width, height = (float(side) for side in under.BBox.as_list())
        sheet = pikepdf.Rectangle(pdf.pages[0].trimbox)
        place = sheet.width / width, sheet.height / height, float(sheet.llx), float(sheet.lly)
        drawing = pdf.make_stream(
            b"/Artifact BMC q %.6f 0 0 %.6f %g %g cm /Underlay Do Q EMC" % place
        )
        for page in pdf.pages:
            page.add_resource(under, Name.XObject, Name.Underlay)
            page.contents_add(drawing, prepend=True)
        # Documents that differ only in their underlay need different ids.
        xmp = pdf.Root.Metadata.read_bytes()
        content = b"".join(_INSTANCE.findall(xmp)) + underlay
        name = base64.b64encode(hashlib.sha256(content).digest()[:16])
        pdf.Root.Metadata.write(_INSTANCE.sub(name, xmp))
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


# A one-pixel image with which pages are printed, later replaced by the template's JPEG

# How a PDF ends: the place of its table of objects (ISO 32000-1, 7.5.5).
_END = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")
# A row of that table: where an object begins, its generation, in use (7.5.4).
_ROW = re.compile(rb"(\d{10})( \d{5} n)")


class StandIn:
    """Stands for one JPEG; `content` is the file to print pages with."""

    def __init__(self, jpeg: bytes) -> None:
        self._jpeg = jpeg
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
            self._size = opened.size
            # The comment makes pages on different templates differ: Typst derives
            # their InstanceID (XMP) from the content.
            comment = hashlib.sha256(jpeg).hexdigest()
            self.content = encoded(Image.new(opened.mode, (1, 1)), "JPEG", comment=comment)

    def replaced_in(self, pdf: bytes) -> bytes:
        """The page with the original JPEG in it. ValueError if `content` is not in there."""
        begin = pdf.index(self.content)
        start, end = pdf.rindex(b" obj\n", 0, begin), begin + len(self.content)
        # What the PDF says about the pixel, said about the JPEG.
        head, (width, height) = pdf[start:begin], self._size
        for key, number in (b"Length", len(self._jpeg)), (b"Width", width), (b"Height", height):
            head = re.sub(rb"/%b \d+" % key, b"/%b %d" % (key, number), head)
        longer = len(head) + len(self._jpeg) - (end - start)
        found = _END.search(pdf, len(pdf) - 100)
        assert found
        table = int(found[1])

        def moved(row: re.Match[bytes]) -> bytes:
            """A row of the table of objects, of which those behind `start` have moved."""
            place = int(row[1])
            return b"%010d%b" % (place + longer if place > start else place, row[2])

        tail = _ROW.sub(moved, pdf[table : found.start()])
        ending = b"startxref\n%d\n%%%%EOF" % (table + longer)
        return b"".join((pdf[:start], head, self._jpeg, pdf[end:table], tail, ending))


# How files begin; others are PNG.
_BEGINNINGS = ((b"\xff\xd8", "jpg"), (b"<svg", "svg"))


class Backdrop:
    """`picture` is JPEG or PNG, `vector` the same as SVG, or as PDF (see `_underlaid`)."""

    def __init__(self, picture: bytes, vector: bytes | None = None) -> None:
        self.picture = picture
        self._underlay = vector if vector is not None and vector.startswith(b"%PDF") else None
        printed = picture if vector is None or self._underlay else vector
        self._stand_in = StandIn(printed) if printed.startswith(b"\xff\xd8") else None
        # The file that Typst prints pages with, and its name.
        self.content = self._stand_in.content if self._stand_in else printed
        self.name = file_name("background", self.content)

        # Nobody can promise PDF/A for the content of a foreign page.
        self.is_foreign = self._underlay is not None

    def printed_by_typst(self, *, for_archives: bool) -> bool:
        """Whether Typst prints it. It accepts no PDF, which is put under its pages afterwards; in
        PDF/A there is its picture."""
        return for_archives or not self.is_foreign

    def put_under(self, pdf: bytes, *, for_archives: bool) -> bytes:
        """The printed pages with the template as it is."""
        if self._underlay and not for_archives:
            return _underlaid(pdf, self._underlay)
        return self._stand_in.replaced_in(pdf) if self._stand_in else pdf


def file_name(name: str, content: bytes) -> str:
    """With the suffix by which Typst knows what kind of file it is."""
    suffix = next((suffix for begin, suffix in _BEGINNINGS if content.startswith(begin)), "png")
    return f"{name}.{suffix}"


# Pages


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
        """Many certificates, a page each, in one document that satisfies PDF/UA-1, with what a
        print shop needs (see `prepress`): black is printed with black ink alone.

        What they share is in it once. Raises RuntimeError as `printed` does.
        """
        point = 72 / dpi
        data = {
            "title": title,
            # A printer is told nothing of the template.
            "alt": "",
            "language": language,
            "bleed": prepress.BLEED,
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
        pages_on_sheets = self._backdrop.put_under(pdf, for_archives=False)
        return prepress.for_print_shop(pages_on_sheets, self._backdrop.picture)

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
                "rotation": field.field.turn,
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


def join_pdfs(parts: Iterable[Path], out: Path) -> None:
    """Write the pages of all parts, in this order, as one PDF.

    Accessibility tags are left out: those of one part do not describe another's pages.
    """
    opened = [pikepdf.open(part) for part in parts]
    try:
        with pikepdf.new() as whole:
            for part in opened:
                for page in part.pages:
                    for tagging in {"/StructParents", "/Tabs"} & set(page.obj.keys()):
                        del page.obj[tagging]
                whole.pages.extend(part.pages)
            whole.save(out, deterministic_id=True)
    finally:
        for part in opened:
            part.close()


# Sheets of texts alone: A4; the same texts make the same bytes


@dataclass(frozen=True)
class PosterTexts:
    """Its texts, from the top; `link` is written out below its code."""

    language: str
    title: str
    lead: str
    link: str
    note: str
    organization: str
    # What a screen reader says for the code.
    alt: str


def print_poster(texts: PosterTexts) -> bytes:
    """One page with a QR code."""
    _, svg = qr.vector(texts.link)
    return _printed("poster.typ", asdict(texts) | {"svg": svg})


@dataclass(frozen=True)
class CertificateTexts:
    """A line of a record; empty where there is nothing to say, `withdrawn` for one that counts."""

    date: str
    event: str
    organization: str
    numbers: str
    withdrawn: str
    link: str


@dataclass(frozen=True)
class NameTexts:
    """What one name was thanked for, and how much that is in sum."""

    name: str
    sum: str
    certificates: Sequence[CertificateTexts]


@dataclass(frozen=True)
class RecordTexts:
    """The texts of a record, from the top."""

    language: str
    title: str
    made: str
    names: Sequence[NameTexts]
    notes: Sequence[str]


def print_record(texts: RecordTexts) -> bytes:
    """As many pages as it takes, tagged for screen readers (PDF/UA-1)."""
    data = asdict(texts)
    # It refuses a letter that none of our faces has: then a box is printed for it.
    with suppress(typst.TypstError):
        return _printed("record.typ", data, ["ua-1"])
    return _printed("record.typ", data)


def _printed(source: str, data: dict[str, Any], standards: Sequence[Any] = ()) -> bytes:
    """Raises TypstError if it does not satisfy them."""
    printed: bytes = typst.compile(
        SOURCES / source,
        format="pdf",
        font_paths=built_in_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(standards),
        timestamp=NO_DATE,
    )
    return printed
