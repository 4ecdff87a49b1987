"""What is set on the certificate, each change of which is saved as a new design: one field at a
time, by sliders and switches, and the cells of a record of service."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from console.design_changes import store_change
from console.group_choice import chosen_id, shown_design
from console.screens.certificate import placement
from console.screens.certificate.saving import REFUSAL, note_saved, place_of, save
from console.session import reading, writing
from console.session_key import SessionKey
from console.text import language, t
from console.widgets.stored_fields import saved_at_once
from console.widgets.upload import show_upload
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.certificates.designs.changes import LayoutChange
from shared.certificates.designs.designs import store_picture
from shared.certificates.designs.gallery import style_of
from shared.language import N_, listed
from shared.rendering.fields.field import KINDS
from shared.rendering.fields.settings import (
    LONGEST_TEXT,
    Adding,
    Beside,
    Choice,
    Colour,
    Setting,
    Share,
    Source,
    Switch,
    Typeface,
    Words,
)
from shared.rendering.gallery.catalogue import Filling
from shared.rendering.gallery.layouts import LOGO, SIGNED, cells_of, with_cell
from shared.rendering.gallery.record import CELLS, NAME, Cell
from shared.rendering.layout import Field, Layout
from shared.rendering.placeholders import EVENT, KNOWN, ORGANIZATION
from shared.rendering.text.faces import CHINESE_FACES
from shared.rendering.uploads.accepted import accept_inset
from shared.storage.models import Design
from shared.volunteers.lists.list_columns import known_column

# The id of the field that is being placed.
FIELD = SessionKey[str]("certificate.field")
_ADDED = SessionKey[bool]("certificate.added")
_CONTROL = SessionKey[Any]("certificate.control")
_ALT = SessionKey[str]("certificate.alt")
_INSET = SessionKey[Any]("certificate.inset")

# What some fields are for, whatever kind they are of.
_NAMES = {LOGO: N_("Logo"), SIGNED: N_("Your signature")}
# What a press makes larger.
LARGER = 1.12
FACES = {
    "kai": N_("Brush"),
    "song": N_("Book (Song)"),
    "hei": N_("Modern (Hei)"),
    "book": N_("Book"),
    "modern": N_("Modern"),
    "display": N_("Display"),
    "capitals": N_("Capitals"),
    "script": N_("Script"),
    "copperplate": N_("Copperplate"),
}
_CELL = SessionKey[Any]("certificate.cell")
_EMPTY: Filling = ("text", "")
# What is known of the event when a certificate is made.
_FACTS: dict[Filling, str] = {
    ("text", EVENT): N_("The event's name"),
    ("text", ORGANIZATION): N_("The organization"),
}
# Chosen to enter one text for everybody.
_SAME = ("same", "")


# A text is named by its beginning.
_LONGEST_NAME = 20


def field_name(field: Field) -> str:
    """A field's name on the screen: its kind, its column, or its own text.

    Of which there can be several, they are numbered: Streamlit knows a choice only by its label.
    """
    if field.id in _NAMES:
        return t(_NAMES[field.id])
    if not field.label:
        beginning = field.content[:_LONGEST_NAME].rstrip()
        return f"“{beginning}{'…' * (len(field.content) > _LONGEST_NAME)}”"
    number = field.id.removeprefix(field.kind).lstrip("-") if field.adding else ""
    return f"{t(field.label)} {number}".strip()


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
    if field.may_be_hidden:
        st.toggle(**_control(field, "shown", field.shown, t("Show on the certificate")))
    if field.shown:
        for one in layout.fields:
            if one.belongs_to == field.id:
                st.toggle(**_control(one, "shown", one.shown, t("Show the line")))
        _show_settings(field, families, is_exact=False)
        with st.container(horizontal=True, vertical_alignment="center"):
            _step(field, t("Larger"), ":material/text_increase:", LARGER)
            _step(field, t("Smaller"), ":material/text_decrease:", 1 / LARGER)
        with st.expander(t("Exactly"), icon=":material/tune:"):
            _show_settings(field, families, is_exact=True)
    if field.adding and st.button(t("Remove from the certificate"), icon=":material/delete:"):
        removed = t("{field} was removed", field=field_name(field))
        save(lambda layout: placement.without(layout, field.id), removed)
        st.rerun()
    _additions(layout, columns)
    if not layout.has_title:
        _show_alt(layout)


def _show_alt(layout: Layout) -> None:
    """What the template says, where no field says it."""

    def change(words: str) -> None:
        save(lambda layout: layout.with_alt(words), t(label))

    label = N_("What the picture says, for those who do not see it")
    usual = listed((t("Certificate"), EVENT, ORGANIZATION), language())
    st.text_input(
        t(label), max_chars=LONGEST_TEXT, placeholder=usual, help=_about_placeholders(),
        **saved_at_once(_ALT, layout.alt, change),
    )  # fmt: skip


def _show_settings(field: Field, families: dict[str, str], *, is_exact: bool) -> None:
    """The controls that everybody needs, or those with numbers."""
    for setting in field.settings:
        if isinstance(setting, Beside):
            shown = [one for one in setting.settings if one.is_exact == is_exact]
            columns = st.columns(list(setting.widths)) if shown else ()
            for column, beside in zip(columns, shown, strict=False):
                with column:
                    _show_setting(field, beside, families)
        elif setting.is_exact == is_exact:
            _show_setting(field, setting, families)


def _step(field: Field, label: str, icon: str, factor: float) -> None:
    def change() -> None:
        save(
            lambda layout: placement.scaled(layout, field.id, factor),
            f"{field_name(field)} · {label}",
        )

    st.button(
        label, icon=icon, key=_CONTROL.of(field.id, "scaled", factor > 1).name, on_click=change
    )


def _control(
    field: Field,
    attribute: str,
    value: Any,
    label: str,
    suffix: str = "",
    values_of: Callable[[Any], dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Label and key of a widget that holds the stored value, and what to do on a change.

    `suffix` distinguishes the keys of two widgets for one value; `values_of` says what is stored
    for what was given, if that is not the attribute itself.
    """

    def change(given: Any) -> None:
        values = values_of(given) if values_of else {attribute: given}
        save(
            lambda layout: placement.changed(layout, field.id, **values),
            f"{field_name(field)} · {label}",
        )

    key = _CONTROL.of(field.id, f"{attribute}{suffix}")
    return {"label": label, **saved_at_once(key, value, change)}


