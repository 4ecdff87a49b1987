"""The characters that a name may have: the same wherever names come in."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import NewType

import regex

from shared.errors import NameMissing, NameNotPlain, NameProblem
from shared.language import N_
from shared.rendering.languages import plain

# A name that `new_name` has let in.
Name = NewType("Name", str)

_INVISIBLE_CHARACTER = N_(
    "The name contains an invisible character. Type it instead of pasting it."
)

_NAME_TOO_LONG = N_("The name is too long: at most {limit} characters. Write a shorter form.")

# Joiners and variation selectors (Unicode 16, ch. 23.2 and 23.4) shape Persian, Indic and emoji
# names. They belong there only after something on which they can act.
JOINERS = "\u200c\u200d"
# In user-perceived characters, and in code points: a family of emoji is one, and seven.
LONGEST_NAME = 120
MOST_CODE_POINTS = 400
_LONGEST_TYPED = 10 * MOST_CODE_POINTS
_ONLY_BLANKS = regex.compile(r"\p{White_Space}+")
# All but those that forbid a line break.
_OTHER_BLANKS = regex.compile(r"[\p{White_Space}--\u00A0\u202F]+", regex.VERSION1)
# A mail address, or a web address.
_ELSEWHERE = regex.compile(
    r"\S@\S|://|(?i:\bwww\.)|^[a-z0-9-]{2,}(\.[a-z0-9-]{2,})*\.[a-z]{2,}(/\S*)?$"
)
_LINE_ENDS = regex.compile(r"\r\n|[\n\v\f\r\x85\u2028\u2029]")
_LINE_BREAKS = regex.compile(r"[\n\v\f\r\x85\u2028\u2029]")
# Hangul fillers: they draw an empty place or a box.
_FILLERS = regex.compile(r"[\u115F\u1160\u3164\uFFA0]")
# Left by pasting at the ends of a name: soft hyphens, zero-width spaces and joiners, marks of
# direction and byte order.
_STRAY = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"
_ENDS = _STRAY + "".join(filter(str.isspace, map(chr, range(0x3001))))
# Variants of ideographs that Unicode has only for other encodings (ch. 23.2). NFC would replace
# them with the usual form, which people with such names do not want.
COMPATIBILITY = regex.compile(r"[\uF900-\uFAFF\U0002F800-\U0002FA1F]")
# U+180E separates a last vowel from its word in Mongolian (ch. 13.5), U+200B words in scripts
# without spaces (ch. 23.2).
_WITHOUT_BLANKS = r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_PARTED_BY = {"\u180e": regex.compile(r"\p{Mongolian}"), "\u200b": regex.compile(_WITHOUT_BLANKS)}
# Marks for line breaks (UAX #14: classes BA and ZW), which are no part of a name.
_BREAKS = regex.compile(rf"\u00AD|(?<!{_WITHOUT_BLANKS})\u200B")
# Cc control, Cs surrogate, Co private use, Cn unassigned; Cf holds the bidi controls.
_REFUSED = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}]")
# Characters invisible in a field, which must have come by pasting.
_INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]")
_FORMAT = regex.compile(r"\p{Cf}")
_TAGS = regex.compile(r"[\U000E0020-\U000E007F]")
_JOINABLE = regex.compile(
    r"[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]", regex.VERSION1
)
# A base character, and more than four marks in a row.
_PILED_MARKS = regex.compile(
    r"([^\p{Mn}\p{Me}]?)([\p{Mn}\p{Me}--\p{Variation_Selector}]{5,})", regex.VERSION1
)
# Words of letters and digits with a single mark or space between them, as most names are: they are
# never refused, and a list has a hundred thousand.
_WORD = r"[^\W\u115F\u1160\u3164\uFFA0]+"
_ORDINARY = re.compile(rf"{_WORD}(?:[ .'’·-]{_WORD})*\.?")
# Format characters that are visible in a script (Arabic number signs and so on) are rare in names;
# the rest of Cf would only deceive.


def clean_name(text: str, limit: int = LONGEST_NAME) -> str:
    """Return `text` as it is stored and drawn: composed, with white space collapsed and trimmed.

    Raises NameMissing, NameProblem (more than `limit` user-perceived characters, UAX #29) or
    NameNotPlain: for control characters, bidi controls (UAX #9), line separators, private use and
    unassigned characters, fillers and stray joiners, and for a letter with more than four marks.
    """
    is_short = len(text) <= limit
    if is_short and _ORDINARY.fullmatch(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = without_stray_ends(text)
    if any(refused := _LINE_BREAKS.findall(text)):
        raise _not_plain(refused)
    name = _drawable(text)
    if not any(unicodedata.category(character)[0] in "LNSP" for character in name):
        raise NameMissing()
    return _no_longer_than(limit, name)


def clean_lines(text: str, limit: int, *, keeps_no_break: bool) -> str:
    """Return a text as it is drawn: each line like a name, with at most one empty line between.

    With `keeps_no_break`, no-break spaces stay, since somebody typed them; pasted tables are full
    of them. Raises NameProblem, as `clean_name` does.
    """
    blanks = _OTHER_BLANKS if keeps_no_break else _ONLY_BLANKS
    return _no_longer_than(limit, _in_lines(text, lambda line: _drawable(line, blanks)))


def clean_cell(text: str) -> str:
    """Return a cell of a list, other than a name, as it is stored: single spaces, nothing stray at
    the ends of lines, at most one empty line between them.

    It is not composed, since it may be compared with another program's. Raises NameNotPlain.
    """
    if text.isprintable():
        return " ".join(text.split())
    cell = _in_lines(text, lambda line: " ".join(line.split()))
    if refused := unprintable(cell.replace("\n", "")):
        raise _not_plain(refused)
    return cell


def _in_lines(text: str, clean: Callable[[str], str]) -> str:
    lines = (clean(without_stray_ends(line)) for line in _LINE_ENDS.split(text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _drawable(text: str, blanks: regex.Pattern[str] = _ONLY_BLANKS) -> str:
    """Return `text` composed and with single spaces. Raises NameNotPlain."""
    drawable: str = blanks.sub(" ", composed(text)).strip()
    refused = unprintable(drawable)
    if refused:
        raise _not_plain(refused)
    if pile := _PILED_MARKS.search(drawable):
        raise NameNotPlain(
            N_("“{letter}” has more marks than can be printed. Write the name another way."),
            letter=pile[1] or "◌",
            characters=readable(dict.fromkeys(pile[2])),
        )
    return drawable


def _no_longer_than(limit: int, text: str) -> str:
    if len(regex.findall(r"\X", text)) > limit:
        raise NameProblem(_NAME_TOO_LONG, limit=limit)
    return text


def new_name(text: str) -> Name:
    """Return `clean_name` of a new name, of at most 400 code points.

    Names issued before are drawn again at any length. Raises what `clean_name` does.
    """
    # Before it is composed, which may take long.
    if len(text.strip()) > _LONGEST_TYPED:
        raise NameProblem(_NAME_TOO_LONG, limit=LONGEST_NAME)
    name = clean_name(text)
    if len(name) > MOST_CODE_POINTS:
        raise NameProblem(_NAME_TOO_LONG, limit=MOST_CODE_POINTS)
    return Name(name)


def is_doubtful(name: str, organization: str) -> bool:
    """Return whether to ask once about a name: it is an address or a link, is a single character or
    has no letter, or is the organization's."""
    has_one = len(regex.findall(r"\X", name)) == 1 or not regex.search(r"\p{L}", name)
    return has_one or bool(_ELSEWHERE.search(name)) or plain(name) == plain(organization)


def listed_name(cell: str) -> str:
    """Return `new_name` of a cell of a list, whose lines are joined; empty if there is none.

    Raises NameProblem.
    """
    name = " ".join(cell.split())
    try:
        return new_name(name) if name else ""
    except NameMissing:
        return ""


def as_compared(text: str) -> str:
    """Return a key of a name or another cell that ignores white space, stray marks at the ends and
    how letters are composed, since earlier versions stored these differently."""
    lines = " ".join(map(without_stray_ends, text.splitlines()))
    return composed(" ".join(lines.split()))


def alike(one: str, other: str) -> bool:
    """Return whether two texts are the same by `as_compared`."""
    # Nearly always identical.
    return one == other or as_compared(one) == as_compared(other)


def composed(text: str) -> str:
    """Return NFC (UAX #15), except that compatibility ideographs keep their own form."""
    parts, end = [], 0
    for kept in COMPATIBILITY.finditer(text):
        parts += [unicodedata.normalize("NFC", text[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join([*parts, unicodedata.normalize("NFC", text[end:])])


def without_stray_ends(text: str) -> str:
    """Return `text` without spaces and invisible characters at its ends."""
    return text.strip(_ENDS)


def _not_plain(refused: list[str]) -> NameNotPlain:
    invisible = all(_INVISIBLE.fullmatch(character) for character in refused)
    # A code point tells volunteers nothing.
    message = _INVISIBLE_CHARACTER if invisible else NameNotPlain.message
    return NameNotPlain(message, characters=readable(refused))


def unprintable(text: str) -> list[str]:
    """Return the characters of `text` that may not be printed, each once, in order."""
    found = _REFUSED.findall(text) + _FILLERS.findall(text)
    signs = ((match.start(), match.group()) for match in _FORMAT.finditer(text))
    flag = text.find("\U0001f3f4")
    found += [sign for place, sign in signs if not _has_a_task(text, place, flag)]
    return list(dict.fromkeys(found))


def _has_a_task(text: str, place: int, flag: int) -> bool:
    """Return whether the format character there joins or separates letters, or spells a flag."""
    sign, before = text[place], text[max(place - 1, 0) : place]
    if sign in JOINERS:
        return before == "\ufe0f" or bool(_JOINABLE.match(before))
    if sign in _PARTED_BY:
        return bool(_PARTED_BY[sign].match(before))
    # England, Scotland and Wales are a black flag followed by tags (UTS #51, annex C).
    return bool(_TAGS.match(sign)) and 0 <= flag < place


def without_strays(text: str) -> str:
    """Return `text` without the marks for line breaks that copies from documents and pages have:
    soft hyphens, and zero-width spaces except between words of scripts without spaces.

    It is offered to people in place of a name that has them.
    """
    tidy: str = _BREAKS.sub("", text)
    return tidy


def readable(characters: Iterable[str]) -> str:
    """Return the code points of characters that do not show: "U+202E, U+0007"."""
    return ", ".join(f"U+{ord(character):04X}" for character in characters)
