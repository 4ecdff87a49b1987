"""The six calls answer old clients as promised, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from shared import events
from shared.events.installation import Installation
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Sending,
    Status,
    Volunteer,
)
from shared.storage.sealing.passwords import open_password
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import Invited, ana, api, default_event, png, server_url

__all__ = ["ana", "api", "default_event", "server_url"]


def call(api: httpx.Client, name: str, /, **body: Any) -> dict[str, Any]:
    """The envelope of a POST; the outcomes of calls are HTTP 200."""
    answer = api.post(f"/api/{name}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def owners(api: httpx.Client, name: str, /, **body: Any) -> dict[str, Any]:
    return call(api, name, token=OWNER_TOKEN, **body)


def volunteer(installation: Installation, who: Invited) -> Volunteer:
    with installation.database.reading() as session:
        return session.get_one(Volunteer, who.id)


def settle(installation: Installation, state: MailState, answer: str = "") -> None:
    """What the worker writes when the mail server has answered."""
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail).where(Mail.kind == CERTIFICATE.name)).one()
        mail.state, mail.answer = state, answer
        person = session.get_one(Volunteer, mail.volunteer_id)
        if state == MailState.SENT:
            person.status = Status.MAILED
        else:
            person.problem = Problem.REFUSED_ADDRESS


# getUserInfo


def test_a_link_tells_its_volunteer_who_they_are(api: httpx.Client, ana: Invited) -> None:
    answer = api.get("/api/getUserInfo", params={"token": ana.token}).json()
    assert answer["code"] == 0
    assert answer["message"] == "success"
    expected = {"email": "ana@example.org", "name": "", "status": 1, "pic_url": None}
    assert expected.items() <= answer["data"].items()
    assert answer["data"]["number"].endswith("-000001")


@pytest.mark.parametrize("query", ["", "?token=", "?token=guessed", "?token=" + "x" * 5000])
def test_any_other_link_is_no_user(api: httpx.Client, query: str) -> None:
    answer = api.get(f"/api/getUserInfo{query}")
    assert answer.status_code == 200
    assert answer.json() == {"code": 1, "data": "", "message": "user not in server"}


def test_looking_changes_nothing(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    for _ in range(20):
        assert api.head("/api/getUserInfo", params={"token": ana.token}).status_code == 200
        api.get("/api/getUserInfo", params={"token": ana.token})
    assert volunteer(installation, ana).status == Status.INVITED


# submitUserInfo


def test_a_submitted_name_is_stored_and_on_its_way(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    answer = call(api, "submitUserInfo", token=ana.token, name="Ana Lima")
    assert answer["code"] == 0
    assert answer["data"]["status"] >= 2
    assert answer["data"]["name"] == "Ana Lima"
    assert answer["data"]["delivery"] == "on_its_way"
    assert volunteer(installation, ana).status == Status.SUBMITTED


def test_the_answer_knows_that_the_mail_left(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    call(api, "submitUserInfo", token=ana.token, name="Ana Lima")
    settle(installation, MailState.SENT)
    answer = api.get("/api/getUserInfo", params={"token": ana.token}).json()["data"]
    assert answer["status"] == 4
    assert answer["pic_url"].startswith("http://127.0.0.1:8000/certificates/")


@pytest.mark.parametrize("body", [{}, {"name": None}, {"name": ""}, {"name": " \u3000\t"}])
def test_a_missing_name_comes_before_everything_else(
    api: httpx.Client, body: dict[str, Any]
) -> None:
    assert call(api, "submitUserInfo", token="wrong", **body)["code"] == 1
    assert call(api, "submitUserInfo", **body)["code"] == 1


@pytest.mark.parametrize(
    "body", [{}, {"token": ""}, {"token": "wrong"}, {"token": 17}, {"token": None}]
)
def test_a_wrong_token_is_code_2(api: httpx.Client, body: dict[str, Any]) -> None:
    answer = call(api, "submitUserInfo", name="Ana", **body)
    assert (answer["code"], answer["data"]) == (2, "")


def test_a_mailed_certificate_is_code_3(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    call(api, "submitUserInfo", token=ana.token, name="Ana Lima")
    settle(installation, MailState.SENT)
    answer = call(api, "submitUserInfo", token=ana.token, name="Somebody Else")
    assert answer["code"] == 3
    assert volunteer(installation, ana).name == "Ana Lima"


def test_a_mailed_certificate_can_be_corrected_when_asked_for(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    call(api, "submitUserInfo", token=ana.token, name="Ana Lma")
    settle(installation, MailState.SENT)
    answer = call(api, "submitUserInfo", token=ana.token, name="Ana Lima", correct=True)
    assert (answer["code"], answer["data"]["name"]) == (0, "Ana Lima")


@pytest.mark.parametrize("name", ["Ana\u202eamiL", "\U0010fffd", "W" * 79, "A" * 200])
def test_a_name_that_cannot_stand_is_code_4_and_nothing_is_stored(
    api: httpx.Client, installation: Installation, ana: Invited, name: str
) -> None:
    answer = call(api, "submitUserInfo", token=ana.token, name=name)
    assert answer["code"] == 4
    assert len(answer["message"]) > 20
    assert volunteer(installation, ana).status == Status.INVITED


def test_a_mail_refused_for_good_is_code_4_in_words_for_volunteers(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    call(api, "submitUserInfo", token=ana.token, name="Ana Lima")
    settle(installation, MailState.FAILED, "550 5.1.1 <ana@example.org> unknown")
    answer = api.get("/api/getUserInfo", params={"token": ana.token}).json()["data"]
    assert answer["delivery"] == "failed"
    assert "Ask the organizer to correct your address" in answer["reason"]
    assert "550" not in answer["reason"]


def test_the_same_submit_many_times_at_once_makes_one_certificate(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    def submit(_: int) -> int:
        return call(api, "submitUserInfo", token=ana.token, name="Ana Lima")["code"]

    with ThreadPoolExecutor(12) as visitors:
        assert set(visitors.map(submit, range(12))) == {0}
    with installation.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Certificate)) == 1
        kinds = session.scalars(select(Mail.kind)).all()
    assert sorted(kinds) == [CERTIFICATE.name, INVITATION.name]


# addUserData


def test_addresses_are_added_once_and_refusals_are_explained(api: httpx.Client) -> None:
    lines = [
        " a+tag@example.museum\r",
        "B@EXAMPLE.org,N-7",
        "",
        "b@example.org",
        "o'neill@bücher.example",
        "no-address",
    ]
    answer = owners(api, "addUserData", email=lines)
    assert answer["code"] == 0
    assert (answer["data"]["accepted"], answer["data"]["duplicates"]) == (3, 1)
    assert [line["line"] for line in answer["data"]["refused"]] == [6]
    assert "@" in answer["data"]["refused"][0]["reason"]
    again = owners(api, "addUserData", email=lines)["data"]
    assert (again["accepted"], again["duplicates"]) == (0, 4)


def test_the_number_behind_the_comma_is_the_certificates_number(
    api: httpx.Client, installation: Installation
) -> None:
    owners(api, "addUserData", email=["a@example.org,2026-A,7"])
    with installation.database.reading() as session:
        assert session.scalars(select(Volunteer.number)).one() == "2026-A,7"


def test_the_owner_may_name_another_event(
    api: httpx.Client, installation: Installation, event: Event
) -> None:
    owners(api, "addUserData", email=["a@example.org"], event=event.id)
    owners(api, "addUserData", email=["b@example.org"], event=event.name)
    with installation.database.reading() as session:
        assert set(session.scalars(select(Volunteer.event_id))) == {event.id}
    assert owners(api, "addUserData", email=["c@example.org"], event="none of ours")["code"] == 4


@pytest.mark.parametrize("token", ["1234", "", None, 5, ["x"]])
def test_organizers_calls_need_an_organizers_token(api: httpx.Client, token: Any) -> None:
    for name in ("addUserData", "updateOrgConfig", "email"):
        answer = call(api, name, token=token, email=[], action="query")
        assert (answer["code"], answer["data"]) == (2, "")


# Events of others


@pytest.mark.parametrize("by", ["id", "name"])
def test_an_organizers_token_changes_no_event_but_its_own(
    api: httpx.Client, installation: Installation, default_event: Event, by: str
) -> None:
    with installation.database.writing() as session:
        own, token = events.create_event(session, name="Beach Day")
        own_id = own.id
    other = getattr(default_event, by)
    calls: dict[str, dict[str, Any]] = {
        "addUserData": {"email": ["a@example.org"]},
        "updateOrgConfig": {"name": "Somebody else"},
        "email": {"action": "send"},
    }
    for name, body in calls.items():
        assert call(api, name, token=token, event=other, **body)["code"] == 4, name
        # It is the event that is refused.
        assert call(api, name, token=token, **body)["code"] == 0, name
    files = {"template": ("template.png", png())}
    upload = api.post(
        "/api/uploadImage", headers={"Token": token}, files=files, data={"event": str(other)}
    )
    assert upload.json()["code"] == 4
    with installation.database.reading() as session:
        untouched = session.get_one(Event, default_event.id)
        assert (untouched.organization, untouched.design) == (default_event.organization, None)
        listed = session.scalars(select(Volunteer.event_id)).all()
    assert listed == [own_id]


# uploadImage


@pytest.mark.parametrize("header", ["Token", "token", "TOKEN"])
def test_an_uploaded_picture_becomes_the_template(api: httpx.Client, header: str) -> None:
    files = {"template": ("a.png", png(1000, 700))}
    answer = api.post("/api/uploadImage", headers={header: OWNER_TOKEN}, files=files).json()
    assert answer["code"] == 0
    assert (answer["data"]["width"], answer["data"]["height"]) == (1000, 700)
    assert answer["data"]["print"]["verdict"] == "soft"
    assert answer["data"]["warnings"]


def test_uploading_needs_the_token(api: httpx.Client) -> None:
    files = {"template": ("a.png", png())}
    for headers in ({}, {"Token": "1234"}):
        assert api.post("/api/uploadImage", headers=headers, files=files).json()["code"] == 2


@pytest.mark.parametrize("content", [b"", b"no picture", png()[:300], b"GIF89a" + bytes(50)])
def test_what_is_no_usable_picture_is_code_4(api: httpx.Client, content: bytes) -> None:
    headers = {"Token": OWNER_TOKEN}
    files = {"template": ("a.png", content)}
    answer = api.post("/api/uploadImage", headers=headers, files=files)
    assert (answer.status_code, answer.json()["code"]) == (200, 4)
    assert answer.json()["message"]


def test_an_upload_without_a_picture_is_code_4(api: httpx.Client) -> None:
    answer = api.post("/api/uploadImage", headers={"Token": OWNER_TOKEN})
    assert (answer.status_code, answer.json()["code"]) == (200, 4)


# updateOrgConfig


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


# email


def give_a_certificate(api: httpx.Client) -> None:
    files = {"template": ("a.png", png(600, 400))}
    assert api.post("/api/uploadImage", headers={"Token": OWNER_TOKEN}, files=files).is_success


def test_sending_twice_queues_nobody_twice(api: httpx.Client) -> None:
    give_a_certificate(api)
    owners(api, "addUserData", email=["a@example.org", "b@example.org"])
    assert owners(api, "email", action="send")["data"]["queued"] == 2
    assert owners(api, "email", action="send")["data"]["queued"] == 0


def test_an_old_client_may_send_before_its_picture_is_there_and_before_its_list(
    api: httpx.Client,
) -> None:
    assert owners(api, "email", action="send")["data"]["queued"] == 0
    owners(api, "addUserData", email=["a@example.org"])
    assert owners(api, "email", action="send")["data"]["queued"] == 1
    found = owners(api, "email", action="check")["data"]["findings"]
    assert ("Certificate", "red") in {(item["subject"], item["level"]) for item in found}


def test_an_unknown_placeholder_stops_a_sending_and_is_named(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    give_a_certificate(api)
    owners(api, "addUserData", email=["a@example.org"])
    with installation.database.writing() as session:
        wording = {"reminder": {"subject": "Dear {nmae}", "body": ""}}
        session.get_one(Event, default_event.id).wording = wording
    answer = owners(api, "email", action="send")
    assert (answer["code"], answer["data"]) == (4, "")
    assert "{nmae}" in answer["message"]


def test_what_is_amber_stops_no_program(api: httpx.Client) -> None:
    """No organization, no worker, rehearsal: the mails are queued, as they always were."""
    give_a_certificate(api)
    owners(api, "addUserData", email=["a@example.org"])
    found = owners(api, "email", action="check")["data"]["findings"]
    assert "amber" in {item["level"] for item in found}
    assert owners(api, "email", action="send")["code"] == 0


def test_a_query_counts_and_explains(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    give_a_certificate(api)
    owners(api, "addUserData", email=["a@example.org", "b@example.org"])
    owners(api, "email", action="send")
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail).order_by(Mail.id)).first()
        mail.state, mail.code, mail.answer = MailState.FAILED, 550, "5.1.1 no such user"
        session.get_one(Event, default_event.id).sending = Sending.STOPPED
    answer = owners(api, "email", action="query")
    assert answer["code"] == 0
    data = answer["data"]
    assert data["status"] == {"0": 2, "1": 0, "2": 0, "3": 0, "4": 0}
    assert (data["invitations_to_go"], data["certificates_to_go"]) == (1, 0)
    assert data["failures"][0]["email"] == "a@example.org"
    assert (data["failures"][0]["code"], data["failures"][0]["reason"]) == (
        550,
        "5.1.1 no such user",
    )
    assert (data["paused"], data["sending"], data["paused_until"]) == (True, "stopped", None)


def test_a_query_counts_the_failures_that_it_does_not_list(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    give_a_certificate(api)
    owners(api, "addUserData", email=[f"v{number}@example.org" for number in range(250)])
    owners(api, "email", action="send")
    with installation.database.writing() as session:
        session.execute(update(Mail).values(state=MailState.FAILED))
    data = owners(api, "email", action="query")["data"]
    assert (len(data["failures"]), data["failures_total"]) == (200, 250)


def test_a_query_says_until_when_the_mail_server_made_us_wait(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    owners(api, "updateOrgConfig", username="thanks@example.org", password="x")
    assert owners(api, "email", action="query")["data"]["paused"] is False
    until = datetime.now(UTC) + timedelta(minutes=15)
    with installation.database.writing() as session:
        account = session.get_one(Event, default_event.id).account
        assert account
        account.paused_until, account.trouble_code = until, 421
        account.trouble_text = "4.7.0 too many mails"
    data = owners(api, "email", action="query")["data"]
    assert (data["paused"], data["sending"]) == (True, "paused")
    assert datetime.fromisoformat(data["paused_until"]) == until
    assert data["paused_reason"]


@pytest.mark.parametrize("action", [{}, {"action": ""}, {"action": "dance"}])
def test_another_action_is_code_4(api: httpx.Client, action: dict[str, str]) -> None:
    assert owners(api, "email", **action)["code"] == 4
