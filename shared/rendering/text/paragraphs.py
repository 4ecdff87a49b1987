"""Line breaks, and paragraphs of as many lines as fit at the largest size, row by row.

What fits depends on the advances and the most that any ink exceeds them, so that a larger box never
makes a text smaller.
"""

import bisect
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

import regex
from icu4py.breakers import LineBreaker, WordBreaker

from shared.rendering.text.measuring import (
    ASCENT,
    DESCENT,
    MARGIN,
    STEP,
    Box,
    SetLine,
    TextStyle,
    cut,
    measured,
    settled_size,
    text_of,
    trimmed,
)
from shared.rendering.text.rules import NEWEST, OF_LANGUAGE
from shared.rendering.text.runs import JOINED, Faces, clusters

# Halvings of the difference between the narrowest and widest lines; the tenth is invisible.
_HALVINGS = 10


# How much wider than even lines those may be that end between words; how hard a Chinese or Japanese
# line is to read that ends between words without punctuation, or inside one; and how hard lines are
# to look at, by the square of the share by which they are longer or shorter.
_ALLOWANCE, _BETWEEN_WORDS, _IN_A_WORD, _UNEVEN = 1.15, 0.05, 1.0, 2.0
# Two characters that are a word each to ICU may be a name that it does not know: 滨江.
_IN_A_NAME = 0.3
# Only the last line is shorter than this share of an even one.
_SHORTEST = 0.7


class Piece(NamedTuple):
    """Text between two possible ends of lines: its width with and without the blank after it, that
    of the hyphen that a line ending there needs, and how hard it is to read on then."""

    advance: float
    inked: float
    hyphen: float = 0.0
    hard: float = 0.0


# The first piece of a line, and of the next one.
Span = tuple[int, int]


@dataclass(frozen=True)
class ParagraphRow:
    """Pieces between two line feeds, with `spacing` between them."""

    pieces: Sequence[Piece]
    spacing: float = 0.0

    @cached_property
    def _starts(self) -> list[float]:
        """The distances of each piece, and of the end, from the first piece."""
        steps = (piece.advance + self.spacing for piece in self.pieces)
        return list(itertools.accumulate(steps, initial=0.0))

    @cached_property
    def _reach(self) -> list[float]:
        """The ends of lines that end with each piece. They never decrease, though a hyphen may be
        wider than the letters after it."""
        reach = (
            start + piece.inked + piece.hyphen
            for start, piece in zip(self._starts, self.pieces, strict=False)
        )
        return list(itertools.accumulate(reach, max))

    @property
    def narrowest(self) -> float:
        """The width of its widest piece."""
        return max((piece.inked + piece.hyphen for piece in self.pieces), default=0.0)

    def filled(self, width: float) -> list[Span] | None:
        """Return the fewest lines no wider than `width`, or None if a piece is wider."""
        lines: list[Span] = []
        start = 0
        while start < len(self.pieces):
            end = bisect.bisect_right(self._reach, width + self._starts[start], lo=start)
            if end == start:
                return None
            lines.append((start, end))
            start = end
        return lines or [(0, 0)]

    def balanced(self, width: float) -> list[Span]:
        """Return lines of even width: as many as in `filled`, and as narrow as possible (CSS Text
        4, `text-wrap: balance`)."""
        best = self.filled(width)
        assert best is not None
        low, high, count = self.narrowest, width, len(best)
        for _ in range(_HALVINGS if count > 1 else 0):
            middle = (low + high) / 2
            lines = self.filled(middle)
            if lines and len(lines) <= count:
                best, high = lines, middle
            else:
                low = middle
        is_even = len({piece.hard for piece in self.pieces[:-1]}) < 2
        return best if is_even else self._between_words(min(width, _ALLOWANCE * high), high, best)

    def _between_words(self, width: float, even: float, otherwise: list[Span]) -> list[Span]:
        """Return as many lines as in `otherwise`, no wider than `width` and about as wide as
        `even`, that end where it is easiest to read on."""
        # By the first piece of the next line: how hard the lines before it are, and these lines.
        best: dict[int, tuple[float, list[Span]]] = {0: (0.0, [])}
        for _ in otherwise:
            longer: dict[int, tuple[float, list[Span]]] = {}
            for start, (hard, lines) in best.items():
                begin = self._starts[start]
                first = bisect.bisect_left(self._reach, _SHORTEST * even + begin, lo=start)
                last = bisect.bisect_right(self._reach, width + begin, lo=start)
                ends = {*range(first + 1, last + 1)}
                if last == len(self.pieces):
                    ends.add(last)
                for end in ends:
                    is_last = end == len(self.pieces)
                    sum_ = hard + _UNEVEN * ((self._reach[end - 1] - begin) / even - 1) ** 2
                    sum_ += 0.0 if is_last else self.pieces[end - 1].hard
                    if end not in longer or sum_ < longer[end][0]:
                        longer[end] = (sum_, [*lines, (start, end)])
            best = longer
        return best[len(self.pieces)][1] if len(self.pieces) in best else otherwise


