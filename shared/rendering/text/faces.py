"""The typefaces in `fonts/`, what each covers, and the order in which they are tried."""

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

# The names in layouts of the faces that lead with Chinese, and of those that lead with Latin.
ChineseFace = Literal["kai", "song", "hei"]
LatinFace = Literal["book", "modern", "display", "capitals", "script", "copperplate"]
FaceName = ChineseFace | LatinFace
CHINESE_FACES: tuple[ChineseFace, ...] = get_args(ChineseFace)
FACE_NAMES: tuple[FaceName, ...] = (*CHINESE_FACES, *get_args(LatinFace))

# Faces of a script: the one beside a serif, and the one beside a sans.
_Pair = tuple[str, str]
ARABIC_FACES: _Pair = ("NotoNaskhArabic-Regular.ttf", "NotoSansArabic-Regular.ttf")
KOREAN_FACES: _Pair = ("NanumMyeongjo-Regular.ttf", "NanumGothic-Regular.ttf")
# Tried first for a text in that language. There is no free brush face with Japanese forms.
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
# whole field is set in the next face that has all of them, so WenKai, which has the most
# characters, is in every chain. Existing layouts are set by these chains: another order, or another
# face before the last ones, needs another name.
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
    # A brush suits a hand.
    "script": (
        "GreatVibes-Regular.ttf", "EBGaramond-Regular.ttf", KOREAN_FACES[0],
        "LXGWWenKai-Regular.ttf",
    ),
    "copperplate": (
        "PinyonScript-Regular.ttf", "GreatVibes-Regular.ttf", "EBGaramond-Regular.ttf",
        KOREAN_FACES[0], "LXGWWenKai-Regular.ttf",
    ),
}  # fmt: skip
# The face of each family for Latin, Greek and Cyrillic: Chinese faces have fewer letters, and draw
# some marks between them a full em wide.
LATIN_FACES: dict[str, str] = {
    **{name: LEADING_FACES[name][0] for name in get_args(LatinFace)},
    "kai": "LXGWWenKai-Regular.ttf",
    "song": "NotoSerif-Regular.ttf",
    "hei": "NotoSans-Regular.ttf",
}
# A real bold of Song with the characters of titles, tried before it where the weight is no less.
_SONG_TITLES, _BOLD = "SongTitles-Bold.otf", 700
# OpenType features that a face implies: where Cinzel lacks a letter, the small letters of the next
# face are small capitals too.
_FEATURES: dict[str, tuple[str, ...]] = {"capitals": ("smcp",)}


@dataclass(frozen=True, eq=False)
class Face:
    """A font file, with one object for each file, compared by identity: one certificate looks up
    chains of them hundreds of times.

    `forms` is the language in whose forms it draws any text. `proportional` draws full-width marks
    as wide as they are (OpenType feature "pwid"), `features` are further ones. `weight` is that in
    its family. `is_joined` says that the letters of a hand hang together.
    """

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
        """The code points for which the face has glyphs."""
        return frozenset(self.shaper.face.unicodes)

    @cached_property
    def shaper(self) -> Any:
        """The face for HarfBuzz, in font units."""
        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path))))

    @cached_property
    def stacks_marks(self) -> bool:
        """True if the face places marks on marks (OpenType feature "mkmk")."""
        face = self.shaper.face
        scripts = range(len(face.get_table_script_tags("GPOS")))
        return any("mkmk" in face.get_language_feature_tags("GPOS", script) for script in scripts)

    @cached_property
    def has_japanese_forms(self) -> bool:
        """True if the face can draw characters in their Japanese form (OpenType language system
        "JAN"). None of ours can: each has the forms of one country."""
        face = self.shaper.face
        scripts = range(len(face.get_table_script_tags("GSUB")))
        return any("JAN " in face.get_script_language_tags("GSUB", script) for script in scripts)

    def covers(self, code_points: Iterable[int]) -> bool:
        return self.coverage.issuperset(code_points)


class Chain(tuple[Face, ...]):
    """Faces to try, best first, with cached answers to frequent questions.

    `latin` is the face for Latin, Greek and Cyrillic, if another is preferred for them; with
    `keeps_latin` it draws them, and digits, beside other scripts too. `rules` are those by which a
    face is chosen.
    """

    latin: Face | None = None
    keeps_latin: bool = False
    rules: int = NEWEST

    # By identity: the same faces with other rules are another chain.
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
        """The faces to try for Latin, Greek or Cyrillic text; an organizer's own stays the
        first."""
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
    """Return the entries of `fonts/manifest.json`, one for each file."""
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
    """Return whether the face of that name has an OpenType feature for its fields; False for
    organizers' own faces."""
    files = [LATIN_FACES.get(name)]
    return any(
        entry["file"] in files and feature in entry.get("features", ()) for entry in manifest()
    )


