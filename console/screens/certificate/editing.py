"""The editor of the certificate: the data of its component, and the storing of its changes."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from console.component import show_component
from console.previews import field_url, sheet_url
from console.screens.certificate import placement, saving
from console.screens.certificate.placing import ADDED, about_placeholders
from console.session import reading
from console.session_key import SessionKey
from console.text import in_words, language, t
from shared.certificates.designs import designs
from shared.errors import ProductError, explain
from shared.language import N_
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.fields.settings import (
    Choice,
    Colour,
    Setting,
    Share,
    Switch,
    Typeface,
    Words,
)
from shared.rendering.gallery.layouts import LOGO, SIGNED
from shared.rendering.layout import Field, Layout
from shared.rendering.placeholders import column_of, filled
from shared.rendering.text.faces import CHINESE_FACES
from shared.rendering.text.typesetting import Typesetting
from shared.storage.models import Design

# The id of the field that the editor selects, such as one that was just added.
FIELD = SessionKey[str]("certificate.field")
# Text that is being typed: a field's id, an attribute and a value.
DRAFT = SessionKey[dict[str, Any]]("certificate.draft")
# How many changes the editor has sent. It is part of the revision, by which the editor
# distinguishes an answer from a mere redrawing.
_ANSWERS = SessionKey[int]("certificate.answers")

# The names of fields by their ids, whatever their kind.
_NAMES = {LOGO: N_("Logo"), SIGNED: N_("Your signature")}
_FACTS = {
    "event": N_("Event"),
    "organization": N_("Organization"),
    "date": N_("Date"),
    "name": N_("Full name"),
    "number": N_("Number"),
}
# A field of text is named by so many letters of it.
_LONGEST_NAME = 20
# The margin that is lost to printers and scissors, in millimetres.
_MARGIN_MM = 6.0
_MM, _POINTS = 25.4, 72
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
WORDS = {
    "title": N_("Placing on the certificate"),
    "help": N_("Double click: type · arrows: move · Shift: further · Alt: resize · Esc: done"),
    "touch": N_("Tap to choose, then drag."),
    # Filled in by the browser, so the braces stay until then.
    "position": N_("{{left}} from the left, {{top}} from the top, {{width}} wide, {{height}} high"),
    "layers": N_("On the sheet"),
    "hide": N_("Hide: {{field}}"),
    "unhide": N_("Show: {{field}}"),
    "text": N_("Edit the text"),
    "more": N_("More settings"),
    "back": N_("Back to the list"),
    "size": N_("Size"),
    "smaller": N_("Smaller"),
    "larger": N_("Larger"),
    "points": N_("Size in points"),
    # Of a field whose placeholders are all empty.
    "blank": N_("Not printed while it is empty."),
    "line": N_("Show the line"),
    "remove": N_("Remove from the certificate"),
}


def field_name(field: Field, facts: Facts | None = None) -> str:
    """Return a field's name on the screen: its kind, its column, its own text with the `facts` in
    it, or the names of its placeholders while they are empty.

    Fields of which there can be several are numbered.
    """
    if field.id in _NAMES:
        return t(_NAMES[field.id])
    if field.label:
        number = field.id.removeprefix(field.kind).lstrip("-") if field.adding else ""
        return f"{t(field.label)} {number}".strip()
    said = field.is_text and facts and field.sample(facts)
    words = " ".join((said or filled(field.content, _word)).split())
    cut = len(words) > _LONGEST_NAME
    name = f"{words[:_LONGEST_NAME].rstrip()}{'…' * cut}"
    is_named_by_placeholders = not said and words != " ".join(field.content.split())
    return name if is_named_by_placeholders else f"“{name}”"


def refused(refusal: ProductError, layout: Layout, facts: Facts) -> str:
    """Return why a change was not saved, with the field's name from the list."""
    names = {field.id: _unquoted(field_name(field, facts)) for field in layout.fields}
    id = str(refusal.details.get("field", ""))
    return in_words(refusal, field=names.get(id, t("a new field")))


def _unquoted(name: str) -> str:
    """Return a name for a sentence with quotes of its own."""
    return name.strip("“”")


def _word(placeholder: str) -> str:
    """Return the name of what a placeholder stands for."""
    return column_of(placeholder) or t(_FACTS[placeholder])


