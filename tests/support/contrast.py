"""How well one colour is told from another."""

import re


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, as WCAG counts it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    shares = [int(part) / 255 for part in re.findall(r"\d+", colour)]
    linear = [s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(share * part for share, part in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
