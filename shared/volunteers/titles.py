"""Which line of a table holds the titles of its columns, and what each title means.

Lists come with a heading, notes and a running count; forms ask “1、您的邮箱？”. The score was tried
on the exports of the usual forms and ticket shops.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.volunteers.spreadsheet import Sheet

Row = Sequence[str]

_LINES_LOOKED_AT = 20
_LINES_BEHIND = 10
# By so many lines it is judged what a column holds.
_SAMPLE_LINES = 100
_LEAST_SCORE = 3.0
# Above the titles a contact or two may be named; more are a list without titles.
_MOST_ADDRESSES_ABOVE = 2
# A longer title is a question or a note, and says what it is about in passing.
_LONGEST_TITLE = 40

_ADDRESS = re.compile(r"[^\s@<>:,;，；、]{1,64}@[^\s@<>:,;，；、]+\.[^\s@<>:,;，；、]+")
_NUMBER = re.compile(r"[+(-]?\d[\d\s().,:/%-]*")
# Mobile numbers in China, anything with a country's code, and numbers with an area's code.
_PHONE = re.compile(
    r"\+\d[\d\s().-]{6,20}|(?:86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}-\d{7,8}"
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
_COUNTED = re.compile(r"^\s*(?:q?\d{1,3}\s*[、.,:)]|[一二三四五六七八九十]{1,3}、)")
_POLITE = re.compile(r"您的|你的|请填写|请输入|请留下|^your(?=e-?mail|\W|name)|^please\s*enter")
_MARKS = re.compile(r"[\W_]+")

_EMAIL_TITLES = {
    "email", "mail", "emailaddress", "mailaddress", "address", "邮箱", "电子邮箱", "邮件",
    "邮箱地址", "电子邮件", "电邮", "信箱", "電郵", "電子郵件", "メール", "correo", "courriel",
}  # fmt: skip
_EMAIL_WORDS = ("email", "邮箱", "电子邮", "邮件地址", "电邮", "郵箱", "電子郵", "メールアドレス")
_NAME_TITLES = {
    "name", "fullname", "名字", "称呼", "attendeename", "participantname", "volunteername",
    "nameteilnehmerin", "nomduparticipant", "氏名", "参加者の名前",
}  # fmt: skip
_NAME_WORDS = ("姓名",)
# A running count (序号, No., #) is nobody's certificate's number.
_NUMBER_TITLES = {
    "number", "serial", "serialnumber", "certificatenumber", "certificateno", "编号", "证书编号",
    "证书号", "证书号码", "号码", "編號", "證書編號",
}  # fmt: skip
# Of whom it is, when it is not of who takes part.
_OTHERS = re.compile(r"紧急|緊急|应急|家长|监护|父亲|母亲|家属|parent|guardian|emergency|nextofkin")
_OWN = re.compile(r"attendee|participant|volunteer|志愿者|参加者|teilnehmer")
_SUMMARY = re.compile(
    r"\s*(?:合计|合計|总计|小计|共计|总数|制表|制作人|审核|填表|打印"
    r"|(?:grand total|total|sum|prepared by)(?:\W|\d|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """The line of titles: where it stands (from 0), and what each column holds.

    A kind is "email", "number", "name", or "column:<title>" for a further one.
    """

    line: int
    kinds: dict[int, str]
    email_title: str
    titles: tuple[str, ...]

    def is_repeated_in(self, row: Row) -> bool:
        """Whether the titles stand here again, as on each printed page."""
        return _plain_titles(row) == self.titles


def find_header(rows: Sequence[Row]) -> Header | None:
    """The line of titles among the first 20, or None for a list without.

    Of the lines that score nearly as high as the best, the uppermost is taken.
    """
    scores = {line: score for line, score in _scores(rows) if score >= _LEAST_SCORE}
    for line, score in scores.items():
        if score >= 0.9 * max(scores.values()):
            return _header(rows, line)
    return None


def best_sheet(sheets: Iterable[Sheet]) -> Sheet:
    """The sheet with the list: titles and addresses count, notes have neither in number."""
    best, most = Sheet("", []), -1
    for sheet in sheets:
        worth = sum(map(_has_address, sheet.rows)) + 3 * (find_header(sheet.rows) is not None)
        if worth > most:
            best, most = sheet, worth
    return best


def is_summary(row: Row) -> bool:
    """Whether a line adds up or signs the list, as 合计 and 制表人 do; nobody with an address."""
    first = next((cell for cell in row if cell.strip()), "")
    return not _has_address(row) and bool(_SUMMARY.match(first))


def is_phone(text: str) -> bool:
    """Whether somebody can be called there: no certificate's number looks so."""
    return bool(_PHONE.fullmatch(unicodedata.normalize("NFKC", text.strip())))


def plain_title(title: str) -> str:
    """`1、您的邮箱（必填）？` and `邮箱` are the same title."""
    text = _COUNTED.sub("", unicodedata.normalize("NFKC", title).lower())
    text = _BRACKETS.sub("", text) or text
    return _MARKS.sub("", _POLITE.sub("", text))


