"""Calls and pages one after the other, each with what earlier ones have revealed: no answer is a
fault of ours, each call's is a described one, and nobody's status goes back."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from api.app import create_app
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.settings import Settings
from shared.storage.models import Volunteer
from tests.conftest import OWNER_TOKEN, _sqlalchemy_url
from tests.support import factories
from tests.support.postgresql import Databases

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PAGES = (
    *("/", "/certificate", "/my-data", "/my-data.json", "/my-data/erase", "/erase", "/link-asked"),
    *("/reminders/{key}", "/my-certificate.pdf", "/personal-link", "/verify/{key}", "/metrics"),
    *("/verify/{key}/card.jpg", "/verify/{key}/void.jpg", "/certificates/{key}.pdf", "/docs"),
    *("/sample/certificate", "/sample/api/preview", "/sample/certificates/{key}.png"),
)
# Tokens of links and public ids, wherever they stand in an answer.
_REVEALED = re.compile(rb"[\w-]{20,120}")
_WORDS = st.text(max_size=20) | st.sampled_from(["Ana Lima", "李娜", "\ud800", "\0", "a" * 500])

NewInstallation = Callable[[], Any]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_installation(
    request: pytest.FixtureRequest, usual_settings: Settings, tmp_path: Path
) -> NewInstallation:
    """Opens one with an event whose people are invited, for as long as its block lasts."""

    @contextmanager
    def address() -> Iterator[str]:
        if request.param == "sqlite":
            file = tmp_path / "certs.sqlite3"
            shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
            yield f"sqlite:///{file}"
            return
        databases: Databases = request.getfixturevalue("postgresql_databases")
        name = databases.take()
        yield _sqlalchemy_url(request.getfixturevalue("postgresql_server"), name)
        databases.give_back(name)

    @contextmanager
    def opened() -> Iterator[Installation]:
        with address() as url:
            own = {"data_dir": tmp_path / "data", "database_url": url}
            installation = open_installation(usual_settings.model_copy(update=own))
            yield installation
            installation.database.close()

    return opened


class Visitors(RuleBasedStateMachine):
    """Strangers, volunteers and organizers of one installation."""

    new_installation: NewInstallation

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.installation: Installation = self.stack.enter_context(type(self).new_installation())
        database = self.installation.database
        with database.writing() as session:
            event, token = create_event(session, name="Harbour Run 2026", language="en")
        factories.design(database, event.id)
        factories.add(database, event.id, "ana@example.org,7\nbo@example.org")
        links = factories.invite(self.installation, event.id)
        self.known = ["", OWNER_TOKEN, token, *links.values()]
        self.statuses: dict[int, int] = {}
        app = create_app(self.installation)
        self.calls = [
            found.ok()
            for found in schemathesis.openapi.from_asgi("/openapi.json", app).get_all_operations()
        ]
        self.browser = self.stack.enter_context(
            TestClient(app, raise_server_exceptions=False, follow_redirects=False)
        )

    @rule(data=st.data())
    def call(self, data: st.DataObject) -> None:
        called = data.draw(st.sampled_from(self.calls))
        mode = data.draw(st.sampled_from(list(GenerationMode)))
        case = data.draw(called.as_strategy(generation_mode=mode))
        token = data.draw(st.sampled_from(self.known))
        case.headers["Token"] = token
        if isinstance(case.body, dict) and data.draw(st.booleans()):
            case.body["token"] = token
        if "token" in (case.query or {}):
            case.query["token"] = token
        if "public_id" in (case.path_parameters or {}):
            case.path_parameters["public_id"] = token or "x"
        answer = case.call()
        case.validate_response(answer, checks=CHECKS)
        self.keep(answer.content)

    @rule(
        page=st.sampled_from(PAGES),
        method=st.sampled_from(["GET", "HEAD", "POST"]),
        name=_WORDS,
        data=st.data(),
    )
    def visit(self, page: str, method: str, name: str, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.known))
        said = {"token": key, "key": key, "address": name, "certificate": key, "name": name}
        form = {field: said[field].encode("utf-8", "surrogatepass") for field in said}
        sent = {"data": form} if method == "POST" else {}
        path = page.replace("{key}", key or "x")
        answer = self.browser.request(method, path, params={"token": key, "key": key}, **sent)
        assert answer.status_code < 500, answer.text
        assert "Content-Security-Policy" in answer.headers
        self.keep(answer.content)

    def keep(self, content: bytes) -> None:
        for found in _REVEALED.findall(content[:100_000])[:5]:
            if (text := found.decode()) not in self.known and len(self.known) < 40:
                self.known.append(text)

    @invariant()
    def nobodys_status_goes_back(self) -> None:
        if hasattr(self, "statuses"):
            with self.installation.database.reading() as session:
                found = session.execute(select(Volunteer.id, Volunteer.status))
                statuses = {person: int(status) for person, status in found}
            assert all(statuses[person] >= was for person, was in self.statuses.items())
            self.statuses = statuses

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()


def test_no_sequence_of_calls_and_visits_finds_a_fault(
    new_installation: NewInstallation, rounds: Iterator[int]
) -> None:
    visitors = type("Visitors", (Visitors,), {"new_installation": staticmethod(new_installation)})
    for examples in rounds:
        run_state_machine_as_test(
            visitors,
            settings=settings(
                max_examples=max(2, examples // 40),
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
