"""Changes of designs: each is prepared before its event is locked, and stored afterwards.

Preparing decodes, draws and weighs what a change needs, and refuses what cannot be drawn. Designs
are immutable: each change makes new ones, and certificates keep the one that they were made with.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from shared import reading_places
from shared.certificates.designs.designs import (
    Artwork,
    all_designs,
    artwork_of,
    compiled,
    compiled_draft,
    earlier,
    keep_picture,
    keep_vector,
    layout_of,
    limit_of_file,
    own_fonts,
    pictures_in,
    sha256_of,
    template_size,
    way_back,
)
from shared.certificates.designs.old_names import names_to_remember, old_names, with_placeholders
from shared.errors import DesignChanged, LayoutRefused, NoDesign, ProductError
from shared.events import event_for_change, groups
from shared.events.settings import numbered
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.rendering.facts import Facts
from shared.rendering.gallery.catalogue import NEWER, style_named
from shared.rendering.gallery.layouts import without_texts
from shared.rendering.layout import Layout, first_layout, from_old_positions, standard_layout
from shared.rendering.placed import best_quality
from shared.rendering.raster.decoded_template import DecodedTemplate, decoded_template
from shared.rendering.raster.strips import BEST_QUALITY
from shared.rendering.text.typesetting import Typesetting
from shared.rendering.uploads.template import Template
from shared.storage.database import Database
from shared.storage.models import Action, Certificate, Design, Event, Group, Picture, Volunteer
from shared.storage.rows import change_unread

# Samples for judging the file size before anybody's certificate is made.
_SAMPLE_NAME = "欧阳娜娜 Maria"
_SAMPLE_LINK = "https://certificates.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg"
# The most bytes of a certificate in our newer designs, and the lowest JPEG quality for that.
LIGHT_FILE, LIGHT = 700_000, 80
# Designs kept for steps back, each of which makes one more, and for other tabs, which show old
# ones.
NEWEST_KEPT = 40
# More are deleted with later placements, so that no single one waits for them.
_DELETED_AT_ONCE = 100


@dataclass(frozen=True)
class Draft:
    """The parts of a design to make for this group, or for everybody, which are not checked yet."""

    group: Group | None
    artwork: Artwork
    layout: Layout
    # A template that is not stored yet, which is in memory as long as the draft.
    template: DecodedTemplate | None = None


@dataclass(frozen=True, kw_only=True)
class Change(ABC):
    """A change of the design of an event, or of a group's own one.

    `seen_version` is that of the design which the person saw: some changes raise DesignChanged if
    it is not the newest.
    """

    group_id: int | None = None
    seen_version: int | None = None
    # The fields of its log entry; None if `begin` makes one.
    fields: ClassVar[Sequence[str] | None] = ("layout",)

    @abstractmethod
    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        """Yield the designs to make; none if nothing changes."""

    def limit(self, event: Event) -> int:
        """Return roughly the most bytes of a picture in a mail."""
        return event.mailed_picture_limit

    def begin(self, session: Session, event: Event) -> None:  # noqa: B027
        """Make the other changes of the locked event, before its designs are stored."""

    def replaced(self, session: Session, event: Event, group: Group | None) -> int | None:
        """Return the version to which a step leads back from the new design of the group, or of
        everybody."""
        design = (group or event).design
        return design.version if design else None

    def group(self, event: Event) -> Group | None:
        """Return the group, if any. Raises ProductError if it was removed: its design is for nobody
        else."""
        group = groups.with_id(event, self.group_id)
        if self.group_id is not None and group is None:
            raise ProductError(groups.GROUP_UNKNOWN)
        return group

    def current(self, event: Event) -> Design:
        """Return the current design. Raises NoDesign, and ProductError as `group` does."""
        design = (self.group(event) or event).design
        if design is None:
            raise NoDesign()
        return design

    def as_seen(self, event: Event) -> Design:
        """Return the current design, see `current`. Raises DesignChanged if the person saw another
        one."""
        design = self.current(event)
        if self.seen_version not in (None, design.version):
            raise DesignChanged()
        return design


@dataclass(frozen=True)
class TemplateChange(Change):
    """A template, accepted or one of our own designs, in place of the one before.

    Only our own designs bring a `layout`; without one, the layout before is kept, except the texts
    of one of our designs without `keeps_texts`, and a first layout gets a QR code that is large
    enough for `qr_link`, or none if that is empty. `gallery` says which of ours it is.
    """

    template: Template
    qr_link: str = ""
    layout: Layout | None = None
    gallery: dict[str, str] | None = None
    keeps_texts: bool = True

    fields = ("template",)

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        decoded = decoded_template(self.template.content)
        vector = self.template.vector
        sha256 = sha256_of(vector) if vector is not None else None
        artwork = Artwork(decoded.sha256, sha256, self.template.print_dpi, self.gallery)
        group = self.group(event)
        yield Draft(group, artwork, self.layout or self._placed(event, group), decoded)

    def _placed(self, event: Event, group: Group | None) -> Layout:
        """Return the layout of the template before for this one."""
        size, before = (self.template.width, self.template.height), (group or event).design
        if before:
            layout = layout_of(before)
        else:
            code, spoken = self.qr_link, event.language
            layout = first_layout(code, *size, spoken) if code else standard_layout(spoken)
        layout = layout if self.keeps_texts else without_texts(layout)
        early = {field: (float(x), float(y)) for field, (x, y) in event.early_positions.items()}
        return from_old_positions(layout, size, **early) if early else layout

    def begin(self, session: Session, event: Event) -> None:
        keep_picture(session, self.template)
        if self.template.vector is not None:
            keep_vector(session, self.template.vector)
        if self.group_id is None:
            event.early_positions = {}


@dataclass(frozen=True)
class LayoutChange(Change):
    """A new layout for the design that was seen. Raises NoDesign if there is no template yet."""

    layout: Layout

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        if layout_of(self.current(event)) != self.layout:
            yield Draft(self.group(event), artwork_of(self.as_seen(event)), self.layout)


@dataclass(frozen=True)
class PixelsChange(Change):
    """A placement in pixels of the template, as programs of the old API make: name (centre, top),
    number, date. A coordinate that is None is unchanged. Without a template, they are kept until
    there is one."""

    positions: Mapping[str, tuple[float | None, float | None]]

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        if event.design is None:
            return
        size = template_size(session.connection(), event.design.template_sha256)
        layout = from_old_positions(layout_of(event.design), size, **self._whole(session, event))
        yield from LayoutChange(layout).drafts(session, event)

    def _whole(self, session: Session, event: Event) -> dict[str, tuple[float, float]]:
        whole = {}
        for field, (x, y) in self.positions.items():
            left, top = self._now(session, event, field)
            whole[field] = (left if x is None else x, top if y is None else y)
        return whole

    def begin(self, session: Session, event: Event) -> None:
        if event.design is None:
            known, whole = event.early_positions, self._whole(session, event)
            event.early_positions = {**known, **{field: list(at) for field, at in whole.items()}}
            audit.record_change(session, Action.DESIGN_CHANGED, event.id, event)

    def _now(self, session: Session, event: Event, kind: str) -> tuple[float, float]:
        """Return the current place of a field in pixels."""
        if event.design is None:
            x, y = event.early_positions.get(kind, (0, 0))
            return (float(x), float(y))
        fields = layout_of(event.design).fields
        box = next((field.box for field in fields if field.kind == kind), None)
        if box is None:
            return (0.0, 0.0)
        width, height = template_size(session.connection(), event.design.template_sha256)
        left = box.left + box.width / 2 if kind == "name" else box.left
        return (left * width, box.top * height)


@dataclass(frozen=True)
class BringBack(Change):
    """The template and the layout of an earlier version, in place of the design that was seen.
    Raises NoDesign if it is no longer there."""

    version: int

    fields = ("template",)

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        self.as_seen(event)
        old = earlier(session, event, self.version)
        if old is None:
            raise NoDesign()
        yield Draft(self.group(event), artwork_of(old), layout_of(old))

    def replaced(self, session: Session, event: Event, group: Group | None) -> int | None:
        further = way_back(session, event, earlier(session, event, self.version))
        return further.version if further else None


@dataclass(frozen=True)
class PrintSizeChange(Change):
    """Another size on paper for PDF certificates, as pixels per inch. Raises NoDesign."""

    dpi: float

    fields = ("template",)

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        before = self.current(event)
        if before.print_dpi != self.dpi:
            artwork = artwork_of(before)._replace(print_dpi=self.dpi)
            yield Draft(self.group(event), artwork, layout_of(before))


@dataclass(frozen=True)
class LimitChange(Change):
    """A limit for the pictures in mails, in bytes; designs whose quality fits it are not
    changed."""

    most: int

    fields = None

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        for group, design in all_designs(event):
            draft = Draft(group, artwork_of(design), layout_of(design))
            _, quality = _weighed(session, event, draft, self.most)
            if quality != design.jpeg_quality:
                yield draft

    def limit(self, event: Event) -> int:
        return self.most

    def begin(self, session: Session, event: Event) -> None:
        event.mailed_picture_limit = self.most
        audit.record_change(session, Action.DESIGN_CHANGED, event.id, event)


@dataclass(frozen=True)
class NamesOfToday(Change):
    """Placeholders in place of former names of event and organization in the texts of all its
    designs."""

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        for group, design in all_designs(event):
            if found := old_names(design, event):
                layout = with_placeholders(layout_of(design), found)
                yield Draft(group, artwork_of(design), layout)


@dataclass(frozen=True)
class TextsSetAnew(Change):
    """All designs with torn texts (`designs.torn_texts`), set by today's rules."""

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        for group, design in all_designs(event):
            if compiled(session, design).torn_texts:
                yield Draft(group, artwork_of(design), layout_of(design))


