"""The catalogue of designs, and what an organizer chooses about one, such as its colours."""

import re
from dataclasses import dataclass, field

from shared.errors import SettingRefused
from shared.language import LANGUAGES, N_
from shared.rendering.layout import FaceName
from shared.rendering.placeholders import EVENT, ORGANIZATION

# Colours that can be read on paper

# WCAG 2.2, 1.4.3: the least contrast of text.
READABLE = 4.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def refuse_other(*colours: str) -> None:
    """Raise SettingRefused for a colour that is not written "#rrggbb"."""
    if not all(map(_COLOUR.fullmatch, colours)):
        raise SettingRefused(field="color", reason=N_("must be a colour like #1f4e79"))


def contrast(one: str, other: str) -> float:
    """Return how much two colours ("#rrggbb") differ in brightness, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, paper: str) -> str:
    """Return the colour itself, or just dark enough (on dark paper, pale enough) for text on it."""
    pole = max(("#000000", "#ffffff"), key=lambda pole: contrast(pole, paper))
    shades = (mixed(colour, pole, tenths / 10) for tenths in range(10, -1, -1))
    return next((shade for shade in shades if contrast(shade, paper) >= READABLE), pole)


def mixed(colour: str, paper: str, part: float) -> str:
    """Return a share of a colour mixed with the paper, as Typst mixes them (`tint` in
    sheet.typ)."""
    both = zip(_parts(colour), _parts(paper), strict=True)
    return "#" + "".join(f"{round(one * part + other * (1 - part)):02x}" for one, other in both)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


# Designs


@dataclass(frozen=True)
class DesignWords:
    """A design's own words, in English, to be translated; `thanks_alone` if the event has no
    name."""

    title: str = N_("Certificate of Appreciation")
    lead: str = N_("This certificate is presented to")
    thanks: str = N_("for volunteering at {event}, with thanks for the time and care given.")
    thanks_alone: str = N_("with thanks for the time and care given as a volunteer.")


# The left and right edges, as shares of the sheet's width.
Span = tuple[float, float]
# The top, height, and largest letters, as shares of the sheet's height.
Row = tuple[float, float, float]
# The content of a record's cell: ("column", its title) or ("text", the text).
Filling = tuple[str, str]


@dataclass(frozen=True)
class Style:
    """One design. `name` is also that of its source; `looks` describes it.

    Texts are centred, or flush left in a column, which may differ on a portrait sheet, and for the
    title on a landscape one. Colours are "#rrggbb"; `paper` is behind all texts. `face` is that of
    its title; the brush is for Chinese only. `variants` are further pairs of main and accent.
    `plan` is one of `plans.PLANS`, if it has its own, with the name in `name_face`; `ink` is the
    colour of its texts.
    """

    name: str
    title: str
    looks: str
    main: str
    accent: str
    paper: str
    face: FaceName = "song"
    plan: str = ""
    name_face: FaceName = "script"
    ink: str = "#222222"
    words: DesignWords = DesignWords()
    column: Span | None = None
    upright_column: Span | None = None
    title_column: Span | None = None
    is_record: bool = False
    variants: tuple[tuple[str, str], ...] = ()

    @property
    def is_dark(self) -> bool:
        return contrast(self.paper, "#ffffff") > contrast(self.paper, "#000000")


NEWER = (
    Style(
        "diploma", N_("Diploma"),
        N_("An engraved border and ground, a written name, and a seal of its own on each sheet"),
        "#1c3f66", "#a8853a", "#fdfbf4", "capitals", "formal", "script", "#23292f",
        variants=(("#6b1f2e", "#a8853a"), ("#1f5138", "#a8853a"), ("#3d3d46", "#8d7b52")),
    ),
    Style(
        "modern", N_("Modern"), N_("A field of colour at the side, and the name in large letters"),
        "#0f4c3f", "#e0a63c", "#ffffff", "modern", "panel", "modern", "#16201d",
        variants=(("#1b3a6b", "#e0a63c"), ("#7a1f3d", "#e7b7a3"), ("#26262b", "#d95f43")),
    ),
    Style(
        "cream", N_("Cream and gold"), N_("A frame of gold on cream, and a copperplate name"),
        "#80591a", "#c79a45", "#fbf3e2", "display", "letter", "copperplate", "#2f2619",
        words=DesignWords(
            N_("Thank You"), N_("from all of us to"),
            N_("whose time and kindness carried {event}."),
            N_("whose time and kindness carried us."),
        ),
        variants=(("#5b2433", "#c79a45"), ("#1f4a44", "#c79a45")),
    ),
    Style(
        "night", N_("Night"), N_("Gold lines and a large name on a dark sheet"),
        "#d9b96a", "#b3924a", "#11161f", "capitals", "hero", "display", "#f3ecdc",
        words=DesignWords(
            N_("With Gratitude"), N_("presented to"),
            N_("who gave time and care to {event}, and made it possible."),
            N_("who gave time and care, and made it possible."),
        ),
        variants=(("#cfd6df", "#8b98a8"), ("#e3b4a4", "#b9786a"), ("#a9d6c3", "#5f9c88")),
    ),
    Style(
        "letterpress", N_("Letterpress"), N_("Two inks, heavy and fine rules, and large type"),
        "#9c2a1f", "#1d1b19", "#faf6ee", "display", "letter", "display", "#1d1b19",
        variants=(("#1f4f7a", "#1d1b19"), ("#2f6147", "#1d1b19")),
    ),
    Style(
        "morning", N_("Morning"), N_("Hills in the light of the morning across the sheet"),
        "#14506b", "#e39a4c", "#fffefb", "modern", "band", "display", "#1d2b33",
        words=DesignWords(
            N_("Thank You"), N_("from all of us to"),
            N_("for your help at {event}. You left it better than it was."),
            N_("for your help. You left things better than they were."),
        ),
        variants=(("#5a2f66", "#e58a6a"), ("#2c5e3f", "#e3b34c")),
    ),
    Style(
        "axis", N_("Plain"), N_("Nothing but type on good paper"),
        "#7a2e22", "#7a2e22", "#fffdf8", "book", "axis", "book", "#1f1c19",
        variants=(("#1f4f7a", "#1f4f7a"), ("#2f5d46", "#2f5d46")),
    ),
    Style(
        "award", N_("Red award"), N_("A red border and a red seal, as on awards in China"),
        "#b3221c", "#c9a14a", "#fffaf0", "song", "state", "kai", "#26201c",
        words=DesignWords(
            N_("Award"), N_("is honoured with this award"),
            N_("for outstanding service at {event}."), N_("for outstanding service."),
        ),
        variants=(("#8c1c2c", "#c9a14a"), ("#1d3f73", "#c9a14a")),
    ),
    Style(
        "finish", N_("Finish line"), N_("The bend of a running track, and the name in bold"),
        "#c8391e", "#16324f", "#ffffff", "modern", "hero", "modern", "#141a20",
        words=DesignWords(
            N_("Thank You"), N_("for going the distance"),
            N_("who kept everybody going at {event}."), N_("who kept everybody going."),
        ),
        variants=(("#14539a", "#16324f"), ("#1f7a4d", "#12372a")),
    ),
    Style(
        "lifebuoy", N_("Lifebuoy"), N_("A lifebuoy, and swell at the foot: for those who rescue"),
        "#b8231a", "#1c3d5c", "#ffffff", "modern", "hero", "display", "#18222c",
        words=DesignWords(
            N_("In Recognition"), N_("presented to"),
            N_("who was there when help was needed, at {event}."),
            N_("who was there when help was needed."),
        ),
        variants=(("#d2601a", "#1c3d5c"), ("#14539a", "#12304f")),
    ),
    Style(
        "festival", N_("Festival"), N_("Flags, balloons and confetti, for children and parties"),
        "#1f5fae", "#f0a92e", "#fffdf6", "modern", "letter", "modern", "#22303c",
        words=DesignWords(
            N_("Thank You"), N_("from all of us to"),
            N_("who made {event} a day to remember."), N_("who made it a day to remember."),
        ),
        variants=(("#7a3fa0", "#f0a92e"), ("#157a6e", "#ef7c5a")),
    ),
    Style(
        "meetup", N_("Meetup"),
        N_("A field of dots at the side, for those who meet about software"),
        "#3a2fa8", "#38d6ae", "#ffffff", "modern", "panel", "modern", "#17162b",
        variants=(("#0f5d5a", "#f2b84b"), ("#20242c", "#5ad1ff")),
    ),
    Style(
        "chapel", N_("Rose window"), N_("A rose window, and tracery along the border"),
        "#5a2448", "#b48a3c", "#fdfaf3", "capitals", "formal", "copperplate", "#2a2029",
        words=DesignWords(
            N_("Certificate of Appreciation"), N_("with heartfelt thanks to"),
            N_("for faithful service at {event}."), N_("for faithful service."),
        ),
        variants=(("#1e3f66", "#b48a3c"), ("#2f5a43", "#b48a3c")),
    ),
    Style(
        "academy", N_("Academy"), N_("A shield with an open book, and corners that are cut"),
        "#1b3a5c", "#b4893a", "#fefcf6", "display", "letter", "script", "#1d252e",
        variants=(("#6b1f2e", "#b4893a"), ("#1f5138", "#b4893a")),
    ),
    Style(
        "gratitude", N_("Letter of thanks"),
        N_("Plum blossoms; in Chinese and Japanese, in columns from right to left"),
        "#8a2b3d", "#b8923f", "#fdf9ee", "display", "columns", "script", "#241f24",
        words=DesignWords(
            N_("Letter of Thanks"), N_("in gratitude to"),
            N_("You gave your time and care to {event}. We thank you from the heart."),
            N_("You gave your time and care. We thank you from the heart."),
        ),
        variants=(("#2b4a86", "#b8923f"), ("#4d3a78", "#b8923f")),
    ),
    Style(
        "ledger", N_("Volunteer service record"),
        N_("A register with fine rules: who did what, for how long; and a place for the seal"),
        "#7a1f26", "#b3221c", "#ffffff", is_record=True,
        variants=(("#1f3a5f", "#b3221c"), ("#2f5d46", "#b3221c")),
    ),
)  # fmt: skip
# These share a plan.
FIRST_TEN = (
    Style(
        "guilloche", N_("Guilloche"),
        N_("A frame of interlaced waves as on banknotes, with rosettes in the corners"),
        "#1f4e79", "#b08d3c", "#fdfcf7",
    ),
    Style(
        "classic", N_("Classic"), N_("A double frame with a meander in each corner"),
        "#8c1d18", "#b8903f", "#fffdf5", face="kai",
    ),
    Style(
        "ribbon", N_("Ribbon"), N_("A hanging ribbon with a medal at the left"),
        "#7a1f2b", "#c9a24a", "#fffdf8", column=(0.21, 0.92), upright_column=(0.27, 0.91),
    ),
    Style(
        "slanted", N_("Slanted"), N_("A slanted field with fine lines at the edge"),
        "#0f5c4c", "#e0a526", "#ffffff", face="hei", column=(0.08, 0.7), upright_column=(0.1, 0.9),
        title_column=(0.08, 0.745),
    ),
    Style(
        "minimal", N_("Minimal"), N_("A bar at the left edge and one hairline on plain paper"),
        "#243b53", "#d64545", "#ffffff", face="hei",
        column=(0.09, 0.92), upright_column=(0.12, 0.9),
    ),
    Style(
        "geometric", N_("Geometric"), N_("A mosaic of triangles at the right edge"),
        "#4338ca", "#f59e0b", "#ffffff", face="hei",
        column=(0.08, 0.74), upright_column=(0.09, 0.77),
    ),
    Style(
        "botanical", N_("Botanical"), N_("Branches with leaves and blossoms in two corners"),
        "#3c6e47", "#d88c7a", "#fffefa", face="kai",
    ),
    Style(
        "waves", N_("Waves"), N_("Waves along the lower and the upper edge"),
        "#0b5394", "#4fb3bf", "#ffffff",
    ),
    Style(
        "mountains", N_("Mountains"), N_("Mountains in the mist at both sides, and the sun"),
        "#37565b", "#d1603d", "#fdfbf5", face="kai",
    ),
    Style(
        "record", N_("Record of volunteer service"),
        N_("A form with a table: who did what, for how long; and a place for the seal"),
        "#1f3a5f", "#b22222", "#ffffff", is_record=True,
    ),
)  # fmt: skip
STYLES = (*NEWER, *FIRST_TEN)


@dataclass(frozen=True)
class Logo:
    """An accepted picture: its file (PNG) with its SHA-256, and its size in pixels."""

    sha256: str
    width: int
    height: int
    content: bytes = field(repr=False)


# The languages of designs: the product's, and two more.
SHEET_LANGUAGES = (*LANGUAGES, "ar", "ja")
# A signer's name and office.
Signer = tuple[str, str]
_HAN = ("zh", "ja")
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


@dataclass(frozen=True)
class DesignChoice:
    """A design with its parameters. Texts may have placeholders, as `event` and `organization` do
    unless others are to be printed. If empty, `main` and `accent` are the design's own; `cells`
    fills those of a record, by name, and the facts of other designs. The organization signs unless
    `signers`, at most two, do. Raises SettingRefused for a colour that is none."""

    style: Style
    language: str
    title: str
    event: str = EVENT
    organization: str = ORGANIZATION
    is_upright: bool = False
    main: str = ""
    accent: str = ""
    logo: Logo | None = None
    cells: tuple[tuple[str, Filling], ...] = ()
    signers: tuple[Signer, ...] = ()

    def __post_init__(self) -> None:
        refuse_other(*self.colours)

    @property
    def face(self) -> FaceName:
        """The face of the title."""
        is_brush = self.style.face == "kai" and not self.language.startswith("zh")
        return "song" if is_brush else self.style.face

    @property
    def is_han(self) -> bool:
        """Whether its texts are in Chinese or Japanese."""
        return self.language.startswith(_HAN)

    @property
    def is_mirrored(self) -> bool:
        """Whether its texts run from right to left."""
        return self.language.startswith(_RIGHT_TO_LEFT)

    @property
    def colours(self) -> tuple[str, str]:
        return self.main or self.style.main, self.accent or self.style.accent


def style_named(name: str) -> Style:
    """Return the design with this name; KeyError if there is none."""
    return {style.name: style for style in STYLES}[name]
