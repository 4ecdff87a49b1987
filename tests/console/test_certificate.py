"""The certificate is placed on a real database, and what cannot be drawn is said."""

import hashlib
import io

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import FileUploader

from console import previews
from console.screens.certificate.preview import SAMPLE_NAMES
from shared import events, reading_places
from shared.certificates.designs import designs
from shared.certificates.designs.changes import LimitChange
from shared.certificates.designs.designs import own_fonts
from shared.rendering.layout import FACE_NAMES, Box, Layout
from shared.storage.database import Database
from shared.storage.models import Picture
from tests.support import factories, pdf_pages
from tests.support.confined_work import file_is_read
from tests.support.console_screens import Open, fill, press, read, undisturbed
from tests.support.designing import change
from tests.support.editing import edited, editor, names, settings
from tests.support.organizers_fonts import block_font
from tests.support.signatures import jpeg, photo


def test_an_uploaded_picture_becomes_the_template_once(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("certificate", event_id)
    screen.file_uploader[0].set_value(("c.png", factories.small_picture(), "image/png"))
    undisturbed(undisturbed(screen.run()).run())
    design = read(database, event_id).design
    assert design is not None
    assert design.version == 1


def test_while_a_file_of_the_event_is_read_another_waits_and_is_told_so(
    open_screen: Open, database: Database, event_id: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading_places, "_PATIENCE_SECONDS", 0.1)
    for reading, is_told in (event_id, True), (event_id + 1, False):
        screen = open_screen("certificate", event_id)
        with file_is_read(reading):
            screen.file_uploader[0].set_value(("c.png", factories.small_picture(), "image/png"))
            screen = undisturbed(screen.run())
        assert any("Several files" in one.value for one in screen.error) == is_told
        assert (read(database, event_id).design is None) == is_told


def test_a_pdf_becomes_the_template_and_what_was_found_in_it_is_said(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("certificate", event_id)
    screen.file_uploader[0].set_value(("c.pdf", pdf_pages.made(pages=2), "application/pdf"))
    screen = undisturbed(screen.run())
    assert any("its first one is the certificate" in one.value for one in screen.warning)
    assert any("carry the page itself" in one.value for one in screen.markdown)
    assert read(database, event_id).design is not None


def test_the_usual_size_can_be_chosen_in_place_of_the_pages_own_and_back(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id, pdf_pages.made((1190.55, 841.89)))
    for shown, wanted in ("A3", "A4"), ("A4", "A3"):
        screen = open_screen("certificate", event_id)
        assert any(f"{shown} at" in one.value for one in screen.markdown)
        [sizes] = [one for one in screen.button_group if one.label == "Size of PDF certificates"]
        assert sizes.options == ["A4", "A3"]
        screen = undisturbed(sizes.set_value(300.0 if wanted == "A3" else 424.3).run())
        assert any(f"{wanted} at" in one.value for one in screen.markdown)
        design = read(database, event_id).design
        assert design is not None
        assert design.print_dpi == (300 if wanted == "A3" else 424.3)


def test_everybody_who_opens_the_screen_reads_why_a_page_is_a_picture_in_pdfs(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id, pdf_pages.changed(pdf_pages.with_foreign_font))
    screen = open_screen("certificate", event_id)
    assert any("does not contain all of its fonts" in one.value for one in screen.warning)
    factories.design(database, event_id, factories.small_picture())
    assert not any("fonts" in one.value for one in open_screen("certificate", event_id).warning)


def test_a_picture_that_cannot_be_used_is_refused_with_what_to_do(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("certificate", event_id)
    screen.file_uploader[0].set_value(("c.png", b"%!PS-Adobe", "image/png"))
    screen = undisturbed(screen.run())
    assert "Export the page as PNG" in screen.error[0].value
    # It is said for as long as the file lies there.
    screen = undisturbed(screen.run())
    assert "Export the page as PNG" in screen.error[0].value
    assert read(database, event_id).design is None


def test_a_field_keeps_its_picture_wherever_it_stands_and_others_keep_theirs(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    before = pictures(screen)
    box = {"left": 0.1, "top": 0.1, "width": 0.7, "height": 0.16}
    screen = edited(screen, "name", box=box)
    moved = pictures(screen)
    assert moved == before
    screen = edited(screen, "name", set={"color": "#aa0000"})
    coloured = pictures(screen)
    assert {id for id, address in coloured.items() if address != before[id]} == {"name"}
    for address in coloured.values():
        key = address.removeprefix("/preview/").partition(".")[0]
        assert (previews.cached(key) or b"").startswith((b"\xff\xd8", b"\x89PNG"))


def pictures(screen: AppTest) -> dict[str, str]:
    """The addresses of the sheet and of the fields that are shown."""
    given = editor(screen)
    shown = {one["id"]: one["picture"] for one in given["fields"] if one["shown"]}
    return {"sheet": given["template"]} | shown


def test_while_a_text_is_typed_only_its_picture_is_drawn_and_nothing_is_stored(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    fill(screen, "Text on every certificate", "Thank you")
    screen = press(undisturbed(screen.run()), "Add this text")
    before, version = pictures(screen), read(database, event_id).design.version
    for typed, problem in ("With thanks", False), ("a very long text " * 30, True):
        draft = {"field": "text-1", "attribute": "content", "value": typed}
        screen.session_state["certificate.draft"] = draft
        screen = undisturbed(screen.run())
        after = pictures(screen)
        assert {id for id, address in after.items() if address != before[id]} == {"text-1"}
        told = next(one for one in editor(screen)["fields"] if one["id"] == "text-1")
        assert ("does not fit" in told["problem"]) == problem
    assert read(database, event_id).design.version == version


def test_what_is_on_the_sheet_is_listed_in_words(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    fill(screen, "Text on every certificate", "From {event}")
    screen = press(undisturbed(screen.run()), "Add this text")
    event = read(database, event_id).name
    assert f"“From {event}"[:15] in names(screen)[-1]


def test_numbers_are_one_step_further_than_what_everybody_changes(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    offered = settings(open_screen("certificate", event_id), "name")
    assert {name for name, one in offered.items() if one["kind"] == "share"} < {
        name for name, one in offered.items() if one["isExact"]
    }
    assert not any(offered[name]["isExact"] for name in ("face", "align", "color"))


def test_a_text_and_a_column_are_added(open_screen: Open, database: Database, event_id: int):
    factories.design(database, event_id)
    factories.add(database, event_id, "email,team\nana@example.org,Water station")
    screen = open_screen("certificate", event_id)
    press(screen, "Add this column")
    fill(screen, "Text on every certificate", "Thank you")
    screen.run()
    press(screen, "Add this text")
    design = read(database, event_id).design
    assert design is not None
    contents = [field.content for field in designs.layout_of(design).fields]
    assert contents[-2:] == ["team", "Thank you"]


def test_signatures_and_seals_are_added_and_placed(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    for colour in ("red", "blue"):
        place_for_pictures(screen).set_value(("seal.png", factories.seal(colour), "image/png"))
        screen = undisturbed(screen.run())
    screen = edited(screen, "picture-2", set={"left": 10.0})
    assert names(screen)[-2:] == ["Picture 1", "Picture 2"]
    design = read(database, event_id).design
    assert design is not None
    layout = designs.layout_of(design)
    assert layout.field("picture-2").box.left == 0.1
    with database.reading() as session:
        made = designs.compiled(session, design)
        drawn = made.background.rows(0, made.height).image.convert("RGB")
    red, blue = (pixel_in(drawn, layout.field(id).box) for id in ("picture-1", "picture-2"))
    assert (red, blue) == ((255, 0, 0), (0, 0, 255))


PHOTO = "Photo of a signature"


def photographed(screen: AppTest, content: bytes) -> AppTest:
    [place] = [one for one in screen.file_uploader if one.label == PHOTO]
    place.set_value(("photo.jpg", content, "image/jpeg"))
    return undisturbed(screen.run())


def signed_sheets(screen: AppTest) -> list[str]:
    return [one.proto.body for one in screen.get("html") if "with your signature" in one.proto.body]


def test_a_photographed_signature_is_seen_on_the_sheet_before_it_is_kept(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    before = read(database, event_id).design_id
    screen = photographed(open_screen("certificate", event_id), jpeg(photo(2, "shadow")[0]))
    first = signed_sheets(screen)
    assert len(first) == 1
    # Another photograph takes its place by one press.
    screen = photographed(screen, jpeg(photo(1, "shadow")[0]))
    second = signed_sheets(screen)
    assert len(second) == 1
    assert second != first
    screen = press(screen, "Discard it")
    assert signed_sheets(screen) == []
    assert read(database, event_id).design_id == before
    screen = press(photographed(screen, jpeg(photo(1, "shadow")[0])), "Keep it")
    signed = stored_layout(database, event_id).field("signed")
    with database.reading() as session:
        kept = session.get_one(Picture, signed.content)
    assert signed.kind == "picture"
    drawn = Image.open(io.BytesIO(kept.content))
    assert drawn.getchannel("A").getextrema() == (0, 255)
    assert "Your signature" in names(screen)
    press(screen, "Undo")
    assert "signed" not in {one.id for one in stored_layout(database, event_id).fields}


def test_a_photograph_of_nothing_is_refused_with_what_to_do(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    nothing = jpeg(Image.new("RGB", (800, 600), "white"))
    screen = photographed(open_screen("certificate", event_id), nothing)
    assert "dark pen on white paper" in screen.error[0].value


def test_a_signature_that_cannot_be_used_is_refused_with_what_to_do(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    before = read(database, event_id).design_id
    screen = open_screen("certificate", event_id)
    place_for_pictures(screen).set_value(("seal.png", b"%PDF-1.7", "image/png"))
    screen = undisturbed(undisturbed(screen.run()).run())
    assert "Export the page as PNG" in screen.error[0].value
    assert read(database, event_id).design_id == before


def place_for_pictures(screen: AppTest) -> FileUploader:
    label = "Picture: signature or seal (PNG)"
    return next(place for place in screen.file_uploader if place.label == label)


def pixel_in(picture: Image.Image, box: Box) -> object:
    middle = (box.left + box.width / 2, box.top + box.height / 2)
    return picture.getpixel((int(middle[0] * picture.width), int(middle[1] * picture.height)))


def test_what_cannot_be_drawn_is_refused_and_nothing_changes(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    before = read(database, event_id).design_id
    screen = open_screen("certificate", event_id)
    fill(screen, "Text on every certificate", "a very long text " * 11)
    screen = press(undisturbed(screen.run()), "Add this text")
    assert any("does not fit" in error.value for error in screen.error)
    assert read(database, event_id).design_id == before


def test_an_own_typeface_is_uploaded_and_chosen(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    font = block_font("Harbour Blocks")
    screen = open_screen("certificate", event_id)
    screen.file_uploader(key="certificate.font.0").set_value(("f.ttf", font, "font/ttf"))
    screen = undisturbed(undisturbed(screen.run()).run())
    sha256 = hashlib.sha256(font).hexdigest()
    assert settings(screen, "name")["face"]["options"][sha256] == "Harbour Blocks"
    edited(screen, "name", set={"face": sha256})
    design = read(database, event_id).design
    assert design is not None
    assert designs.layout_of(design).field("name").face == sha256


def test_it_is_said_which_language_names_are_written_in(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    control = settings(screen, "name")["language"]
    assert (control["label"], control["value"]) == ("Language of names", "")
    screen = edited(screen, "name", set={"language": "ja"})
    assert settings(screen, "name")["language"]["value"] == "ja"
    design = read(database, event_id).design
    assert design is not None
    assert designs.layout_of(design).field("name").language == "ja"
    # A number and a date are written in figures.
    assert "language" not in settings(screen, "number")


def test_a_font_that_cannot_be_used_is_refused_with_what_to_do(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    screen.file_uploader(key="certificate.font.0").set_value(("f.woff2", b"wOF2....", "font/woff2"))
    screen = undisturbed(screen.run())
    assert "Upload the TTF or OTF file" in screen.error[0].value
    with database.reading() as session:
        assert own_fonts(session, read(database, event_id)) == {}


def test_the_size_of_mailed_pictures_is_shown_and_limited(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    assert any("KB (quality 92)" in caption.value for caption in screen.caption)
    limit = next(c for c in screen.segmented_control if c.label == "Largest picture in a mail")
    undisturbed(limit.set_value(500_000).run())
    assert read(database, event_id).mailed_picture_limit == 500_000
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        change(session, event, LimitChange(1000))
    screen = open_screen("certificate", event_id)
    assert any("even at the lowest quality" in warning.value for warning in screen.warning)


def test_an_english_event_begins_with_a_latin_name_and_face(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    assert screen.session_state["certificate.sample_name"] == "Maria Fernández"
    offered = list(settings(screen, "name")["face"]["options"].values())
    assert (offered[0], offered[-1], len(offered)) == ("Book", "Brush", len(FACE_NAMES))


def test_a_name_that_does_not_fit_is_said_with_what_an_organizer_can_do(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = edited(open_screen("certificate", event_id), "name", set={"width": 4.0})
    screen.session_state["certificate.sample_name"] = SAMPLE_NAMES[2]
    refusals = undisturbed(screen.run()).error
    [told] = [error.value for error in refusals]
    assert told.startswith("“Dr. Maximiliana")
    assert told.endswith("Enlarge the box or reduce the smallest size.")


def test_a_fixed_text_is_edited_and_undone_and_done_again(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    fill(screen, "Text on every certificate", "Thank you")
    screen = press(undisturbed(screen.run()), "Add this text")
    screen = edited(screen, "text-1", set={"content": "With thanks"})
    assert stored_layout(database, event_id).field("text-1").content == "With thanks"
    screen = press(screen, "Undo")
    assert stored_layout(database, event_id).field("text-1").content == "Thank you"
    screen = press(screen, "Undo")
    assert "text-1" not in {field.id for field in stored_layout(database, event_id).fields}
    for text in ("Thank you", "With thanks"):
        screen = press(screen, "Redo")
        assert stored_layout(database, event_id).field("text-1").content == text
    assert screen.button(key="certificate.redo").disabled
    assert any(caption.value.endswith("Redone.") for caption in screen.caption)
    screen = press(screen, "Undo")
    fill(screen, "Text on every certificate", "Thanks again")
    screen = press(undisturbed(screen.run()), "Add this text")
    assert screen.button(key="certificate.redo").disabled


def test_words_for_the_picture_are_asked_for_until_a_text_is_the_title(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    label = "Description for people who cannot see the picture"
    fill(screen, label, "Thanks from {organization}")
    screen = undisturbed(screen.run())
    fill(screen, "Text on every certificate", "Certificate of Thanks")
    screen = press(undisturbed(screen.run()), "Add this text")
    # What was said before is kept while other things change.
    assert stored_layout(database, event_id).alt == "Thanks from {organization}"
    screen = edited(screen, "text-1", set={"title": True})
    assert stored_layout(database, event_id).has_title
    assert label not in [one.label for one in screen.text_input]


def stored_layout(database: Database, event_id: int) -> Layout:
    design = read(database, event_id).design
    assert design is not None
    return designs.layout_of(design)


def test_weight_and_spacing_are_set_and_small_capitals_where_the_face_has_them(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    screen = open_screen("certificate", event_id)
    offered = settings(screen, "name")
    assert (offered["weight"]["value"], list(offered["weight"]["options"])) == (
        "400", ["400", "600", "700"]
    )  # fmt: skip
    assert offered["features"]["value"] is False
    for attribute, value in (("weight", "700"), ("features", True), ("letter_spacing", 10)):
        screen = edited(screen, "name", set={attribute: value})
    design = read(database, event_id).design
    assert design is not None
    stored = designs.layout_of(design).field("name")
    assert (stored.weight, stored.features, stored.letter_spacing) == (700, ("smcp",), 0.1)
    screen = edited(screen, "name", set={"face": "script"})
    assert "features" not in settings(screen, "name")
