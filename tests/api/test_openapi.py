"""Whether or not a request matches the API's description, the answer is one that it describes."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from shared.events.installation import Installation
from tests.conftest import OWNER_TOKEN
from tests.support.one_database import database_url

__all__ = ["database_url"]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Enough to have found each crash that was there; more examples only cost time.
bounded = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("token", ["", OWNER_TOKEN], ids=["stranger", "owner"])
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_a_described_one(
    installation: Installation, mode: GenerationMode, token: str
) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(installation))
    asked = []
    for operation in schema.get_all_operations():
        call = operation.ok()
        asked.append(call.path)

        @given(case=call.as_strategy(generation_mode=mode))
        @bounded
        def answers_as_described(case: schemathesis.Case) -> None:
            if token:
                case.headers["Token"] = token
            if token and isinstance(case.body, dict):
                case.body["token"] = token
            case.call_and_validate(checks=CHECKS)

        try:
            answers_as_described()
        except Unsatisfiable:
            # A call without any input has no wrong input either.
            assert call.path == "/health"
    assert len(asked) == 10
