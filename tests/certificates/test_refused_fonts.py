"""A font that was stored before its glyphs were counted: nothing new is drawn in it."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from shared import confined
from shared.certificates.designs import designs
from shared.certificates.designs.changes import PrintSizeChange, prepare
from shared.certificates.designs.designs import store_font
from shared.certificates.issuing import drawing, submission
from shared.errors import FontTooDeep, ReadersBusy
from shared.events.installation import Installation
from shared.rendering.design import Format, forget_designs_on
from shared.rendering.text import glyphs, own_fonts
from shared.storage.models import Certificate, Event, Picture, Volunteer
from tests.support import designing
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.confined_work import file_is_read
from tests.support.console_screens import Open, undisturbed
from tests.support.organizers_fonts import composite_font, set_in

__all__ = ["ana", "api", "default_event", "server_url"]

FORMATS: tuple[Format, ...] = ("png", "jpg", "pdf")
# Its letters are blocks; the glyph that takes long is none of them.
FONT = composite_font(7, 4)
SHA256 = hashlib.sha256(FONT).hexdigest()


@pytest.fixture
def issued(
    installation: Installation, ana: Invited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The public id of Ana's certificate in this font, as an earlier version has issued it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with installation.database.writing() as session:
        event = session.get_one(Volunteer, ana.id).event
        store_font(session, event, own_fonts.OwnFont(FONT, SHA256, "Blocks"))
        # On its disk, as if it had been looked through.
        glyphs.stored_file(own_fonts.file_name(SHA256), lambda: FONT)
        designing.set_layout(session, event, set_in(FONT))
        certificate = submission.submit(
            session, installation.settings, installation.seal, ana.token, "Ana Lima"
        )
        return certificate.public_id


def forget_what_is_in_memory(installation: Installation) -> None:
    """As after a restart on another machine."""
    own_fonts.drop_cached_font(SHA256)
    with installation.database.reading() as session:
        for template in session.scalars(select(Picture.sha256)):
            forget_designs_on(template)


def drawn(installation: Installation, public_id: str) -> dict[str, bytes]:
    with installation.database.reading() as session:
        certificate = session.scalars(select(Certificate).filter_by(public_id=public_id)).one()
        known = session, installation.settings, certificate
        mailed = drawing.render_mailed(*known)
        files = {format: drawing.render(*known, format) for format in FORMATS}
        return {**files, "preview": drawing.render(*known, 500), "mailed": mailed.small}


def test_what_was_issued_in_a_font_that_is_refused_by_now_keeps_every_byte(
    installation: Installation, issued: str
):
    with installation.database.writing() as session:
        event = session.scalars(select(Event).join(Certificate)).one()
        event.mailed_picture_limit = 1_000_000
    before = drawn(installation, issued)
    forget_what_is_in_memory(installation)
    assert drawn(installation, issued) == before
    assert own_fonts.cached_font(SHA256) is None


def test_nothing_new_is_drawn_in_it(installation: Installation, ana: Invited, issued: str):
    forget_what_is_in_memory(installation)
    with installation.database.reading() as session:
        volunteer = session.get_one(Volunteer, ana.id)
        with pytest.raises(FontTooDeep):
            submission.look_of(session, installation.settings, volunteer, "Bo")
        with pytest.raises(FontTooDeep):
            prepare(session, volunteer.event, PrintSizeChange(200.0))


def test_its_organizer_reads_why_and_chooses_another_typeface(
    installation: Installation, default_event: Event, issued: str, open_screen: Open
):
    forget_what_is_in_memory(installation)
    screen = open_screen("certificate", default_event.id)
    assert any("takes longer to draw" in one.value for one in screen.error)
    [faces] = [one for one in screen.button_group if one.label == "Typeface"]
    undisturbed(faces.set_value("hei").run())
    with installation.database.reading() as session:
        newest = session.get_one(Event, default_event.id).design
        assert newest is not None
        assert designs.layout_of(newest).own_fonts == set()


def test_a_font_is_looked_through_once(
    installation: Installation, issued: str, monkeypatch: pytest.MonkeyPatch
):
    forget_what_is_in_memory(installation)
    with pytest.raises(FontTooDeep):
        own_fonts.cache_font(FONT)
    monkeypatch.setattr(confined, "_PATIENCE_SECONDS", 0.1)
    # To look again, it would need the place that is taken.
    with file_is_read(None), pytest.raises(FontTooDeep):
        own_fonts.cache_font(FONT)


def test_whoever_opens_it_while_another_is_drawn_holds_up_nobody_elses_turn(
    installation: Installation, issued: str
):
    forget_what_is_in_memory(installation)
    with pytest.raises(FontTooDeep):
        own_fonts.cache_font(FONT)
    with file_is_read(None), pytest.raises(ReadersBusy):
        drawn(installation, issued)
