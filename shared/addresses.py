"""E-mail addresses, as people write them and as mail servers accept them."""

import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

import regex

from shared.errors import SettingRefused
from shared.language import N_

if TYPE_CHECKING:
    from email_validator import ValidatedEmail

# RFC 5321, 4.5.3.1.3: a path has at most 256 octets, of which two are brackets.
LONGEST_ADDRESS = 254
# RFC 5321, 4.5.3.1.1
_LONGEST_LOCAL = 64

# The common case (RFC 5322 dot-atom in ASCII), for which the slower full validation is skipped.
# Every part is bounded and no two neighbours overlap, so no input causes long backtracking.
_PLAIN_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,16}"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}",
    # ASCII, because otherwise “ſ” and the Kelvin sign would pass as another case of s and k.
    re.IGNORECASE | re.ASCII,
)

# Invisible characters that pages and mail programs put into addresses (U+2060, U+200B, U+FEFF …).
# The two joiners stay: some scripts need them (RFC 5892), and without them it is another domain.
_INVISIBLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}--[\u200c\u200d]]", regex.V1)


def without_invisible(text: str) -> str:
    """Return `text` without invisible characters that were copied with it."""
    return text if text.isascii() else str(_INVISIBLE.sub("", text))


def deliverable_address(text: str) -> str:
    """Return the address as it is stored: plain ASCII, an IDN domain as punycode (RFC 5891).

    An address with other letters before the “@” (RFC 6531) is stored as written, in normal form
    (NFC) and with the domain in lower case; servers get `address_on_the_wire`. Raises ValueError
    with an English msgid that says what is wrong.
    """
    if _PLAIN_ADDRESS.fullmatch(text):
        local, _, domain = text.rpartition("@")
        if len(local) <= _LONGEST_LOCAL and len(text) <= LONGEST_ADDRESS:
            return f"{local}@{domain.lower()}"
    address = without_invisible(text).strip()
    if not address:
        raise ValueError(N_("The address is missing."))
    if len(address) > LONGEST_ADDRESS:
        raise ValueError(N_("The address is longer than 254 characters."))
    if "@" not in address:
        raise ValueError(N_("There is no “@” in the address."))
    local, _, domain = address.rpartition("@")
    if len(local) > _LONGEST_LOCAL:
        raise ValueError(N_("The part before the “@” is longer than 64 characters."))
    if _PLAIN_ADDRESS.fullmatch(address):  # Blanks or invisible characters were removed.
        return f"{local}@{domain.lower()}"
    return _international_address(address)


def entered_address(field: str, text: str) -> str:
    """Return `deliverable_address` of what somebody entered. Raises SettingRefused, which names the
    `field`."""
    try:
        return deliverable_address(text)
    except ValueError as reason:
        raise SettingRefused(field=field, reason=str(reason)) from None


def address_key(text: str) -> str:
    """Return the `email_key` of an address, however it is written; empty for text that is none."""
    with suppress(ValueError):
        return deliverable_address(text).lower()
    return ""


def _validated(address: str) -> "ValidatedEmail | None":
    """Validate an address; None if it is none. The library, loaded only here, takes 40 ms."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None


def _international_address(address: str) -> str:
    """Return what `deliverable_address` does for an address that is not plain ASCII."""
    checked = _validated(address)
    if checked is None:
        raise ValueError(N_("This is not an e-mail address."))
    above, _, top = checked.ascii_domain.rpartition(".")
    if not above or len(top) < 2:
        raise ValueError(N_("This is not an e-mail address."))
    if checked.ascii_email:
        return checked.ascii_email
    # Compatibility characters are more likely a slip than an address in another script.
    local = checked.local_part
    if unicodedata.normalize("NFKC", local) != local:
        raise ValueError(N_("This is not an e-mail address."))
    if len(f"{local}@{checked.ascii_domain}".encode()) > LONGEST_ADDRESS:
        raise ValueError(N_("The address is longer than 254 characters."))
    # `张三zhangsan@qq.com`: a name that lost the space after it.
    if regex.search(r"\p{Script=Han}", local) and regex.search(r"[A-Za-z]", local):
        raise ValueError(N_("A name and an address seem to be joined. Put a comma between them."))
    return checked.normalized


def readable_address(address: str) -> str:
    """Return a stored address as people write it: an IDN domain in its own letters (RFC 5891)."""
    checked = _validated(address) if "xn--" in address else None
    return checked.normalized if checked else address


def address_on_the_wire(address: str) -> str:
    """Return a stored address for a mail server: the domain is punycode, whatever precedes it."""
    checked = None if address.isascii() else _validated(address)
    return f"{checked.local_part}@{checked.ascii_domain}" if checked else address
