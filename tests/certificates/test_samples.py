"""Test mails show the real design, and their links open a page that says what it is."""

import io
import re

import httpx
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import func, select

from shared.certificates.issuing import samples
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail import rehearsal
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import Kind
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue import enqueue
from shared.mail.rehearsal import ReadMail
from shared.rendering.layout import Box, Field, Layout, standard_layout
from shared.storage.models import Certificate, Event, Mail, MailState
from shared.storage.sealing.tokens import Seal
from tests.support import designing, factories
from tests.support.api_server import api, server_url
from tests.support.mailing import wait_until, working

__all__ = ["api", "server_url"]


def arrived_test(installation: Installation, event_id: int, kind: Kind) -> ReadMail:
    """What arrives when an organizer tries out the words of `kind`."""
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        mail_id = enqueue.queue_test_mail(session, event, kind, "me@example.org").id

    def state() -> MailState:
        with installation.database.reading() as session:
            return session.get_one(Mail, mail_id).state

    with working(installation):
        wait_until(lambda: state() is MailState.SENT)
    with installation.database.reading() as session:
        return rehearsal.parse(installation.seal, rehearsal.mailbox(session, event_id)[0])


def links_in(mail: ReadMail) -> list[str]:
    return re.findall(r"https?://\S+", mail.text)


def path_of(link: str) -> str:
    return link.partition("://")[2].partition("/")[2]


@pytest.fixture
def coloured(installation: Installation, event_id: int) -> int:
    """An event whose certificate is a red sheet with name, number and QR code."""
    factories.design(
        installation.database, event_id, factories.small_picture("#ff0000", (1600, 1200))
    )
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        code = Field(id="qr", kind="qr", box=Box(left=0.7, top=0.6, width=0.2, height=0.25))
        layout = standard_layout()
        designing.set_layout(session, event, Layout(fields=(*layout.fields, code)))
    return event_id


def test_the_certificates_test_mail_has_the_real_design_attached(
    installation: Installation, coloured: int
) -> None:
    mail = arrived_test(installation, coloured, CERTIFICATE)
    (attached,) = [one for one in mail.attachments if one.media_type == "image/jpeg"]
    picture = Image.open(io.BytesIO(attached.content))
    assert picture.size == (1000, 750)
    red, green, blue = picture.convert("RGB").getpixel((3, 3))
    assert red > 240
    assert green < 15
    assert blue < 15
    assert "Alex Chen" in attached.name


@pytest.mark.parametrize("kind", [INVITATION, REMINDER, CERTIFICATE])
def test_every_link_of_a_test_mail_opens(
    api: httpx.Client, installation: Installation, coloured: int, kind: Kind
) -> None:
    links = links_in(arrived_test(installation, coloured, kind))
    assert links
    for link in links:
        assert link.startswith(installation.settings.public_url)
        assert api.get(path_of(link)).status_code == 200


def test_the_page_says_that_it_is_a_sample_and_shows_its_picture(
    api: httpx.Client, installation: Installation, coloured: int
) -> None:
    (link, *_) = links_in(arrived_test(installation, coloured, INVITATION))
    page = api.get(path_of(link), params={"lang": "en"}).text
    assert "This is a sample" in page
    assert "issued here" not in page
    assert "Is this your certificate?" not in page
    picture = re.search(r'<img src="\.\./([^"]+)"', page)
    assert picture
    assert api.get(picture[1]).headers["content-type"] == "image/jpeg"


def test_the_qr_code_in_the_attached_certificate_opens_the_sample(
    api: httpx.Client, installation: Installation, coloured: int
) -> None:
    attached, _ = arrived_test(installation, coloured, CERTIFICATE).attachments
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(attached.content)))
    assert "This is a sample" in api.get(path_of(code.text), params={"lang": "en"}).text


def test_a_sample_leaves_nothing_behind(
    api: httpx.Client, installation: Installation, coloured: int
) -> None:
    for link in links_in(arrived_test(installation, coloured, CERTIFICATE)):
        api.get(path_of(link))
    with installation.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Certificate)) == 0
        assert session.get_one(Event, coloured).next_number == 1


def test_nobody_guesses_the_sample_of_another_event(
    api: httpx.Client, installation: Installation, coloured: int
) -> None:
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Beach Day")
        right = samples.sample_id(installation.seal, coloured)
        foreign = samples.sample_id(Seal(["another key"]), coloured)
        swapped = samples.sample_id(installation.seal, other.id)[:6] + right[6:]
    assert api.get(f"/verify/{right}").status_code == 200
    for guessed in (foreign, swapped, right[:-1], right + "A", f"{right[:-1]}é"):
        assert api.get(f"/verify/{guessed}").status_code == 404
        assert api.get(f"/certificates/{guessed}.jpg").status_code == 404


def test_a_sample_is_still_found_after_the_keys_were_rotated(
    installation: Installation, coloured: int
) -> None:
    before = samples.sample_id(Seal(["old"]), coloured)
    with installation.database.reading() as session:
        found = samples.find_shown(session, Seal(["new", "old"]), before)
    assert found.event_id == coloured


def test_before_there_is_a_design_a_test_mail_arrives_without_a_certificate(
    installation: Installation, event_id: int
) -> None:
    assert arrived_test(installation, event_id, CERTIFICATE).attachments == ()


def test_a_certificate_that_cannot_be_drawn_is_said_in_place_of_its_test_mail(
    installation: Installation, event_id: int
) -> None:
    factories.design(installation.database, event_id)
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        name = Field(id="name", kind="name", box=Box(left=0.1, top=0.1, width=0.01, height=0.004))
        designing.set_layout(session, event, Layout(fields=(name,)))
        kind = CERTIFICATE
        mail_id = enqueue.queue_test_mail(session, event, kind, "me@example.org").id

    def mail() -> Mail:
        with installation.database.reading() as session:
            return session.get_one(Mail, mail_id)

    with working(installation):
        wait_until(lambda: mail().state is MailState.FAILED)
    assert "Alex Chen" in mail().answer
