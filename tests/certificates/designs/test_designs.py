"""The certificate of an event: each placement is a new design, and none is ever changed."""

import hashlib
import io

import numpy
import pytest
from PIL import Image
from sqlalchemy import event as happening
from sqlalchemy import func, select

from shared import events
from shared.certificates.designs import designs
from shared.certificates.designs.changes import LimitChange
from shared.certificates.designs.designs import own_fonts, store_font
from shared.errors import FontRefused, LayoutRefused, NoDesign
from shared.events.settings import create_event
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout, standard_layout
from shared.rendering.text.own_fonts import accept_font, cached_font
from shared.storage.models import Design, Event, FontFile, Picture
from tests.support import designing
from tests.support.designing import change
from tests.support.drawn_designs import moved
from tests.support.factories import design, small_picture
from tests.support.organizers_fonts import block_font, set_in
from tests.support.processes import at_once


def all_designs(database, event_id) -> list[Design]:
    with database.reading() as session:
        rows = select(Design).where(Design.event_id == event_id).order_by(Design.version)
        return list(session.scalars(rows))


def test_an_uploaded_picture_is_kept_once_under_its_hash_with_a_standard_layout(database, event_id):
    design(database, event_id)
    [first] = all_designs(database, event_id)
    with database.reading() as session:
        picture = session.get_one(Picture, first.template_sha256)
    assert (picture.width, picture.height) == (600, 424)
    assert hashlib.sha256(picture.content).hexdigest() == picture.sha256
    assert designs.layout_of(first) == standard_layout("en")
    assert first.version == 1


def test_a_new_placement_is_a_new_design_and_the_old_one_stays_as_it_was(database, event_id):
    design(database, event_id)
    before = all_designs(database, event_id)[0].layout
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        designing.set_layout(session, event, moved(standard_layout(), 0.1))
    first, second = all_designs(database, event_id)
    assert first.layout == before
    assert second.version == 2
    assert designs.layout_of(second).fields[0].box.left == 0.1
    with database.reading() as session:
        assert session.get_one(Event, event_id).design_id == second.id


def test_placing_everything_where_it_stands_makes_no_new_design(database, event_id):
    design(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        assert designing.set_layout(session, event, standard_layout("en")) is event.design
    assert len(all_designs(database, event_id)) == 1


def test_another_picture_keeps_what_was_placed_on_the_one_before(database, event_id):
    design(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        designing.set_layout(session, event, moved(standard_layout(), 0.1))
    design(database, event_id, small_picture("#eeeeff", (800, 600)))
    newest = all_designs(database, event_id)[-1]
    assert newest.version == 3
    assert designs.layout_of(newest) == moved(standard_layout(), 0.1)


def test_nothing_can_be_placed_before_there_is_a_picture(database, event_id):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        with pytest.raises(NoDesign):
            designing.set_layout(session, event, standard_layout())


def test_two_designs_that_look_alike_have_one_fingerprint(database, event_id):
    with database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
    design(database, event_id)
    design(database, other.id)
    design(database, event_id, small_picture("black"))
    white, black = all_designs(database, event_id)
    [same] = all_designs(database, other.id)
    assert designs.fingerprint(white) == designs.fingerprint(same)
    assert designs.fingerprint(white) != designs.fingerprint(black)


def test_the_same_picture_uploaded_to_many_events_at_once_is_kept_once(database):
    with database.writing() as session:
        ids = [create_event(session, name=f"Event {n}")[0].id for n in range(4)]
    waiting = list(ids)
    at_once(lambda: design(database, waiting.pop()), 4)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Picture)) == 1
    assert [len(all_designs(database, event_id)) for event_id in ids] == [1, 1, 1, 1]


def test_placements_at_once_get_versions_of_their_own(database, event_id):
    design(database, event_id)
    places = [0.05, 0.1, 0.15, 0.2]

    def place() -> None:
        with database.writing() as session:
            event = events.event_for_change(session, event_id)
            designing.set_layout(session, event, moved(standard_layout(), places.pop()))

    at_once(place, 4)
    assert [one.version for one in all_designs(database, event_id)] == [1, 2, 3, 4, 5]


def test_a_picture_that_the_layout_names_and_nobody_uploaded_is_refused(database, event_id):
    design(database, event_id)
    field = {
        "kind": "picture",
        "content": "0" * 64,
        "box": dict.fromkeys(("left", "top", "width", "height"), 0.2),
    }
    layout = Layout.from_json({"fields": [field]})
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        with pytest.raises(LayoutRefused):
            designing.set_layout(session, event, layout)
    assert len(all_designs(database, event_id)) == 1


def test_an_own_font_is_kept_once_and_offered_to_the_event_that_brought_it(database, event_id):
    with database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
        third, _ = create_event(session, name="Third")
    font = block_font("Blocks")
    for id in (event_id, event_id, other.id):
        with database.writing() as session:
            store_font(session, events.event_for_change(session, id), accept_font(font))
    with database.reading() as session:
        [kept] = session.scalars(select(FontFile))
        assert (kept.content, kept.family) == (font, "Blocks")
        offered = [
            own_fonts(session, session.get_one(Event, id)) for id in (event_id, other.id, third.id)
        ]
    assert offered == [{kept.sha256: "Blocks"}, {kept.sha256: "Blocks"}, {}]


