"""Numbers in Chinese figures, as they are written from top to bottom: 二〇二六年十二月一日."""

import regex

_NUMBER = regex.compile(r"(\d+)(?:\.(\d+))?")
_HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_FIGURES = "〇一二三四五六七八九"


def with_numbers_upright(text: str) -> str:
    """Return a Chinese or Japanese text with its numbers in Chinese figures; others unchanged."""
    return _NUMBER.sub(_in_figures, text) if _HAN.search(text) else text


def _in_figures(found: regex.Match[str]) -> str:
    """Write numbers up to 99 as they are spoken, and others figure by figure."""
    whole, part = int(found[1]), found[2]
    if 10 <= whole <= 99 and not part:
        tens, ones = divmod(whole, 10)
        return f"{_figures(tens) if tens > 1 else ''}十{_figures(ones) if ones else ''}"
    if len(found[1]) <= 2:
        # 05 of a date is 五.
        return _figures(whole) + (f"・{_figures(part)}" if part else "")
    return _figures(found[1]) + (f"・{_figures(part)}" if part else "")


def _figures(number: int | str) -> str:
    return "".join(_FIGURES[int(digit)] for digit in str(number))
