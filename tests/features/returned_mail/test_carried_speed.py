"""The accounts of an installation of 0.2.0 go on at the speed that they had."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from shared.events.opening import open_installation
from shared.mail.accounts import bucket, limits
from shared.mail.transport.providers import Period
from shared.storage.clock import database_time
from shared.storage.models import SendingAccount
from tests.installations import restore
from tests.support.at_url import change, settings_of
from tests.support.upgraded import empty_url

__all__ = ["empty_url"]

# The first had a batch of 800 between two looks, the second was refused once, the third met a
# quota and waits for a person, and the fourth had a batch, too, and was refused twice.
BEFORE = (
    "UPDATE bounce_mailbox SET batch = 800, next_look_at = CURRENT_TIMESTAMP",
    "UPDATE sending_account SET pauses_in_a_row = 1 WHERE skip_auth",
    "UPDATE sending_account SET per_day = 25, needs_fixing = true, trouble_text = '5.7.1 no'"
    " WHERE transport = 'smtp' AND by_token",
    "UPDATE sending_account SET pauses_in_a_row = 2 WHERE transport = 'graph'",
)
IN_ORDER = (SendingAccount.transport.desc(), SendingAccount.by_token, SendingAccount.skip_auth)


def test_what_an_account_had_earned_or_was_refused_becomes_its_first_rows(
    empty_url: str, tmp_path: Path
) -> None:
    settings = settings_of(empty_url, tmp_path / "data")
    restore("0.2.0", empty_url.partition(":")[0].partition("+")[0], empty_url, settings.data_dir)
    change(empty_url, *BEFORE)
    with (
        closing(open_installation(settings).database) as database,
        database.writing() as session,
    ):
        now = database_time(session)
        accounts = session.scalars(select(SendingAccount).order_by(*IN_ORDER)).all()
        speeds = [bucket.speed_of(session, one) for one in accounts]
        assert [round(60 * one.rate) for one in speeds] == [12_000, 60, 800, 12]
        assert [one.why("en") for one in speeds] == [
            "taken over from the earlier version",
            "the mail server accepts no mail for now",
            "every list starts like this until we know what bounces",
            "the mail server accepts no mail for now",
        ]
        assert all(one.since is None or now - one.since < timedelta(minutes=5) for one in speeds)
        # What was earned before a refusal is not lost by it: half of it, after the second one.
        assert [round(60 * one.earned) for one in speeds] == [12_000, 800, 800, 12_000]
        bucket.heed(session, accounts[3], now, accepted=2)
        assert bucket.speed_of(session, accounts[3]).rate == 100
        # A stop stays one, and limits are kept, and asked about: no provider is known to set them.
        third = accounts[2]
        assert (third.needs_fixing, third.trouble_text) == (True, "5.7.1 no")
        assert limits.limits_of(third, now) == {Period.DAY: 25}
        assert [limits.are_in_doubt(one) for one in accounts] == [False, False, True, True]
