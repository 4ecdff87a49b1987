"""What an organizer may set about letters: each changes the certificate, where the face has it."""

import datetime

import pytest

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.fields.settings import Beside, FontFeature, Weight
from shared.rendering.layout import Field, Layout, standard_layout
from tests.support.drawn_designs import box, template

FACTS = Facts("Ana Ruiz", "7", datetime.date(2026, 12, 1), language="en")
TEXT = "感谢您在连续三天的雨中带领急救组，\n培训了四十名新志愿者。 Thanks"


def settings_of(field):
    every = [one.settings if isinstance(one, Beside) else (one,) for one in field.settings]
    return {one.attribute: one for some in every for one in some}


def field_of(kind, **values):
    content = TEXT if kind == "text" else ""
    return Field(kind=kind, box=box(0.05, 0.05, 0.9, 0.5), size=0.05, content=content, **values)


def drawn(field):
    return render_certificate(compile_design(template(), Layout(fields=(field,))), FACTS, "png")


def changed(field, attribute, given):
    stored = settings_of(field)[attribute].stored(field, given)
    return Field.model_validate(field.model_dump() | {attribute: stored})


@pytest.mark.parametrize("kind", ["name", "text"])
@pytest.mark.parametrize(
    ("attribute", "given"),
    [("weight", "700"), ("features", True), ("letter_spacing", 0.2)],
)
def test_each_changes_how_letters_look(kind, attribute, given):
    field = field_of(kind, face="book")
    assert drawn(changed(field, attribute, given)) != drawn(field)


@pytest.mark.parametrize(("attribute", "given"), [("line_spacing", 1.8), ("indent", True)])
def test_a_text_of_many_lines_has_a_distance_of_lines_and_a_first_line_further_in(attribute, given):
    field = field_of("text", face="song", align="left")
    assert drawn(changed(field, attribute, given)) != drawn(field)


def test_small_capitals_are_offered_where_the_face_has_them_and_leave_other_features():
    offered = {
        face: settings_of(one)["features"].is_offered(one)
        for face in ("book", "display", "modern", "script", "kai", "a" * 64)
        for one in [field_of("name", face=face)]
    }
    assert offered == {
        "book": True, "display": True, "modern": False, "script": False, "kai": False,
        "a" * 64: False,
    }  # fmt: skip
    field = field_of("name", face="book", features=("onum",))
    asked = changed(field, "features", True)
    feature = settings_of(field)["features"]
    assert isinstance(feature, FontFeature)
    assert set(asked.features) == {"onum", "smcp"}
    assert (feature.value_of(field), feature.value_of(asked)) == (False, True)
    assert changed(asked, "features", False).features == ("onum",)


def test_a_weight_of_which_there_is_no_button_is_shown_by_the_nearest():
    weight = settings_of(field_of("name"))["weight"]
    assert isinstance(weight, Weight)
    assert weight.value_of(field_of("name", weight=650)) in ("600", "700")
    assert changed(field_of("name"), "weight", "700").weight == 700


def test_a_first_layout_is_in_a_book_face_where_the_event_is_not_chinese():
    faces = {
        language: [one.face for one in standard_layout(language).fields]
        for language in ["en", "zh"]
    }
    assert faces == {"en": ["book"] * 3, "zh": ["kai", "song", "song"]}
