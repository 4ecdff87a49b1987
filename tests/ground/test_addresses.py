"""Addresses: what mail servers deliver to is accepted, and nothing else."""

import pytest

from shared.addresses import deliverable_address


@pytest.mark.parametrize(
    ("written", "deliverable"),
    [
        ("ana+tag@example.org", "ana+tag@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("Ana@Example.ORG", "Ana@example.org"),
        ("ana@example.photography", "ana@example.photography"),
        ("ana@münchen.de", "ana@xn--mnchen-3ya.de"),
        ("ana@邮箱.中国", "ana@xn--c0zu34b.xn--fiqs8s"),
        ("\u3000ana@example.org\u00a0", "ana@example.org"),
        ("ana\u2060@example.org", "ana@example.org"),
        ("\ufeff\u202aana@exam\u00adple.org\u200b\u202c ", "ana@example.org"),
    ],
)
def test_addresses_that_mail_servers_know_are_accepted(written, deliverable):
    assert deliverable_address(written) == deliverable


@pytest.mark.parametrize(
    "wrong",
    [
        "ana",
        "@example.org",
        "ana@",
        "ana@localhost",
        "ana@test",
        "ana@@example.org",
        "a b@example.org",
        "ana@example..org",
        ".ana@example.org",
        "ana@-example.org",
        "ana@[127.0.0.1]",
        '"ana"@example.org',
        "Ana <ana@example.org>",
        "ana@example.org>\r\nBcc: all@example.org",
        "a" * 65 + "@example.org",
        "ana@" + "a" * 250 + ".org",
        "fuſs@example.org",
        "ana@نامه\u200cای.com",
    ],
)
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(ValueError):
        deliverable_address(wrong)