def test_a_certificate_is_drawn_in_the_own_font_also_on_a_machine_that_never_saw_it(
    database, event_id
):
    font = block_font("Only in the database")
    design(database, event_id)
    drawn = []
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        store_font(session, event, accept_font(font))
        designing.set_layout(session, event, set_in(font))
    for _ in range(2):
        with database.reading() as session:
            newest = session.get_one(Event, event_id).design
            compiled = designs.compiled(session, newest)
        drawn.append(render_certificate(compiled, Facts("Ana"), "png"))
        kept = cached_font(hashlib.sha256(font).hexdigest())
        assert kept is not None
        kept.unlink()
    assert drawn[0] == drawn[1]
    assert drawn[0] != render_certificate(
        compile_design(small_picture(), standard_layout()), Facts("Ana"), "png"
    )


def test_a_font_that_another_event_brought_cannot_be_used(database, event_id):
    font = block_font("Theirs")
    with database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
        store_font(session, other, accept_font(font))
    design(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        with pytest.raises(LayoutRefused, match="font"):
            designing.set_layout(session, event, set_in(font))
    assert len(all_designs(database, event_id)) == 1


def test_a_refused_font_is_not_kept(database, event_id):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        with pytest.raises(FontRefused):
            store_font(session, event, accept_font(block_font(permissions=2)))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FontFile)) == 0


def photograph() -> bytes:
    """An image that hardly compresses: 1.9 MB as the best JPEG."""
    pixels = numpy.random.default_rng(1).integers(96, 160, (707, 1000, 3), numpy.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=95, subsampling=0)
    return buffer.getvalue()


def mailed(database, event_id) -> bytes:
    with database.reading() as session:
        design = session.get_one(Event, event_id).design
        return render_certificate(designs.compiled(session, design), Facts("Ana"), "jpg")


def test_a_mailed_picture_is_as_good_as_its_limit_allows(database, event_id):
    design(database, event_id, photograph())
    sizes = []
    for limit in (5_000_000, 400_000):
        with database.writing() as session:
            event = events.event_for_change(session, event_id)
            change(session, event, LimitChange(limit))
        sizes.append(len(mailed(database, event_id)))
    good, small = all_designs(database, event_id)[-2:]
    assert good.jpeg_quality == 92
    assert 70 <= small.jpeg_quality < 92
    assert sizes[0] > 400_000 > sizes[1] * 0.98


def test_a_picture_that_no_quality_makes_small_enough_gets_the_least(database, event_id):
    design(database, event_id, photograph())
    with database.writing() as session:
        change(session, events.event_for_change(session, event_id), LimitChange(1000))
    assert all_designs(database, event_id)[-1].jpeg_quality == 70


def test_certificates_of_an_older_design_keep_their_quality(database, event_id):
    design(database, event_id, photograph())
    first = all_designs(database, event_id)[0]
    with database.reading() as session:
        old = session.get_one(Design, first.id)
        before = render_certificate(designs.compiled(session, old), Facts("Ana"), "jpg")
    with database.writing() as session:
        change(session, events.event_for_change(session, event_id), LimitChange(1000))
    with database.reading() as session:
        old = session.get_one(Design, first.id)
        assert render_certificate(designs.compiled(session, old), Facts("Ana"), "jpg") == before
    assert len({designs.fingerprint(one) for one in all_designs(database, event_id)}) == 2


def test_a_limit_that_changes_nothing_makes_no_new_design(database, event_id):
    design(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        change(session, event, LimitChange(500_000))
    assert len(all_designs(database, event_id)) == 1
    with database.reading() as session:
        assert session.get_one(Event, event_id).mailed_picture_limit == 500_000


def test_a_layout_that_cannot_be_drawn_is_refused_before_it_is_stored(database, event_id):
    design(database, event_id)
    box = Box(left=0.1, top=0.1, width=0.1, height=0.05)
    text = Field(id="thanks", kind="text", content="many thanks " * 20, box=box)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        with pytest.raises(LayoutRefused):
            designing.set_layout(session, event, Layout(fields=(text,)))
    assert len(all_designs(database, event_id)) == 1


def test_a_template_is_read_once_and_then_drawn_on_from_memory(database, event_id):
    design(database, event_id)
    with database.reading() as session:
        made = designs.compiled(session, session.get_one(Event, event_id).design)
    read: list[str] = []

    def note(_connection, _cursor, statement, *_) -> None:
        read.extend(["picture"] if "FROM picture" in statement else [])

    happening.listen(database.engine, "before_cursor_execute", note)
    with database.reading() as session:
        again = designs.compiled(session, session.get_one(Event, event_id).design)
    happening.remove(database.engine, "before_cursor_execute", note)
    assert again is made
    assert read == []
