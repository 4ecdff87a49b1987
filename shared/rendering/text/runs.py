"""Splitting a text into runs of one face and one direction, in the order of the page."""

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import regex
from bidi import algorithm as bidi

from shared.rendering.names import COMPATIBILITY, composed
from shared.rendering.text.faces import Chain, Face, with_features, with_proportional_marks
from shared.rendering.text.glyphs import SMALL, Shaped, has_small_capital, shape
from shared.rendering.text.rules import HALF_DOT, NEWEST, OF_LANGUAGE, WHOLE_NUMBERS

# The direction of each character: the bidirectional algorithm (UAX #9) for one line of text.
_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}]")
# Numbers count as right to left here (N0, note).
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
# Behind an Arabic word, the parts of 2026-000001 would change places (W2, W4).
_HYPHEN_OF_NUMBER = regex.compile(r"(?<=[0-9])-(?=[0-9])")
# The pairs of BidiBrackets.txt that occur in names and titles.
_PAIRS = "() [] {} （） ［］ ｛｝ 【】 「」 『』 《》 〈〉 〔〕 〖〗 ⟨⟩ ｢｣ ༺༻ ༼༽"
_BRACKETS = {pair[0]: pair[1] for pair in _PAIRS.split()}


def bidi_levels(text: str, rules: int = NEWEST) -> list[int]:
    """Return the embedding level of each character of a line (UAX #9); odd is right to left."""
    if not _RIGHT_TO_LEFT.search(text):
        return [0] * len(text)
    if rules >= WHOLE_NUMBERS:
        text = _HYPHEN_OF_NUMBER.sub("0", text)
    # Characters newer than Python's Unicode data are replaced by others of their direction.
    text = "".join(
        character
        if unicodedata.bidirectional(character)
        else ("\u0627" if _RIGHT_TO_LEFT.match(character) else "a")
        for character in text
    )
    base = bidi.get_base_level(text)
    storage = bidi.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    bidi.get_embedding_levels(text, storage)
    for index, character in enumerate(storage["chars"]):
        character["index"] = index
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], base)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    levels = [base] * len(text)
    for character in storage["chars"]:
        levels[character["index"]] = character["level"]
    return levels


def _resolve_brackets(characters: list[dict[str, Any]], base: int) -> None:
    """Apply rule N0 of UAX #9, which python-bidi omits: both brackets of a pair take the direction
    of the line if anything inside has it, or else that of what is inside and before."""
    along, against = "LR"[base], "RL"[base]
    strong = [_STRONG.get(character["type"]) for character in characters]
    for opening, closing in _bracket_pairs(characters):
        inside = strong[opening + 1 : closing]
        before = next(filter(None, reversed(strong[:opening])), along)
        if along in inside:
            direction = along
        elif against in inside:
            direction = before
        else:
            continue
        for place in (opening, closing):
            characters[place]["type"] = strong[place] = direction


