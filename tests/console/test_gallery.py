"""One of our designs is chosen on the certificate's screen, and replaces what was there."""

import pytest
from streamlit.testing.v1 import AppTest

from console import previews
from shared import events
from shared.certificates.designs import designs
from shared.rendering.gallery.catalogue import STYLES
from shared.rendering.layout import Layout
from shared.storage.database import Database
from tests.support import factories
from tests.support.console_screens import Open, fill, press, read, undisturbed
from tests.support.one_database import database_url

__all__ = ["database_url"]


def pictures(screen: AppTest) -> list[str]:
    """The alternative text of each picture, after its address."""
    return [one.proto.body for one in screen.get("html") if "<img" in one.proto.body]


def chosen(database: Database, event_id: int) -> Layout:
    design = read(database, event_id).design
    assert design is not None
    assert design.vector_sha256 is not None
    return designs.layout_of(design)


def test_a_design_is_chosen_told_what_to_say_and_used(
    open_screen: Open, database: Database, event_id: int
):
    screen = press(open_screen("certificate", event_id), "Choose a design")
    shown = pictures(screen)
    assert len(shown) == len(STYLES) + 1
    for picture, style in zip(shown, STYLES, strict=False):
        assert f'alt="{style.title}: {style.looks}"' in picture
        key = picture.partition("/preview/")[2].partition(".jpg")[0]
        assert (previews.kept(key) or b"").startswith(b"\xff\xd8")
    screen = press(screen, "Waves")
    fill(screen, "Title", "Thank You")
    screen.color_picker[0].set_value("#ffeeaa")
    screen = undisturbed(screen.run())
    assert "darker shade" in "".join(caption.value for caption in screen.caption)
    screen = press(screen, "Use this")
    layout = chosen(database, event_id)
    assert layout.field("title").content == "Thank You"
    # Nobody has entered the organization yet, and it will be there.
    assert layout.field("signature").content == "{organization}"
    assert "{event}" in layout.field("thanks").content
    assert [button.label for button in screen.button if button.label == "Use this"] == []


@pytest.mark.parametrize("forged", ["#abc", "#aabbcc\n", "no colour"])
@pytest.mark.parametrize("picker", [0, 1])
def test_a_colour_that_is_none_is_refused_in_words_and_nothing_breaks(
    open_screen: Open, database: Database, event_id: int, picker: int, forged: str
):
    screen = press(open_screen("certificate", event_id), "Choose a design")
    usual = screen.color_picker[picker].value
    screen.color_picker[picker].set_value(forged)
    screen = undisturbed(screen.run())
    # Of what is no colour at all, the picker itself makes the one that it showed first.
    refused = ["Colour: must be a colour like #1f4e79"] if forged != "no colour" else []
    assert [one.value for one in screen.error] == refused
    screen.color_picker[picker].set_value(usual)
    press(undisturbed(screen.run()), "Use this")
    assert chosen(database, event_id)


