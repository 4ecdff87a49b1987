"""The typefaces in `fonts/`: what each covers, and in which order they are tried."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal, Self, get_args

import regex
import uharfbuzz
from babel import localedata
from babel.core import get_global
from cachetools import LRUCache, cached
from PIL import Image

from shared.rendering.text.rules import NEWEST, OF_LANGUAGE

FONTS = Path(__file__).parents[3] / "fonts"

# The names by which layouts know the faces that lead with Chinese, and those that lead with Latin.
ChineseFace = Literal["kai", "song", "hei"]
LatinFace = Literal["book", "modern", "display", "capitals", "script", "copperplate"]
FaceName = ChineseFace | LatinFace
CHINESE_FACES: tuple[ChineseFace, ...] = get_args(ChineseFace)
FACE_NAMES: tuple[FaceName, ...] = (*CHINESE_FACES, *get_args(LatinFace))

# Of scripts with a formal hand and a plain one, that beside a serif and that beside a sans.
_Pair = tuple[str, str]
ARABIC_FACES: _Pair = ("NotoNaskhArabic-Regular.ttf", "NotoSansArabic-Regular.ttf")
KOREAN_FACES: _Pair = ("NanumMyeongjo-Regular.ttf", "NanumGothic-Regular.ttf")
# Tried first for a text that is said to be in that language. There is no free brush face with
# Japanese forms.
FACES_OF_LANGUAGES: dict[str, _Pair] = {
    "ja": ("JapaneseNamesSerif-Regular.otf", "JapaneseNamesSans-Regular.otf"),
    "ur": ("NotoNastaliqUrdu-Regular.ttf", "NotoNastaliqUrdu-Regular.ttf"),
}
_SANS = frozenset({"hei", "modern"})

# Other letters of Europe, and other scripts, behind a face that leads with Latin.
_SONG = "NotoSerifSC-Regular.otf"
_BEHIND_SERIF = ("NotoSerif-Regular.ttf", KOREAN_FACES[0], _SONG)
_BEHIND_SANS = ("NotoSans-Regular.ttf", KOREAN_FACES[1], "NotoSansSC-Regular.otf")
# The faces tried first for Chinese, Latin, Cyrillic and Greek. If the first lacks a letter, the
# whole field goes to the next face that has all of them, so WenKai, which has the most characters,
# stands in every chain. Layouts that exist are set by these chains: another order, or another face
# before the last ones, is another name.
LEADING_FACES: dict[str, tuple[str, ...]] = {
    "kai": ("LXGWWenKai-Regular.ttf", "NotoSans-Regular.ttf"),
    "song": ("NotoSerifSC-Regular.otf", "NotoSerif-Regular.ttf", "LXGWWenKai-Regular.ttf"),
    "hei": ("NotoSansSC-Regular.otf", "NotoSans-Regular.ttf", "LXGWWenKai-Regular.ttf"),
    "book": ("EBGaramond-Regular.ttf", *_BEHIND_SERIF, "LXGWWenKai-Regular.ttf"),
    "modern": ("Inter-Regular.ttf", *_BEHIND_SANS, "LXGWWenKai-Regular.ttf"),
    "display": (
        "PlayfairDisplay-Regular.ttf", "EBGaramond-Regular.ttf", *_BEHIND_SERIF,
        "LXGWWenKai-Regular.ttf",
    ),
    "capitals": (
        "Cinzel-Regular.ttf", "PlayfairDisplay-Regular.ttf", "EBGaramond-Regular.ttf",
        *_BEHIND_SERIF, "LXGWWenKai-Regular.ttf",
    ),
    # Beside a hand, a brush.
    "script": (
        "GreatVibes-Regular.ttf", "EBGaramond-Regular.ttf", KOREAN_FACES[0],
        "LXGWWenKai-Regular.ttf",
    ),
    "copperplate": (
        "PinyonScript-Regular.ttf", "GreatVibes-Regular.ttf", "EBGaramond-Regular.ttf",
        KOREAN_FACES[0], "LXGWWenKai-Regular.ttf",
    ),
}  # fmt: skip
# The face of each family that is made for Latin, Greek and Cyrillic: in the Chinese faces, letters
# are fewer, and some marks between them a full em wide.
LATIN_FACES: dict[str, str] = {
    **{name: LEADING_FACES[name][0] for name in get_args(LatinFace)},
    "kai": "LXGWWenKai-Regular.ttf",
    "song": "NotoSerif-Regular.ttf",
    "hei": "NotoSans-Regular.ttf",
}
# A real bold of Song with the characters of titles, tried before it where the weight is no less.
_SONG_TITLES, _BOLD = "SongTitles-Bold.otf", 700
# What a field asks for by its face: where Cinzel lacks a letter, the small letters of the next face
# are small capitals as well.
_FEATURES: dict[str, tuple[str, ...]] = {"capitals": ("smcp",)}


# Compared by identity: one certificate looks up chains of them hundreds of times.
@dataclass(frozen=True, eq=False)
class Face:
    """One font file, with one object for each file; `forms` is the language in whose forms it
    draws, whatever the text. `proportional`: marks that are a full em wide are drawn as wide as
    they are (OpenType feature "pwid"). `weight` is the one by which its family knows it, `features`
    are further OpenType features with which it is drawn. `is_joined`: the letters of a hand hang
    together, whatever their script."""

    file: str
    family: str
    is_emoji: bool = False
    weight: int = 400
    is_joined: bool = False
    folder: Path = FONTS
    forms: str | None = None
    proportional: bool = False
    features: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        return self.folder / self.file

    @cached_property
    def coverage(self) -> frozenset[int]:
        """The code points that the face has glyphs for."""
        return frozenset(self.shaper.face.unicodes)

    @cached_property
    def shaper(self) -> Any:
        """The face for HarfBuzz, in font units."""
        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path))))

    @cached_property
    def stacks_marks(self) -> bool:
        """Whether the face says where a mark goes on a mark (OpenType feature "mkmk")."""
        face = self.shaper.face
        scripts = range(len(face.get_table_script_tags("GPOS")))
        return any("mkmk" in face.get_language_feature_tags("GPOS", script) for script in scripts)

    @cached_property
    def has_japanese_forms(self) -> bool:
        """Whether the face draws characters in their Japanese form on request (OpenType language
        system "JAN"). None of ours: each holds the forms of one country."""
        face = self.shaper.face
        scripts = range(len(face.get_table_script_tags("GSUB")))
        return any("JAN " in face.get_script_language_tags("GSUB", one) for one in scripts)

    def covers(self, code_points: Iterable[int]) -> bool:
        return self.coverage.issuperset(code_points)


class Chain(tuple[Face, ...]):
    """Faces to try, best first; `latin` is the one for Latin, Greek and Cyrillic, if another is
    preferred for them. `keeps_latin`: they stand in it beside other scripts, too, and so do digits.
    `rules` are those by which a face is chosen. There are many, so frequent answers are cached."""

    latin: Face | None = None
    keeps_latin: bool = False
    rules: int = NEWEST

    # The same faces by other rules are another chain.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @classmethod
    def of(
        cls, faces: Iterable[Face], latin: Face, *, keeps_latin: bool = False, rules: int = NEWEST
    ) -> Self:
        chain = cls(faces)
        chain.latin, chain.keeps_latin, chain.rules = latin, keeps_latin, rules
        return chain

    @cached_property
    def latin_first(self) -> "Chain":
        """The faces to try for text in Latin, Greek or Cyrillic letters. An organizer's own face
        stays the first."""
        if self.latin is None or self.latin is self[0] or self[0].folder != FONTS:
            return self
        others = (face for face in self if face is not self.latin)
        return Chain.of(
            (self.latin, *others), self.latin, keeps_latin=self.keeps_latin, rules=self.rules
        )

    @cached_property
    def letters(self) -> list[Face]:
        """The faces that are not for emoji."""
        return [face for face in self if not face.is_emoji]


@cache
def manifest() -> tuple[dict[str, Any], ...]:
    """What `fonts/manifest.json` says about each file."""
    return tuple(json.loads((FONTS / "manifest.json").read_text(encoding="utf-8"))["faces"])


@cache
def _all_faces() -> dict[str, Face]:
    return {
        entry["file"]: Face(
            entry["file"],
            entry["family"],
            entry["role"] == "emoji",
            entry.get("weight", 400),
            entry.get("joined", False),
        )
        for entry in manifest()
    }


def has_feature(name: str, feature: str) -> bool:
    """Whether the face of that name has an OpenType feature that its fields may ask for; those of
    organizers' own faces are not known."""
    files = [LATIN_FACES.get(name)]
    return any(one["file"] in files and feature in one.get("features", ()) for one in manifest())


