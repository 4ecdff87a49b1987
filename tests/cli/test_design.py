"""`certs design`: a script starts with one of our designs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from shared.certificates.designs.designs import layout_of
from shared.cli import design
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.rendering.gallery.catalogue import STYLES, DesignChoice, style_named
from shared.settings import Settings
from shared.storage.models import Event
from tests.support.certs_command import certs, environment
from tests.support.factories import add, seal

__all__ = ["environment"]


@pytest.fixture
def installation(environment: dict[str, str], tmp_path: Path) -> Iterator[Installation]:
    settings = Settings(
        data_dir=tmp_path / "data", database_url="", admin_token=environment["ADMIN_TOKEN"]
    )
    installation = open_installation(settings)
    yield installation
    installation.database.close()


def test_a_record_is_used_with_a_logo_and_its_cells(
    environment: dict[str, str], installation: Installation, tmp_path: Path
):
    add(installation.database, 1, "email,Hours,team\nana@example.org,12,Water")
    (tmp_path / "logo.png").write_bytes(seal())
    used = certs(
        environment, "design", "use", "record", "--language", "en", "--portrait",
        "--title", "Proof of Service", "--colour", "#004422", "--logo", str(tmp_path / "logo.png"),
        "--cell", "content=@team", "--cell", "head=Ana Souza",
    )  # fmt: skip
    assert (used.returncode, used.stderr) == (0, "")
    with installation.database.reading() as session:
        fields = {one.id: one for one in layout_of(session.get_one(Event, 1).design).fields}
    assert fields["title"].content == "Proof of Service"
    assert fields["title"].color == "#004422"
    cells = {name: (fields[name].kind, fields[name].content) for name in fields if "cell" in name}
    assert cells["cell-hours"] == ("column", "Hours")
    assert cells["cell-content"] == ("column", "team")
    assert cells["cell-head"] == ("text", "Ana Souza")


def test_the_gallery_is_told(capsys: pytest.CaptureFixture[str]):
    design.show_gallery()
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told[:-1]] == [style.name for style in STYLES]
    assert "hours" in told[-1]


def test_what_cannot_be_meant_is_said():
    with pytest.raises(typer.BadParameter, match="there is no design"):
        design.use("no-such")
    with pytest.raises(typer.BadParameter, match="en"):
        design.use("record", language="fr")
    with pytest.raises(typer.BadParameter, match="no colour"):
        design.use("record", colour=["red"])
    for style, cell, answer in (
        ("waves", "hours=12", "no cell of this design"),
        ("record", "name=Ana", "no cell of this design"),
        ("record", "hours=@Hours", "the list has no column"),
    ):
        choice = DesignChoice(style_named(style), "en", "Thanks")
        with pytest.raises(typer.BadParameter, match=answer):
            design._cells(choice, [cell], ["team"])
