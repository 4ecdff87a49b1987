"""What every error is: a sentence for a person, and its values."""

from typing import Any, ClassVar

from shared.language import catalogue, listed, translate


class ProductError(Exception):
    """Something a person can fix. `message` says what to do; `details` fill its placeholders,
    several things as a tuple of strings."""

    message: ClassVar[str] = ""

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.message.format(**_written(details, "en")))


def explain(error: ProductError, language: str) -> str:
    """The error as a sentence for a person who reads `language`, including a reason inside it.

    A reason is translated but never formatted: it may be a mail server's answer, braces and all.
    """
    details = _written(error.details, language)
    if details.get("reason"):
        details["reason"] = catalogue(language).gettext(str(details["reason"]))
    return translate(error.message, language, **details)


def _written(details: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        name: listed(what, language) if isinstance(what, tuple) else what
        for name, what in details.items()
    }
