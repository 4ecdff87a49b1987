"""The sliders and switches of one field. Each change is saved as a new design."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.group_choice import chosen, shown_design
from console.screens.certificate import placement
from console.screens.certificate.saving import REFUSAL, note_saved, place_of, save
from console.session import reading, writing
from console.session_key import SessionKey
from console.text import t
from console.widgets.upload import show_upload
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.language import N_
from shared.rendering.languages import NAME_LANGUAGES, NameLanguage
from shared.rendering.layout import LONGEST_TEXT, TAKES_WORDS, Field, Layout
from shared.rendering.placeholders import KNOWN
from shared.rendering.raster.uploaded_images import Template, accept_inset
from shared.storage.models import Event
from shared.volunteers.lists.list_columns import known_column

# The id of the field that is being placed.
FIELD = SessionKey[str]("certificate.field")
_ADDED = SessionKey[bool]("certificate.added")
_CONTROL = SessionKey[Any]("certificate.control")
_INSET = SessionKey[Any]("certificate.inset")

KIND_NAMES = {
    "name": N_("Full name"),
    "number": N_("Number"),
    "date": N_("Date"),
    "qr": N_("QR code"),
    "picture": N_("Picture"),
    "rule": N_("Ruled line"),
}
FACES = {"kai": N_("Kai (brush)"), "song": N_("Song (serif)"), "hei": N_("Hei (sans serif)")}
LANGUAGES: dict[NameLanguage, str] = {
    "": N_("Automatic"),
    "ja": N_("Japanese"),
    "ur": N_("Urdu"),
}
ALIGNMENTS = {"left": N_("Left"), "center": N_("Centre"), "right": N_("Right")}
# The labels of a box's sliders, with their smallest values in percent.
BOX_SLIDERS = {
    "left": (N_("From the left (%)"), 0.0),
    "top": (N_("From the top (%)"), 0.0),
    "width": (N_("Width (%)"), 2.0),
    "height": (N_("Height (%)"), 2.0),
}
SIZE_SLIDERS = (
    ("size", N_("Letter size (%)")),
    ("minimum_size", N_("Smallest size (%)")),
)


def field_name(field: Field) -> str:
    """A field's name on the screen: its kind, its column, or its own text.

    Pictures are numbered: Streamlit knows a choice only by its label.
    """
    if field.kind in ("column", "text"):
        return f"“{field.content[:20]}”"
    number = field.id.removeprefix("picture").lstrip("-") if field.kind == "picture" else ""
    return f"{t(KIND_NAMES[field.kind])} {number}".strip()


def choose_field(layout: Layout) -> None:
    """Let one of the layout's fields be the one that is placed: a new one, else the chosen one."""
    known = [field.id for field in placement.placed(layout)]
    if _ADDED.take(False):
        FIELD.set(known[-1])
    # A field that was removed must not stay chosen.
    if FIELD.get() not in known:
        FIELD.set(known[0])


def show_controls(layout: Layout, columns: dict[str, str], families: dict[str, str]) -> None:
    """All settings of one field at a time; `families` are the organizer's own typefaces by
    SHA-256. See `choose_field`."""
    names = {field.id: field_name(field) for field in placement.placed(layout)}
    chosen = st.segmented_control(
        t("What to place"), list(names), format_func=lambda id: names[id], key=FIELD.name,
        required=True, wrap=True,
    )  # fmt: skip
    field = layout.field(str(chosen))
    if field.kind != "name":
        label = t("Show {field} on the certificate", field=field_name(field))
        st.toggle(**_control(field, "shown", field.shown, label))
    if field.shown:
        _rules(layout, field)
        _words(field)
        _box_sliders(field)
        if field.is_text:
            _text_controls(field, families)
    if field.kind in ("column", "text", "picture") and st.button(
        t("Remove {field}", field=field_name(field)), icon=":material/delete:"
    ):
        removed = t("{field} was removed", field=field_name(field))
        save(lambda layout: placement.without(layout, field.id), removed)
        st.rerun()
    _additions(layout, columns)


def _control(
    field: Field, attribute: str, value: Any, label: str, suffix: str = ""
) -> dict[str, Any]:
    """Label and key of a widget that holds the stored value, and what to do on a change.

    `suffix` distinguishes the keys of two widgets for one value.
    """
    key = _CONTROL.of(field.id, f"{attribute}{suffix}")
    # The field may have been dragged since: what is stored counts, not what was shown.
    key.set(value)

    def change() -> None:
        given: Any = key.get()
        # Streamlit also calls this for widgets that return to the screen unchanged.
        if given == value:
            return
        if attribute in BOX_SLIDERS:
            box = placement.inside({**field.box.model_dump(), attribute: given / 100})
            values: dict[str, Any] = {"box": box}
        elif attribute in ("size", "minimum_size"):
            values = {attribute: given / 100}
        else:
            values = {attribute: given}
        save(
            lambda layout: placement.changed(layout, field.id, **values),
            f"{field_name(field)}, {label}",
        )

    return {"label": label, "key": key.name, "on_change": change}


def _rules(layout: Layout, field: Field) -> None:
    """Whether the line at the field is drawn."""
    for rule in layout.fields:
        if rule.kind == "rule" and rule.content == field.id:
            label = t("Show the line at {field}", field=field_name(field))
            st.toggle(**_control(rule, "shown", rule.shown, label))


def _box_sliders(field: Field) -> None:
    for attribute, (label, least) in BOX_SLIDERS.items():
        _measure(field, attribute, getattr(field.box, attribute), t(label), (least, 100.0))