# Bounded, because layouts may ask for any weight.
@lru_cache(maxsize=4096)
def _asked_for(file: str, weight: int, features: tuple[str, ...]) -> Face:
    """The face in that file, or a heavier one of its family that is not heavier than `weight`, with
    those of the OpenType `features` that it has."""
    face = _all_faces()[file]
    family = [
        entry for entry in manifest()
        if entry["file"] == file or (entry["role"], entry["family"]) == ("heavier", face.family)
    ]  # fmt: skip
    light = [one for one in family if one["file"] == file or one["weight"] <= weight]
    found = max(light, key=lambda entry: entry.get("weight", 400))
    able = tuple(one for one in features if one in found.get("features", ()))
    return with_features(_all_faces()[found["file"]], able)


@lru_cache(maxsize=256)
def chain(
    name: str,
    language: str = "",
    weight: int = 400,
    features: tuple[str, ...] = (),
    *,
    in_chinese: bool = True,
    rules: int = NEWEST,
) -> Chain:
    """The faces to try for a field set in `name` (one of FACE_NAMES), best first; `language` is
    what its text is said to be in, if that has faces of its own. Where a face has that `weight` and
    those OpenType `features`, they are its own. `in_chinese`: the sheet is, and digits come from
    the face for Chinese, if it leads."""
    is_sans, is_latin = name in _SANS, name not in CHINESE_FACES
    first = [FACES_OF_LANGUAGES[language][is_sans]] if language else []
    serif, scripts, further, emoji = (
        [entry["file"] for entry in manifest() if entry["role"] == role]
        for role in ("serif", "script", "further", "emoji")
    )
    formal = serif if is_latin and not is_sans else []
    leading = list(LEADING_FACES[name])
    if is_latin and weight >= _BOLD and _SONG in leading:
        leading.insert(leading.index(_SONG), _SONG_TITLES)
    usual = [*leading, ARABIC_FACES[is_sans], *formal, *scripts, *LEADING_FACES["hei"]]
    # After all the faces that existed before, so that older texts keep theirs.
    files = dict.fromkeys([*first, *usual, *further, KOREAN_FACES[is_sans], *emoji])
    asked = tuple(sorted({*features, *_FEATURES.get(name, ())}))
    latin, *faces = (_asked_for(file, weight, asked) for file in (LATIN_FACES[name], *files))
    keeps_latin = is_latin or (rules >= OF_LANGUAGE and not in_chinese)
    return Chain.of(faces, latin, keeps_latin=keeps_latin, rules=rules)


