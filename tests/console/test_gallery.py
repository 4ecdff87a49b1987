"""One of our designs is chosen on the certificate's screen, and replaces what was there."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from api.calls.volunteer import store_name
from console import previews
from shared import events
from shared.certificates.designs import designs
from shared.events.installation import Installation
from shared.events.settings import EventChange, update_event
from shared.rendering.gallery.catalogue import READABLE, STYLES, contrast
from shared.rendering.gallery.logo_colours import colours_of
from shared.rendering.layout import Layout
from shared.rendering.uploads.accepted import accept_inset
from shared.storage.database import Database
from shared.storage.models import Picture
from tests.support import factories
from tests.support.console_screens import Open, fill, press, read, tell, undisturbed
from tests.support.editing import edited, names
from tests.support.one_database import database_url

__all__ = ["database_url"]


def wall(screen: AppTest) -> dict[str, Any]:
    """What the component with the designs shows."""
    found = [json.loads(one.proto.json) for one in screen.get("bidi_component")]
    return next(one for one in found if "designs" in one)


def drawn(screen: AppTest) -> list[bytes]:
    """The pictures of the designs."""
    addresses = [one["picture"] for one in wall(screen)["designs"]]
    keys = [one.partition("/preview/")[2].partition(".jpg")[0] for one in addresses]
    return [previews.cached(key) or b"" for key in keys]


def click(screen: AppTest, design: str) -> AppTest:
    return tell(screen, "wall", "chosen", design)


def chosen(database: Database, event_id: int) -> Layout:
    design = read(database, event_id).design
    assert design is not None
    assert design.vector_sha256 is not None
    return designs.layout_of(design)


def made(database: Database, event_id: int) -> dict[str, str]:
    """Which of our designs it is."""
    return read(database, event_id).design.gallery


def test_ten_designs_show_the_event_and_the_first_volunteer_and_a_click_chooses_one(
    open_screen: Open, database: Database, event_id: int
):
    unnamed = wall(open_screen("certificate", event_id))
    factories.add(database, event_id, "email,name\nana@example.org,Ana Souza\nbo@example.org,Bo")
    screen = open_screen("certificate", event_id)
    shown = wall(screen)
    assert shown["chosen"] is None
    assert [(one["name"], one["title"], one["looks"]) for one in shown["designs"]] == [
        (style.name, style.title, style.looks) for style in STYLES
    ]
    pictures = drawn(screen)
    assert all(picture.startswith(b"\xff\xd8") for picture in pictures)
    assert len(set(pictures)) == len(STYLES)
    assert not {str(one) for one in shown["designs"]} & {str(one) for one in unnamed["designs"]}
    screen = click(screen, "waves")
    assert wall(screen)["chosen"] == "waves"
    layout = chosen(database, event_id)
    assert layout.field("title").content == "Certificate of Appreciation"
    # Nobody has entered the organization yet, and it will be there.
    assert layout.field("signature").content == "{organization}"
    assert "{event}" in layout.field("thanks").content
    assert screen.session_state["certificate.sample_name"] == "Ana Souza"


def test_a_design_has_a_title_of_its_own_unless_another_was_typed(
    open_screen: Open, database: Database, event_id: int
):
    screen = click(open_screen("certificate", event_id), "cream")
    assert chosen(database, event_id).field("title").content == "Thank You"
    click(screen, "diploma")
    assert chosen(database, event_id).field("title").content == "Certificate of Appreciation"


def test_another_click_keeps_what_was_written_and_the_way_back(
    open_screen: Open, database: Database, event_id: int
):
    screen = click(open_screen("certificate", event_id), "waves")
    screen = edited(screen, "title", set={"content": "Thank You"})
    before = chosen(database, event_id)
    screen = click(screen, "ribbon")
    after = chosen(database, event_id)
    assert after.field("title").content == "Thank You"
    assert after.field("title").color != before.field("title").color
    # Once more is no change.
    version = read(database, event_id).design.version
    click(screen, "ribbon")
    assert read(database, event_id).design.version == version
    press(screen, "Undo")
    assert chosen(database, event_id) == before
    assert made(database, event_id)["style"] == "waves"


def test_format_and_language_are_those_of_all_designs_and_of_the_one_in_use(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("certificate", event_id)
    [format] = [one for one in screen.segmented_control if one.label == "Format"]
    screen = undisturbed(format.set_value(True).run())
    assert wall(screen)["ratio"] < 1
    assert read(database, event_id).design is None
    screen = click(screen, "waves")
    assert made(database, event_id)["format"] == "portrait"
    [language] = [one for one in screen.segmented_control if "Language" in one.label]
    screen = undisturbed(language.set_value("zh").run())
    assert chosen(database, event_id).field("lead").content == "兹证明"
    [format] = [one for one in screen.segmented_control if one.label == "Format"]
    undisturbed(format.set_value(False).run())
    # Also to who opens the screen later.
    screen = open_screen("certificate", event_id)
    assert wall(screen)["ratio"] > 1
    assert wall(screen)["chosen"] == "waves"
    with database.reading() as session:
        stored = session.get_one(Picture, read(database, event_id).design.template_sha256)
    assert stored.width > stored.height


def test_who_signs_and_the_language_of_the_sheet_are_said_on_the_screen(
    open_screen: Open, database: Database, event_id: int
):
    screen = click(open_screen("certificate", event_id), "diploma")
    for label, words in (
        ("Who signs", "Maria Fernández"),
        ("Second signature", "John Doe"),
    ):
        fill(screen, label, words)
        screen = undisturbed(screen.run())
    offices = [one for one in screen.text_input if one.label == "Office"]
    screen = undisturbed(offices[1].set_value("Coordinator").run())
    said = chosen(database, event_id)
    written = [said.field(id).content for id in ("signature", "signature-2", "office-2")]
    assert written == ["Maria Fernández", "John Doe", "Coordinator"]
    [language] = [one for one in screen.segmented_control if "Language" in one.label]
    assert language.options == ["中文", "English", "العربية", "日本語"]
    screen = undisturbed(language.set_value("ja").run())
    # The next design is signed by the same people, and speaks the same language.
    screen = click(screen, "gratitude")
    said = chosen(database, event_id)
    assert [said.field(id).content for id in ("title", "signature-2")] == ["感謝状", "John Doe"]
    assert said.field("number").before == "第 "
    # Others sign, until nobody does but the organization.
    fill(screen, "Who signs", "佐藤 純子")
    screen = undisturbed(screen.run())
    assert chosen(database, event_id).field("signature").content == "佐藤 純子"
    # The second becomes the first.
    for _ in range(2):
        fill(screen, "Who signs", "")
        screen = undisturbed(screen.run())
    office = next(one for one in screen.text_input if one.label == "Office" and one.value)
    undisturbed(office.set_value("").run())
    said = chosen(database, event_id)
    assert said.field("signature").content == "{organization}"
    assert "signature-2" not in {one.id for one in said.fields}


def test_two_colours_are_those_of_all_designs_and_are_swapped(
    open_screen: Open, database: Database, event_id: int
):
    screen = click(open_screen("certificate", event_id), "waves")
    before = drawn(screen)
    screen.color_picker[0].set_value("#ffeeaa")
    screen = undisturbed(screen.run())
    assert "darker shade" in "".join(caption.value for caption in screen.caption)
    assert not set(drawn(screen)) & set(before)
    assert contrast(chosen(database, event_id).field("title").color, "#ffffff") >= READABLE
    screen.color_picker[1].set_value("#112233")
    screen = press(undisturbed(screen.run()), "Swap")
    swapped = made(database, event_id)
    assert (swapped["main"], swapped["accent"]) == ("#112233", "#ffeeaa")
    press(screen, "Design colours")
    own = made(database, event_id)
    assert (own["main"], own["accent"]) == ("", "")


def test_the_chosen_design_is_offered_in_further_colours(
    open_screen: Open, database: Database, event_id: int
):
    screen = click(open_screen("certificate", event_id), "cream")
    first, second, _ = wall(screen)["variants"]
    assert (first["isChosen"], second["isChosen"]) == (True, False)
    screen = tell(screen, "wall", "varied", {"place": 1})
    design = made(database, event_id)
    assert (design["main"], design["accent"]) == (second["main"], second["accent"])
    assert [one["isChosen"] for one in wall(screen)["variants"]] == [False, True, False]
    tell(screen, "wall", "varied", {"place": 0})
    assert made(database, event_id)["main"] == ""


@pytest.mark.parametrize("forged", ["#abc", "#aabbcc\n", "no colour"])
@pytest.mark.parametrize("picker", [0, 1])
def test_a_colour_that_is_none_is_refused_in_words_and_nothing_breaks(
    open_screen: Open, database: Database, event_id: int, picker: int, forged: str
):
    screen = open_screen("certificate", event_id)
    screen.color_picker[picker].set_value(forged)
    screen = undisturbed(screen.run())
    # Of what is no colour at all, the picker itself makes the one that it showed first.
    refused = ["Colour: must be a colour like #1f4e79"] if forged != "no colour" else []
    assert [one.value for one in screen.error] == refused
    click(screen, "waves")
    assert chosen(database, event_id)


def test_what_there_is_is_replaced_only_once_that_is_agreed_to(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = click(open_screen("certificate", event_id), "waves")
    assert "” replaces your picture and everything on it" in screen.warning[-1].value
    assert read(database, event_id).design.version == 1
    press(screen, "Replace")
    assert chosen(database, event_id).field("title").content == "Certificate of Appreciation"


def test_one_keeps_ones_own_with_nothing_changed(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = press(click(open_screen("certificate", event_id), "waves"), "Keep mine")
    assert read(database, event_id).design.version == 1
    assert "Replace" not in [button.label for button in screen.button]
    assert "Undo" in [button.label for button in screen.button]


def test_a_record_asks_for_each_cell_what_fills_it(
    open_screen: Open, database: Database, event_id: int
):
    factories.add(database, event_id, "email,Hours,team\nana@example.org,12,Water station")
    screen = click(open_screen("certificate", event_id), "record")
    asked = {box.label: box for box in screen.selectbox}
    assert asked["Hours"].value == ("column", "Hours")
    assert "A template with the usual content of such records" in "".join(
        caption.value for caption in screen.caption
    )
    screen = undisturbed(asked["Service content"].set_value(("column", "team")).run())
    [head] = [one for one in screen.selectbox if one.label == "Person responsible"]
    screen = undisturbed(head.set_value(("same", "")).run())
    fill(screen, "Person responsible, the same for everybody", "Ana Souza")
    screen = undisturbed(screen.run())
    cells = {one.id: (one.kind, one.content) for one in chosen(database, event_id).fields}
    assert cells["cell-hours"] == ("column", "Hours")
    assert cells["cell-content"] == ("column", "team")
    assert cells["cell-head"] == ("text", "Ana Souza")
    assert cells["cell-project"] == ("text", "{event}")
    assert cells["cell-issuer"] == ("text", "{organization}")
    assert "cell-phone" not in cells
    # They stay filled on a sheet of the other format.
    [format] = [one for one in screen.segmented_control if one.label == "Format"]
    screen = undisturbed(format.set_value(True).run())
    assert chosen(database, event_id).field("cell-head").content == "Ana Souza"
    [hours] = [one for one in screen.selectbox if one.label == "Hours"]
    undisturbed(hours.set_value(("text", "")).run())
    assert "cell-hours" not in {one.id for one in chosen(database, event_id).fields}


def test_a_title_that_does_not_fit_is_said_and_cannot_be_used(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("certificate", event_id)
    fill(screen, "Title", "W" * 120)
    screen = click(undisturbed(screen.run()), "waves")
    assert "does not fit" in screen.error[-1].value
    assert read(database, event_id).design is None


def test_a_logo_is_put_on_all_designs_and_what_is_none_is_refused(
    open_screen: Open, database: Database, event_id: int
):
    screen = click(open_screen("certificate", event_id), "waves")
    before = drawn(screen)
    place = "Logo (PNG, JPEG or HEIC)"
    [uploader] = [one for one in screen.file_uploader if one.label == place]
    uploader.set_value(("logo.png", b"GIF89a", "image/png"))
    screen = undisturbed(screen.run())
    assert "GIF" in screen.error[-1].value
    assert drawn(screen) == before
    [uploader] = [one for one in screen.file_uploader if one.label == place]
    uploader.set_value(("logo.png", factories.seal(), "image/png"))
    screen = undisturbed(screen.run())
    assert not set(drawn(screen)) & set(before)
    logo = chosen(database, event_id).field("logo")
    assert read(database, event_id).design.version == 2
    # The designs are in its colours.
    now = made(database, event_id)
    assert (now["main"], now["accent"]) == colours_of(accept_inset(factories.seal()).content)
    # It goes with who chooses another design, and can be placed like anything else.
    screen = click(open_screen("certificate", event_id), "ribbon")
    assert chosen(database, event_id).field("logo").content == logo.content
    assert "Logo" in names(screen)
    press(screen, "Remove the logo")
    assert "logo" not in {one.id for one in chosen(database, event_id).fields}


def test_an_event_with_a_long_name_says_so_and_gets_a_shorter_one_on_paper(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing() as session:
        update_event(events.event_for_change(session, event_id), EventChange(name="志愿服务" * 50))
    screen = click(open_screen("certificate", event_id), "record")
    assert "does not fit" in screen.error[-1].value
    assert read(database, event_id).design is None
    fill(screen, "Event", "Beach Day")
    click(undisturbed(screen.run()), "waves")
    assert "Beach Day" in chosen(database, event_id).field("thanks").content


LABEL = "Picture of the certificate"


def upload(screen: AppTest, answer: str) -> AppTest:
    """Another picture over one of our designs, which is taken once its question is answered."""
    before = [one.label for one in screen.radio]
    [uploader] = [one for one in screen.file_uploader if one.label == LABEL]
    uploader.set_value(("c.png", factories.small_picture(), "image/png"))
    screen = undisturbed(screen.run())
    [question] = [one for one in screen.radio if one.label not in before]
    assert "Keep the design's texts," in question.label
    return undisturbed(question.set_value(answer).run())


def test_a_picture_in_place_of_a_design_takes_its_texts_off_and_both_are_brought_back(
    open_screen: Open, database: Database, event_id: int
):
    screen = click(open_screen("certificate", event_id), "waves")
    ours = chosen(database, event_id)
    screen = upload(screen, False)
    replaced = read(database, event_id).design
    assert replaced is not None
    assert replaced.vector_sha256 is None
    left = {field.id for field in designs.layout_of(replaced).fields if field.shown}
    assert left == {"name", "date", "number", "qr"}
    # After something was moved, that is undone first.
    screen = edited(screen, "name", set={"left": 5.0})
    screen = press(screen, "Undo")
    assert read(database, event_id).design.layout == replaced.layout
    press(screen, "Undo")
    assert chosen(database, event_id) == ours


def test_its_texts_may_stay_on_the_picture(open_screen: Open, database: Database, event_id: int):
    screen = click(open_screen("certificate", event_id), "waves")
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
    press(undisturbed(screen.run()), "Undo")
    after = read(database, event_id).design
    assert before
    assert after
    assert (after.template_sha256, after.layout) == (before.template_sha256, before.layout)
    assert after.version == before.version + 2


def undo_on_the_overview(screen: AppTest) -> AppTest:
    [undo] = [one for one in screen.button if one.label.startswith("Undo")]
    return undisturbed(undo.click().run())


def test_what_happened_brings_the_design_before_back_until_a_certificate_is_made_with_the_new_one(
    open_screen: Open, installation: Installation, event_id: int
):
    database = installation.database
    screen = click(click(open_screen("certificate", event_id), "waves"), "ribbon")
    overview = open_screen("overview", event_id)
    click(screen, "classic")
    # A colleague has chosen another one since.
    undo_on_the_overview(overview)
    assert made(database, event_id)["style"] == "classic"
    undo_on_the_overview(open_screen("overview", event_id))
    assert made(database, event_id)["style"] == "ribbon"
    factories.add(database, event_id, "ana@example.org")
    [token] = factories.invite(installation, event_id).values()
    store_name(installation, token, "Ana Souza")
    screen = open_screen("overview", event_id)
    assert not [one for one in screen.button if "Certificate" in one.label]
