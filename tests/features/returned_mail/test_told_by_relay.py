"""The address at which relays tell of returned mail: what it takes, and from whom."""

import json

import httpx
import pytest

from shared.budgets import EVENT, WRONG_TOKENS
from shared.events.installation import Installation
from shared.features.returned_mail.models import BounceWebhook
from shared.features.returned_mail.webhooks import entering
from shared.features.returned_mail.webhooks.services import marks
from shared.storage.models import Event, Problem
from tests.support.api_server import api, server_url
from tests.support.relay_events import RELAYS, UNKNOWN, Relayed
from tests.support.reported import invited
from tests.support.sending_steps import volunteer_of

__all__ = ["api", "server_url"]


@pytest.fixture
def webhook(installation: Installation, listed: int) -> BounceWebhook:
    invited(installation, listed)
    with installation.database.writing() as session:
        event = session.get_one(Event, listed)
        return entering.set_webhook(session, installation.seal, event, "postmark")


def address_of(installation: Installation, webhook: BounceWebhook) -> str:
    address = entering.address_of(installation.settings, installation.seal, webhook)
    return address.removeprefix(installation.settings.public_url)


def test_an_event_is_taken_at_the_address_with_its_secret_alone(
    api: httpx.Client, installation: Installation, listed: int
) -> None:
    ana, _ = invited(installation, listed)
    with installation.database.writing() as session:
        event = session.get_one(Event, listed)
        row = entering.set_webhook(session, installation.seal, event, "postmark")
    address = address_of(installation, row)
    mail = Relayed(dict(marks(row, ana.message_id)), ana.address)
    content = json.dumps(RELAYS["postmark"](mail, "dead", UNKNOWN))
    # Some say that it is text, or nothing.
    for wrong in (
        address[:-1],
        "/returned",
        "/returned?webhook=x&key=y",
        f"/returned?webhook={9**20}",
    ):
        answer = api.post(wrong, content=content)
        assert answer.status_code in (401, 422)
        assert answer.json()["code"] == answer.status_code
    assert volunteer_of(installation.database, ana).problem is None
    assert api.get(address).status_code == 405
    answer = api.post(address, content=content)
    assert (answer.status_code, answer.json()["code"]) == (200, 0)
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK


def test_a_body_that_is_too_long_is_refused_unread(
    api: httpx.Client, installation: Installation, webhook: BounceWebhook
) -> None:
    address = address_of(installation, webhook)
    longest = json.dumps({"RecordType": "Delivery"}).ljust(EVENT.most)
    assert api.post(address, content=longest).status_code == 200
    assert api.post(address, content=longest + " ").status_code == 413
    assert api.post(address, content="[" * EVENT.most).status_code == 422


def test_who_guesses_secrets_waits_and_the_right_one_still_passes(
    api: httpx.Client, installation: Installation, webhook: BounceWebhook
) -> None:
    address = address_of(installation, webhook)
    guesses = [api.post(f"{address}x", content="{}") for _ in range(WRONG_TOKENS.most + 1)]
    assert (guesses[0].status_code, guesses[-1].status_code) == (401, 429)
    assert api.post(address, content='{"RecordType": "Delivery"}').status_code == 200
