"""An account is signed in to at its provider, or opened by a password: one replaces the other."""

from dataclasses import replace

import pytest

from shared.destinations import ANYWHERE, PUBLIC
from shared.errors import SIGN_IN_NEEDED, SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.health import PASSWORD_NEEDED, waits_for
from shared.mail.accounts.sending_account import set_account, use_account_of
from shared.mail.accounts.signing_in import SignInChoice, judged_choice, sign_in_of
from shared.mail.tokens.provider import registration_of
from shared.mail.transport.protocol import MailProvider
from shared.storage.models import SendingAccount
from tests.support.mail_sign_ins import (
    AT_MICROSOFT,
    SENDER,
    identity,
    served_identity,
    signed_in,
    stored,
)
from tests.support.one_database import database_url

__all__ = ["database_url", "identity", "served_identity", "signed_in"]

OTHER = SignInChoice(
    MailProvider.OTHER,
    "mail offline_access",
    "https://login.example.org/authorize",
    "https://login.example.org/token",
    "certs",
    "the secret",
)


def change(installation: Installation, event_id: int, **given: object) -> SendingAccount:
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        return set_account(session, installation.seal, event, **given)  # type: ignore[arg-type]


def is_signed_in(signed_in: tuple[Installation, int]) -> bool:
    return stored(*signed_in).signed_in_at is not None


def test_who_chooses_the_provider_gives_the_password_up_and_waits_to_sign_in(
    installation: Installation, event_id: int
):
    change(installation, event_id, username=SENDER, password="s3cret")
    account = change(installation, event_id, sign_in=AT_MICROSOFT)
    assert (account.by_token, account.sealed_password, account.proof) == (True, None, None)
    assert waits_for(account, SIGN_IN_NEEDED.message)


@pytest.mark.parametrize("instead", [{"password": "s3cret"}, {"skip_auth": True}])
def test_a_password_or_none_that_is_wanted_takes_the_place_of_the_sign_in(
    signed_in, event_id, instead
):
    account = change(signed_in[0], event_id, **instead)
    assert not account.by_token
    assert not account.needs_fixing
    with signed_in[0].database.reading() as session:
        assert sign_in_of(session, account.id) is None


@pytest.mark.parametrize("moved", [{"server_address": "smtp.else.example"}, {"smtp_port": 2525}])
def test_the_sign_in_does_not_move_to_another_server(signed_in, event_id, moved):
    account = change(signed_in[0], event_id, **moved)
    assert account.by_token
    assert waits_for(account, SIGN_IN_NEEDED.message)
    assert not is_signed_in(signed_in)


def test_a_change_of_pace_or_the_same_choice_once_more_leaves_it(signed_in, event_id):
    change(signed_in[0], event_id, min_second=1.0, max_second=2.0)
    account = change(signed_in[0], event_id, sign_in=AT_MICROSOFT)
    assert is_signed_in(signed_in)
    assert not account.needs_fixing


def test_who_shares_an_account_chooses_another_way_for_their_own_event_alone(signed_in, event_id):
    installation, account_id = signed_in
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
        use_account_of(session, event_for_change(session, event_id), other)
    own = change(installation, other.id, sign_in=replace(OTHER), reach=PUBLIC)
    assert own.id != account_id
    assert waits_for(own, SIGN_IN_NEEDED.message)
    assert is_signed_in(signed_in)
    alone = change(installation, other.id, server_address="smtp.else.example")
    assert (alone.id, alone.by_token) == (own.id, True)


def test_a_shared_account_that_moves_for_one_event_waits_there_for_a_password(signed_in, event_id):
    installation, account_id = signed_in
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
        use_account_of(session, event_for_change(session, event_id), other)
    own = change(installation, other.id, server_address="smtp.else.example")
    assert (own.id != account_id, own.by_token, waits_for(own, PASSWORD_NEEDED)) == (
        True,
        False,
        True,
    )
    assert is_signed_in(signed_in)


def test_the_secret_of_a_program_stays_with_that_program(installation: Installation, event_id: int):
    account = change(installation, event_id, username=SENDER, sign_in=OTHER)
    kept = change(installation, event_id, sign_in=replace(OTHER, client_secret=None))
    assert secret(installation, kept.id) == "the secret"
    elsewhere = replace(OTHER, client_secret=None, token_url="https://evil.example/token")
    change(installation, event_id, sign_in=elsewhere)
    assert secret(installation, account.id) is None


def secret(installation: Installation, account_id: int) -> str | None:
    row = stored(installation, account_id)
    return registration_of(installation.settings, installation.seal, row).client_secret


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scope", " "),
        ("scope", "pöst"),
        ("client_id", ""),
        ("authorize_url", "http://login.example.org/authorize"),
        ("authorize_url", "javascript:alert(1)"),
        ("token_url", ""),
        ("token_url", "https://user@login.example.org/token"),
        ("token_url", "https://login.example.org/to ken"),
        ("token_url", "https://login.example.org:x/token"),
        ("token_url", "https://10.0.0.1/token"),
        ("token_url", "http://127.0.0.1/token"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_names_the_field(field, value):
    with pytest.raises(SettingRefused) as refusal:
        judged_choice(replace(OTHER, **{field: value}), PUBLIC)
    assert refusal.value.details["field"] == field


def test_the_owner_may_name_a_provider_on_a_network_of_their_own():
    own = replace(OTHER, token_url="http://127.0.0.1:8080/token")
    assert judged_choice(own, ANYWHERE).token_url == own.token_url
