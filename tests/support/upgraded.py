"""Stored installations of earlier versions, started with this program."""

import io
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy
import psycopg
import pytest
from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import func, select, update

from api.app import create_app
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.mail.accounts.credentials import enter_password
from shared.mail.accounts.signing_in import sign_in_of
from shared.settings import Settings
from shared.storage.models import (
    Attempt,
    ColleagueInvitation,
    ConsoleSession,
    SendingAccount,
    now,
)
from shared.storage.sealing.passwords import open_password, refresh_binding_of
from tests.installations import restore
from tests.installations.shown import certificates
from tests.support.kept_rows import KeptRows

# Nothing answers there.
_NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Upgraded:
    """An installation after its first start with this program, and what it showed before."""

    installation: Installation
    expected: dict[str, Any]
    api: httpx.Client


@contextmanager
def empty_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    """The address of a database without tables; `kind` is sqlite or postgresql."""
    if kind == "sqlite":
        folder.mkdir(exist_ok=True)
        yield f"sqlite:///{folder / 'stored.sqlite3'}"
        return
    place = request.getfixturevalue("postgresql_server")
    server = f"postgresql://postgres@/postgres?host={place}"
    # Several may be open at the same time.
    name = f"stored_{abs(hash(str(folder)))}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"postgresql+psycopg://postgres@/{name}?host={place}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with empty_database(request, request.param, tmp_path) as url:
        yield url


class Upgrades:
    """Installations after their first start with this program: each started once for a module, and
    its rows and files put back for each test."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path, ends: ExitStack) -> None:
        self._request, self._folder, self._ends = request, folder, ends
        self._made: dict[tuple[str, str], tuple[Upgraded, KeptRows]] = {}

    @contextmanager
    def opened(self, version: str, kind: str) -> Iterator[Upgraded]:
        place = self._folder / f"{version}_{kind}"
        if (version, kind) not in self._made:
            url = self._ends.enter_context(empty_database(self._request, kind, place))
            made = self._ends.enter_context(started(version, url, place))
            self._made[version, kind] = made, KeptRows(made.installation.database)
            shutil.copytree(place / "data", place / "kept")
        made, rows = self._made[version, kind]
        rows.put_back()
        shutil.rmtree(place / "data")
        shutil.copytree(place / "kept", place / "data")
        with TestClient(create_app(made.installation)) as api:
            yield replace(made, api=api)


@pytest.fixture(scope="module")
def upgrades(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgrades]:
    with ExitStack() as ends:
        yield Upgrades(request, tmp_path_factory.mktemp("upgrades"), ends)


@contextmanager
def started(version: str, url: str, folder: Path) -> Iterator[Upgraded]:
    """The stored installation of `version`, in the empty database at `url`."""
    data_dir = folder / "data"
    expected = restore(version, url.partition(":")[0].partition("+")[0], url, data_dir)
    settings = Settings(_env_file=None, data_dir=data_dir, database_url=url, graph_url=_NOWHERE)
    installation = open_installation(settings)
    _come_in_time(installation)
    with TestClient(create_app(installation)) as api:
        yield Upgraded(installation, expected, api)
    installation.database.close()


def _come_in_time(installation: Installation) -> None:
    """Sign-ins and invitations last for days, and the installation is stored for years."""
    tomorrow = now() + timedelta(days=1)
    with installation.database.writing() as session:
        session.execute(update(ConsoleSession).values(expires_at=tomorrow))
        session.execute(update(ColleagueInvitation).values(expires_at=tomorrow))


def move_mail_server(installation: Installation, old: int, new: int) -> None:
    """The stored accounts name a port that some other program may have by now."""
    seal = installation.seal
    with installation.database.writing() as session:
        at_port = select(SendingAccount).where(SendingAccount.port == old)
        for account in session.scalars(at_port).all():
            before = account.signed_in, account.password_shown
            sign_in = sign_in_of(session, account.id)
            password = open_password(seal, account) if account.sealed_password else None
            sealed = sign_in.sealed_refresh_token if sign_in else None
            token = seal.open_bound(sealed, refresh_binding_of(account)) if sealed else None
            account.port = new
            if password:
                enter_password(session, seal, account, password)
                account.signed_in, account.password_shown = before
            if sign_in and token:
                sign_in.sealed_refresh_token = seal.seal_bound(token, refresh_binding_of(account))
        renamed = func.replace(Attempt.account, f":{old}", f":{new}")
        session.execute(update(Attempt).values(account=renamed))


def compare_certificates(upgraded: Upgraded) -> None:
    """Whatever stands is drawn as it was before."""
    expected = upgraded.expected["certificates"]
    standing = set(expected) - replaced(upgraded)
    assert standing
    for public_id, certificate in certificates(upgraded.api, standing).items():
        before = expected[public_id]
        assert certificate["png"] == before["png"], public_id
        assert certificate["jpg"] == before["jpg"], public_id
        assert certificate["pdf_text"] == before["pdf_text"]
        assert _difference(certificate["pdf_look"], before["pdf_look"]) < 0.5


def replaced(upgraded: Upgraded) -> set[str]:
    facts = upgraded.expected["facts"]
    return {public_id for public_id, fact in facts.items() if fact["replaced"]}


def _difference(one: str, other: str) -> float:
    """The mean of what two pictures, as hexadecimal PNG, differ by: 0 to 255."""
    pixels = [
        numpy.asarray(Image.open(io.BytesIO(bytes.fromhex(picture))).convert("L"), int)
        for picture in (one, other)
    ]
    return float(numpy.abs(pixels[0] - pixels[1]).mean())
