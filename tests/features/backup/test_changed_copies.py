"""Somebody changed a backup without keys, whose hashes they made anew: nothing of it leads out of
the folders that files are written to."""

import hashlib
import json
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from shared.errors import ProductError
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.features.backup.backup_file import opened
from shared.features.backup.writing import check
from shared.features.credentials import issuers, stored
from shared.features.credentials.publishing import publish
from shared.log.actor import AT_THE_MACHINE
from shared.rendering.uploads.accepted import accept_inset
from shared.settings import Settings
from tests.support.at_url import change, settings_of
from tests.support.factories import small_picture
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public
from tests.support.moved import restored, written

OUTSIDE = "../../outside"
PATHS = [
    ("issuer", "slug"), ("issuer", "logo"), ("issuer_logo", "sha256"), ("status_list", "public_id"),
    ("achievement", "public_id"), ("certificate", "public_id"), ("picture", "sha256"),
    ("design", "template_sha256"), ("issuer_logo", "content"),
]  # fmt: skip


@pytest.fixture
def public(installation: Installation, event_id: int) -> Installation:
    """An installation with something to publish of each kind."""
    public = made_public(installation)
    issued = issue_for_real(public, event_id)
    stored.sign(public, issued)
    with public.database.writing(by=AT_THE_MACHINE) as session:
        logo = accept_inset(small_picture())
        page = "https://shelter.example.org"
        shelter = issuers.create(session, "shelter", "City Shelter", page, logo)
        issuers.active_key(session, public.seal, shelter)
    return public


@pytest.fixture
def place(public: Installation, tmp_path: Path) -> Settings:
    """Where it is restored: the keys are there."""
    folder = tmp_path / "place"
    folder.mkdir()
    shutil.copy(public.settings.data_dir / "secret.key", folder)
    return settings_of(f"sqlite:///{folder / 'certs.sqlite3'}", folder, public_url=PUBLIC)


def changed(public: Installation, file: Path, table: str, **values: Any) -> Path:
    """A copy without keys, whose rows of this table have other values, and the right hashes."""
    written(public.settings, file, None)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts["manifest.json"])
    said, part = manifest["tables"][table], f"tables/{table}.jsonl"
    places = {name: place for place, (name, _) in enumerate(said["columns"])}
    rows = [json.loads(line) for line in parts[part].splitlines()]
    for row in rows[-1:]:
        for name, value in values.items():
            row[places[name]] = value
    parts[part] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    said |= {"bytes": len(parts[part]), "sha256": hashlib.sha256(parts[part]).hexdigest()}
    parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


@pytest.mark.parametrize(("table", "column"), [("issuer", "slug"), ("achievement", "public_id")])
def test_no_published_file_lies_outside_of_its_folder(
    table: str, column: str, public: Installation, place: Settings, tmp_path: Path
):
    copy = changed(public, tmp_path / "copy.zip", table, **{column: OUTSIDE})
    folder = tmp_path / "web" / "certificates"
    with suppress(ProductError):
        restored(place, copy, None)
        there = open_installation(place)
        try:
            publish(there, folder, with_credentials=True)
        finally:
            there.database.close()
    assert not list((tmp_path / "web").glob("[!c]*"))


def test_it_is_neither_restored_nor_called_whole(
    public: Installation, place: Settings, tmp_path: Path
):
    for table, column in PATHS:
        copy = changed(public, tmp_path / "copy.zip", table, **{column: OUTSIDE})
        with opened(copy) as backup, pytest.raises(ProductError, match=f"damaged: {table}"):
            check(backup, None, lambda rows: None)
        with pytest.raises(ProductError, match=f"damaged: {table}"):
            restored(place, copy, None)


def test_what_was_restored_so_by_an_earlier_version_is_not_published(
    public: Installation, tmp_path: Path
):
    folder = tmp_path / "web" / "certificates"
    change(public.settings.database_url, f"UPDATE achievement SET public_id = '{OUTSIDE}'")
    with pytest.raises(ProductError, match="lies outside of"):
        publish(public, folder)
    assert [file.name for file in folder.parent.iterdir()] == ["certificates"]


def test_the_database_itself_refuses_an_issuer_that_leads_elsewhere(public: Installation):
    for column in ("slug = '../x'", "slug = ''", "slug = 'A'", "logo = 'x'", "logo = '../x'"):
        with pytest.raises(IntegrityError):
            change(public.settings.database_url, f"UPDATE issuer SET {column}")
    with pytest.raises(IntegrityError):
        change(public.settings.database_url, "UPDATE issuer_logo SET sha256 = '../x'")
