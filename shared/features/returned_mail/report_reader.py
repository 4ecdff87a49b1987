"""Returned mail, read in a process of its own.

Anybody may write to a mailbox, and Python's parsers of mail take hours for some texts.
"""

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shared import confined
from shared.features.returned_mail.report import REASONS, Report, may_be_report, read_report

HEADERS, MAIL = "headers", "mail"
# More than a mail of ours has; and longer than any that is looked up or shown.
_MOST_RECIPIENTS, _LONGEST = 100, 2000


def _read(request: str, content: bytes) -> object:
    """Return whether these headers may be a report's; or a mail's report, or which of REASONS."""
    if request == HEADERS:
        return may_be_report(content)
    report = read_report(content)
    if isinstance(report, str):
        return REASONS.index(report)
    recipients = [
        {name: value[:_LONGEST] for name, value in asdict(recipient).items()}
        for recipient in report.recipients[:_MOST_RECIPIENTS]
    ]
    at = report.at and report.at.isoformat()
    return asdict(report) | {"recipients": recipients, "at": at}


# A report takes 5 ms and a few megabytes.
LIMITS = confined.Limits(memory=1_000_000_000, cpu_seconds=5, seconds=10, answer=2_000_000)
UNREADABLE = "It could not be read."
_REPORT: TypeAdapter[Report | int] = TypeAdapter(Report | int)


class ReportReader(confined.Reader):
    """A process that reads reports. Use it as a context manager. `unreadable` counts what was
    passed over."""

    def __init__(self) -> None:
        super().__init__(__name__, LIMITS)
        self.unreadable = 0

    def may_be_report(self, headers: bytes) -> bool:
        """Return whether a mail with these headers has to be read whole to know."""
        return self._answer(HEADERS, headers) is True

    def report(self, content: bytes) -> Report | str:
        """Return the report in a mail (RFC 5322), or the msgid of the reason why it is none."""
        try:
            found = _REPORT.validate_python(self._answer(MAIL, content))
            return REASONS[found] if isinstance(found, int) else found
        except (ValidationError, IndexError):
            return UNREADABLE

    def _answer(self, request: str, content: bytes) -> Any:
        try:
            return self.ask(request, content)
        except confined.Broken:
            self.unreadable += 1
            return None


if __name__ == "__main__":
    confined.serve(_read)
