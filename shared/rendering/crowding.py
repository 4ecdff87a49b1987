"""How crowded names are in a design, computed fast enough to rank a long list.

The advances of single letters are measured once and added up. That is wrong where letters join,
stack or combine, so in such scripts whole words are measured when a name comes near the box's
width.
"""

import math

import regex

from shared.rendering.design import CompiledDesign
from shared.rendering.text.fitting import Style, measure
from shared.rendering.text.typesetting import NEW

# Letters whose width does not depend on their neighbours.
_SIDE_BY_SIDE = regex.compile(
    r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Armenian}"
    r"\p{Georgian}\p{Hebrew}\p{Ethiopic}\p{Bopomofo}\p{Zs}\p{P}\p{N}]*"
)
# The share of the box above which the sum is not trusted for other scripts: joined letters are
# rarely wider than single ones.
_NEAR = 0.9


class Crowding:
    """For one design; measurements are kept as long as this object."""

    def __init__(self, design: CompiledDesign) -> None:
        self._fields = []
        for field in design.shown:
            if field.kind == "name":
                empty = design.resolve(field, "", NEW, field.language)
                em = field.size * design.height / empty.upright_size[0]
                self._fields.append((_Letters(empty.style), em))

    def of(self, name: str) -> float:
        """The width of the name at the largest size as a share of its box, in the worst field.

        1.0 fills it, larger values have to shrink or break, infinity means a letter that no face
        has.
        """
        return max((_share(letters, em, name) for letters, em in self._fields), default=0.0)


class _Letters(dict[str, float]):
    """The advance of each letter or word in em."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def __missing__(self, text: str) -> float:
        line = measure(text, self.style)
        self[text] = advance = math.inf if line.missing else line.advance
        return advance


def _share(letters: _Letters, em: float, name: str) -> float:
    spaced = len(name) * letters.style.letter_spacing
    share = em * (sum(map(letters.__getitem__, name)) + spaced)
    if share < _NEAR or _SIDE_BY_SIDE.fullmatch(name):
        return share
    words = name.split(" ")
    # Nothing joins across a space, and people share many words of their names.
    blanks = (len(words) - 1) * letters[" "]
    return em * (sum(map(letters.__getitem__, words)) + blanks + spaced)
