"""Certificates as PDF, like the image, but text stays text and the template the uploaded bytes; and
sheets of texts alone: a poster, a record.

Typesetting belongs to `text`.
"""

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
from decimal import Decimal
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal

import pikepdf
import typst
from pikepdf import Array
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
# PDF/A (ISO 19005). Typst refuses what does not satisfy them, also letters without a glyph, which
# is a second guard behind ours.
Standard = Literal["ua-1", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u"]
SOURCES = Path(__file__).parent
SOURCE, SOURCE_OF_MANY, _FIELDS = "certificate.typ", "certificates.typ", "fields.typ"
# PDF/A requires a date in the metadata; certificates without one have this.
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


# Typst hashes every image and converts every drawing again for every page, which takes as long as
# everything else, and it reads no PDF. So it prints a one-pixel image, which is then replaced by
# the template, an image or a vector page.

# The beginnings of files; other pictures are PNG.
JPEG, PDF = b"\xff\xd8", b"%PDF"
# The end of a PDF, with the offset of its table of objects (ISO 32000-1, 7.5.5).
_END = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")
# A row of that table: an object's offset, its generation, in use (7.5.4).
_ROW = re.compile(rb"(\d{10})( \d{5} n)")
# The number of its rows, there and in the trailer.
_COUNT = re.compile(rb"(?<=^xref\n0 )\d+|(?<=/Size )\d+")
# A string, or a reference to another object (7.3.4, 7.3.10).
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|(\d+) 0 R", re.DOTALL)
# A drawing as a page of its size.
_DRAWING = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def _table_of(pdf: bytes) -> int:
    found = _END.search(pdf, len(pdf) - 100)
    assert found
    return int(found[1])


class _Jpeg:
    """An image as the objects of a PDF."""

    def __init__(self, jpeg: bytes) -> None:
        self._jpeg = jpeg
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
            self.mode, self._size = opened.mode, opened.size

    def objects(self, pixel: bytes, first: int) -> tuple[bytes, list[bytes]]:
        """Return the object that replaces the pixel, up to the end of its stream, and further
        objects, numbered from `first` on: none. `pixel` is the head of the pixel's object."""
        # The head says the same about the JPEG.
        width, height = self._size
        for key, number in (b"Length", len(self._jpeg)), (b"Width", width), (b"Height", height):
            pixel = re.sub(rb"/%b \d+" % key, b"/%b %d" % (key, number), pixel)
        return pixel + self._jpeg, []


class _Sheet:
    """A page as the objects of a PDF: a form, and its resources (ISO 32000-1, 8.10).

    `page` is a PDF of one page without tags, upright, from (0, 0) (see `page_reader`).
    """

    mode = "RGB"

    def __init__(self, page: bytes) -> None:
        with pikepdf.open(io.BytesIO(page)) as source, pikepdf.new() as alone:
            form = source.make_indirect(source.pages[0].as_form_xobject())
            alone.Root.Sheet = alone.copy_foreign(form)
            # It fills a square of one point, as images do.
            sides = (float(side) for side in form.BBox.as_list()[2:])
            across, down = (Decimal(f"{1 / side:.12f}") for side in sides)
            alone.Root.Sheet.Matrix = Array([across, 0, 0, down, 0, 0])
            written = io.BytesIO()
            alone.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        pdf = written.getvalue()
        table = _table_of(pdf)
        places = [int(row[0]) for row in _ROW.findall(pdf, table)]
        objects = [pdf[start:end] for start, end in pairwise((*places, table))]
        # The first two are the catalogue and the tree of pages, which are not needed.
        _, _, form_object, *self._further = (part.partition(b" obj\n")[2] for part in objects)
        self._form = form_object[: form_object.rindex(b"\nendstream")]

    def objects(self, pixel: bytes, first: int) -> tuple[bytes, list[bytes]]:
        """See `_Jpeg.objects`."""
        further = [
            b"%d 0 obj\n%b" % (first + number, self._numbered(content, first))
            for number, content in enumerate(self._further)
        ]
        return b" obj\n" + self._numbered(self._form, first), further

    @staticmethod
    def _numbered(content: bytes, first: int) -> bytes:
        """Return an object with references to objects from `first` on."""

        def numbered(found: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % (int(found[1]) - 4 + first) if found[1] else found[0]

        head, begins, stream = content.partition(b"\nstream\n")
        return _REFERENCE.sub(numbered, head) + begins + stream


class Ground:
    """The ground on which pages are printed: a JPEG, a PDF of one page (see `_Sheet`), or a PNG.
    Typst prints pages with `content`, a stand-in for the first two, in a file of this `name`."""

    def __init__(self, sheet: bytes) -> None:
        self._sheet: _Jpeg | _Sheet | None = None
        self.content = sheet
        if sheet.startswith((JPEG, PDF)):
            self._sheet = _Sheet(sheet) if sheet.startswith(PDF) else _Jpeg(sheet)
            # The comment makes pages on different templates differ: Typst derives their InstanceID
            # (XMP) from the content.
            comment = hashlib.sha256(sheet).hexdigest()
            self.content = encoded(Image.new(self._sheet.mode, (1, 1)), "JPEG", comment=comment)
        self.name = file_name("background", self.content)

    def put_under(self, pdf: bytes) -> bytes:
        """Return the printed pages with the sheet itself, once. Raises ValueError if its stand-in
        is not there."""
        if self._sheet is None:
            return pdf
        begin, table = pdf.index(self.content), _table_of(pdf)
        start, end = pdf.rindex(b" obj\n", 0, begin), begin + len(self.content)
        tail = pdf[table : pdf.rindex(b"startxref")]
        count = len(_ROW.findall(tail)) + 1
        sheet, further = self._sheet.objects(pdf[start:begin], count)
        longer = len(sheet) - (end - start)

        def moved(row: re.Match[bytes]) -> bytes:
            """Return a row of the table of objects; those after `start` have moved."""
            place = int(row[1])
            return b"%010d%b" % (place + longer if place > start else place, row[2])

        tail = _ROW.sub(moved, tail)
        if further:
            places = accumulate(map(len, further[:-1]), initial=table + longer)
            rows = b"".join(b"%010d 00000 n\r\n" % place for place in places)
            tail = _COUNT.sub(b"%d" % (count + len(further)), tail)
            tail = tail.replace(b"trailer", rows + b"trailer", 1)
        ending = b"startxref\n%d\n%%%%EOF" % (table + longer + sum(map(len, further)))
        return b"".join((pdf[:start], sheet, pdf[end:table], *further, tail, ending))


class Backdrop:
    """A template: `picture` is JPEG or PNG, `vector` the same as SVG, or as PDF (see `_Sheet`)."""

    def __init__(self, picture: bytes, vector: bytes | None = None) -> None:
        self.picture = picture
        # PDF/A cannot be promised for a foreign page, so archives get its picture.
        self.is_foreign = vector is not None and vector.startswith(PDF)
        vector = _as_page(vector) if vector and not self.is_foreign else vector
        usual = Ground(vector or picture)
        self._grounds = usual, Ground(picture) if self.is_foreign else usual

    def ground(self, *, for_archives: bool) -> Ground:
        """Return the ground of a page that satisfies PDF/A, or of another."""
        return self._grounds[for_archives]


def _as_page(svg: bytes) -> bytes:
    """Return a drawing as a PDF, drawn once for all certificates."""
    page: bytes = typst.compile(
        _DRAWING,
        format="pdf",
        font_paths=built_in_fonts(),
        sys_inputs={"svg": svg.decode()},
        # Colours for archives (ISO 19005), and no tags, as under other pages.
        pdf_standards=["a-2b"],
        pdf_tags=False,
        timestamp=NO_DATE,
    )
    return page


def file_name(name: str, content: bytes) -> str:
    """Return the name with the suffix by which Typst knows the kind of file."""
    return f"{name}.{'jpg' if content.startswith(JPEG) else 'png'}"


class PdfPress:
    """Prints the certificates of one design, with a compiler that stays warm."""

    def __init__(
        self,
        size: tuple[int, int],
        backdrop: Backdrop,
        pictures: Mapping[str, bytes],
        fonts: Mapping[str, Path],
    ) -> None:
        """`pictures` are JPEG or PNG files, `fonts` the organizer's own, both by SHA-256."""
        self._size = size
        self._backdrop = backdrop
        # Typst reads only files; these are removed with the press.
        folder = Path(tempfile.mkdtemp(prefix="certificate-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._paths = {sha: file_name(sha, content) for sha, content in pictures.items()}
        for for_archives in (False, True):
            ground = backdrop.ground(for_archives=for_archives)
            (folder / ground.name).write_bytes(ground.content)
        for sha, path in self._paths.items():
            (folder / path).write_bytes(pictures[sha])
        for source in (SOURCE, SOURCE_OF_MANY, _FIELDS):
            shutil.copy(SOURCES / source, folder)
        self._folder = folder
        found = built_in_fonts()
        if fonts:
            # The organizer's fonts get the family of our face for them.
            (folder / "fonts").mkdir()
            for sha, file in fonts.items():
                renamed = with_family(file.read_bytes(), own_face(file).family)
                (folder / "fonts" / f"{sha}.ttf").write_bytes(renamed)
            found = _fonts_in(FONTS, folder / "fonts")
        self._families = {family.lower() for family in found.families()}
        self._fonts = found
        # With the organizer's fonts, Typst reads our fonts for this press alone: bytes by file.
        self._is_alone = bool(fonts)
        self._read: dict[Path, int] = {}
        self._compiler = typst.Compiler(folder / SOURCE, root=folder, font_paths=found)
        self._lock = threading.Lock()

    @property
    def memory(self) -> int:
        """The bytes, roughly, that it does not share with other presses."""
        return sum(self._read.values())

    def printed(
        self,
        fields: Sequence[Resolved],
        facts: Facts,
        alt: str,
        dpi: float,
        standard: Standard | None = None,
    ) -> bytes:
        """Print one tagged page that satisfies `standard`, by default PDF/UA-1 and PDF/A-3a at once
        if that can be promised. `alt` describes the template, `dpi` decides the page's size.

        The facts' credential is attached unchanged, except in PDF/A-2, which may carry only PDF/A
        (ISO 19005-2, 6.8). Raises RuntimeError for typefaces that cannot be found: Typst would omit
        their text.
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
        # PDF/A needs a date, and we invent none.
        if facts.date and not self._backdrop.is_foreign:
            # It may refuse an organizer's font, such as for characters of private use.
            with suppress(typst.TypstError):
                return self._satisfying(["ua-1", "a-3a"], data, point)
        return self._satisfying(["ua-1"], data, point)

    def _satisfying(self, standards: list[Any], data: dict[str, Any], point: float) -> bytes:
        """Print a page. Raises TypstError if it does not satisfy the standards."""
        for_archives = standards != ["ua-1"]
        if for_archives and not data["date"]:
            data = data | {"date": _as_parts(NO_DATE)}
        ground = self._backdrop.ground(for_archives=for_archives)
        page = json.dumps(data | self._page_on(ground, point), ensure_ascii=False)
        with self._lock:
            pdf = _compiled(self._compiler, page, standards)
        return ground.put_under(pdf)

    def printed_together(
        self, pages: Iterable[Sequence[Resolved]], title: str, language: str, dpi: float
    ) -> bytes:
        """Print certificates, a page each, in one document that satisfies PDF/UA-1, with what a
        print shop needs (see `prepress`): black is printed with black ink alone.

        Shared parts are in it once. Raises RuntimeError as `printed` does.
        """
        point, ground = 72 / dpi, self._backdrop.ground(for_archives=False)
        data = {
            "title": title,
            # Print shops need no description of the template.
            "alt": "",
            "language": language,
            "bleed": prepress.BLEED,
            **self._page_on(ground, point),
            "pages": [self._fields(fields, point, language) for fields in pages],
        }
        with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".json") as file:
            file.write(json.dumps(data, ensure_ascii=False))
            file.flush()
            # A compiler of its own, since this compilation need not be cached.
            compiler = typst.Compiler(
                self._folder / SOURCE_OF_MANY, root=self._folder, font_paths=self._fonts
            )
            pdf = _compiled(compiler, Path(file.name).name, ["ua-1"])
        return prepress.for_print_shop(ground.put_under(pdf), self._backdrop.picture)

    def _page_on(self, ground: Ground, point: float) -> dict[str, Any]:
        """Return the page's size in points, and the name of its ground."""
        width, height = self._size
        return {"width": width * point, "height": height * point, "background": ground.name}

    def _fields(
        self, fields: Sequence[Resolved], point: float, language: str
    ) -> list[dict[str, Any]]:
        """Return each field's box before turning, and its content, in points.

        Raises RuntimeError for an unknown typeface.
        """
        lines = [line for field in fields if field.setting for line in field.setting.lines]
        faces = {run.face for line in lines for run in line.runs}
        # Fallback is off, so text in an unknown family would draw nothing.
        absent = sorted(
            {face.family for face in faces if face.family.lower() not in self._families}
        )
        if absent:
            raise RuntimeError(f"Typst finds no typeface called {', '.join(absent)}")
        if self._is_alone:
            new = [face.path for face in faces if face.path not in self._read]
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
    """Compile a PDF. Raises TypstError if it does not satisfy the standards."""
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


@dataclass(frozen=True)
class PosterTexts:
    """The texts of a poster, from the top; `link` is written out below its code."""

    language: str
    title: str
    lead: str
    link: str
    note: str
    organization: str
    # Read by screen readers for the code.
    alt: str


def print_poster(texts: PosterTexts) -> bytes:
    """Print an A4 page with a QR code; the same texts make the same bytes."""
    _, svg = qr.vector(texts.link)
    return _printed("poster.typ", asdict(texts) | {"svg": svg})


@dataclass(frozen=True)
class CertificateTexts:
    """A line of a record; texts may be empty, `withdrawn` is for a valid certificate."""

    date: str
    event: str
    organization: str
    numbers: str
    withdrawn: str
    link: str


@dataclass(frozen=True)
class NameTexts:
    """The certificates of one name, and their sum."""

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
    """Print A4 pages, tagged for screen readers (PDF/UA-1); the same texts make the same bytes."""
    data = asdict(texts)
    # It refuses a letter that no face of ours has; then a box is printed, without tags.
    with suppress(typst.TypstError):
        return _printed("record.typ", data, ["ua-1"])
    return _printed("record.typ", data)


def _printed(source: str, data: dict[str, Any], standards: Sequence[Any] = ()) -> bytes:
    """Print a sheet. Raises TypstError if it does not satisfy the standards."""
    printed: bytes = typst.compile(
        SOURCES / source,
        format="pdf",
        font_paths=built_in_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(standards),
        timestamp=NO_DATE,
    )
    return printed
