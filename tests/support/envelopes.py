"""The envelope in which the API answers."""

from typing import Any

import httpx


def assert_envelope(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    content = answer.json()
    assert set(content) == {"code", "data", "message"}
    assert content["code"] == status
    assert content["message"]
    return content