def show_editor(
    design: CompiledDesign, facts: Facts, stored: Design, families: Mapping[str, str]
) -> None:
    """Show the editor: the sheet with an image of each field, to be moved and changed.

    Fields that `design` does not have are not drawn. `families` are the organizer's own typefaces
    by SHA-256.
    """
    with reading() as (_, event):
        place, is_chinese = saving.place_of(event), event.language == "zh"
    layout = placement.with_all_kinds(designs.layout_of(stored))
    fields = placement.placed(layout)
    if ADDED.take(False):
        FIELD.set(fields[-1].id)
    draft = DRAFT.get({})
    # Of the letters on paper, and the margin, also in pixels.
    points = design.height / design.print_dpi * _POINTS
    margin = _MARGIN_MM / _MM * design.print_dpi
    described = []
    for field in fields:
        rules = [rule for rule in layout.fields if rule.belongs_to == field.id]
        changed = draft if draft.get("field") == field.id else None
        described.append(
            {
                **_picture(design, field, facts, stored, changed),
                "name": field_name(field, facts),
                "box": field.box.model_dump(),
                "shown": field.shown,
                "mayBeHidden": field.may_be_hidden,
                "isAdded": bool(field.adding),
                "points": field.size * points if field.is_text else 0,
                "settings": [
                    _setting(field, setting, families, is_chinese=is_chinese)
                    for setting in placement.settings_of(field)
                ],
                "rules": [
                    {
                        **_picture(design, rule, facts, stored),
                        "box": rule.box.model_dump(),
                        "shown": rule.shown,
                    }
                    for rule in rules
                ],
            }
        )
    sheet = {
        "ratio": design.width / design.height,
        "template": sheet_url(design),
        "fields": described,
        "margin": {"x": margin / design.width, "y": margin / design.height},
        "select": FIELD.get(),
        "words": {name: t(text) for name, text in WORDS.items()},
        "revision": f"{stored.version}-{_ANSWERS.get(0)}",
    }
    show_component(
        "editor",
        sheet,
        changed=partial(
            _take, place, stored.version, {row["id"]: row["name"] for row in described}
        ),
        draft=DRAFT.set,
    )


def _picture(
    design: CompiledDesign,
    field: Field,
    facts: Facts,
    stored: Design,
    draft: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the address of the field's image, also with text that is being typed, or why it cannot
    be drawn."""
    described: dict[str, Any] = {"id": field.id, "picture": "", "problem": ""}
    try:
        if draft:
            given = {draft["attribute"]: draft["value"]}
            alone = Layout(fields=(field,))
            alone = placement.changed(alone, field.id, **placement.values_of(field, given))
            with reading() as (session, _):
                design = designs.compiled_draft(
                    session, stored.template_sha256, alone,
                    typesetting=Typesetting(language=facts.language), common=facts.common,
                )  # fmt: skip
            field = alone.field(field.id)
        if field.shown and field in design.shown:
            described["picture"] = field_url(design, field, facts)
    except ProductError as problem:
        name = _unquoted(field_name(field, facts))
        described["problem"] = explain(problem, language(), field=name)
    return described


def _setting(
    field: Field, setting: Setting, families: Mapping[str, str], *, is_chinese: bool
) -> dict[str, Any]:
    """Return a setting for the component: its control, and the stored value."""
    value: Any = setting.value_of(field)
    drawn: dict[str, Any] = {
        "attribute": setting.attribute,
        "label": t(setting.label),
        "isExact": setting.is_exact,
    }
    match setting:
        case Share(least=least, most=most):
            stored = getattr(field.box, setting.attribute) if setting.is_of_box else value
            value = min(max(round(float(stored) * 100, 1), least), most)
            drawn |= {"kind": "share", "least": least, "most": most, "step": 0.1}
        case Words(most=most, is_long=is_long):
            help = about_placeholders() if is_long else ""
            drawn |= {"kind": "words", "most": most, "isLong": is_long, "help": help}
        case Switch():
            drawn["kind"] = "switch"
        case Typeface():
            # Chinese faces come first on a Chinese certificate, and otherwise last.
            latin = [face for face in FACES if face not in CHINESE_FACES]
            faces = [*CHINESE_FACES, *latin] if is_chinese else [*latin, *reversed(CHINESE_FACES)]
            drawn["kind"] = "typeface"
            drawn["options"] = {face: t(FACES[face]) for face in faces} | dict(families)
        case Choice(options=options, help=help):
            drawn |= {"kind": "choice", "help": t(help) if help else ""}
            drawn["options"] = {name: t(label) for name, label in options.items()}
        case Colour():
            drawn["kind"] = "colour"
        case _:
            raise NotImplementedError(f"no control for {type(setting).__name__}")
    return drawn | {"value": value}


def _take(
    place: saving.Place, shown: int, names: Mapping[str, str], said: Mapping[str, Any]
) -> None:
    """Store a change from the editor, which showed fields by these `names`."""
    _ANSWERS.set(_ANSWERS.get(0) + 1)
    DRAFT.take()
    if step := said.get("step"):
        saving.go(place, shown, step)
        return
    # The version that the editor showed, since people are quicker than the answer to their last
    # change.
    seen = int(said["revision"].partition("-")[0])
    done = N_("{field} was removed") if said.get("remove") else N_("{field} was changed")
    message = t(done, field=names.get(said["field"], t("Show the line")))
    saving.save(lambda layout: placement.edited(layout, said), message, seen)