# Possible ends of lines: between words, as each script separates them, or else inside a word

# Names may also break after these: rules for running text (UAX #14) ignore dots between names.
_DOT = regex.compile(r"[·•]")
# No line begins with these. Unlike running text, names do not break between Hangul syllables.
_NEVER = regex.compile(r"(?<=.)(?=[\-‐–—·・•])|(?<=\p{Hangul})(?=\p{Hangul})")
_WORD_END = regex.compile(r"[\s\-‐–·・•]")
# Punctuation that begins no line, or ends none (UAX #14: CL, CP, EX, OP).
_KEPT_TOGETHER = regex.compile(r"(?=[\p{Pe}\p{Pf}。，、；：！？…,.;:!?])|(?<=[\p{Ps}\p{Pi}])")
_OPENING, _CLOSING = regex.compile(r"\p{Ps}"), regex.compile(r"\p{Pe}")
# Vowels of Thai and Lao that are written before their consonant.
_LEADING_VOWEL = regex.compile(r"[\u0E40-\u0E44\u0EC0-\u0EC4]")
_EAST_ASIAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
# Scripts that hyphenate.
_HYPHENATED = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Armenian}\p{Georgian}\p{Cherokee}]")


def soft_breaks(text: str) -> list[int]:
    """Return the places where readers expect a line to end: UAX #14 with ICU's dictionaries for
    Thai, Lao, Khmer and Burmese, and dots between names."""
    # Lengths of the segments, as ICU's places count UTF-16.
    ends = itertools.accumulate(len(segment) for segment in LineBreaker(text, "en"))
    places = {*ends, *(dot.end() for dot in _DOT.finditer(text))}
    never = {match.start() for match in _NEVER.finditer(text)}
    return sorted(place for place in places - never if 0 < place < len(text))


def word_breaks(text: str) -> list[int]:
    """Return the `soft_breaks` that break no word at its hyphen."""
    return [place for place in soft_breaks(text) if text[place - 1] not in "-\u2010"]


def whole_word_breaks(text: str) -> list[int]:
    """Return the `word_breaks` that break no word or name of Chinese or Japanese."""
    hard = hardness(text)
    return [place for place in word_breaks(text) if hard.get(place, 0.0) < _IN_A_NAME]


_EAST_ASIAN_LETTER = r"[\p{Han}\p{Hiragana}\p{Katakana}ー]"
_INSIDE = regex.compile(rf"(?<={_EAST_ASIAN_LETTER})(?={_EAST_ASIAN_LETTER})")
# After numbers, in dates, and in words of which ICU's dictionary has only the beginning: 39小时,
# 2026年12月, 第三届, 志愿者, 马拉松.
_BOUND = regex.compile(
    r"(?<=[\p{Nd}第〇一二三四五六七八九十百千万两])(?=\p{Han})|(?<=\p{Nd}[年月])(?=\p{Nd})"
    r"|(?<=\p{Han})(?=[者们們様届])|(?<=[马馬]拉)(?=松)|(?<=嘉)(?=年[华華])|(?<=嘉年)(?=[华華])"
)
# Characters that end names of bodies, places and occasions, unless they begin a word: 基金会.
_ENDING = regex.compile(r"(?<=\p{Han})(?=[会會委馆館园園院队隊赛賽节節站营營师師员員组組])")
_BEHIND = regex.compile(r"(?<=[。，、；：！？])")


