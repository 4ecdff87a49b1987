"""What is kept of a server's answer: one printable line; and, where others read it, without the
addresses that servers repeat."""

import re
from collections.abc import Iterable

from shared.addresses import address_on_the_wire

_LEFT_OUT = "…"
_RUN = re.compile(r"[^\s<>()\[\]{},;:\"'，。；：、（）“”‘’《》【】]+")
# “@” as answers and reports write it besides plainly: as quoted-printable (RFC 2045, 6.7), as xtext
# (RFC 3461, 4) and in an address of the web.
_ENCODED_AT = re.compile(r"=40|[+]40|%40")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 500


def printed(said: bytes | str) -> str:
    """What a server said, as one printable line, no longer than anybody reads.

    Anybody may have written it, and databases refuse a NUL or half a character.
    """
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    letters = (letter if letter.isprintable() else " " for letter in text)
    return " ".join("".join(letters).split())[:_LONGEST]


def without_addresses(answer: str, allowed: Iterable[str] = ()) -> str:
    """`answer` with “…” in place of each address in it, or what looks like one, except `allowed`.

    Those stay in each form that a server may have been given, in any case.
    """
    forms = {form.lower() for one in allowed for form in (one, address_on_the_wire(one)) if form}

    def judged(found: re.Match[str]) -> str:
        run = found[0]
        is_kept = run.rstrip(".!?").lower() in forms
        return run if is_kept or not _has_address(run) else _LEFT_OUT

    return _RUN.sub(judged, answer)


def _has_address(run: str) -> bool:
    """Whether there is an “@”, or an encoded one with a domain behind it: a dot, and a letter."""
    _, *behind = _ENCODED_AT.split(run, maxsplit=1)
    # Step by step: a pattern for all of it goes through all ways to divide the run.
    return "@" in run or any(_LETTER.search(one.partition(".")[2]) for one in behind)


def for_logs(answer: str) -> str:
    """`answer` on one line, without any address."""
    return " ".join(without_addresses(answer).split())


_STATUS = re.compile(r"\d{3}\b( \d\.\d{1,3}\.\d{1,3}\b)?")


def codes_of(answer: str) -> str:
    """The codes with which `answer` begins (RFC 5321, 4.2; RFC 3463), as anybody may see them."""
    found = _STATUS.match(answer)
    return found[0] if found else ""
