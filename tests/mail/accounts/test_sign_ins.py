"""Who has signed in to an account, what is held of that, and that it ends."""

import pytest
from sqlalchemy import func, select

from shared.errors import SettingRefused, SignInEnded
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.mail.accounts import sending_account, signing_in
from shared.mail.accounts.signing_in import SignInChoice
from shared.mail.tokens.access import access_token
from shared.mail.transport.protocol import MailProvider
from shared.mail.transport.smtp import MICROSOFT_MAIL
from shared.storage.models import MailAccessToken, MailSignIn, SendingAccount
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.tokens import Seal
from tests.support.factories import SEAL
from tests.support.mail_sign_ins import (
    SENDER,
    identity,
    served_identity,
    sign_in,
    signed_in,
    stored,
)

__all__ = ["identity", "served_identity", "signed_in"]


def rows(installation: Installation) -> list[int]:
    """How many sign-ins and access tokens are stored."""
    with installation.database.reading() as session:
        counts = [select(func.count()).select_from(kind) for kind in (MailSignIn, MailAccessToken)]
        return [session.scalars(count).one() for count in counts]


def test_it_is_known_who_signed_in_and_since_when(signed_in):
    row = stored(*signed_in)
    assert row.address == SENDER
    assert row.signed_in_at is not None
    assert rows(signed_in[0]) == [1, 1]


def test_signing_out_leaves_nothing_that_opens_anything(signed_in, identity):
    installation, account_id = signed_in
    with installation.database.writing() as session:
        signing_in.end(session, session.get_one(SendingAccount, account_id, with_for_update=True))
    with pytest.raises(SignInEnded):
        access_token(*signed_in)
    assert rows(installation) == [1, 0]
    assert stored(*signed_in).address == ""


def test_who_signs_in_anew_takes_the_place_of_who_was_signed_in(signed_in, identity, event_id):
    installation, account_id = signed_in
    before = access_token(*signed_in)
    assert sign_in(installation, event_id, identity) == account_id
    assert access_token(*signed_in) != before
    assert rows(installation) == [1, 1]


def test_who_asks_for_more_has_to_sign_in_again_and_for_the_same_does_not(signed_in):
    installation, account_id = signed_in
    for scope, is_signed_in in ((MICROSOFT_MAIL, True), ("Mail.Send", False)):
        with installation.database.writing() as session:
            account = session.get_one(SendingAccount, account_id)
            choice = SignInChoice(MailProvider.MICROSOFT, scope)
            signing_in.choose(session, SEAL, account, choice, by_owner=False)
        assert (stored(*signed_in).signed_in_at is not None) is is_signed_in


def test_what_is_held_goes_with_the_account(signed_in, event_id):
    installation, _ = signed_in
    with installation.database.writing() as session:
        sending_account.forget_account(session, event_for_change(session, event_id))
    assert rows(installation) == [0, 0]


def test_a_password_in_its_place_takes_the_sign_in_away(signed_in):
    installation, account_id = signed_in
    with installation.database.writing() as session:
        signing_in.forget_sign_in(session, session.get_one(SendingAccount, account_id))
    assert rows(installation) == [0, 0]


def test_with_the_newest_key_everything_opens_and_the_old_one_opens_nothing(signed_in, identity):
    installation, account_id = signed_in
    old, new = installation.seal, Seal(["new"])
    both = installation.settings.data_dir / "secret.key"
    keys = Seal(["new", both.read_text().strip()])
    with pytest.raises(SettingRefused):
        rotate_keys(installation.database, new)
    assert count_lost(installation.database, new) > 0
    assert rotate_keys(installation.database, keys)["passwords"] == 1
    assert count_lost(installation.database, new) == 0
    assert count_lost(installation.database, old) > 0
    renewed = Installation(installation.settings, installation.database, new)
    # The access token was sealed with the old one: there is another for the asking.
    assert identity.opens(access_token(renewed, account_id), SENDER)