def _measure(
    field: Field, attribute: str, share: float, label: str, reach: tuple[float, float]
) -> None:
    """A slider, and the same number to type."""
    value = min(max(round(share * 100, 1), reach[0]), reach[1])
    given: dict[str, Any] = {
        "min_value": reach[0], "max_value": reach[1], "step": 0.1, "format": "%.1f",
    }  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", wrap=False):
        st.slider(**given, **_control(field, attribute, value, label))
        st.number_input(
            **given, **_control(field, attribute, value, label, ".typed"),
            label_visibility="collapsed", width=96,
        )  # fmt: skip


def _words(field: Field) -> None:
    """The text itself, or what surrounds a value of the list."""
    if field.kind == "text":
        text = _control(field, "content", field.content, t("Text"))
        st.text_area(**text, max_chars=LONGEST_TEXT, help=_about_placeholders())
    if field.kind in TAKES_WORDS:
        left, right = st.columns(2)
        with left:
            before = _control(field, "before", field.before, t("Words before it"))
            st.text_input(**before, max_chars=100)
        with right:
            after = _control(field, "after", field.after, t("Words after it"))
            st.text_input(**after, max_chars=100)


def _about_placeholders() -> str:
    return t(
        "{known} stand for what is known when a certificate is made. To write a brace, type two.",
        known=KNOWN,
    )


def _text_controls(field: Field, families: dict[str, str]) -> None:
    for attribute, label in SIZE_SLIDERS:
        _measure(field, attribute, getattr(field, attribute), t(label), (0.5, 30.0))
    with reading() as (_, event):
        # The brush is a Chinese hand: where the certificate is not, it comes last.
        faces = FACES if event.language == "zh" else dict(reversed(FACES.items()))
    names = {face: t(words) for face, words in faces.items()} | families
    # Font names are long, so they wrap to a second line.
    st.pills(
        options=list(names), format_func=lambda face: names[face], required=True, wrap=True,
        **_control(field, "face", field.face, t("Typeface")),
    )  # fmt: skip
    if field.kind in ("name", "column", "text"):
        _language(field)
    left, right = st.columns([3, 1])
    with left:
        st.segmented_control(
            options=list(ALIGNMENTS), format_func=lambda side: t(ALIGNMENTS[side]),
            required=True, **_control(field, "align", field.align, t("Alignment")),
        )  # fmt: skip
    with right:
        # Streamlit takes what is no colour for the default.
        st.color_picker(value=field.color, **_control(field, "color", field.color, t("Colour")))


def _language(field: Field) -> None:
    """The language, which letters alone do not tell."""
    is_name = field.kind == "name"
    label = t("Names are written in") if is_name else t("Written in")
    help = t(
        "Japanese texts get the forms of Japan, Urdu ones Nastaliq. A column of your list with the "
        "title Language says it for one person alone: ja, ur, 日本語, Urdu …"
    )
    st.segmented_control(
        options=NAME_LANGUAGES, format_func=lambda language: t(LANGUAGES[language]),
        required=True, help=help if is_name else None,
        **_control(field, "language", field.language, label),
    )  # fmt: skip


def _additions(layout: Layout, columns: dict[str, str]) -> None:
    with st.popover(t("Add something"), icon=":material/add:"):
        text = st.text_area(
            t("Text that stands on every certificate"),
            max_chars=LONGEST_TEXT,
            height=80,
            help=_about_placeholders(),
        )
        if st.button(t("Add this text"), disabled=not text.strip()):
            _add(lambda layout: placement.with_text(layout, text))
        unused = [c for c in columns if c not in {f.content for f in layout.fields}]
        if unused:
            title = st.selectbox(t("Column of your list"), unused, key="certificate.column")
            if st.button(t("Add this column")):
                unit = _unit_after(title, columns[title])
                _add(lambda layout: placement.with_column(layout, title, unit))
        # A new key for each picture empties it for the next one.
        show_upload(
            t("Picture: signature or seal (PNG)"), _INSET.of(len(layout.fields)), _accept_picture,
            _take_picture, Permission.CHANGE_DESIGN, types=["png"],
        )  # fmt: skip


def _unit_after(title: str, sample: str) -> str:
    """The text after a number: its unit, unless the list has it in each cell."""
    with reading() as (_, event):
        unit = known_column(event, title).unit
    return f" {unit}" if unit and unit.casefold() not in sample.casefold() else ""


def _accept_picture(content: bytes) -> Template:
    """Stored on its own first, so that a layout with it can be drawn before the event is locked."""
    inset = accept_inset(content)
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        designs.store_picture(session, event, inset)
    with reading() as (session, event):
        designs.prepare_layout(session, event, _with_picture(event, inset), chosen(event))
    return inset


def _take_picture(session: Session, event: Event, inset: Template) -> str:
    layout = _with_picture(event, inset)
    design = designs.set_layout(session, event, layout, group=chosen(event))
    note_saved(place_of(event), design.version, layout, t("a new field"))
    _ADDED.set(True)
    return "\n\n".join(t(one) for one in (N_("The picture is in place."), *inset.warnings))


def _with_picture(event: Event, inset: Template) -> Layout:
    design = shown_design(event)
    assert design is not None
    layout = placement.with_all_kinds(designs.layout_of(design))
    return placement.with_picture(layout, inset.sha256)


def _add(addition: Callable[[Layout], Layout]) -> None:
    """Save the layout with a field added as its last one, and select that field next."""
    save(addition, t("a new field"))
    _ADDED.set(not REFUSAL.is_set())
    st.rerun()
