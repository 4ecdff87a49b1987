"""The examples in the documents are run, one after the other, against the API."""

import json
import re
from pathlib import Path
from typing import Any

import httpx

from shared.events.installation import Installation
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, default_event, png, server_url
from tests.support.known_names import mails_of

__all__ = ["api", "default_event", "server_url"]

DOCUMENT = Path(__file__).parents[3] / "docs/api.md"
CALL = re.compile(r"^curl -s \$API(/api/\w+) +-d '(\{.*\})'", re.M)


def calls_under(heading: str) -> list[tuple[str, dict[str, Any]]]:
    """The path and body of each call in a section of the document."""
    section = DOCUMENT.read_text("utf-8").partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    found = CALL.findall(section.replace("'$TOKEN'", OWNER_TOKEN))
    return [(path, json.loads(body)) for path, body in found]


def test_the_three_stories_do_what_the_document_says(
    api: httpx.Client, installation: Installation, default_event
) -> None:
    files = {"template": ("certificate.png", png())}
    api.post("/api/uploadImage", headers={"Token": OWNER_TOKEN}, files=files)
    calls = calls_under("## Who decides the names")
    assert [body["names"] for _, body in calls if "names" in body] == ["ask", "issue", "check"]
    for path, body in calls:
        answer = api.post(path, json=body).json()
        assert answer["code"] == 0, answer
    assert [(who, kind) for who, kind, _ in mails_of(installation.database, default_event.id)] == [
        ("ana", "invitation"),
        ("bo", "invitation"),
        ("cai", "certificate"),
        ("dana", "invitation"),
    ]


def test_errors_are_answered_as_the_document_shows(api: httpx.Client, default_event) -> None:
    text = DOCUMENT.read_text("utf-8").partition("\n## Errors, by example\n")[2]
    examples = re.findall(r"^(curl .*)\n# (\{.*\})$", text.partition("\n## ")[0], re.M)
    assert len(examples) == 7
    for call, shown in examples:
        ((path, body),) = CALL.findall(call.replace("'$TOKEN'", OWNER_TOKEN))
        answer = api.post(path, content=body.encode(), headers={"Accept-Language": "en"})
        assert answer.json() == json.loads(shown), call
        assert answer.status_code == (200 if answer.json()["code"] < 100 else answer.json()["code"])
