"""Answers of servers as they are kept, on one printable line, and as others read them, without the
addresses that servers repeat."""

import re
from collections.abc import Iterable

from shared.addresses import address_on_the_wire

_LEFT_OUT = "…"
_RUN = re.compile(r"[^\s<>()\[\]{},;:\"'，。；：、（）“”‘’《》【】]+")
# Other forms of “@” in answers and reports: quoted-printable (RFC 2045, 6.7), xtext (RFC 3461, 4)
# and that of web addresses.
_ENCODED_AT = re.compile(r"=40|[+]40|%40")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 500


def printed(said: bytes | str) -> str:
    """Return what a server said as one printable line, at most 500 characters long.

    Anybody may have written it, and databases refuse a NUL or half a character.
    """
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    letters = (letter if letter.isprintable() else " " for letter in text)
    return " ".join("".join(letters).split())[:_LONGEST]


def without_addresses(answer: str, allowed: Iterable[str] = ()) -> str:
    """Return `answer` with “…” in place of each address in it, or what looks like one, except
    `allowed`.

    Those are kept in each form that a server may have been given, in any case.
    """
    forms = {form.lower() for own in allowed for form in (own, address_on_the_wire(own)) if form}

    def judged(found: re.Match[str]) -> str:
        run = found[0]
        is_kept = run.rstrip(".!?").lower() in forms
        return run if is_kept or not _has_address(run) else _LEFT_OUT

    return _RUN.sub(judged, answer)


def _has_address(run: str) -> bool:
    """Return whether there is an “@”, or an encoded one with a domain behind it: a dot, and a
    letter."""
    _, *behind = _ENCODED_AT.split(run, maxsplit=1)
    # Step by step: one pattern for all would try all ways to divide the run.
    return "@" in run or any(_LETTER.search(domain.partition(".")[2]) for domain in behind)


def for_logs(answer: str) -> str:
    """Return `answer` on one line, without any address."""
    return " ".join(without_addresses(answer).split())


_STATUS = re.compile(r"\d{3}\b( \d\.\d{1,3}\.\d{1,3}\b)?")


def codes_of(answer: str) -> str:
    """Return the codes with which `answer` begins (RFC 5321, 4.2; RFC 3463), which anybody may
    see."""
    found = _STATUS.match(answer)
    return found[0] if found else ""