@lru_cache(maxsize=4096)
def _asked_for(file: str, weight: int, features: tuple[str, ...]) -> Face:
    """Return the face in that file, or its family's heaviest up to `weight`, with those of the
    OpenType `features` that it has. The cache is bounded, since layouts may ask for any weight."""
    face = _all_faces()[file]
    family = [
        entry for entry in manifest()
        if entry["file"] == file or (entry["role"], entry["family"]) == ("heavier", face.family)
    ]  # fmt: skip
    light = [entry for entry in family if entry["file"] == file or entry["weight"] <= weight]
    found = max(light, key=lambda entry: entry.get("weight", 400))
    able = tuple(feature for feature in features if feature in found.get("features", ()))
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
    """Return the faces to try for a field set in `name` (one of FACE_NAMES), best first.

    `language` is that of its text, if it has faces of its own. `weight` and OpenType `features` are
    used where a face has them. On a sheet `in_chinese`, a leading Chinese face draws digits.
    """
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
    # Newer faces come after all earlier ones, so that older texts keep theirs.
    files = dict.fromkeys([*first, *usual, *further, KOREAN_FACES[is_sans], *emoji])
    asked = tuple(sorted({*features, *_FEATURES.get(name, ())}))
    latin, *faces = (_asked_for(file, weight, asked) for file in (LATIN_FACES[name], *files))
    keeps_latin = is_latin or (rules >= OF_LANGUAGE and not in_chinese)
    return Chain.of(faces, latin, keeps_latin=keeps_latin, rules=rules)


# An organizer's own face is followed by the faces of this one, which covers the most characters.
BEHIND_OWN = "kai"


def own_family(sha256: str) -> str:
    """Return the family name of an organizer's font in documents, whatever its makers call it."""
    return f"own-{sha256}"


@lru_cache(maxsize=1024)
def own_face(file: Path) -> Face:
    """Return the face in an organizer's font file, which is named by its SHA-256, as is its family,
    so that no two files claim the same one."""
    return Face(file.name, own_family(file.stem), folder=file.parent)


@lru_cache(maxsize=1024)
def in_forms(face: Face, language: str) -> Face:
    """Return the face with the forms of `language`, or the face itself if it has none."""
    is_able = language == "ja" and face.has_japanese_forms
    return replace(face, forms=language) if is_able else face


@lru_cache(maxsize=1024)
def with_proportional_marks(face: Face) -> Face:
    """Return the face with full-width marks as wide as they are."""
    return replace(face, proportional=True)


@lru_cache(maxsize=1024)
def with_features(face: Face, features: tuple[str, ...]) -> Face:
    """Return the face with these OpenType features."""
    return face if features == face.features else replace(face, features=features)


@lru_cache(maxsize=64)
def chain_behind(
    own: Face, language: str = "", features: tuple[str, ...] = (), rules: int = NEWEST
) -> Chain:
    """Return the faces to try for a field set in an organizer's own face."""
    behind = chain(BEHIND_OWN, language, rules=rules)
    first = with_features(in_forms(own, language), tuple(sorted(features)))
    return Chain.of((first, *behind), _all_faces()[LATIN_FACES[BEHIND_OWN]], rules=rules)


@lru_cache(maxsize=64)
def faces_by_file(own: Face | None) -> Mapping[str, Face]:
    """Return all our faces, and an organizer's own, by their files."""
    return _all_faces() if own is None else {**_all_faces(), own.file: own}


# The scripts that some languages are written in together (ISO 15924).
_LETTERS_OF = {"Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang", "Hani")}
_LETTERS_OF |= dict.fromkeys(("Hans", "Hant"), ("Hani",))
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


def language_of_forms(face: Face, text: str) -> str | None:
    """Return the language in whose forms the face draws `text`: its own, "ja" for kana, or None for
    the face's default forms.

    It is never that of the machine or the page, so that a certificate looks the same everywhere.
    """
    return face.forms or ("ja" if _KANA.search(text) and face.has_japanese_forms else None)


@lru_cache(maxsize=4096)
def language_written(text: str, told: str) -> str | None:
    """Return the language (ISO 639) in which a screen reader should read `text`: the one that was
    `told` if it uses these letters, or CLDR's most likely one. None for Latin letters or none."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    likely = get_global("likely_subtags")
    script = likely.get(told, "").split("_")[1:2]
    if script and buffer.script in _LETTERS_OF.get(script[0], script):
        return told
    found = likely.get(f"und_{buffer.script}") if buffer.script != "Latn" else None
    return found.partition("_")[0] if found else None


# Letters that identify a language among those that share its script.
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
    """Return the language (ISO 639) that most letters of a text identify; empty if they could be of
    several, as Latin ones always are."""
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
    """Raise RuntimeError if font files are missing: better at the start than boxes drawn later."""
    absent = [entry["file"] for entry in manifest() if not (FONTS / entry["file"]).is_file()]
    if absent:
        raise RuntimeError(f"These fonts are missing in {FONTS}: {', '.join(absent)}")


def _emoji_glyphs(face: Face, cluster: str) -> list[int]:
    """Return one glyph, or several for a sequence that the face does not have as one picture."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(cluster)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face.shaper, buffer)
    both = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [info.codepoint for info, position in both if position.x_advance]


@lru_cache(maxsize=4096)
def emoji_width(face: Face, cluster: str) -> float:
    """Return the advance in em."""
    return float(len(_emoji_glyphs(face, cluster)))


@cached(LRUCache(16_000_000, lambda drawn: 4 * drawn[0].width * drawn[0].height), lock=Lock())
def emoji_picture(face: Face, cluster: str, size: int) -> tuple[Image.Image, int]:
    """Return an emoji as an RGBA picture, and the height of its first row above the baseline.

    HarfBuzz paints the layers, since FreeType, as Pillow uses it, sees only the empty outline of a
    COLR glyph. The cache is limited in octets: an emoji of a large name has half a million.
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
