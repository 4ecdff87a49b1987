"""The mail with the certificate is small, whatever the certificate shows."""

import io
from email.message import EmailMessage

import numpy
import pymupdf
import pytest
from PIL import Image

from shared.certificates.designs import gallery
from shared.certificates.designs.changes import LimitChange, change_design
from shared.certificates.issuing import samples
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import set_wording
from shared.mail.kinds.certificate import CERTIFICATE
from shared.rendering.gallery.catalogue import style_named
from shared.storage.models import SMALL_MAIL, Event
from tests.support import factories
from tests.support.composed import ADDRESSING, read, text_of
from tests.support.designing import change
from tests.support.one_database import database_url

__all__ = ["database_url"]


def noise(width: int = 1600, height: int = 1131) -> bytes:
    """A sheet that no JPEG makes smaller."""
    pixels = numpy.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=numpy.uint8)
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    return content.getvalue()


def from_gallery(installation: Installation, event_id: int, style: str) -> None:
    choice = gallery.choice_for(style_named(style), gallery.Taste("en"), [])
    wished = gallery.template_change(installation.settings, choice)
    change_design(installation.database, event_id, wished)


def mailed(installation: Installation, event_id: int) -> bytes:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        sample = samples.sample_for(
            session, installation.settings, installation.seal, event, CERTIFICATE
        )
        return sample.compose(CERTIFICATE, ADDRESSING)


def files_of(content: bytes) -> dict[str, bytes]:
    """The attached files, by their types."""
    attached = [part for part in read(content).iter_attachments()]
    assert all(isinstance(part, EmailMessage) for part in attached)
    return {part.get_content_type(): part.get_content() for part in attached}


@pytest.mark.parametrize("style", ["guilloche", "minimal"])
def test_the_mail_carries_a_picture_of_1000_pixels_and_the_pdf_that_has_room(
    installation: Installation, event_id: int, style: str
) -> None:
    from_gallery(installation, event_id, style)
    content = mailed(installation, event_id)
    assert len(content) <= SMALL_MAIL
    files = files_of(content)
    assert Image.open(io.BytesIO(files["image/jpeg"])).width == 1000
    with pymupdf.open(stream=files["application/pdf"]) as document:
        assert "Alex Chen" in document[0].get_text()


def test_a_pdf_that_has_no_room_is_on_the_certificates_page(
    installation: Installation, event_id: int
) -> None:
    factories.design(installation.database, event_id, noise())
    content = mailed(installation, event_id)
    assert len(content) <= SMALL_MAIL
    assert list(files_of(content)) == ["image/jpeg"]
    assert "/verify/" in text_of(read(content))


def test_a_long_text_takes_the_room_of_the_pdf(installation: Installation, event_id: int) -> None:
    from_gallery(installation, event_id, "guilloche")
    with installation.database.writing() as session:
        text = "谢谢" * 2000 + "\n\n{link}"
        set_wording(event_for_change(session, event_id), "certificate", subject="", body=text)
    content = mailed(installation, event_id)
    assert len(content) <= SMALL_MAIL
    assert list(files_of(content)) == ["image/jpeg"]


def test_who_chose_how_large_the_picture_may_be_keeps_that(
    installation: Installation, event_id: int
) -> None:
    from_gallery(installation, event_id, "guilloche")
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        assert event.mailed_picture_limit == SMALL_MAIL
        before = event.design.jpeg_quality
        change(session, event, LimitChange(2_000_000))
        change(session, event, LimitChange(1_000_000))
        assert event.design.jpeg_quality == before
    files = files_of(mailed(installation, event_id))
    assert Image.open(io.BytesIO(files["image/jpeg"])).width > 3000
    assert list(files) == ["image/jpeg"]
