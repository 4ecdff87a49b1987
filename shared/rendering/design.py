"""The entry point of rendering: template and layout make a design, and a design and facts an
image."""

import hashlib
import io
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from PIL import Image

from shared.errors import LayoutRefused, NameDoesNotFit, NameNotPlain, NameProblem, NoGlyph
from shared.garbage import give_back_memory
from shared.language import N_, listed, translate
from shared.rendering import placeholders
from shared.rendering.facts import NOTHING, Facts, value_of
from shared.rendering.fields.field import PixelBox, Resolved
from shared.rendering.layout import Field, Layout
from shared.rendering.names import readable
from shared.rendering.pdf import Backdrop, PdfPress, Standard
from shared.rendering.raster import encoded
from shared.rendering.raster.cut_out import transparent
from shared.rendering.raster.decoded_template import (
    DecodedTemplate,
    ScaledTemplate,
    decoded_template,
)
from shared.rendering.raster.print_size import usual_dpi
from shared.rendering.raster.strips import (
    BEST_QUALITY,
    Background,
    EncodedJpeg,
    EncodedPng,
    Strip,
    changed_rows,
)
from shared.rendering.text import fitting
from shared.rendering.text.faces import (
    chain,
    chain_behind,
    faces_by_file,
    language_of_letters,
    own_face,
)
from shared.rendering.text.fitting import TextStyle
from shared.rendering.text.rules import OF_LANGUAGE
from shared.rendering.text.runs import is_torn
from shared.rendering.text.typesetting import NEW, Typesetting, setting_from_json

# The description of templates without one.
_ALT = N_("Certificate")
# The title of a PDF with many certificates.
_TITLE_OF_MANY = N_("Certificates")
Format = Literal["jpg", "png", "pdf"]
# In em: two characters, as in Chinese (首行缩进).
INDENT = 2.0
COMPILED_DESIGNS_BYTES = 300_000_000
# The assumed memory of a design without pictures and fixed texts.
LEAST_MEMORY = 50_000
MOST_DERIVED = 8
Derived = TypeVar("Derived", EncodedJpeg, EncodedPng, ScaledTemplate)


