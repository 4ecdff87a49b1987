"""Names are ranked quickly, and as the real fit would rank them."""

import math
import random

import pytest

from shared.rendering.design import CompiledDesign, compile_design
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout
from shared.rendering.placed import Crowding, check
from tests.support.factories import small_picture

GIVEN = ["Ana", "Maximiliana", "Bo", "Konstantin", "Li", "Wilhelmina", "Joe", "张", "欧阳娜娜"]
FAMILY = ["Silva", "von Hohenberg-Schwarzenfels", "Ng", "Müller", "O’Neill", "Κωνσταντίνου", "王"]


@pytest.fixture(scope="module")
def design() -> CompiledDesign:
    box = Box(left=0.3, top=0.4, width=0.4, height=0.1)
    layout = Layout(fields=(Field(kind="name", box=box),))
    return compile_design(small_picture(size=(1200, 848)), layout)


def one_line_share(design: CompiledDesign, name: str) -> float:
    """How far the real fit shrinks a name that stays on one line."""
    (placed,) = check(design, Facts(name))
    return placed.size / placed.largest


def test_the_widest_by_single_letters_are_the_smallest_in_the_real_fit(design: CompiledDesign):
    picked = random.Random(7)
    names = {f"{picked.choice(GIVEN)} {picked.choice(FAMILY)}" for _ in range(200)}
    crowding = Crowding(design)
    ranked = sorted(names, key=crowding.of, reverse=True)
    smallest = sorted(names, key=lambda name: one_line_share(design, name))
    assert set(smallest[:5]) <= set(ranked[:10])


@pytest.mark.parametrize("name", ["Ana Silva", "欧阳娜娜 Maria", "Κωνσταντίνος", "김민준"])
def test_the_sum_of_letters_is_about_the_width_of_the_line(design: CompiledDesign, name: str):
    (field,) = design.shown
    line = design.resolve_facts(field, Facts(name))
    assert line.fitted is not None
    advance = line.fitted.lines[0].advance * field.size * design.height / line.upright_size[0]
    assert Crowding(design).of(name) == pytest.approx(advance, rel=0.03)


@pytest.mark.parametrize(
    "name", ["محمد عبد الرحمن بن محمد", "ณัฐวุฒิ ปิ่นเกล้า ณ อยุธยา", "शर्मिष्ठा प्रियदर्शिनी चट्टोपाध्याय"]
)
def test_letters_that_join_or_stack_are_measured_together(design: CompiledDesign, name: str):
    (field,) = design.shown
    line = design.resolve_facts(field, Facts(name))
    assert line.fitted is not None
    advance = line.fitted.lines[0].advance * field.size * design.height / line.upright_size[0]
    crowding = Crowding(design).of(name)
    assert 0.9 < crowding < math.inf
    # Blanks between the words may come from another face.
    assert len(line.fitted.lines) > 1 or crowding == pytest.approx(advance, rel=0.1)


def test_a_letter_that_no_face_has_is_worse_than_any_width(design: CompiledDesign):
    crowding = Crowding(design)
    assert crowding.of("Ana 𒀀") == math.inf > crowding.of("W" * 80)


def test_a_design_without_a_name_has_nothing_to_rank():
    assert Crowding(compile_design(small_picture(), Layout())).of("Ana") == 0.0
