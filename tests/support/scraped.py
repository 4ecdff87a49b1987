"""What a monitoring system reads at `/metrics`."""

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from shared.events.installation import Installation
from tests.conftest import OWNER_TOKEN

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scrape(installation: Installation) -> Samples:
    return samples_of(TestClient(create_app(installation)))


def samples_of(client: TestClient, token: str = OWNER_TOKEN) -> Samples:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
