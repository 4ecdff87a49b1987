"""The call that configures an event: each field may come alone, first, empty or invalid."""

from typing import Any

import httpx
import pytest

from shared.events.installation import Installation
from shared.storage.models import Event
from shared.storage.sealing.passwords import open_password
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import Invited, ana, api, default_event, png, server_url
from tests.support.calls import owners

__all__ = ["ana", "api", "default_event", "server_url"]


def stored_event(installation: Installation, id: int) -> tuple[Event, dict[str, Any]]:
    with installation.database.reading() as session:
        event = session.get_one(Event, id)
        account = event.account
        return event, dict(vars(account)) if account else {}


def fields(installation: Installation, id: int) -> dict[str, Any]:
    with installation.database.reading() as session:
        design = session.get_one(Event, id).design
        assert design
        return {field["kind"]: field for field in design.layout["fields"]}


def test_settings_arrive_as_the_old_admin_page_sends_them(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    answer = owners(
        api,
        "updateOrgConfig",
        name="Harbour Club",
        website="https://club.example.org",
        frontend_url="https://pages.example.org/thanks",
        username="thanks@example.org",
        password="secret",
        smtp_port="465",
        smtp_ssl="true",
        skip_auth=False,
        min_second=1,
        max_second="2.5",
        name_horizontal_pos=None,
        date_vertical_pos="",
    )
    assert answer["code"] == 0, answer
    event, account = stored_event(installation, default_event.id)
    assert event.organization == "Harbour Club"
    assert event.frontend_url == "https://pages.example.org/thanks"
    assert account["host"] == "smtp.example.org"
    assert (account["port"], account["min_second"], account["max_second"]) == (465, 1, 2.5)
    assert account["sealed_password"] not in (None, "secret")


def test_what_is_empty_stays_as_it_is(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    owners(api, "updateOrgConfig", name="Club", username="a@example.org", password="first")
    before = stored_event(installation, default_event.id)[1]["sealed_password"]
    owners(api, "updateOrgConfig", name=None, username="", password=None, smtp_port="")
    event, account = stored_event(installation, default_event.id)
    assert event.organization == "Club"
    assert (account["username"], account["sealed_password"]) == ("a@example.org", before)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("website", "javascript:alert(1)"),
        ("frontend_url", "ftp://pages.example.org"),
        ("website", "http://a.example\u0000"),
        ("smtp_port", "70000"),
        ("smtp_port", "1.5"),
        ("smtp_port", "mail"),
        ("min_second", "-1"),
        ("max_second", "NaN"),
        ("smtp_ssl", "perhaps"),
        ("username", "no address"),
        ("server_address", "mail server"),
        ("name_horizontal_pos", "left"),
        ("name", "x" * 201),
    ],
)
def test_an_unusable_value_is_named_and_nothing_is_stored(
    api: httpx.Client,
    installation: Installation,
    default_event: Event,
    field: str,
    value: str,
) -> None:
    owners(api, "updateOrgConfig", name="Before", username="a@example.org")
    wanted = {"name": "After", "password": "new", field: value}
    answer = owners(api, "updateOrgConfig", **wanted)
    assert answer["code"] == 4
    assert field in answer["message"]
    event, account = stored_event(installation, default_event.id)
    assert event.organization == "Before"
    assert account["sealed_password"] is None


def test_each_field_may_come_alone_and_first(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    alone = {
        "password": "secret ",
        "server_address": "mail.example.org",
        "smtp_port": 587,
        "smtp_ssl": False,
        "min_second": 2,
        "max_second": "5",
    }
    for field, value in alone.items():
        assert owners(api, "updateOrgConfig", **{field: value})["code"] == 0, field
        assert stored_event(installation, default_event.id)[1] == {}
    assert "secret" not in str(stored_event(installation, default_event.id)[0].early_account)
    assert owners(api, "updateOrgConfig", username="thanks@example.org")["code"] == 0
    event, account = stored_event(installation, default_event.id)
    stored = event.account
    assert stored is not None
    assert (account["host"], account["port"]) == ("mail.example.org", 587)
    assert (account["min_second"], account["max_second"]) == (2, 5)
    assert open_password(installation.seal, stored) == "secret "
    assert event.early_account == {}


@pytest.mark.parametrize(
    ("field", "value"), [("smtp_port", 70000), ("min_second", -1), ("server_address", "a b")]
)
def test_an_unusable_value_is_refused_before_there_is_an_account(
    api: httpx.Client,
    installation: Installation,
    default_event: Event,
    field: str,
    value: Any,
) -> None:
    answer = owners(api, "updateOrgConfig", name="After", **{field: value})
    assert answer["code"] == 4
    assert field in answer["message"]
    event, account = stored_event(installation, default_event.id)
    assert (event.organization, event.early_account, account) == ("", {}, {})


def test_positions_are_template_pixels(
    api: httpx.Client, installation: Installation, ana: Invited, default_event: Event
) -> None:
    owners(
        api,
        "updateOrgConfig",
        name_horizontal_pos=400,
        name_vertical_pos="310",
        serial_number_horizontal_pos=87.7,
        serial_number_vertical_pos=558,
        date_horizontal_pos=-1,
        date_vertical_pos=-1,
    )
    placed = fields(installation, default_event.id)
    name = placed["name"]["box"]
    assert (name["left"] + name["width"] / 2) * 877 == pytest.approx(400)
    assert name["top"] * 620 == pytest.approx(310)
    assert placed["number"]["box"]["left"] == pytest.approx(0.1)
    assert placed["number"]["box"]["top"] == pytest.approx(0.9)
    assert placed["date"]["shown"] is False


def test_half_a_position_keeps_the_other_half(
    api: httpx.Client, installation: Installation, ana: Invited, default_event: Event
) -> None:
    owners(api, "updateOrgConfig", name_horizontal_pos=400, name_vertical_pos=310)
    owners(api, "updateOrgConfig", name_vertical_pos=200, name_horizontal_pos=None)
    box = fields(installation, default_event.id)["name"]["box"]
    assert (box["left"] + box["width"] / 2) * 877 == pytest.approx(400)
    assert box["top"] * 620 == pytest.approx(200)


def test_saving_only_a_password_moves_nothing(
    api: httpx.Client, installation: Installation, ana: Invited, default_event: Event
) -> None:
    before = fields(installation, default_event.id)
    untouched = dict.fromkeys(
        [
            "name_horizontal_pos",
            "name_vertical_pos",
            "serial_number_horizontal_pos",
            "serial_number_vertical_pos",
            "date_horizontal_pos",
            "date_vertical_pos",
        ],
        0,
    )
    owners(api, "updateOrgConfig", username="a@example.org", password="x", **untouched)
    assert fields(installation, default_event.id) == before


def test_positions_may_come_before_the_picture(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    owners(api, "updateOrgConfig", name_horizontal_pos=150, name_vertical_pos=100)
    files = {"template": ("a.png", png(600, 400))}
    api.post("/api/uploadImage", headers={"Token": OWNER_TOKEN}, files=files)
    box = fields(installation, default_event.id)["name"]["box"]
    assert (box["left"] + box["width"] / 2, box["top"]) == pytest.approx((0.25, 0.25))