@lru_cache(maxsize=256)
def hardness(text: str) -> Mapping[int, float]:
    """Return how hard it is to read on after a line break in Chinese or Japanese, by its place, if
    it is not simply between words of ICU's dictionary. Empty for other texts."""
    if not _EAST_ASIAN.search(text):
        return {}
    is_japanese = _KANA.search(text)
    words = list(LineBreaker(text, "ja-u-lw-phrase") if is_japanese else WordBreaker(text, "zh"))
    ends = list(itertools.accumulate(map(len, words)))
    between = {*ends}
    names = {
        end
        for end, (word, after) in zip(ends, itertools.pairwise(words), strict=False)
        if len(word) == len(after) == 1 and _INSIDE.search(word + after)
    }
    inside = {found.start() for found in _INSIDE.finditer(text)} - between
    inside |= {found.start() for found in _BOUND.finditer(text)}
    endings = (found.start() for found in _ENDING.finditer(text))
    inside |= {place for place in endings if place + 1 in between}
    behind = {found.start() for found in _BEHIND.finditer(text)}
    found = dict.fromkeys(names, _IN_A_NAME) | dict.fromkeys(inside, _IN_A_WORD)
    return found | dict.fromkeys(behind, 0.0)


def hard_breaks(text: str, rules: int = NEWEST) -> list[int]:
    """Return the places between characters that are neither joined nor belong together."""
    if JOINED.search(text):
        return []
    ends = list(itertools.accumulate(len(cluster) for cluster in clusters(text)))[:-1]
    if rules >= OF_LANGUAGE:
        ends = [place for place in ends if not _KEPT_TOGETHER.match(text, place)]
    return [place for place in ends if not _LEADING_VOWEL.match(text[place - 1])]


def shows_its_words(text: str) -> bool:
    """Return whether anything but letters shows where a word ends."""
    return bool(_WORD_END.search(text))


def effort(text: str, place: int, rules: int = NEWEST) -> float:
    """Return how hard it is to read on after a line break there: 1 between words that the text
    separates visibly."""
    opened = len(_OPENING.findall(text[:place])) - len(_CLOSING.findall(text[:place]))
    if _WORD_END.match(text[place - 1]):
        inside = 1.0
    elif rules < OF_LANGUAGE:
        inside = 1.15 if shows_its_words(text) else 1.0
    else:
        is_cut = hardness(text).get(place) == _IN_A_WORD
        inside = 2.0 if shows_its_words(text) else 1.3 if is_cut else 1.0
    return inside * (1.3 if opened > 0 else 1.0)


def takes_hyphen(text: str, place: int) -> bool:
    """Return whether a line that ends there, inside a word, needs a hyphen."""
    letters = clusters(text[:place])[-1:] + clusters(text[place:])[:1]
    return len(letters) == 2 and all(_HYPHENATED.match(letter) for letter in letters)


# Paragraphs


# The pixels by which hinting moves ink at most.
_HINTED = 2.0
# The em by which ink exceeds a line; few letters exceed it by more.
_MOST_STANDING_OUT = 0.25


class Paragraph(NamedTuple):
    """Lines, and their size in pixels per em."""

    lines: tuple[SetLine, ...]
    size: float


def widest_piece(box: Box, size: float) -> float:
    """Return the width, in em, of the widest piece that a line in the box can hold."""
    return (box[0] - 2 * MARGIN - _HINTED) / size - _MOST_STANDING_OUT