def _plain_titles(row: Row) -> tuple[str, ...]:
    return tuple(plain_title(cell) for cell in row)


# The score


def _scores(rows: Sequence[Row]) -> Iterable[tuple[int, float]]:
    addresses = 0
    for line, row in enumerate(rows[:_LINES_LOOKED_AT]):
        # “邮箱（如 name@qq.com）” is a title with an example.
        if _has_address([_BRACKETS.sub("", unicodedata.normalize("NFKC", cell)) for cell in row]):
            addresses += 1
        elif addresses <= _MOST_ADDRESSES_ABOVE and _names_people(row):
            yield line, _score(rows, line)


def _names_people(row: Row) -> bool:
    """Addresses are named, or at least names beside something else."""
    titles = [title for title in _plain_titles(row) if title]
    return any(map(_is_email, titles)) or (len(titles) > 1 and any(map(_is_name, titles)))


def _score(rows: Sequence[Row], line: int) -> float:
    cells = [cell for cell in rows[line] if cell.strip()]
    titles = [plain_title(cell) for cell in cells]
    numbers = sum(bool(_NUMBER.fullmatch(cell.strip())) for cell in cells)
    score = 3.0 * any(map(_is_email, titles)) + 2.0 * any(map(_is_name, titles))
    score += 2.0 if not numbers else -2.0 * numbers
    score += len(set(titles)) / len(titles)
    score -= 2.0 if len(cells) == 1 else 0.0
    return score + _score_of_lines_behind(rows[line + 1 : line + 1 + _LINES_BEHIND])


def _score_of_lines_behind(rows: Sequence[Row]) -> float:
    told = [_has_address(row) for row in rows if any(cell.strip() for cell in row)]
    if not told:
        return 0.0
    return 3.0 * sum(told) / len(told) - (0.0 if told[0] else 1.5)


def _has_address(row: Row) -> bool:
    return any(("@" in cell or "＠" in cell) and has_address(cell) for cell in row)


def has_address(cell: str) -> bool:
    """Whether an address stands somewhere in the cell."""
    return bool(_ADDRESS.search(unicodedata.normalize("NFKC", cell[:1000])))


# What the columns hold


def _header(rows: Sequence[Row], line: int) -> Header | None:
    titles = _plain_titles(rows[line])
    sample = rows[line + 1 : line + 1 + _SAMPLE_LINES]
    email = _email_column(titles, sample)
    if email is None:
        return None
    kinds = _further_columns(rows[line])
    chosen = {
        "email": email,
        "name": next((i for i, title in enumerate(titles) if _is_name(title)), None),
        "number": _number_column(titles, sample),
    }
    for kind, index in chosen.items():
        if index is not None:
            kinds[index] = kind
    return Header(line, kinds, rows[line][email].strip(), titles)


def _email_column(titles: Sequence[str], sample: Sequence[Row]) -> int | None:
    """The column titled so; of several, one that is filled and of who takes part.

    Without such a title, the column in which addresses stand.
    """
    counts = {
        index: sum(_has_address(row[index : index + 1]) for row in sample)
        for index, title in enumerate(titles)
        if not _OTHERS.search(title)
    }
    named = [index for index in counts if _is_email(titles[index])]
    if not named:
        filled = [index for index in counts if counts[index]]
        return max(filled, key=lambda index: counts[index], default=None)
    filled_enough = max(counts[index] for index in named) / 2
    likely = [index for index in named if counts[index] >= filled_enough]
    return min(likely, key=lambda i: (not _OWN.search(titles[i]), titles[i] not in _EMAIL_TITLES))


def _number_column(titles: Sequence[str], sample: Sequence[Row]) -> int | None:
    for index, title in enumerate(titles):
        values = [row[index] for row in sample if index < len(row) and row[index].strip()]
        phones = sum(map(is_phone, values))
        if title in _NUMBER_TITLES and 2 * phones <= len(values):
            return index
    return None


def _further_columns(row: Row) -> dict[int, str]:
    """Each under its title; of equal titles the later ones are numbered, so that none is lost."""
    kinds: dict[int, str] = {}
    for index, cell in enumerate(row):
        title, times = " ".join(cell.split()), 2
        kind = f"column:{title}"
        while kind in kinds.values():
            kind, times = f"column:{title} ({times})", times + 1
        kinds[index] = kind if title else ""
    return kinds


def _is_email(title: str) -> bool:
    if _OTHERS.search(title) or len(title) > _LONGEST_TITLE:
        return False
    return title in _EMAIL_TITLES or any(word in title for word in _EMAIL_WORDS)


def _is_name(title: str) -> bool:
    if _OTHERS.search(title) or len(title) > _LONGEST_TITLE:
        return False
    return title in _NAME_TITLES or any(word in title for word in _NAME_WORDS)