def _bracket_pairs(characters: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the positions of matching brackets (BD16), in the order in which they open."""
    opened: list[tuple[str, int]] = []
    pairs = []
    for place, character in enumerate(characters):
        if character["type"] != "ON":
            continue
        if character["ch"] in _BRACKETS:
            opened.append((_BRACKETS[character["ch"]], place))
        # A closing bracket also discards whatever was opened after its own opening.
        for depth in range(len(opened) - 1, -1, -1):
            if opened[depth][0] == character["ch"]:
                pairs.append((opened[depth][1], place))
                del opened[depth:]
                break
    return sorted(pairs)


# Marks that phones and word processors type, and Chinese faces draw a full em wide: right between
# Chinese or Japanese letters, but O’Brien looks torn apart.
_MARK = regex.compile(r"[‘’“”…‐·]")
# Between the parts of a name: 阿力·艾力.
_DOT = "·"
# Outside of Chinese and Japanese it looks like the keyboard's hyphen.
_HYPHEN = "\u2010"
_LETTER, _LETTER_BEFORE = regex.compile(r"[\p{L}〇]"), regex.compile(r"(?r)[\p{L}〇]")
_OF_FULL_WIDTH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー〇]")
_QUOTES = {"“": "”", "‘": "’"}
# In em. Above this, a mark is as wide as an ideograph; below it, Noto Sans has the widest “…”.
_WIDE = 0.8
_IDEOGRAPH = ord("一")


def proportional_places(text: str, rules: int = NEWEST) -> frozenset[int]:
    """Return the places of marks that are proportional: the nearest letters are not Han or kana.

    A pair of quotes is judged as one; an apostrophe between letters is full-width only among Han or
    kana: 小明’s.
    """
    marks = [mark.start() for mark in _MARK.finditer(text)]
    if not marks:
        return frozenset()
    full = set()
    for place in marks:
        nearest = (_LETTER_BEFORE.search(text, 0, place), _LETTER.search(text, place + 1))
        if rules >= OF_LANGUAGE and _is_mixed_apostrophe(text, place):
            continue
        if any(letter and _OF_FULL_WIDTH.match(letter.group()) for letter in nearest):
            full.add(place)
    opened: list[int] = []
    for place in marks:
        if text[place] in _QUOTES:
            opened.append(place)
        elif opened and text[place] == _QUOTES[text[opened[-1]]]:
            around = text[place - 1 : place] + text[place + 1 : place + 2]
            letters = [letter for letter in around if _LETTER.match(letter)]
            # An apostrophe inside a word closes nothing.
            if len(letters) < 2 or any(map(_OF_FULL_WIDTH.match, letters)):
                pair = {opened.pop(), place}
                full |= pair if full & pair else set()
    return frozenset(marks) - full


def _is_mixed_apostrophe(text: str, place: int) -> bool:
    """Return whether it is between letters of which at least one is neither Han nor kana."""
    around = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    is_inside = text[place] == "’" and all(map(_LETTER.match, around))
    return is_inside and not all(map(_OF_FULL_WIDTH.match, around))


def _with_plain_hyphens(text: str, proportional: frozenset[int]) -> str:
    """Return the text with the keyboard's hyphen for U+2010 at those places."""
    if _HYPHEN not in text:
        return text
    return "".join(
        "-" if letter == _HYPHEN and place in proportional else letter
        for place, letter in enumerate(text)
    )


def is_torn(runs: Iterable[tuple[str, Face]], chain: Chain) -> bool:
    """Return whether marks in a stored text push letters apart that today's rules keep together.

    `runs` are its parts as they are read, with their faces.
    """
    text, faces = "", []
    for part, face in runs:
        text += part
        faces += [face] * len(part)
    for place in proportional_places(text, chain.rules):
        mark, face = text[place], faces[place]
        is_wide = _is_wide(mark, face)
        if is_wide and (mark == _HYPHEN or face_of_proportional(mark, face, chain) is not face):
            return True
    return False


@lru_cache(maxsize=256)
def face_of_proportional(mark: str, face: Face, chain: Chain) -> Face:
    """Return the face for a proportional mark in a text set in `face`: the same one if it can, or
    else the chain's Latin one."""
    if not _is_wide(mark, face):
        return face
    narrow = with_proportional_marks(face)
    if _width(mark, narrow) < _width(mark, face):
        return narrow
    latin = chain.latin
    return latin if latin and latin.covers(map(ord, mark)) else face


@lru_cache(maxsize=256)
def _with_half_dot(face: Face) -> Face:
    """The face with the dot half an em wide, as most faces have it, if it can (GB/T 15834-2011,
    5.1.7)."""
    half = with_features(face, tuple(sorted({*face.features, "halt"})))
    return half if _is_wide(_DOT, face) and _width(_DOT, half) < _WIDE else face


def _is_wide(mark: str, face: Face) -> bool:
    return face.covers([_IDEOGRAPH]) and _width(mark, face) > _WIDE


def _width(mark: str, face: Face) -> float:
    return shape(face, mark, right_to_left=False).advance


# A line feed, which ends a line of a paragraph, needs no glyph either.
_IGNORABLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\n]")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{RI}\p{RI}|\p{Emoji}\u200D")
# Marks of no script in particular (accents) that stay separate after NFC.
_STACKED_MARKS = regex.compile(r"[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF]")
# Letters that have a face of their own in each family, and those that a Chinese face must draw.
_LATIN = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}]")
_EAST_ASIAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
# One style of digits in a name, whatever letters precede them.
_DIGIT = regex.compile(r"[0-9]")
_LATIN_OR_DIGIT = regex.compile(rf"{_LATIN.pattern}|{_DIGIT.pattern}")
# Small pictures beside a name (a heart, a star), which do not change its face.
_PICTURE = regex.compile(r"[\u25A0-\u27BF\u2B00-\u2BFF]")
_COMMON = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]+")
# Scripts whose letters hang together: spacing them would break the word.
JOINED = regex.compile(
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Adlam}\p{Devanagari}\p{Bengali}\p{Gurmukhi}"
    r"\p{Hanifi_Rohingya}\p{Mandaic}\p{Manichaean}\p{Psalter_Pahlavi}\p{Sogdian}\p{Phags_Pa}"
    r"\p{Kaithi}\p{Modi}\p{Newa}\p{Sharada}\p{Syloti_Nagri}\p{Tirhuta}]"
)