class CompiledDesign:
    """A template and its layout, ready to draw certificates. Made by `compile_design`."""

    def __init__(
        self,
        template: DecodedTemplate,
        layout: Layout,
        pictures: Mapping[str, bytes],
        fonts: Mapping[str, Path],
        quality: int,
        sha256: str,
        typesetting: Typesetting = NEW,
        common: Facts = NOTHING,
        whole: tuple[int, int] | None = None,
    ) -> None:
        """`typesetting` is that of the fixed texts. All that is drawn has the facts `common`. Texts
        are set as on a template of the size `whole`, by default the template's own."""
        self.template = template
        self.dpi = template.dpi
        self.sha256 = sha256
        self.layout = layout
        self.quality = quality
        self.width, self.height = template.background.size
        self._picture_files = dict(pictures)
        self._pictures = {
            sha: Image.open(io.BytesIO(content), formats=("PNG", "JPEG")).convert("RGBA")
            for sha, content in pictures.items()
        }
        self.shown = tuple(field for field in layout.fields if field.shown)
        self._fonts = dict(fonts)
        needing = (field for field in self.shown if field.own_font)
        if lost := [field.id for field in needing if field.own_font not in fonts]:
            raise LayoutRefused(
                N_("The font of the field “{field}” is missing. Upload it again."), field=lost[0]
            )
        self._own_faces = {
            field.id: own_face(fonts[field.own_font]) if field.own_font else None
            for field in self.shown
        }
        self._styles: dict[tuple[str, str], TextStyle] = {}
        self._boxes = {
            field.id: self._pixels(field, template.background.size) for field in self.shown
        }
        self._scale = self.width / whole[0] if whole else 1.0
        self._whole = whole or template.background.size
        self._whole_boxes = {field.id: self._pixels(field, self._whole) for field in self.shown}
        self._fixed_typesetting = typesetting
        self._typesetting_of_new = typesetting.of_new
        # The language of its words; "" for that of each certificate.
        self._language = layout.language
        self._in_chinese = (self._language or typesetting.language or "zh") == "zh"
        self._common = common
        # The fields that are the same on all certificates.
        self._same: dict[str, Resolved] = {}
        # Those of them that are drawn once for all certificates, and the fields drawn for each.
        fixed: list[Resolved] = []
        changing: list[Field] = []
        for field in self.shown:
            if field.own_picture and field.own_picture not in self._pictures:
                raise LayoutRefused(
                    N_("The picture of the field “{field}” is missing. Upload it again."),
                    field=field.id,
                )
            same = self._set_once(field)
            if same:
                self._same[field.id] = same
            # A field over a changing one (a seal over the date) must be drawn after it.
            covers = any(self._boxes[field.id].overlaps(self._boxes[f.id]) for f in changing)
            if same is None or covers:
                changing.append(field)
            else:
                fixed.append(same)
        self._fixed_strips = self.strips(template.background, fixed)
        self.background = Background(template.canvas, self._fixed_strips)
        self.fields = tuple(changing)
        self._derived: dict[Any, Any] = {}
        # The resolution of its PDFs.
        self.print_dpi = usual_dpi(self.width, self.height, self.dpi)
        # The template as a vector page, if it has one.
        self._vector: bytes | None = None
        # The same design with other PDFs, by their resolution and the SHA-256 of their page.
        self._printed_otherwise: dict[tuple[float, str | None], CompiledDesign] = {}

    @property
    def memory(self) -> int:
        """Roughly the bytes that the design needs besides its template."""
        own: int = sum(4 * picture.width * picture.height for picture in self._pictures.values())
        own += sum(strip.canvas.pixels.nbytes for strip in self._fixed_strips)
        own += sum(derived.memory for derived in self._derived.values())
        others = self._printed_otherwise.values()
        own += sum(len(design._vector or b"") for design in others)
        presses = (design.__dict__.get("pdf") for design in (self, *others))
        own += sum(press.memory for press in presses if press)
        return LEAST_MEMORY + own

    def look_of(self, resolved: Resolved) -> str:
        """Return a key of the field's picture, which does not depend on its place."""
        field, box = resolved.field, resolved.box
        own = field.model_dump_json(exclude={"box"})
        set_as = json.dumps(_as_set([resolved], NEW).to_json())
        size = (box.width, box.height, self.width)
        return _hashed(own, *size, resolved.content, set_as)

    @property
    def jpeg(self) -> EncodedJpeg:
        return self.jpeg_of(self.quality)

    def jpeg_of(self, quality: int) -> EncodedJpeg:
        """Return the design's JPEG as if `quality` had been chosen for it."""
        return self._over(self.template.jpeg(quality))

    @property
    def png(self) -> EncodedPng:
        return self._over(self.template.png)

    @property
    def least_pdf(self) -> int:
        """The least size of its PDF in bytes: a template that is no vector page is contained
        whole."""
        return len(self.template.content) if self._vector is None else 0

    def preview(self, width: int) -> ScaledTemplate:
        return self._over(self.template.preview(width))

    def _over(self, of_template: Derived) -> Derived:
        """Return what was derived from the template with the fixed fields on it; a few are
        cached."""
        if not self._fixed_strips:
            return of_template
        found: Derived | None = self._derived.get(of_template)
        if found is None:
            if len(self._derived) >= MOST_DERIVED:
                self._derived.clear()
            found = of_template.over(self.background, self._fixed_strips)
            self._derived[of_template] = found
        return found

    def printed(
        self, dpi: float | None, vector_sha256: str | None, read: Callable[[], bytes]
    ) -> "CompiledDesign":
        """Return this design with other PDFs: of `dpi` pixels per inch, if it is given, and with a
        vector page (SVG or PDF) in place of the template, if `vector_sha256` is given; `read` is
        called once for it."""
        dpi = dpi or self.print_dpi
        if (dpi, vector_sha256) == (self.print_dpi, None):
            return self
        if (dpi, vector_sha256) not in self._printed_otherwise:
            other = copy(self)
            other.__dict__.pop("pdf", None)
            other.print_dpi, other._printed_otherwise = dpi, {}
            other._vector = read() if vector_sha256 else None
            other.sha256 = _hashed(self.sha256, vector_sha256, dpi)
            self._printed_otherwise[dpi, vector_sha256] = other
        return self._printed_otherwise[dpi, vector_sha256]

    @cached_property
    def pdf(self) -> PdfPress:
        """The press for PDFs whose pages contain the stored template, without loss, or its vector
        page; fixed fields are text."""
        backdrop = Backdrop(self.template.content, self._vector)
        return PdfPress((self.width, self.height), backdrop, self._picture_files, self._fonts)

    @cached_property
    def typesetting(self) -> Typesetting:
        """The setting of the fixed texts, which is stored with the design."""
        fixed = (self.resolve_facts(field, NOTHING) for field in self.shown if field.is_fixed)
        return _as_set(fixed, self._fixed_typesetting)

    @cached_property
    def torn_texts(self) -> tuple[str, ...]:
        """The fixed texts in which a mark, as they were set once, tears a word apart: O’  Brien."""
        fixed = [self.resolve_facts(field, NOTHING) for field in self.shown if field.is_fixed]
        torn = []
        for resolved in fixed:
            # The parts of the text as they are read, with their faces.
            lines = resolved.setting.lines if resolved.setting else ()
            runs = [sorted(line.runs, key=lambda run: run.place) for line in lines]
            texts = ((run.text, run.face) for line in runs for run in line)
            if is_torn(texts, resolved.style.chain):
                torn.append(resolved.field.content)
        return tuple(torn)

    def typesetting_of(self, facts: Facts) -> Typesetting:
        """Return the setting of all texts with facts in them, to be stored with the certificate
        with these facts.

        Raises NameDoesNotFit or NoGlyph, exactly when `render_certificate` does.
        """
        changing = (self.resolve_facts(field, facts) for field in self.shown if not field.is_fixed)
        return _as_set(changing, self._typesetting(facts))

    def _typesetting(self, facts: Facts) -> Typesetting:
        """Return how the certificate's texts are set; if they are not yet, how new ones are."""
        is_issued = facts.typesetting.is_issued
        return facts.typesetting if is_issued else self._typesetting_of_new

    def resolve(
        self, field: Field, content: str, typesetting: Typesetting, language: str = ""
    ) -> Resolved:
        """Decide faces, lines, size and place of `content`, unless `typesetting` has them.

        `language` is the one whose letter forms are drawn. Raises NameProblem if nothing fits.
        """
        box, own = self._boxes[field.id], self._own_faces[field.id]
        key = (field.id, language)
        if key not in self._styles:
            rules = self._typesetting_of_new.rules
            faces = (
                chain_behind(own, language, field.features, rules)
                if own
                else chain(
                    field.face, language, field.weight, field.features,
                    in_chinese=self._in_chinese, rules=rules,
                )
            )  # fmt: skip
            spacings = (field.line_spacing, field.letter_spacing)
            self._styles[key] = TextStyle(
                faces, field.weight, *spacings, field.is_paragraph,
                INDENT if field.indent and field.align == "left" else 0.0, field.in_columns,
            )  # fmt: skip
        style = self._styles[key]
        if not field.is_text:
            image = self._pictures.get(field.own_picture or "")
            return Resolved(field, box, style, content=content, image=image)
        if typesetting.fields is not None:
            document = typesetting.fields.get(field.id)
            rules = typesetting.rules
            setting = (
                setting_from_json(document, faces_by_file(own), rules, field.weight)
                if document
                else None
            )
            return Resolved(field, box, style, setting=setting, rules=rules)
        empty = Resolved(field, box, style)
        if not content:
            return empty
        width, height = replace(empty, box=self._whole_boxes[field.id]).upright_size
        largest, smallest = (share * self._whole[1] for share in (field.size, field.minimum_size))
        whole = fitting.measure(content.replace("\n", " "), style)
        if whole.missing:
            named = tuple(f"{cluster} ({readable(cluster)})" for cluster in whole.missing)
            raise NoGlyph(characters=named, clusters=whole.missing)
        fitted = fitting.fit(content, style, width, height, largest, smallest)
        if fitted is None:
            raise NameDoesNotFit(text=content)
        setting = fitting.place(fitted, style, width, height, field.align, field.vertical)
        return replace(empty, fitted=fitted, setting=setting.scaled(self._scale))

    def resolve_facts(self, field: Field, facts: Facts) -> Resolved:
        """Decide faces, lines, size and place of the field's content on the certificate with these
        facts. Raises NameProblem if that cannot be drawn."""
        if same := self._same.get(field.id):
            return same
        typesetting = self._fixed_typesetting if field.is_fixed else self._typesetting(facts)
        content = field.content_of(self._in_its_language(field, facts, typesetting), typesetting)
        if owner := self._owner_of(field):
            is_drawn = owner.shown and self.resolve_facts(owner, facts).is_visible
            content = content if is_drawn else ""
        language = field.language_of(facts, content, typesetting)
        resolved = self.resolve(field, content, typesetting, language)
        known = field.known_language(facts)
        return replace(resolved, language=known) if known else resolved

    def _in_its_language(self, field: Field, facts: Facts, typesetting: Typesetting) -> Facts:
        """Return the facts in the language of the field's own words, or else of the layout's."""
        if typesetting.rules < OF_LANGUAGE:
            return facts
        language = field.language or language_of_letters(field.words) or self._language
        is_another = language and language != facts.language
        return replace(facts, language=language) if is_another else facts

    def resolve_shown(self, facts: Facts) -> list[Resolved]:
        """Return all fields that are drawn on the certificate with these facts, in the order of
        reading. Raises NameProblem."""
        fields = [self.resolve_facts(field, facts) for field in self._as_read]
        return [field for field in fields if field.is_visible]

    @cached_property
    def _as_read(self) -> list[Field]:
        """The fields from the top, those in a row from the left; but a field over another one comes
        after it, since they are painted in this order."""
        waiting = list(self.shown)
        if self.layout.version < 3:
            return waiting
        boxes, ordered = self._boxes, []
        while waiting:
            free = [
                field
                for place, field in enumerate(waiting)
                if not any(boxes[field.id].overlaps(boxes[f.id]) for f in waiting[:place])
            ]
            first = min((boxes[field.id] for field in free), key=lambda box: box.top)
            row = [field for field in free if boxes[field.id].is_beside(first)]
            # Columns are read from the right.
            ordered.append(
                min(row, key=lambda field: (-1 if field.in_columns else 1) * boxes[field.id].left)
            )
            waiting.remove(ordered[-1])
        return ordered

    def alt(self, facts: Facts) -> str:
        """Return what the template says, for people who do not see it; "" if a field says it."""
        if words := self.layout.alt:
            return placeholders.filled(words, lambda name: value_of(name, facts)).strip()
        if self.layout.has_title:
            return ""
        said = translate(_ALT, facts.language), facts.event, facts.organization
        return listed(filter(None, said), facts.language)

    def _pixels(self, field: Field, size: tuple[int, int]) -> PixelBox:
        box, (width, height) = field.box, size
        left, top = round(box.left * width), round(box.top * height)
        right = min(round((box.left + box.width) * width), width)
        bottom = min(round((box.top + box.height) * height), height)
        right, bottom = max(right, left + field.least_pixels), max(bottom, top + field.least_pixels)
        if right <= left or bottom <= top:
            raise LayoutRefused(
                N_("The box of the field “{field}” is smaller than a pixel. Draw it larger."),
                field=field.id,
            )
        return PixelBox(left, top, right - left, bottom - top)

    def _set_once(self, field: Field) -> Resolved | None:
        """Return the field as all certificates show it; None if it differs, or cannot be drawn."""
        if field.is_fixed:
            return self._fixed(field, NOTHING)
        owner = self._owner_of(field)
        if not (owner.id in self._same if owner else field.is_said_by_all(self._common)):
            return None
        try:
            return self.resolve_facts(field, self._common)
        except NameProblem:
            return None

    def _owner_of(self, field: Field) -> Field | None:
        """Return the field that this one belongs to: it is drawn if its owner is."""
        return self.layout.field(field.belongs_to) if field.belongs_to else None

    def refuse_unfit(self, common: Facts) -> None:
        """Raise LayoutRefused if a text that is the same on all certificates with the facts
        `common` cannot be drawn."""
        for field in self.shown:
            if field.is_said_by_all(common):
                self._fixed(field, common)

    def strips(self, background: Background, fields: Iterable[Resolved]) -> list[Strip]:
        """Return the rows of `background` that the fields change, with the fields drawn."""
        visible = [resolved for resolved in fields if resolved.is_visible]
        strips = []
        for top, bottom in changed_rows((resolved.rows for resolved in visible), self.height):
            rows = background.rows(top, bottom)
            here = [
                resolved
                for resolved in visible
                if resolved.rows[0] < bottom and resolved.rows[1] > top
            ]
            for resolved in here:
                resolved.field.paint(resolved, rows.image, top)
            touched = tuple(patch for resolved in here for patch in resolved.patches)
            strips.append(Strip(top, rows, touched))
        return strips

    def _fixed(self, field: Field, common: Facts) -> Resolved:
        try:
            return self.resolve_facts(field, common)
        except NameDoesNotFit:
            raise LayoutRefused(
                N_(
                    "The text of the field “{field}” does not fit its box. Enlarge the box or "
                    "shorten the text."
                ),
                field=field.id,
            ) from None
        except (NoGlyph, NameNotPlain) as problem:
            raise LayoutRefused(
                N_(
                    "The text of the field “{field}” has letters that cannot be drawn: "
                    "{characters}."
                ),
                field=field.id,
                **problem.details,
            ) from None