def _show_setting(field: Field, setting: Setting, families: dict[str, str]) -> None:
    """The control for a setting, as its type needs it."""
    label, stored = t(setting.label), getattr(field, setting.attribute, None)
    if isinstance(setting, Share):
        _show_share(field, setting, label)
        return
    control = _control(field, setting.attribute, stored, label)
    match setting:
        case Words(most=most, is_long=True):
            st.text_area(**control, max_chars=most, help=_about_placeholders())
        case Words(most=most):
            st.text_input(**control, max_chars=most)
        case Switch():
            st.toggle(**control)
        case Typeface():
            with reading() as (_, event):
                # The brush is a Chinese hand: where the certificate is not, it comes last.
                latin = [face for face in FACES if face not in CHINESE_FACES]
                is_chinese = event.language == "zh"
            faces = [*CHINESE_FACES, *latin] if is_chinese else [*latin, *reversed(CHINESE_FACES)]
            names = {face: t(FACES[face]) for face in faces} | families
            # Font names are long, so they wrap to a second line.
            st.pills(
                options=list(names), format_func=lambda face: names[face], required=True,
                wrap=True, **control,
            )  # fmt: skip
        case Choice(options=options, help=help):
            st.segmented_control(
                options=list(options), format_func=lambda one: t(options[one]), required=True,
                help=t(help) if help else None, **control,
            )  # fmt: skip
        case Colour():
            # Streamlit takes what is no colour for the default.
            st.color_picker(value=field.color, **control)
        case _:
            raise NotImplementedError(f"no control for {type(setting).__name__}")


def _show_share(field: Field, share: Share, label: str) -> None:
    """A slider in percent, and the same number to type."""
    stored = getattr(field.box if share.is_of_box else field, share.attribute)
    value = min(max(round(stored * 100, 1), share.least), share.most)
    reach: dict[str, Any] = {
        "min_value": float(share.least), "max_value": float(share.most), "step": 0.1,
        "format": "%.1f",
    }  # fmt: skip

    def values_of(percent: float) -> dict[str, Any]:
        given = {share.attribute: percent / 100}
        if share.is_of_box:
            return {"box": placement.inside({**field.box.model_dump(), **given})}
        return given

    slider, typed = (
        _control(field, share.attribute, value, label, suffix, values_of)
        for suffix in ("", ".typed")
    )
    with st.container(horizontal=True, vertical_alignment="bottom", wrap=False):
        st.slider(**reach, **slider)
        st.number_input(**reach, **typed, label_visibility="collapsed", width=96)


def _about_placeholders() -> str:
    return t(
        "{known} stand for what is known when a certificate is made. To write a brace, type two.",
        known=KNOWN,
    )