@dataclass(frozen=True)
class OwnDesign(Change):
    """A design of its own for the group, which is everybody's until it is changed. A group that has
    one keeps it. Raises NoDesign."""

    fields = ()

    def drafts(self, session: Session, event: Event) -> Iterator[Draft]:
        group = self.group(event)
        assert group is not None
        if group.design is None:
            if event.design is None:
                raise NoDesign()
            yield Draft(group, artwork_of(event.design), layout_of(event.design))


# Preparing and storing


@dataclass(frozen=True)
class CheckedChange:
    """A change with its designs checked, weighed and set, for `store`."""

    change: Change
    # The columns of each design, by the id of its group (None: everybody's).
    designs: Sequence[tuple[int | None, Mapping[str, Any]]]
    # The values of the event that they were made from.
    basis: tuple[object, ...]


def prepare(session: Session, event: Event, change: Change) -> CheckedChange:
    """Decode, draw and encode what the change needs, before the event is locked; return it for
    `store`.

    Raises LayoutRefused (the layout cannot be drawn, or a picture or font was not uploaded), what
    the change raises, and ReadersBusy if others' templates take too long.
    """
    if not isinstance(change, TemplateChange):
        return _prepared(session, event, change)
    # The largest template takes 500 MB and some seconds.
    with reading_places.shared_place():
        return _prepared(session, event, change)