def compile_design(
    template: bytes | DecodedTemplate,
    layout: Layout,
    pictures: Mapping[str, bytes] | None = None,
    fonts: Mapping[str, Path] | None = None,
    quality: int = BEST_QUALITY,
    typesetting: Typesetting = NEW,
    common: Facts = NOTHING,
    whole: tuple[int, int] | None = None,
) -> CompiledDesign:
    """Return a design ready to draw, from the template, the extra pictures and the organizer's own
    font files (see `cache_font`), both by SHA-256. `quality` is that of its JPEG files,
    `typesetting` that of its fixed texts.

    Texts for whose placeholders `common` has values are drawn once (see `Facts.common`), so
    certificates with other values need another design. A `template` that is a sketch of one of the
    size `whole`, in pixels, has each text in the lines and at the share of its height that it has
    there.

    Designs are cached by content; the least recently used are dropped first. Raises LayoutRefused
    if a fixed text does not fit, or a picture or font is missing.
    """
    if isinstance(template, bytes):
        template = decoded_template(template)
    pictures, fonts = pictures or {}, fonts or {}
    brought = [*pictures, *fonts]
    key = key_of(template.sha256, layout, brought, quality, typesetting, common)
    key = _hashed(key, whole) if whole else key
    if found := find_compiled(key):
        return found
    design = CompiledDesign(
        template, layout, pictures, fonts, quality, key, typesetting, common, whole
    )
    # Two threads may have made it at once; both get the first.
    with _lock:
        design = _designs.setdefault(key, design)
        while len(_designs) > 1:
            # Designs on one template share it.
            taken = sum(cached.memory for cached in _designs.values())
            templates = {cached.template for cached in _designs.values()}
            taken += sum(template.memory for template in templates)
            if taken <= COMPILED_DESIGNS_BYTES:
                break
            _designs.popitem(last=False)
    return design


