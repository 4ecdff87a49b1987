"""An installation of an earlier version starts with this program, and nobody loses anything."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from shared.access.keys import access_of, events_opened_by
from shared.storage.models import Role, Status, Volunteer
from shared.storage.sealing.key_rotation import count_lost
from tests.installations.shown import people
from tests.installations.story import PASSWORD
from tests.support.mailing import wait_until, working
from tests.support.smtp_sink import SmtpSink
from tests.support.trusted_sink import sink
from tests.support.upgraded import (
    Upgraded,
    Upgrades,
    compare_certificates,
    move_mail_server,
    upgrades,
)

__all__ = ["sink", "upgrades"]

VERSION = "0.2.0"


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, upgrades: Upgrades) -> Iterator[Upgraded]:
    with upgrades.opened(VERSION, request.param) as opened:
        yield opened


def test_every_link_answers_as_before(upgraded: Upgraded):
    expected = upgraded.expected["people"]
    for token, answer in people(upgraded.api, expected).items():
        assert answer["code"] == 0
        # Whether a mail is late is a question of the day.
        before = expected[token]["data"] | {"delayed": answer["data"]["delayed"]}
        assert answer["data"].items() >= before.items()
        page = upgraded.api.get("/certificate", params={"token": token, "lang": "en"})
        assert answer["data"]["email"] in page.text or "withdrawn" in page.text


def test_every_certificate_keeps_its_pixels_and_its_text(upgraded: Upgraded):
    compare_certificates(upgraded)


def test_tokens_of_owner_and_organizers_open_what_they_opened(upgraded: Upgraded):
    with upgraded.installation.database.reading() as session:
        everything = events_opened_by(session, access_of(session, upgraded.expected["owner"]))
        assert {str(event.id) for event in everything} >= upgraded.expected["organizers"].keys()
        for event_id, token in upgraded.expected["organizers"].items():
            access = access_of(session, token)
            assert [event.id for event in events_opened_by(session, access)] == [int(event_id)]
            assert access.role is Role.ORGANIZER


def test_every_verification_page_keeps_its_facts(upgraded: Upgraded):
    for public_id, facts in upgraded.expected["facts"].items():
        page = upgraded.api.get(f"/verify/{public_id}", params={"lang": "en"})
        if facts["taken_back"]:
            assert page.status_code == 410
            continue
        assert page.status_code == 200
        if not facts["erased"]:
            # A name that was corrected is its owner's alone.
            assert (facts["name"] in page.text) == (not facts["replaced"])
            assert facts["number"] in page.text
            public = [] if facts["replaced"] else [*facts["public"], *facts["public"].values()]
            assert [words for words in public if words not in page.text] == []
        assert ("replaced" in page.text) == facts["replaced"]
        if reason := facts["withdrawn"]:
            assert "withdrawn" in page.text
            # Its owner alone reads why.
            assert reason not in page.text


def test_the_key_opens_everything_that_is_sealed(upgraded: Upgraded):
    installation = upgraded.installation
    assert count_lost(installation.database, installation.seal) == 0


def test_sending_goes_on_where_it_stopped(upgraded: Upgraded, sink: SmtpSink):
    move_mail_server(upgraded.installation, upgraded.expected["port"], sink.port)
    first = upgraded.expected["events"]["first"]
    with working(upgraded.installation):
        wait_until(lambda: _status(upgraded, first, "quiet@example.org") == Status.MAILED)
        wait_until(lambda: "later0@example.org" in sink.recipients())
        wait_until(lambda: "me@example.org" in sink.recipients())
    recipients = sink.recipients()
    # Held back, taken back, refused, left to a person, or done before.
    settled = ("later5", "later7", "refused", "lost", "ana", "eva")
    assert not {f"{name}@example.org" for name in settled} & set(recipients)
    # Its invitation and its certificate are two mails; nobody gets one of them twice.
    assert len(sink.message_ids()) == len(set(sink.message_ids()))
    assert {mail.username for mail in sink.received} == {upgraded.expected["user"]}
    assert PASSWORD.encode() not in sink.heard_in_plain


def _status(upgraded: Upgraded, event_id: int, email: str) -> Status:
    with upgraded.installation.database.reading() as session:
        whose = Volunteer.event_id == event_id, Volunteer.email == email
        return session.scalars(select(Volunteer.status).where(*whose)).one()