# A heavier weight than a face has is drawn by growing the outline: 700 in place of 400 adds this
# share of an em on each side.
BOLD = 0.014
# In em: from this width on, a character is as wide as it is high.
_FULL_WIDTH = 0.9


def stroke_of(face: Face, weight: int) -> float:
    """Return what `weight` adds to the face's outline on each side, in em."""
    return 0.0 if face.is_emoji else max(0, weight - face.weight) / 300 * BOLD


@dataclass(frozen=True)
class Run:
    """Text of one face and one direction.

    In em, `spacing` is added between its letters, `gap` after it, and its outline grows by
    `stroke`. `place` is its position in the text as it is read. `upright` is for a character in a
    column.
    """

    text: str
    face: Face
    right_to_left: bool = False
    gap: float = 0.0
    place: int = 0
    spacing: float = 0.0
    stroke: float = 0.0
    upright: bool = False


def shaped(run: Run) -> Shaped:
    """Return the glyphs of a run."""
    return shape(run.face, run.text, run.right_to_left, run.spacing, run.upright)


def clusters(text: str) -> list[str]:
    """Return the user-perceived characters (grapheme clusters, UAX #29)."""
    found: list[str] = regex.findall(r"\X", text)
    return found


@lru_cache(maxsize=4096)
def _visible(text: str) -> frozenset[int]:
    return frozenset(ord(character) for character in text if not _IGNORABLE.match(character))


def _without_emoji(text: str, chain: Chain) -> list[Face]:
    """Return the faces for letters, those that can stack marks first if the text needs that."""
    if _STACKED_MARKS.search(text):
        return sorted(chain.letters, key=lambda face: not face.stacks_marks)
    return chain.letters


def _first(faces: Iterable[Face], text: str) -> Face | None:
    wanted = _visible(text)
    return next((face for face in faces if face.covers(wanted)), None)


Faces = tuple[tuple[str, Face | None], ...]


@lru_cache(maxsize=2048)
def faces_of(text: str, chain: Chain) -> Faces:
    """Return the clusters of a name with the face of each; None if no face has it.

    All letters share one face if possible; the chain's Latin one comes first for Latin, Greek and
    Cyrillic. Marks are proportional, except among Chinese letters.
    """

    def usual_unless_drawn(found: regex.Match[str]) -> str:
        """Return the usual form of a compatibility ideograph that no face draws in its own."""
        is_drawn = any(face.covers([ord(found.group())]) for face in chain)
        return found.group() if is_drawn else unicodedata.normalize("NFC", found.group())

    text = COMPATIBILITY.sub(usual_unless_drawn, composed(text))
    chain = _leading(text, chain)
    narrow = proportional_places(text, chain.rules)
    parts = clusters(_with_plain_hyphens(text, narrow))
    letters = [part for part in parts if not _EMOJI.search(part)]
    if chain.rules >= OF_LANGUAGE:
        letters = [letter for letter in letters if not _PICTURE.match(letter)]
    whole = _first(_without_emoji("".join(letters), chain), "".join(letters))
    order = [whole] if whole else _few_faces(letters, chain)
    latin = _latin_beside_others(letters, chain)
    if latin:
        others = [letter for letter in letters if not latin.covers(_visible(letter))]
        order = _few_faces(others, chain)
    found: list[tuple[str, Face | None]] = []
    place, before = 0, None
    for part in parts:
        is_of_latin = latin and latin.covers(_visible(part)) and not _EMOJI.search(part)
        if is_of_latin and (place in narrow or not _MARK.fullmatch(part)):
            face = latin
        else:
            face = _face_for(part, chain, order, before)
        before = face if face and not face.is_emoji else before
        if face and place in narrow:
            face = face_of_proportional(part, face, chain)
        elif face and part == _DOT and chain.rules >= HALF_DOT:
            face = _with_half_dot(face)
        found.append((part, face))
        place += len(part)
    return _all_or_no_small_capitals(found)


def _leading(text: str, chain: Chain) -> Chain:
    """Return the chain with the face first that the letters and digits of the text need."""
    if _EAST_ASIAN.search(text):
        return chain
    if chain.rules >= OF_LANGUAGE and _DIGIT.search(text):
        return chain.latin_first if chain.keeps_latin else chain
    return chain.latin_first if _LATIN.search(text) else chain


def _all_or_no_small_capitals(parts: Sequence[tuple[str, Face | None]]) -> Faces:
    """Drop small capitals in faces that lack one for a letter of the name: NGUYễN."""
    small = {
        (face, letter) for part, face in parts if face and SMALL in face.features for letter in part
    }
    lacking = {
        face for face, letter in small if letter.islower() and not has_small_capital(face, letter)
    }

    def able(face: Face) -> Face:
        rest = tuple(feature for feature in face.features if feature != SMALL)
        return with_features(face, rest) if face in lacking else face

    return tuple((part, face and able(face)) for part, face in parts)


