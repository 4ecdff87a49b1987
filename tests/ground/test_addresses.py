"""Addresses: what mail servers deliver to is accepted, and nothing else."""

import pytest

from shared.addresses import address_on_the_wire, deliverable_address, readable_address


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
    "written", ["ana@münchen.de", "ana@邮箱.中国", "o'brien@example.org", "", "x@xn--"]
)
def test_people_read_an_address_in_its_own_letters(written):
    stored = deliverable_address(written) if "." in written else written
    assert readable_address(stored) == written


@pytest.mark.parametrize(
    "wrong",
    [
        "ana",
        "@example.org",
        "ana@",
        "ana@localhost",
        "ana@test",
        # No top-level domain has one letter: the last one was not typed, or not copied.
        "ana@example.c",
        "用户@example.c",
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


@pytest.mark.parametrize(
    ("written", "kept", "on_the_wire"),
    [
        ("用户@例子.中国", "用户@例子.中国", "用户@xn--fsqu00a.xn--fiqs8s"),
        ("用户@xn--fsqu00a.xn--fiqs8s", "用户@例子.中国", "用户@xn--fsqu00a.xn--fiqs8s"),
        ("bücher@BÜCHER.example", "bücher@bücher.example", "bücher@xn--bcher-kva.example"),
        ("bu\u0308cher@bücher.example", "bücher@bücher.example", "bücher@xn--bcher-kva.example"),
        ("почта@example.org", "почта@example.org", "почта@example.org"),
        ("Ana@Example.ORG", "Ana@example.org", "Ana@example.org"),
    ],
)
def test_an_address_in_any_script_is_kept_as_written_and_its_domain_goes_out_as_punycode(
    written: str, kept: str, on_the_wire: str
):
    assert deliverable_address(written) == kept
    assert deliverable_address(kept) == kept
    assert address_on_the_wire(kept) == on_the_wire


@pytest.mark.parametrize("together", ["张三zhangsan@qq.com", "李娜lina2@例子.中国"])
def test_a_name_glued_to_an_address_is_not_taken_for_one(together: str):
    with pytest.raises(ValueError, match="Put a comma between them"):
        deliverable_address(together)
