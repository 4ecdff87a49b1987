"""Which way each character runs: the bidirectional algorithm (UAX #9) for one line of text."""

import unicodedata
from typing import Any

import regex
from bidi import algorithm as bidi

_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}]")
# Numbers count as right to left here (N0, note).
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
# The pairs of BidiBrackets.txt that occur in names and titles.
_PAIRS = "() [] {} （） ［］ ｛｝ 【】 「」 『』 《》 〈〉 〔〕 〖〗 ⟨⟩ ｢｣ ༺༻ ༼༽"
_BRACKETS = {pair[0]: pair[1] for pair in _PAIRS.split()}


def bidi_levels(text: str) -> list[int]:
    """The embedding level of each character of one line (UAX #9); odd is right to left."""
    if not _RIGHT_TO_LEFT.search(text):
        return [0] * len(text)
    text = "".join(map(_known, text))
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


def _known(character: str) -> str:
    """The character, or another of its direction if it is newer than Python's Unicode data."""
    if unicodedata.bidirectional(character):
        return character
    return "\u0627" if _RIGHT_TO_LEFT.match(character) else "a"


def _resolve_brackets(characters: list[dict[str, Any]], base: int) -> None:
    """Rule N0 of UAX #9, which python-bidi leaves out: both brackets of a pair take one direction,
    that of the line if anything inside has it, else the one of what is inside and before."""
    along, against = "LR"[base], "RL"[base]
    strong = [_STRONG.get(character["type"]) for character in characters]
    for opening, closing in _bracket_pairs(characters):
        inside = strong[opening + 1 : closing]
        before = next((one for one in reversed(strong[:opening]) if one), along)
        if along in inside:
            direction = along
        elif against in inside:
            direction = before
        else:
            continue
        for place in (opening, closing):
            characters[place]["type"] = strong[place] = direction


def _bracket_pairs(characters: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """The positions of matching brackets (BD16), in the order in which they open."""
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