def store(session: Session, event: Event, prepared: CheckedChange) -> None:
    """Store a prepared change; call with the event locked. If the event changed in the meantime, it
    is prepared again. Raises what `prepare` raises but ReadersBusy."""
    change = prepared.change
    if prepared.basis != _basis(event):
        prepared = _prepared(session, event, change)
    change.begin(session, event)
    for group_id, values in prepared.designs:
        group = groups.with_id(event, group_id)
        if change.fields is not None:
            said = [*change.fields, *(["group"] if group else [])]
            audit.record(session, Action.DESIGN_CHANGED, event.id, fields=said)
        newest = session.scalar(select(func.max(Design.version)).where(Design.event_id == event.id))
        old, layout = (group or event).design or event.design, Layout.from_json(values["layout"])
        design = Design(
            event_id=event.id,
            version=(newest or 0) + 1,
            **values,
            called=names_to_remember(layout, old, event),
            replaced_version=change.replaced(session, event, group),
        )
        session.add(design)
        session.flush()
        (group or event).design = design
        if group:
            groups.note_change(event)
        # Names that did not fit the previous design may fit this one.
        transitions.names_to_try_again(session, Volunteer.event_id == event.id)
        _collect_garbage(session, event, design.version)


def change_design(
    database: Database, event_id: int, change: Change, by: Actor | None = None
) -> None:
    """Prepare and store the change. Raises EventUnknown and what `prepare` raises."""
    with database.reading() as session:
        prepared = prepare(session, session.get_one(Event, event_id), change)
    with database.writing(by=by) as session:
        store(session, event_for_change(session, event_id), prepared)


