"""The volunteer's two calls, as the old frontend makes them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from shared.events.installation import Installation
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.storage.models import Certificate, Mail, MailState, Problem, Status, Volunteer
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.calls import call

__all__ = ["ana", "api", "default_event", "server_url"]


def volunteer(installation: Installation, who: Invited) -> Volunteer:
    with installation.database.reading() as session:
        return session.get_one(Volunteer, who.id)


def settle(installation: Installation, state: MailState, answer: str = "") -> None:
    """What the worker stores after the mail server has answered."""
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail).where(Mail.kind == CERTIFICATE.name)).one()
        mail.state, mail.answer = state, answer
        person = session.get_one(Volunteer, mail.volunteer_id)
        if state == MailState.SENT:
            person.status = Status.MAILED
        else:
            person.problem = Problem.REFUSED_ADDRESS


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
