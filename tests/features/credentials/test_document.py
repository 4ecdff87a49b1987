"""What a credential says, as validators and wallets look for it."""

import json
import re
from datetime import datetime
from typing import Any

import pytest

from shared.features.credentials import proofs
from shared.features.credentials.document import CONTEXTS, AchievementFacts
from shared.storage.models import NameFrom
from tests.support.credentials import AT, DID, SITE, statement


@pytest.fixture
def document() -> dict[str, Any]:
    return statement().document()


def test_it_keeps_the_rules_of_1edtechs_validator(document: dict[str, Any]) -> None:
    """Open Badges 3.0, and what its validator checks of an OpenBadgeCredential."""
    assert document["@context"] == CONTEXTS
    assert document["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert re.fullmatch(r".*/ob/v3p0/context-3\.0\.\d\.json", document["@context"][1])
    assert {"VerifiableCredential", "OpenBadgeCredential"} <= set(document["type"])
    assert re.fullmatch(r"https://\S+", document["id"])
    issuer = document["issuer"]
    assert (issuer["id"], issuer["type"], issuer["url"]) == (DID, ["Profile"], SITE)
    assert datetime.fromisoformat(document["validFrom"]).tzinfo is not None
    subject = document["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert subject["id"].startswith("urn:uuid:")
    [identity] = subject["identifier"]
    assert identity["type"] == "IdentityObject"
    assert (identity["identityType"], identity["hashed"]) == ("name", False)
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    assert achievement["achievementType"] == "CommunityService"
    assert re.fullmatch(r"https://\S+\.json", achievement["id"])
    assert all([achievement["name"], achievement["description"]])
    assert achievement["criteria"]["narrative"]
    described = {one["id"]: one for one in achievement["resultDescription"]}
    for result in subject["result"]:
        assert result["type"] == ["Result"]
        assert re.fullmatch(r"Result|ext:\w+", described[result["resultDescription"]]["resultType"])
    status = document["credentialStatus"]
    assert status["type"] == "BitstringStatusListEntry"
    assert status["statusPurpose"] == "revocation"
    assert isinstance(status["statusListIndex"], str)


def test_it_says_hours_role_number_and_date(document: dict[str, Any]) -> None:
    subject = document["credentialSubject"]
    assert subject["licenseNumber"] == "2026-000123"
    assert subject["role"] == "Guide"
    assert [one["value"] for one in subject["result"]] == ["39 hours", "Guide"]
    assert subject["achievement"]["resultDescription"][0]["resultType"] == "ext:Hours"
    assert "Hours: 39 hours" in document["description"]
    assert "November 28, 2026" in document["description"]


def test_the_organization_is_a_fact_and_never_the_issuer(document: dict[str, Any]) -> None:
    narrative = document["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert "as stated by the organizer: City" in narrative
    assert document["issuer"]["name"] != "City"


def test_it_is_written_in_the_language_of_the_certificate() -> None:
    chinese = AchievementFacts("河道清理", "市政府", (("时长", True),), "zh")
    values = [("时长", "39 小时")]
    document = statement(achievement=chinese, values=values).document()
    assert document["description"] == "证书上的日期：2026年11月28日、时长: 39 小时"
    narrative = document["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert narrative == "志愿服务：河道清理。 主办单位（由组织者填写）：市政府。"


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("[Prize](https://evil.example)", r"\[Prize\](https://evil.example)"),
        ("Run\u202eevil\u2066", "Run evil"),
        ("A\nB", "A B"),
    ],
)
def test_markup_and_controls_do_nothing_in_a_verifiers_output(event: str, shown: str) -> None:
    document = statement(achievement=AchievementFacts(event, "", (), "en"), values=[]).document()
    narrative = document["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert narrative == f"Volunteered: {shown}."
    assert not re.search("[\u0000-\u001f\u202a-\u202e\u2066-\u2069]", json.dumps(document))
    proofs.canonical(document)


@pytest.mark.parametrize(
    ("name_from", "language", "said"),
    [
        (NameFrom.LIST, "en", "Guide. The name is from the organizer's list."),
        (NameFrom.RECIPIENT, "en", "Guide. The name was given by the recipient."),
        (NameFrom.CONFIRMED, "zh", "Guide。姓名来自组织者的名单，并经收件人确认。"),
        (NameFrom.ORGANIZER, "zh", "Guide。姓名由组织者填写。"),
        (None, "en", "Role: Guide"),
    ],
)
def test_whose_word_the_name_is_stands_at_the_end(
    name_from: NameFrom | None, language: str, said: str
) -> None:
    thanked = AchievementFacts("Run", "", (("Hours", True), ("Role", False)), language)
    document = statement(name_from=name_from, achievement=thanked).document()
    assert document["description"].endswith(said)
    proofs.canonical(document)


def test_the_days_of_the_event_are_told_to_people_as_well() -> None:
    begin, end = (AT.replace(day=day) for day in (27, 28))
    document = statement(begin=begin, end=end).document()
    assert "Days of the event: November 27, 2026 – November 28, 2026, H" in document["description"]
    document = statement(begin=begin, end=begin).document()
    assert "Days of the event: November 27, 2026, H" in document["description"]


def test_without_public_columns_there_are_no_results() -> None:
    document = statement(achievement=AchievementFacts("Run", "", (), "en"), values=[]).document()
    assert not {"result", "role"} & document["credentialSubject"].keys()
    assert "resultDescription" not in document["credentialSubject"]["achievement"]
    proofs.canonical(document)