# An organizer's own face is followed by the faces of this one, which covers the most characters.
BEHIND_OWN = "kai"


def own_family(sha256: str) -> str:
    """The name of an organizer's font in documents, whatever its makers call it."""
    return f"own-{sha256}"


@lru_cache(maxsize=1024)
def own_face(file: Path) -> Face:
    """The face in an organizer's font file. Its family is named after the file, which is named
    after the SHA-256 of its content, so that no two files claim the same family."""
    return Face(file.name, own_family(file.stem), folder=file.parent)


@lru_cache(maxsize=1024)
def in_forms(face: Face, language: str) -> Face:
    """The face with the forms of `language`, or the face itself if it has none for that."""
    is_able = language == "ja" and face.has_japanese_forms
    return replace(face, forms=language) if is_able else face


@lru_cache(maxsize=1024)
def with_proportional_marks(face: Face) -> Face:
    """The face with marks as wide as they are."""
    return replace(face, proportional=True)


@lru_cache(maxsize=1024)
def with_features(face: Face, features: tuple[str, ...]) -> Face:
    """The face drawn with these OpenType features."""
    return face if features == face.features else replace(face, features=features)


@lru_cache(maxsize=64)
def chain_behind(
    own: Face, language: str = "", features: tuple[str, ...] = (), rules: int = NEWEST
) -> Chain:
    """The faces to try for a field set in an organizer's own face."""
    behind = chain(BEHIND_OWN, language, rules=rules)
    first = with_features(in_forms(own, language), tuple(sorted(features)))
    return Chain.of((first, *behind), _all_faces()[LATIN_FACES[BEHIND_OWN]], rules=rules)


@lru_cache(maxsize=64)
def faces_by_file(own: Face | None) -> Mapping[str, Face]:
    """All our faces, and an organizer's own, by their files."""
    return _all_faces() if own is None else {**_all_faces(), own.file: own}


# The scripts that some languages are written in together (ISO 15924).
_LETTERS_OF = {"Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang", "Hani")}
_LETTERS_OF |= dict.fromkeys(("Hans", "Hant"), ("Hani",))
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


