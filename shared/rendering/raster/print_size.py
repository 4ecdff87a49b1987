"""The size and sharpness of a template on paper."""

from dataclasses import dataclass
from typing import Literal

Paper = Literal["A3", "A4", "A5", "B4", "B5", "Letter", "Tabloid"]
# ISO 216 and ANSI/ASME Y14.1, short side x long side in mm.
PAPERS: dict[Paper, tuple[float, float]] = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "B4": (250.0, 353.0),
    "B5": (176.0, 250.0),
    "Letter": (215.9, 279.4),
    "Tabloid": (279.4, 431.8),
}
_KNOWN_BY_SHAPE: tuple[Paper, ...] = ("A4", "Letter")
_TOLERANCE = 0.02
_SHARP, _FAIR = 200, 149
_MM = 25.4


@dataclass(frozen=True)
class PrintGeometry:
    """The paper, the pixels per inch, and a verdict on sharpness.

    `paper` is None if the sides are not those of a usual one.
    """

    paper: Paper | None
    landscape: bool
    width_mm: float
    height_mm: float
    dpi: float
    verdict: Literal["sharp", "fair", "soft"]


def print_size(width: int, height: int, dpi: float) -> PrintGeometry:
    """Return what this many pixels are on paper, such as A4 at 142 dpi, soft."""
    paper = _paper_of(width / dpi * _MM, height / dpi * _MM)
    return PrintGeometry(
        paper,
        width > height,
        round(width / dpi * _MM, 1),
        round(height / dpi * _MM, 1),
        round(dpi, 1),
        "sharp" if dpi >= _SHARP else "fair" if dpi >= _FAIR else "soft",
    )


def usual_dpi(width: int, height: int, stated: float | None) -> float:
    """Return the pixels per inch on A4 or Letter, by the shape; on paper of another shape those
    `stated` in the file if they are more than 100, or else those of a long side of 297 mm.

    Existing designs without a resolution are printed so, which must not change.
    """
    short, long = sorted((width, height))
    long_mm = long / stated * _MM if stated and _counts(stated) else PAPERS["A4"][1]
    for name in reversed(_KNOWN_BY_SHAPE):
        paper = PAPERS[name]
        if abs(long / short / (paper[1] / paper[0]) - 1) < _TOLERANCE:
            long_mm = paper[1]
    return round(long / long_mm * _MM, 1)


def first_dpi(width: int, height: int, stated: float | None) -> float:
    """Return the pixels per inch for a new picture: those that it states, if they give one of
    PAPERS.

    Drawing programs state what they please: 1754 x 1240 at 300 dpi is meant as A4, not as A6.
    """
    paper = _paper_of(width / stated * _MM, height / stated * _MM) if stated else None
    return dpi_on(paper, width, height) if paper else usual_dpi(width, height, stated)


def choices(width: int, height: int, stated: float | None) -> tuple[float, ...]:
    """Return the pixels per inch that an organizer may choose: the usual ones, and those stated in
    the file if they give another size."""
    usual = usual_dpi(width, height, stated)
    is_other = stated is not None and _counts(stated) and differs(stated, usual)
    return (usual, stated) if stated and is_other else (usual,)


def differs(dpi: float, other: float) -> bool:
    """Return whether these give different sizes on paper."""
    return abs(dpi / other - 1) >= _TOLERANCE


def dpi_on(paper: Paper, width: int, height: int) -> float:
    """Return the pixels per inch if the longer side is that of the paper."""
    return round(max(width, height) / PAPERS[paper][1] * _MM, 1)


def _counts(stated: float) -> bool:
    """Return whether a statement counts: many programs write 72 or 96 without knowing."""
    return stated > 100


def _paper_of(*sides_mm: float) -> Paper | None:
    """Return the paper with these sides, within two percent; None if there is none."""
    sides = sorted(sides_mm)
    for name, paper in PAPERS.items():
        if all(abs(side / of - 1) < _TOLERANCE for side, of in zip(sides, paper, strict=True)):
            return name
    return None
