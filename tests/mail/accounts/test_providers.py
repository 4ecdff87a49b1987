"""Presets of mail providers: what an address alone tells."""

import pytest

from shared.mail.transport.providers import PROVIDERS, guess_account
from shared.storage.models import Security


@pytest.mark.parametrize(
    ("username", "host", "per_day"),
    [
        ("thanks@gmail.com", "smtp.gmail.com", 500),
        ("123456@QQ.com", "smtp.qq.com", None),
        ("thanks@163.com", "smtp.163.com", None),
        ("thanks@hotmail.com", "smtp-mail.outlook.com", 300),
        ("thanks@harbour.example", "smtp.harbour.example", None),
    ],
)
def test_an_address_is_enough_to_guess_its_server(
    username: str, host: str, per_day: int | None
) -> None:
    guess = guess_account(username)
    assert guess is not None
    assert (guess.host, guess.limits.per_day) == (host, per_day)


def test_nothing_is_guessed_from_a_name_that_is_no_address() -> None:
    assert guess_account("apikey") is None
    assert guess_account("root@localhost") is None


def test_no_provider_is_offered_without_encryption() -> None:
    assert {provider.security for provider in PROVIDERS} <= {Security.TLS, Security.STARTTLS}