def _basis(event: Event) -> tuple[object, ...]:
    groups = event.groups if event.groups_version else []
    of_groups = [(group.id, group.design_id) for group in groups]
    # Another person on the list changes the number of the sample, but hardly its size.
    sample = replace(_sample(event), number="")
    entered = event.early_positions, event.mailed_picture_limit
    return event.design_id, of_groups, *entered, sample


def _prepared(session: Session, event: Event, change: Change) -> CheckedChange:
    designs = []
    for draft in change.drafts(session, event):
        layout = draft.layout
        if any(session.get(Picture, sha256) is None for sha256 in pictures_in(layout)):
            reason = N_("a picture in it was not uploaded here. Upload it first.")
            raise LayoutRefused(reason=reason)
        if layout.own_fonts and not layout.own_fonts <= own_fonts(session, event).keys():
            raise LayoutRefused(reason=N_("a font in it was not uploaded here. Upload it first."))
        typesetting, quality = _weighed(session, event, draft, change.limit(event))
        values = draft.artwork._asdict() | {
            "layout": json.loads(layout.to_json()),
            "jpeg_quality": quality,
            "typesetting": typesetting.to_json(),
        }
        designs.append((draft.group.id if draft.group else None, values))
    return CheckedChange(change, designs, _basis(event))


def _weighed(session: Session, event: Event, draft: Draft, limit: int) -> tuple[Typesetting, int]:
    """Return how the texts that all certificates share are set, and the quality at which their
    JPEGs have at most `limit` bytes. Raises LayoutRefused."""
    # Most layouts keep the quality of the design before, so that this one will be used.
    before = (draft.group or event).design
    quality = before.jpeg_quality if before else BEST_QUALITY
    new = Typesetting(language=event.language)
    design = compiled_draft(session, draft.artwork.template_sha256, draft.layout, quality, new)
    sample = _sample(event)
    design.refuse_unfit(sample)
    most = limit_of_file(limit)
    quality = best_quality(design, sample, most)
    made = draft.artwork.gallery
    if made and style_named(made["style"]) in NEWER:
        # A long name has more bytes than the sample's.
        lighter = best_quality(design, sample, min(most, LIGHT_FILE - 25_000))
        quality = min(quality, max(lighter, LIGHT))
    return design.typesetting, quality


def _sample(event: Event) -> Facts:
    return Facts(
        name=_SAMPLE_NAME,
        number=numbered(event.number_pattern, event.next_number),
        date=event.certificate_date,
        link=_SAMPLE_LINK,
        language=event.language,
        event=event.name,
        organization=event.organization,
    )


def _collect_garbage(session: Session, event: Event, newest: int) -> None:
    """Delete old designs of the event with which no certificate was made, except the newest, whose
    version is `newest`, and those in use: every drag makes one. Images and fonts are kept."""
    old = (
        select(Design.id)
        .where(
            Design.event_id == event.id,
            Design.version <= newest - NEWEST_KEPT,
            Design.id.is_distinct_from(event.design_id),
            ~exists().where(Group.design_id == Design.id),
            ~exists().where(Certificate.design_id == Design.id),
        )
        .order_by(Design.id)
        .limit(_DELETED_AT_ONCE)
    )
    if deleted := session.scalars(old).all():
        change_unread(session, delete(Design).where(Design.id.in_(deleted)))


def end_own_design(session: Session, event: Event, group: Group) -> None:
    """Return the group to everybody's design; what was issued is not changed. Call with the event
    locked."""
    if group.design is not None:
        group.design = None
        groups.note_change(event)
        audit.record(session, Action.DESIGN_CHANGED, event.id, fields=["group"])
