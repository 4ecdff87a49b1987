"""Access tokens are renewed once and early, whoever asks; if there are none, a sentence says
why."""

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from shared.errors import SignInBusy, SignInEnded
from shared.mail.tokens.access import access_token
from shared.storage.models import MailSignIn, SendingAccount, now
from tests.support.mail_sign_ins import (
    SENDER,
    at_identity,
    choose,
    expire,
    identity,
    served_identity,
    signed_in,
    stored,
)

__all__ = ["identity", "served_identity", "signed_in"]


def test_a_token_that_lasts_is_given_without_asking_anybody(signed_in, identity):
    tokens = {access_token(*signed_in) for _ in range(3)}
    assert len(tokens) == 1
    assert identity.opens(tokens.pop(), SENDER, "SMTP.Send")
    assert identity.renewals == 0


def test_eight_that_find_a_token_about_to_end_cause_one_renewal_and_share_it(signed_in, identity):
    identity.delay = 0.2
    before = access_token(*signed_in)
    expire(signed_in[0])
    with ThreadPoolExecutor(8) as pool:
        after = set(pool.map(lambda _: access_token(*signed_in), range(8)))
    assert len(after) == 1
    assert after != {before}
    assert identity.renewals == 1


def test_a_refresh_token_is_replaced_each_time_and_never_shown_twice(signed_in, identity):
    for _ in range(3):
        expire(signed_in[0])
        token = access_token(*signed_in)
    # One that was shown twice would have ended the whole sign-in.
    assert identity.opens(token, SENDER)
    assert identity.renewals == 3


def test_who_was_refused_with_an_old_token_takes_the_one_that_another_got_meanwhile(
    signed_in, identity
):
    old = access_token(*signed_in)
    first, second = (access_token(*signed_in, refused=old) for _ in range(2))
    assert first == second != old
    assert identity.renewals == 1


def test_a_provider_that_cannot_be_reached_is_asked_again_later(signed_in, identity):
    installation, account_id = signed_in
    expire(installation)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        closed = nobody.getsockname()[1]
    away = {"microsoft_authority": f"http://127.0.0.1:{closed}"}
    with pytest.raises(SignInBusy):
        access_token(
            replace(installation, settings=installation.settings.model_copy(update=away)),
            account_id,
        )
    assert identity.opens(access_token(*signed_in), SENDER)


def test_what_a_dead_worker_was_asking_for_is_asked_for_again_when_its_time_is_over(
    signed_in, identity
):
    expire(signed_in[0])
    ends = now() + timedelta(seconds=0.5)
    with signed_in[0].database.writing() as session:
        session.execute(update(MailSignIn).values(renewing_until=ends))
    assert identity.opens(access_token(*signed_in), SENDER)
    assert now() > ends


def test_a_sign_in_for_another_server_opens_nothing(signed_in, identity):
    installation, account_id = signed_in
    with installation.database.writing() as session:
        session.get_one(SendingAccount, account_id).host = "smtp.evil.example"
    with pytest.raises(SignInEnded):
        access_token(*signed_in)
    assert identity.renewals == 0


def test_nobody_has_signed_in_yet(installation, event_id, identity):
    registered = at_identity(installation, identity)
    with pytest.raises(SignInEnded):
        access_token(registered, choose(registered, event_id))


def test_a_provider_of_an_organizer_is_asked_only_where_organizers_may_connect_to(
    signed_in, identity
):
    installation, account_id = signed_in
    expire(installation)
    with installation.database.writing() as session:
        row = session.get_one(MailSignIn, stored(*signed_in).id)
        row.provider, row.token_url, row.client_id = "other", identity.token_url, "certs-mail"
    narrow = installation.settings.model_copy(update={"trusted_networks": ""})
    with pytest.raises(SignInEnded, match="does not know this program"):
        access_token(replace(installation, settings=narrow), account_id)
    assert identity.renewals == 0