_designs: OrderedDict[str, CompiledDesign] = OrderedDict()
_lock = threading.Lock()


def find_compiled(key: str) -> CompiledDesign | None:
    """Return a design that was compiled before, by its key (`key_of`); None without one."""
    with _lock:
        if key in _designs:
            _designs.move_to_end(key)
        return _designs.get(key)


def forget_designs_on(template_sha256: str) -> None:
    """Forget designs that were only compiled to be stored: the next drawing decodes the template
    again."""
    with _lock:
        known = _designs.items()
        for key in [key for key, made in known if made.template.sha256 == template_sha256]:
            del _designs[key]
    give_back_memory()


def _as_set(fields: Iterable[Resolved], by: Typesetting) -> Typesetting:
    return by.with_settings({field.field.id: field.setting for field in fields if field.setting})


def drawn(design: CompiledDesign, facts: Facts) -> list[Strip]:
    """Return the rows of the certificate that differ from the background.

    Raises NameDoesNotFit or NoGlyph.
    """
    fields = (design.resolve_facts(field, facts) for field in design.fields)
    return design.strips(design.background, fields)


def render_certificate(
    design: CompiledDesign,
    facts: Facts,
    format: Format,
    *,
    dpi: float | None = None,
    standard: Standard | None = None,
) -> bytes:
    """Return the certificate as a file. The same design and facts give the same bytes, everywhere.

    `dpi` is written into the file; without it the template's own is kept. `standard` is the PDF
    standard to satisfy (see `PdfPress.printed`). PDF and PNG contain the facts' credential. Raises
    NameDoesNotFit or NoGlyph.
    """
    if format == "pdf":
        fields = design.resolve_shown(facts)
        alt, dpi = design.alt(facts), dpi or design.print_dpi
        return design.pdf.printed(fields, facts, alt, dpi, standard)
    strips, dpi = drawn(design, facts), dpi or design.dpi
    if format == "png":
        return design.png.spliced(strips, dpi, facts.credential)
    return design.jpeg.spliced(strips, dpi)


