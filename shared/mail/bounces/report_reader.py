"""The process that reads what came back; `reading` asks it.

Anybody may write to a mailbox, and Python's parsers of mail take hours for some texts.
"""

from dataclasses import asdict

from shared import confined
from shared.mail.bounces.report import may_be_report, read_report

HEADERS, MAIL = "headers", "mail"
# More than a mail of ours has; and longer than any that is looked up or shown.
_MOST_RECIPIENTS, _LONGEST = 100, 2000


def _read(request: str, content: bytes) -> object:
    """Whether these headers may be a report's; or a mail's report, or the reason why it is none."""
    if request == HEADERS:
        return may_be_report(content)
    report = read_report(content)
    if isinstance(report, str):
        return report
    recipients = [
        {name: value[:_LONGEST] for name, value in asdict(one).items()}
        for one in report.recipients[:_MOST_RECIPIENTS]
    ]
    at = report.at and report.at.isoformat()
    return asdict(report) | {"recipients": recipients, "at": at}


if __name__ == "__main__":
    confined.serve(_read)