def language_of_forms(face: Face, text: str) -> str | None:
    """The language in whose forms the face draws `text`: the given one, "ja" if it has kana,
    otherwise None for the face's default forms.

    Never the language of the machine or of the page: a certificate looks the same everywhere.
    """
    return face.forms or ("ja" if _KANA.search(text) and face.has_japanese_forms else None)


@lru_cache(maxsize=4096)
def language_written(text: str, told: str) -> str | None:
    """The language (ISO 639) in which a voice should read `text`: the one that was `told` if it is
    written in these letters, otherwise CLDR's most likely one for them. None for Latin letters,
    which tell nothing, and where there are none."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    likely = get_global("likely_subtags")
    script = likely.get(told, "").split("_")[1:2]
    if script and buffer.script in _LETTERS_OF.get(script[0], script):
        return told
    found = likely.get(f"und_{buffer.script}") if buffer.script != "Latn" else None
    return found.partition("_")[0] if found else None


# Letters of languages that share their script with others, which come first in CLDR or have months
# of other names; and which letters tell Russian.
_TELLING = {
    "ja": _KANA,
    "be": regex.compile(r"[ўЎ]"),
    "uk": regex.compile(r"[іїєґІЇЄҐ]"),
    "mk": regex.compile(r"[ѓќѕЃЌЅ]"),
    "sr": regex.compile(r"[јљњћђџЈЉЊЋЂЏ]"),
    "ru": regex.compile(r"[ыэёЫЭЁ]|[ьЬ](?![оО])"),
    "ur": regex.compile(r"[ٹڈڑںے]"),
    "fa": regex.compile(r"[پچژگ]"),
}
_LETTER, _LATIN = regex.compile(r"\p{L}"), regex.compile(r"\p{Latin}")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")


@lru_cache(maxsize=1024)
def language_of_letters(text: str) -> str:
    """The language (ISO 639) that most letters of a text tell; "" if they could be of several, as
    Latin ones always are."""
    letters = _LETTER.findall(text)
    others = "".join(letter for letter in letters if not _LATIN.match(letter))
    if 2 * len(others) <= len(letters):
        return ""
    telling = (language for language, its_own in _TELLING.items() if its_own.search(others))
    found = next(telling, None)
    if found is None and not _CYRILLIC.search(others):
        found = language_written(others, "")
    return found if found and localedata.exists(found) else ""


def verify_fonts() -> None:
    """Raises RuntimeError, naming what is missing: better at the start than boxes drawn later."""
    absent = [entry["file"] for entry in manifest() if not (FONTS / entry["file"]).is_file()]
    if absent:
        raise RuntimeError(f"These fonts are missing in {FONTS}: {', '.join(absent)}")


def _emoji_glyphs(face: Face, cluster: str) -> list[int]:
    """One glyph, or several for a sequence that the face does not know as one picture."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(cluster)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face.shaper, buffer)
    both = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [info.codepoint for info, position in both if position.x_advance]


@lru_cache(maxsize=4096)
def emoji_width(face: Face, cluster: str) -> float:
    """The advance in em."""
    return float(len(_emoji_glyphs(face, cluster)))


# In octets: one for a large name has half a million.
@cached(LRUCache(16_000_000, lambda drawn: 4 * drawn[0].width * drawn[0].height), lock=Lock())
def emoji_picture(face: Face, cluster: str, size: int) -> tuple[Image.Image, int]:
    """An emoji as an RGBA picture, and how far above the baseline its first row lies.

    HarfBuzz paints the layers, because FreeType, as Pillow uses it, sees only the empty outline of
    a COLR glyph.
    """
    above, below = size, size // 4
    font = uharfbuzz.Font(face.shaper.face)
    font.scale = (size, size)
    glyphs = _emoji_glyphs(face, cluster)
    whole = Image.new("RGBA", (size * len(glyphs), above + below))
    for index, glyph in enumerate(glyphs):
        paint = uharfbuzz.RasterPaint()
        paint.extents = uharfbuzz.RasterExtents(0, -below, size, above + below, 0)
        paint.paint_glyph(font, glyph)
        bottom_up = Image.frombuffer(
            "RGBa", (size, above + below), bytes(paint.render().buffer), "raw", "BGRa"
        )
        upright = bottom_up.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGBA")
        whole.paste(upright, (index * size, 0))
    return whole, above