class Rows:
    """The rows of a text between line feeds, in pieces that stay whole: those between `places`,
    divided further if wider than `widest` (in em)."""

    def __init__(
        self,
        parts: Faces,
        style: TextStyle,
        places: Callable[[str], list[int]],
        widest: float = math.inf,
    ) -> None:
        self._style = style
        self._rows = []
        feeds = [index for index, (cluster, _) in enumerate(parts) if cluster == "\n"]
        for start, end in itertools.pairwise([-1, *feeds, len(parts)]):
            row = parts[start + 1 : end]
            pieces: list[Faces] = []
            for piece in cut(row, places(text_of(row))):
                is_wide = self._width(piece) > widest
                # Its characters, unless they are joined.
                inside = hard_breaks(text_of(piece), style.chain.rules) if is_wide else []
                pieces += cut(piece, inside)
            self._rows.append(pieces)
        lines = [measured(trimmed(piece), style) for row in self._rows for piece in row]
        self._stands_out = max([0.0, *(-line.ink.left for line in lines)])
        self._stands_out += max([0.0, *(line.ink.right - line.advance for line in lines)])
        self._above = min((line.ink.top for line in lines), default=0.0)
        self._below = max((line.ink.bottom for line in lines), default=0.0)
        self._widths = [ParagraphRow(self._pieces(row), style.letter_spacing) for row in self._rows]

    def set_in(
        self, box: Box, least: float, largest: float, most: int | None = None
    ) -> Paragraph | None:
        """Return the largest setting in the box, on at most `most` lines of even width, or None if
        nothing fits."""
        if least > largest:
            return None
        lowest, highest = math.ceil(max(least, STEP) / STEP), math.floor(largest / STEP)
        # A single size need not be a multiple of the steps.
        lowest = min(lowest, max(highest, 1))
        steps = range(lowest, highest + 1)
        fits = bisect.bisect_left(
            steps, True, key=lambda step: not self._has_room(step * STEP, box, most)
        )
        if fits == 0:
            return None
        size = steps[fits - 1] * STEP
        lines = tuple(
            self._line(row, line)
            for row, widths in zip(self._rows, self._widths, strict=True)
            for line in widths.balanced(self._room(size, box))
        )
        settled = settled_size(lines, self._style, box, size, min(least, size))
        return None if settled is None else Paragraph(lines, settled)

    def _room(self, size: float, box: Box) -> float:
        """Return the largest advance of a line, in em."""
        return (box[0] - 2 * MARGIN - _HINTED) / size - self._stands_out

    def _has_room(self, size: float, box: Box, most: int | None) -> bool:
        filled = [row.filled(self._room(size, box)) for row in self._widths]
        if None in filled:
            return False
        count = sum(len(lines) for lines in filled if lines is not None)
        if most is not None and count > most:
            return False
        ink = (self._below - self._above) * size
        pitch = max(self._style.line_spacing * size, ink + 2 * MARGIN + _HINTED)
        height = max((ASCENT + DESCENT) * size, ink + _HINTED) + pitch * (count - 1)
        return height <= box[1] - 2 * MARGIN

    def _pieces(self, row: Sequence[Faces]) -> list[Piece]:
        texts = [text_of(piece) for piece in row]
        hyphens = [
            self._width(_hyphen_after(piece)) if takes_hyphen(before + after, len(before)) else 0.0
            for piece, (before, after) in zip(row, itertools.pairwise([*texts, ""]), strict=True)
        ]
        by_place = hardness("".join(texts)) if self._style.chain.rules >= OF_LANGUAGE else {}
        ends = itertools.accumulate(map(len, texts))
        indents = itertools.chain([self._style.indent], itertools.repeat(0.0))
        return [
            Piece(
                indent + self._width(piece),
                indent + self._width(trimmed(piece)),
                hyphen,
                by_place.get(end, _BETWEEN_WORDS if by_place else 0.0),
            )
            for piece, hyphen, end, indent in zip(row, hyphens, ends, indents, strict=False)
        ]

    def _width(self, parts: Faces) -> float:
        return measured(parts, self._style).advance

    def _line(self, row: Sequence[Faces], line: Span) -> SetLine:
        start, end = line
        parts = trimmed(tuple(itertools.chain(*row[start:end])))
        text = text_of(row[end - 1]) if end else ""
        rest = text_of(row[end]) if end < len(row) else ""
        if text and takes_hyphen(text + rest, len(text)):
            parts = (*parts, *_hyphen_after(parts))
        measures, indent = measured(parts, self._style), self._style.indent
        if start or not indent or not parts:
            return measures
        starts = tuple(indent + start for start in measures.starts)
        return replace(measures, starts=starts, advance=indent + measures.advance)


def _hyphen_after(parts: Faces) -> Faces:
    return (("-", parts[-1][1]),)
