"""What providers answer: refusals become waiting or a sentence, and rubbish becomes nothing."""

import json
import re

import pytest

from shared.errors import (
    ACCESS_BLOCKED,
    ADMINISTRATOR_NEEDED,
    ENDED,
    NOT_ASSIGNED,
    PROGRAM_REFUSED,
    SignInBusy,
    SignInEnded,
)
from shared.mail.tokens import provider
from shared.mail.tokens.access import access_token
from tests.support.mail_sign_ins import (
    SENDER,
    expire,
    identity,
    served_identity,
    signed_in,
    stored,
)
from tests.support.one_database import database_url

__all__ = ["database_url", "identity", "served_identity", "signed_in"]


@pytest.mark.parametrize(
    ("error", "description", "expected"),
    [
        ("invalid_grant", "AADSTS700082: idle for 90 days", ENDED),
        ("invalid_grant", "AADSTS50173: the password was changed", ENDED),
        ("interaction_required", "AADSTS50076", ENDED),
        ("invalid_grant", "AADSTS65001: consent", ADMINISTRATOR_NEEDED),
        ("invalid_grant", "AADSTS90094: an administrator", ADMINISTRATOR_NEEDED),
        ("consent_required", "", ADMINISTRATOR_NEEDED),
        ("invalid_client", "AADSTS7000222: expired keys", PROGRAM_REFUSED),
        ("unauthorized_client", "", PROGRAM_REFUSED),
        ("invalid_grant", "AADSTS53003: blocked by conditional access", ACCESS_BLOCKED),
        ("interaction_required", "AADSTS530003: the device must be managed", ACCESS_BLOCKED),
        ("invalid_grant", "AADSTS50105: not assigned to a role", NOT_ASSIGNED),
        ("invalid_resource", "AADSTS500011: the resource was not found", PROGRAM_REFUSED),
        ("unauthorized_client", "AADSTS700016: application not found", PROGRAM_REFUSED),
        # The error decides, whatever number stands in the description.
        ("temporarily_unavailable", "AADSTS50173", None),
        ("invalid_grant", "AADSTS50196: a loop", None),
        ("never heard of", "", ENDED),
    ],
)
def test_what_a_provider_says_becomes_waiting_or_a_sentence(
    signed_in, identity, error, description, expected
):
    expire(signed_in[0])
    identity.refuses = (400, error, description)
    with pytest.raises((SignInEnded, SignInBusy)) as refusal:
        access_token(*signed_in)
    if expected is None:
        assert isinstance(refusal.value, SignInBusy)
        assert stored(*signed_in).trouble == ""
    else:
        assert refusal.value.message == expected.message
        number = re.search(r"AADSTS\d+", description)
        kept = f"{expected.word} {number[0] if number else ''}".strip()
        assert stored(*signed_in).trouble == kept


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_provider_that_is_busy_is_asked_again_later(signed_in, identity, status):
    expire(signed_in[0])
    identity.refuses = (status, "anything", "")
    with pytest.raises(SignInBusy):
        access_token(*signed_in)
    identity.refuses = None
    assert identity.opens(access_token(*signed_in), SENDER)


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>",
        b"[]",
        b'{"token_type": "Bearer"}',
        json.dumps({"access_token": "a\u0001auth=Bearer b", "token_type": "Bearer"}).encode(),
        json.dumps({"access_token": "t" * 20_000, "token_type": "Bearer"}).encode(),
        json.dumps({"access_token": 5, "token_type": "Bearer"}).encode(),
        json.dumps({"access_token": "t", "token_type": "Bearer", "expires_in": "soon"}).encode(),
        b'{"access_token": "t", "token_type": "Bearer", "id_token": "no dots"}',
        b'{"access_token": "t", "token_type": "Bearer", "id_token": "e30.W10.e30"}',
        b'{"access_token": "t", "token_type": "Bearer", "expires_in": 1e999}',
        b'{"access_token": "t", "expires_in": ' + b"1" * 5000 + b"}",
        b" " * 300_000,
        b"[" * 200_000,
    ],
    ids=range(13),
)
def test_what_is_no_answer_of_a_provider_is_asked_for_again(signed_in, identity, answer):
    expire(signed_in[0])
    identity.says = answer
    with pytest.raises(SignInBusy):
        access_token(*signed_in)
    identity.says = None
    assert identity.opens(access_token(*signed_in), SENDER)


def test_a_provider_that_does_not_answer_is_waited_for_some_seconds(
    signed_in, identity, monkeypatch
):
    monkeypatch.setattr(provider, "LONGEST_SECONDS", 0.3)
    expire(signed_in[0])
    identity.delay = 1
    with pytest.raises(SignInBusy):
        access_token(*signed_in)
