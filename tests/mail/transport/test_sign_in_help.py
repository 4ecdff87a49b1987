"""A refused sign-in names its provider's own cure."""

import pytest

from shared.mail.transport.providers import ends_soon
from shared.mail.transport.transports import explain_answer


@pytest.mark.parametrize(
    ("host", "cure"),
    [
        ("smtp.gmail.com", "app password"),
        ("smtp.qq.com", "authorization code"),
        ("smtp.exmail.qq.com", "client password"),
        ("smtp.163.com", "authorization code"),
        ("smtp.126.com", "authorization code"),
        ("smtp.office365.com", "Authenticated SMTP"),
        ("smtp-mail.outlook.com", "Microsoft no longer"),
        ("smtp.mail.yahoo.com", "app password"),
        ("mail.example.org", "user name and password"),
    ],
)
def test_a_refused_sign_in_names_the_providers_own_cure(host: str, cure: str) -> None:
    assert cure in explain_answer(535, "Error: authentication failed", host, "en")


def test_a_password_that_microsoft_365_soon_refuses_is_warned_of_with_the_date():
    assert "December 2026" in ends_soon("smtp.office365.com")
    assert ends_soon("smtp.example.org") == ends_soon("smtp-mail.outlook.com") == ""