def _additions(layout: Layout, columns: dict[str, str]) -> None:
    """What each kind needs of which an organizer may add fields."""
    with st.popover(t("Add something"), icon=":material/add:"):
        order = list(Source)
        offered = [(name, kind.adding) for name, kind in KINDS.items() if kind.adding]
        for name, adding in sorted(offered, key=lambda one: order.index(one[1].source)):
            match adding:
                case Adding(Source.TYPED, label, button):
                    text = st.text_area(
                        t(label), max_chars=LONGEST_TEXT, height=80, help=_about_placeholders()
                    )
                    if st.button(
                        t(button), disabled=not text.strip(), key=f"certificate.add.{name}"
                    ):
                        _add(partial(placement.with_added, kind=name, content=text))
                case Adding(Source.COLUMN, label, button):
                    used = {field.content for field in layout.fields if field.kind == name}
                    unused = [title for title in columns if title not in used]
                    if unused:
                        _add_column(name, t(label), t(button), unused, columns)
                case Adding(Source.UPLOAD, label):
                    # A new key for each picture empties it for the next one.
                    show_upload(
                        t(label), _INSET.of(name, len(layout.fields)),
                        partial(_take_picture, name), types=["png"],
                    )  # fmt: skip


def _add_column(
    kind: str, label: str, button: str, titles: list[str], columns: dict[str, str]
) -> None:
    title = st.selectbox(label, titles, key=f"certificate.{kind}")
    if st.button(button, key=f"certificate.add.{kind}"):
        with reading() as (_, event):
            unit = known_column(event, title).unit if KINDS[kind].takes_words else ""
        # After a number, unless the list has it in each cell.
        after = f" {unit}" if unit and unit.casefold() not in columns[title].casefold() else ""
        _add(lambda layout: placement.with_added(layout, kind, title, after=after))


def _take_picture(kind: str, content: bytes) -> str:
    """Stored on its own first, so that a layout with it can be drawn before the event is locked."""
    inset = accept_inset(content)
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        store_picture(session, event, inset)
    with reading() as (_, event):
        design = shown_design(event)
        assert design is not None
    layout = placement.with_all_kinds(designs.layout_of(design))
    layout = placement.with_added(layout, kind, inset.sha256)
    design = store_change(LayoutChange(layout, design.version, group_id=chosen_id(event)))
    note_saved(place_of(event), design.version, designs.layout_of(design), t("a new field"))
    _ADDED.set(True)
    return "\n\n".join(t(one) for one in (N_("The picture is in place."), *inset.warnings))


def _add(addition: Callable[[Layout], Layout]) -> None:
    """Save the layout with a field added as its last one, and select that field next."""
    save(addition, t("a new field"))
    _ADDED.set(not REFUSAL.is_set())
    st.rerun()


# What fills the cells of a record of service: a column of the list, or one text for everybody


def show_cells(design: Design, layout: Layout, columns: list[str]) -> None:
    """One question per cell, if the design is a record; what is answered is saved."""
    style = style_of(design)
    if not style or not style.is_record:
        return
    is_upright = (design.gallery or {})["format"] == "portrait"
    filled = dict(cells_of(layout))
    with st.expander(t("Cells of the record"), icon=":material/table:"):
        st.caption(
            t(
                "A template with what such records usually say. Whether it meets the rules that "
                "apply to you, please check yourself."
            )
        )
        for cell in CELLS:
            if cell.name != NAME:
                _ask_for_cell(
                    design.event_id, cell, filled.get(cell.name, _EMPTY), columns, is_upright
                )


def _ask_for_cell(
    event_id: int, cell: Cell, stored: Filling, columns: list[str], is_upright: bool
) -> None:
    key, label = _CELL.of(event_id, cell.name), t(cell.label)
    options: dict[Filling, str] = {
        _EMPTY: t("Leave empty"),
        **{fact: t(name) for fact, name in _FACTS.items()},
        _SAME: t("The same for everybody …"),
        **{("column", title): t("Column “{title}”", title=title) for title in columns},
    }
    given, typed = key.of("given"), key.of("text")
    # Whoever has chosen to enter a text, and has not yet, still sees where.
    is_typing = stored == _EMPTY and given.get() == _SAME
    given.set(_SAME if is_typing or stored not in options else stored)

    def fill(filling: Filling) -> None:
        if filling != stored:
            save(lambda layout: with_cell(layout, cell.name, filling, is_upright), label)

    def choose() -> None:
        if (chosen := given.get(_SAME)) != _SAME:
            fill(chosen)
        elif stored in options:
            fill(_EMPTY)

    st.selectbox(
        label, list(options), key=given.name, format_func=options.__getitem__, on_change=choose
    )
    if given.get() == _SAME:
        typed.set(stored[1] if stored not in options else "")
        st.text_input(
            t("{cell}, the same for everybody", cell=label), max_chars=200, key=typed.name,
            label_visibility="collapsed", on_change=lambda: fill(("text", str(typed.get()))),
        )  # fmt: skip
