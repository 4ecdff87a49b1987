"""A refused sign-in names its provider's own cure."""

import pytest

from shared.mail.transport.verdicts import explain_answer


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
