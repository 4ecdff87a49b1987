"""Whether or not a request matches the API's description, the answer is one that it describes."""

import httpx
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
from shared import product_version
from shared.events.installation import Installation
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, server_url
from tests.support.one_database import database_url
from tests.support.thorough import THOROUGH

__all__ = ["api", "database_url", "server_url"]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Enough to have found each crash that was there; more examples only cost time.
bounded = settings(
    max_examples=25 if THOROUGH else 10,
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
            # A call without any input has no wrong input, and any text is the id of something.
            assert call.path in ("/health", "/metrics") or "{" in call.path
    assert len(asked) == 17


def test_it_says_what_program_it_is_how_to_be_let_in_and_how_a_call_looks(
    installation: Installation,
) -> None:
    described = create_app(installation).openapi()
    assert described["info"]["version"] == product_version()
    schemes = described["components"]["securitySchemes"]
    needed = {
        path: [name for one in call.get("security", []) for name in one]
        for path, methods in described["paths"].items()
        for call in methods.values()
    }
    assert schemes[needed["/api/uploadImage"][0]] | {"description": ""} == {
        "type": "apiKey", "in": "header", "name": "Token", "description": "",
    }  # fmt: skip
    assert schemes[needed["/metrics"][0]]["scheme"] == "bearer"
    for name in ("AddUserData", "OrgConfig", "Mailing", "SubmitUserInfo", "Preview"):
        assert described["components"]["schemas"][name]["examples"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/verify", "GET, POST, HEAD"), ("/api/email", "POST"), ("/verify/x", "GET, HEAD")],
)
def test_a_method_that_an_address_does_not_take_is_answered_with_all_that_it_takes(
    api: httpx.Client, path: str, allowed: str
) -> None:
    answer = api.delete(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