def test_what_there_is_is_replaced_only_once_that_is_agreed_to(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = press(open_screen("certificate", event_id), "Choose a design")
    assert "takes the place of your picture" in screen.warning[-1].value
    assert next(b for b in screen.button if b.label == "Use this").disabled
    fill(screen, "Replace what there is", True)
    press(undisturbed(screen.run()), "Use this")
    assert chosen(database, event_id).field("title").content == "Certificate of Appreciation"


def test_one_goes_back_with_nothing_changed(open_screen: Open, database: Database, event_id: int):
    factories.design(database, event_id)
    screen = press(press(open_screen("certificate", event_id), "Choose a design"), "Back")
    assert read(database, event_id).design.version == 1
    assert "Undo" in [button.label for button in screen.button]


def test_a_record_asks_for_each_cell_what_fills_it(
    open_screen: Open, database: Database, event_id: int
):
    factories.add(database, event_id, "email,Hours,team\nana@example.org,12,Water station")
    screen = press(open_screen("certificate", event_id), "Choose a design")
    screen = press(screen, "Record of volunteer service")
    asked = {box.label: box for box in screen.selectbox}
    assert asked["Hours"].value == ("column", "Hours")
    assert "please check yourself" in "".join(caption.value for caption in screen.caption)
    asked["Service content"].set_value(("column", "team"))
    asked["Person responsible"].set_value(("same", ""))
    screen = undisturbed(screen.run())
    fill(screen, "Person responsible, the same for everybody", "Ana Souza")
    press(undisturbed(screen.run()), "Use this")
    layout = chosen(database, event_id)
    cells = {field.id: (field.kind, field.content) for field in layout.fields}
    assert cells["cell-hours"] == ("column", "Hours")
    assert cells["cell-content"] == ("column", "team")
    assert cells["cell-head"] == ("text", "Ana Souza")
    assert cells["cell-project"] == ("text", "{event}")
    assert cells["cell-issuer"] == ("text", "{organization}")
    assert "cell-phone" not in cells


def test_a_title_that_does_not_fit_is_said_and_cannot_be_used(
    open_screen: Open, database: Database, event_id: int
):
    screen = press(open_screen("certificate", event_id), "Choose a design")
    fill(screen, "Title", "W" * 120)
    screen = undisturbed(screen.run())
    assert "does not fit" in screen.error[-1].value
    assert next(b for b in screen.button if b.label == "Use this").disabled
    assert read(database, event_id).design is None


def test_a_logo_is_put_on_the_design_and_what_is_none_is_refused(
    open_screen: Open, database: Database, event_id: int
):
    screen = press(open_screen("certificate", event_id), "Choose a design")
    before = pictures(screen)[-1]
    screen.file_uploader[0].set_value(("logo.png", factories.seal(), "image/png"))
    screen = undisturbed(screen.run())
    assert pictures(screen)[-1] != before
    screen.file_uploader[0].set_value(("logo.png", b"GIF89a", "image/png"))
    screen = undisturbed(screen.run())
    assert "GIF" in screen.error[-1].value
    assert pictures(screen)[-1] == before


def test_an_event_with_a_long_name_says_so_and_gets_a_shorter_one_on_paper(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing() as session:
        events.update_event(
            events.event_for_change(session, event_id), events.EventChange(name="志愿服务" * 50)
        )
    screen = press(open_screen("certificate", event_id), "Choose a design")
    assert "does not fit" in screen.error[-1].value
    fill(screen, "Event", "Beach Day")
    press(undisturbed(screen.run()), "Use this")
    assert "Beach Day" in chosen(database, event_id).field("thanks").content


LABEL = "Picture of the certificate"


def upload(screen: AppTest, answer: str) -> AppTest:
    """Another picture over one of our designs, after its question is answered."""
    assert LABEL not in [one.label for one in screen.file_uploader]
    [question] = [one for one in screen.radio if "texts of the design" in one.label]
    screen = undisturbed(question.set_value(answer).run())
    [uploader] = [one for one in screen.file_uploader if one.label == LABEL]
    uploader.set_value(("c.png", factories.small_picture(), "image/png"))
    return undisturbed(screen.run())


def test_a_picture_in_place_of_a_design_takes_its_texts_off_and_both_are_brought_back(
    open_screen: Open, database: Database, event_id: int
):
    screen = press(press(open_screen("certificate", event_id), "Choose a design"), "Use this")
    ours = chosen(database, event_id)
    screen = upload(screen, False)
    replaced = read(database, event_id).design
    assert replaced is not None
    assert replaced.vector_sha256 is None
    left = {field.id for field in designs.layout_of(replaced).fields if field.shown}
    assert left == {"name", "date", "number", "qr"}
    # Also after something was moved.
    undisturbed(screen.slider(key="certificate.control.name.left").set_value(5.0).run())
    screen = press(screen, "Bring back what was there before")
    assert chosen(database, event_id) == ours
    assert "Bring back what was there before" not in [one.label for one in screen.button]


def test_its_texts_may_stay_on_the_picture(open_screen: Open, database: Database, event_id: int):
    screen = press(press(open_screen("certificate", event_id), "Choose a design"), "Use this")
    ours = chosen(database, event_id)
    upload(screen, True)
    after = read(database, event_id).design
    assert after is not None
    assert after.vector_sha256 is None
    assert designs.layout_of(after) == ours


def test_where_no_design_of_ours_was_nothing_is_asked_and_a_picture_is_brought_back_too(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    before = read(database, event_id).design
    [uploader] = [one for one in screen.file_uploader if one.label == LABEL]
    uploader.set_value(("c.png", factories.small_picture("red"), "image/png"))
    press(undisturbed(screen.run()), "Bring back what was there before")
    after = read(database, event_id).design
    assert before
    assert after
    assert (after.template_sha256, after.layout) == (before.template_sha256, before.layout)
    assert after.version == before.version + 2