def _latin_beside_others(letters: Sequence[str], chain: Chain) -> Face | None:
    """Return the face for Latin, Greek and Cyrillic letters of a mixed name, with its digits and
    narrow marks, if the chain keeps them in one of their own; else None."""
    if not chain.keeps_latin:
        return None
    is_its_own = _LATIN_OR_DIGIT if chain.rules >= OF_LANGUAGE else _LATIN
    its_own = "".join(letter for letter in letters if is_its_own.match(letter))
    if not its_own:
        return None
    latin = _first(_without_emoji(its_own, chain.latin_first), its_own)
    return None if latin is None or latin.covers(_visible("".join(letters))) else latin


def _few_faces(letters: Sequence[str], chain: Chain) -> list[Face]:
    """Return the faces to try for a mixed name, so that it uses few: the chain's first, or one that
    has all the letters that it has and more."""
    left = {letter for letter in letters if not _COMMON.fullmatch(letter)}
    faces = [face for face in chain.letters if _served(face, left)]
    order: list[Face] = []
    for first in faces:
        group = _served(first, left)
        if group:
            able = [face for face in faces if _served(face, group) == group]
            order.append(max(able, key=lambda face: len(_served(face, left))))
            left -= _served(order[-1], left)
    return [*order, *(face for face in chain.letters if face not in order)]


def _served(face: Face, letters: set[str]) -> set[str]:
    return {letter for letter in letters if face.covers(_visible(letter))}


def _face_for(
    cluster: str, chain: Chain, order: Sequence[Face], before: Face | None
) -> Face | None:
    """Return the face for one cluster of a mixed line; None if no face has it."""
    if _EMOJI.search(cluster):
        return _first(sorted(chain, key=lambda face: not face.is_emoji), cluster)
    if len(order) > 1 and _STACKED_MARKS.search(cluster):
        return _first(_without_emoji(cluster, chain), cluster)
    if before is not None and _COMMON.fullmatch(cluster) and not _DIGIT.match(cluster):
        order = [before, *order]
    found = _first(order, cluster) or _first(_without_emoji(cluster, chain), cluster)
    # A plain heart is drawn as an emoji if no other face has it.
    return found or _first(chain, cluster)


def reordered(runs: list[tuple[Run, int]]) -> tuple[Run, ...]:
    """Return the runs in the order of the page (UAX #9, rule L2)."""
    for level in range(max((level for _, level in runs), default=0), 0, -1):
        start = 0
        while start < len(runs):
            end = start
            while end < len(runs) and runs[end][1] >= level:
                end += 1
            runs[start:end] = runs[start:end][::-1]
            start = max(end, start + 1)
    return tuple(run for run, _ in runs)


def _stands_upright(cluster: str, face: Face) -> bool:
    """Return whether a character is upright in a column: as wide as it is high (UAX #11)."""
    width = unicodedata.east_asian_width(cluster[0])
    return width in "WF" or (width == "A" and shape(face, cluster, False).advance > _FULL_WIDTH)


def runs_of(
    parts: Faces,
    chain: Chain,
    letter_spacing: float = 0.0,
    weight: int = 400,
    in_columns: bool = False,
) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """Return the runs of a line in the order of the page, and the clusters that no face has.

    `letter_spacing` is in em; letters that hang together get none.
    """
    levels = bidi_levels("".join(cluster for cluster, _ in parts), chain.rules)
    placed, place = [], 0
    for cluster, face in parts:
        level, face = levels[place], face or chain[0]
        is_joined = face.is_joined or (letter_spacing and JOINED.match(cluster))
        spacing, stroke = 0.0 if is_joined else letter_spacing, stroke_of(face, weight)
        upright = in_columns and _stands_upright(cluster, face)
        run = Run(cluster, face, bool(level % 2), spacing, place, spacing, stroke, upright)
        placed.append((run, level))
        place += len(cluster)

    def of_one_run(part: tuple[Run, int]) -> tuple[Face, int, float, int]:
        """Return a key that is equal for neighbours of one run; each emoji, and each upright
        character, is a run of its own."""
        run, level = part
        is_alone = run.face.is_emoji or run.upright
        return run.face, level, run.spacing, run.place if is_alone else -1

    runs = []
    for _, group in itertools.groupby(placed, of_one_run):
        (first, level), *others = group
        text = "".join((first.text, *(run.text for run, _ in others)))
        runs.append((replace(first, text=text), level))
    missing = [cluster for cluster, face in parts if face is None]
    return reordered(runs), tuple(dict.fromkeys(missing))
