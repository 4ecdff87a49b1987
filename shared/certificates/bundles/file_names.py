"""Names for the files in a ZIP, made by a pattern so that every system can unpack them.

Windows is the strictest: its reserved characters and names are in Microsoft's “Naming Files, Paths,
and Namespaces”.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping

import regex

from shared.errors import PlaceholderUnknown, SettingRefused
from shared.language import N_

FIRST_PATTERN = "{number} {name}"
LONGEST_PATTERN = 200
# Bytes in UTF-8, with room for a number after it: most file systems allow 255.
_LONGEST = 120
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Also control characters, and marks that change the text direction.
_UNSAFE = regex.compile(r'[\\/:*?"<>|\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Bidi_Control}\p{Zl}\p{Zp}]+')
_RESERVED = re.compile(r"(?i)(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])\s*(\.|$)")


class FileNames:
    """Names for one kind of file, none of which is given twice."""

    def __init__(self, pattern: str, extension: str, known: Collection[str]) -> None:
        """`pattern` has placeholders in braces, all of which must be `known`.

        Raises SettingRefused and PlaceholderUnknown.
        """
        self._pattern = checked_pattern(pattern, known)
        self._extension = extension
        self._taken: dict[str, int] = {}

    def of(self, values: Mapping[str, str]) -> str:
        """The name of the file with these values; a repeated one gets a number."""
        stem = _safe(_PLACEHOLDER.sub(lambda found: values.get(found[1], ""), self._pattern))
        # Case-insensitive systems would unpack the second over the first.
        key = unicodedata.normalize("NFKC", stem).casefold()
        count = self._taken[key] = self._taken.get(key, 0) + 1
        if count == 1:
            return f"{stem}.{self._extension}"
        while f"{key} ({count})" in self._taken:
            count += 1
        self._taken[key] = count
        self._taken[f"{key} ({count})"] = 1
        return f"{stem} ({count}).{self._extension}"


def checked_pattern(pattern: str, known: Collection[str]) -> str:
    """Raises SettingRefused and PlaceholderUnknown if no names can be made with it."""
    if not pattern.strip() or len(pattern) > LONGEST_PATTERN:
        reason = N_("must be 1 to 200 characters, as in {number} {name}")
        raise SettingRefused(field="pattern", reason=reason)
    for placeholder in _PLACEHOLDER.findall(pattern):
        if placeholder not in known:
            there_are = ", ".join(f"{{{one}}}" for one in known)
            raise PlaceholderUnknown(
                field="pattern", placeholder=f"{{{placeholder}}}", known=there_are
            )
    return pattern


def _safe(text: str) -> str:
    plain = " ".join(_UNSAFE.sub(" ", unicodedata.normalize("NFC", text)).split())
    stem = ""
    # Windows drops dots and spaces at the end; elsewhere a leading dot hides a file.
    for character in regex.findall(r"\X", plain.strip(". ")):
        # As many whole characters, as people count them (UAX #29), as fit.
        if len((stem + character).encode()) > _LONGEST:
            stem = stem.rstrip(". ")
            break
        stem += character
    if not stem:
        return "certificate"
    return f"_{stem}" if _RESERVED.match(stem) else stem
