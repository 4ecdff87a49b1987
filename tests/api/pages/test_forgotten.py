"""What is answered about somebody whose address is no longer kept: all but the address."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select, update

from api.calls.volunteer import store_name
from shared.access.roles import Role
from shared.acts.forget import forget_everywhere
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.privacy import retention
from shared.storage.models import Certificate, Event, Mail, MailState, Volunteer, now
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.calls import call
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


@pytest.fixture
def forgotten(installation: Installation, default_event: Event, ana: Invited) -> Certificate:
    """The certificate of Ana, which was mailed 200 days ago; addresses are kept for 180."""
    issued = store_name(installation, ana.token, "Ana Lima")
    database, then = installation.database, now() - timedelta(days=200)
    with database.writing(by=Actor(None, Role.OWNER)) as session:
        session.execute(update(Volunteer).values(created_at=then, submitted_at=then))
        session.execute(update(Mail).values(state=MailState.SENT, created_at=then, sent_at=then))
        event = event_for_change(session, default_event.id)
        retention.set_retention(session, event, 180)
        event.retention_at = then
    assert forget_everywhere(database, installation.seal) == 1
    return issued


def test_the_call_answers_without_the_address(
    api: httpx.Client, forgotten: Certificate, ana: Invited
):
    answer = api.get("/api/getUserInfo", params={"token": ana.token}).json()
    assert answer["code"] == 0
    assert answer["data"]["email"] == ""
    assert answer["data"]["name"] == "Ana Lima"


def test_the_certificate_verifies_on(api: httpx.Client, forgotten: Certificate):
    page = api.get(f"/verify/{forgotten.public_id}")
    assert page.status_code == 200
    assert "Ana Lima" in page.text
    assert api.get(f"/certificates/{forgotten.public_id}.jpg").status_code == 200


def test_another_name_is_refused_with_a_sentence_and_nothing_changes(
    api: httpx.Client, installation: Installation, forgotten: Certificate, ana: Invited
):
    answer = call(api, "submitUserInfo", token=ana.token, name="Ana Moura", correct=True)
    assert (answer["code"], answer["data"]) == (4, "")
    assert "no longer kept" in answer["message"]
    with installation.database.reading() as session:
        assert session.scalars(select(Certificate)).one().name == "Ana Lima"
        assert session.scalars(select(Mail).where(Mail.state == MailState.QUEUED)).all() == []