def render_preview(design: CompiledDesign, facts: Facts, width: int = 1000) -> bytes:
    """Return the certificate as a JPEG of at most `width` pixels: the same pixels, scaled down.

    Raises NameDoesNotFit or NoGlyph.
    """
    return design.preview(width).jpeg(drawn(design, facts))


def render_field(design: CompiledDesign, resolved: Resolved, width: int = 1000) -> bytes:
    """Return one field of the certificate alone, as a transparent PNG of its box, scaled like a
    preview of that width."""
    box = resolved.box
    at_corner = replace(resolved, box=PixelBox(0, 0, box.width, box.height))
    picture = transparent(
        lambda image: resolved.field.paint(at_corner, image),
        (box.width, box.height),
        min(1.0, width / design.width),
    )
    return encoded(picture, "PNG", compress_level=1)


def render_with_preview(design: CompiledDesign, facts: Facts, width: int) -> tuple[bytes, bytes]:
    """Return the JPEG of `render_certificate` and that of `render_preview`, drawn once for both.

    Raises NameDoesNotFit or NoGlyph.
    """
    strips = drawn(design, facts)
    return design.jpeg.spliced(strips, design.dpi), design.preview(width).jpeg(strips)


def print_together(design: CompiledDesign, facts: Sequence[Facts]) -> bytes:
    """Return a PDF with a page for each of these facts, tagged (PDF/UA-1), on the design's own
    paper.

    The background and the fonts are in it once. Raises NameDoesNotFit or NoGlyph.
    """
    language = facts[0].language
    pages = (design.resolve_shown(person) for person in facts)
    title = translate(_TITLE_OF_MANY, language)
    return design.pdf.printed_together(pages, title, language, design.print_dpi)


# Keys of designs: hashes of their content


def key_of(
    template_sha256: str,
    layout: Layout,
    brought: Iterable[str],
    quality: int,
    typesetting: Typesetting,
    common: Facts = NOTHING,
) -> str:
    """Return the key of a design by the hashes of its content; `brought` are those of pictures and
    fonts."""
    fixed = typesetting if layout.has_texts else replace(typesetting, fields=None)
    rules, settings = common.typesetting.rules, common.typesetting.fields
    # The texts with placeholders that are the same on all certificates, and how they are set.
    said = [
        json.dumps([field.id, field.sample(common), rules, settings and settings.get(field.id)])
        for field in layout.fields
        if field.shown and field.is_said_by_all(common)
    ]
    set_by, brought = json.dumps(fixed.to_json()), sorted(set(brought))
    return _hashed(template_sha256, layout.to_json(), *brought, quality, set_by, *said)


def _hashed(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
