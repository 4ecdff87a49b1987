"""The six calls as programs make them."""

from typing import Any

import httpx

from tests.conftest import OWNER_TOKEN


def call(api: httpx.Client, name: str, /, **body: Any) -> dict[str, Any]:
    """The envelope of a POST; the outcomes of calls are HTTP 200."""
    answer = api.post(f"/api/{name}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def owners(api: httpx.Client, name: str, /, **body: Any) -> dict[str, Any]:
    return call(api, name, token=OWNER_TOKEN, **body)
