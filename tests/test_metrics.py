"""What a monitoring system sees."""

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from shared import events, mail_accounts, recipients, sending, volunteers
from shared.installation import Installation
from tests.conftest import OWNER_TOKEN


def scrape(installation: Installation) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    answer = TestClient(create_app(installation)).get(
        "/metrics", headers={"Authorization": f"Bearer {OWNER_TOKEN}"}
    )
    assert answer.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_the_queue_and_the_budget_are_told_to_the_owner(installation: Installation, event_id: int):
    pasted = recipients.parse("ana@example.org\nbo@example.org")
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        volunteers.add_volunteers(session, event, pasted)
        sending.queue_invitations(session, installation.seal, event)
        mail_accounts.set_account(
            session,
            installation.seal,
            event,
            username="thanks@example.org",
            password="secret",
            limits=(None, None, 500),
        )
    samples = scrape(installation)
    queued = frozenset({("kind", "invitation"), ("state", "queued")})
    budget = frozenset({("event", str(event_id)), ("period", "day")})
    assert samples["certs_mails", queued] == 2
    assert samples["certs_volunteers", frozenset({("status", "0")})] == 2
    assert samples["certs_budget_left", budget] == 500
    assert samples["certs_workers", frozenset()] == 0


def test_nobody_else_sees_the_metrics(installation: Installation):
    client = TestClient(create_app(installation))
    assert client.get("/metrics").json()["code"] == 2
    wrong = client.get("/metrics", headers={"Authorization": "Bearer guess"})
    assert "certs_mails" not in wrong.text
