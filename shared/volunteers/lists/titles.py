"""Titles of a table: finding their line, and recognizing what columns and cells hold.

`1、您的邮箱（必填）？` and `邮箱` are the same title: numbers, politeness and punctuation do not
matter.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import zip_longest

Row = Sequence[str]

# Between the title of several columns and that of one of them.
JOINT = " · "

# A longer title is a question or a note, which mentions its subject only in passing.
_LONGEST_TITLE = 40
# A title with its number, politeness and examples. Of longer cells only the beginning is read, so
# that no text costs more than a title.
_MOST_LOOKED_AT = 200

_ADDRESS = re.compile(r"[^\s@<>:,;，；、]{1,64}@[^\s@<>:,;，；、]+\.[^\s@<>:,;，；、]+")
# Chinese mobile numbers, anything with a country code, and numbers with an area code.
_PHONE = re.compile(
    r"\+\d[\d\s().-]{6,20}|(?:86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}-\d{7,8}"
)
# Digits and what people write between them.
_LONG_NUMBER = re.compile(r"\+?\d(?:[ ()/.-]{0,2}\d){5,}[Xx]?")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
_COUNTED = re.compile(r"^\s*(?:q?\d{1,3}\s*[、.,:)]|[一二三四五六七八九十]{1,3}、)")
_POLITE = re.compile(r"您的|你的|请填写|请输入|请留下|^your(?=e-?mail|\W|name)|^please\s*enter")
_MARKS = re.compile(r"[\W_]+")

# Titles that name the address, without saying whose it is.
EMAIL_TITLES = {
    "email", "mail", "emailaddress", "mailaddress", "address", "邮箱", "电子邮箱", "邮件",
    "邮箱地址", "电子邮件", "电邮", "信箱", "電郵", "電子郵件", "メール", "correo", "courriel",
}  # fmt: skip
_EMAIL_WORDS = ("email", "邮箱", "电子邮", "邮件地址", "电邮", "郵箱", "電子郵", "メールアドレス")
_NAME_TITLES = {
    "name", "fullname", "名字", "称呼", "attendeename", "participantname", "volunteername",
    "nameteilnehmerin", "nomduparticipant", "氏名", "参加者の名前",
}  # fmt: skip
_NAME_WORDS = ("姓名",)
FIRST_NAME_TITLES = {
    "firstname", "givenname", "forename", "attendeefirstname", "vorname", "prénom", "nombre", "名",
}  # fmt: skip
LAST_NAME_TITLES = {
    "lastname", "surname", "familyname", "attendeelastname", "attendeesurname", "nachname", "nom",
    "apellido", "apellidos", "姓", "姓氏",
}  # fmt: skip
# A running count (序号, No., #) is not a certificate number.
NUMBER_TITLES = {
    "number", "serial", "serialnumber", "certificatenumber", "certificateno", "编号", "证书编号",
    "证书号", "证书号码", "号码", "編號", "證書編號",
}  # fmt: skip
CHECKED_IN_TITLES = {
    "checkedin", "checkin", "checkintime", "checkindate", "attended", "attendance",
    "attendeestatus", "eingecheckt", "enregistrementeffectué", "チェックイン済み", "已签入", "签到",
    "已签到", "是否签到", "签到时间", "签到状态", "到场", "是否到场", "出席", "出勤",
}  # fmt: skip
# Values for people who did not come: “Attending” is Eventbrite's word for expected people.
_NOT_THERE = {
    "", "no", "n", "false", "0", "not checked in", "attending", "not attending", "absent",
    "deleted", "nein", "non", "否", "未签到", "未签入", "未到", "未到场", "缺席", "缺勤",
    "无", "いいえ", "-", "–", "—", "×",
}  # fmt: skip
# Titles of numbers that identify somebody.
_SECRET_TITLES = {"id号", "idno", "idnumber", "ssn", "socialsecuritynumber", "证件号", "證件號"}
_SECRET_WORDS = re.compile(
    r"身份证|身份證|证件号码|證件號碼|护照|護照|通行证号|idcard|identitycard|identitynumber"
    r"|nationalid|passport"
)
# Titles about such a number that identify nobody.
_KIND_OF_CARD = re.compile(r"(类型|類型|种类|type|kind)$")
_LEAST_OF_A_PHONE = 7
# Words for people other than the participant.
_OTHERS = re.compile(r"紧急|緊急|应急|家长|监护|父亲|母亲|家属|parent|guardian|emergency|nextofkin")
_OWN = re.compile(r"attendee|participant|volunteer|志愿者|参加者|teilnehmer")
_SUMMARY = re.compile(
    r"\s*(?:合计|合計|总计|小计|共计|总数|制表|制作人|审核|填表|打印"
    r"|(?:grand total|total|sum|prepared by)(?:\W|\d|$))",
    re.IGNORECASE,
)


def plain_title(title: str) -> str:
    """Return the title without what forms add to it, in lower case and without spaces."""
    text = _COUNTED.sub("", _beginning(title).lower())
    return _MARKS.sub("", _POLITE.sub("", without_brackets(text) or text))


def meant_title(title: str) -> str:
    """Return the plain title by which a column is recognized: “Contact · E-mail” holds addresses,
    and “Emergency contact · E-mail” somebody else's."""
    whole = plain_title(title)
    above, _, below = (plain_title(part) for part in title.rpartition(JOINT))
    if not above or not below or is_anothers(whole):
        return whole
    # “Name” over “First” and “Last”.
    part = below + above
    return part if part in FIRST_NAME_TITLES | LAST_NAME_TITLES else below


def plain_titles(row: Row) -> tuple[str, ...]:
    return tuple(plain_title(cell) for cell in row)


def without_brackets(text: str) -> str:
    """Return the text without brackets: “邮箱（如 name@qq.com）” is a title with an example."""
    return _BRACKETS.sub("", _beginning(text))


def _beginning(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell[:_MOST_LOOKED_AT])


def is_email(title: str) -> bool:
    return _means(title, EMAIL_TITLES, _EMAIL_WORDS)


def is_name(title: str) -> bool:
    return _means(title, _NAME_TITLES, _NAME_WORDS)


def _means(title: str, titles: Collection[str], words: Collection[str]) -> bool:
    if is_anothers(title) or len(title) > _LONGEST_TITLE:
        return False
    return title in titles or any(word in title for word in words)


def is_about_reaching(cells: Sequence[str]) -> bool:
    """Return whether at least half of these cells, none of them empty, have an address or a phone
    number."""
    contacts = sum(
        "@" in cell or sum(map(str.isdigit, cell)) >= _LEAST_OF_A_PHONE for cell in cells
    )
    return bool(cells) and 2 * contacts >= len(cells)


def is_anothers(title: str) -> bool:
    """Return whether a title is about a parent or an emergency contact."""
    return bool(_OTHERS.search(title))


def is_of_who_takes_part(title: str) -> bool:
    """Return whether a title names the participant, not the buyer or the leader."""
    return bool(_OWN.search(title))


def is_secret_title(plain: str) -> bool:
    """Return whether a plain title names a number that identifies somebody."""
    if _KIND_OF_CARD.search(plain):
        return False
    return plain in _SECRET_TITLES or bool(_SECRET_WORDS.search(plain))


def has_come(cell: str) -> bool:
    """Return whether a cell says that somebody attended: yes, a time, a name."""
    return cell.strip().lower() not in _NOT_THERE


def is_identifier(cell: str) -> bool:
    """Return whether it is a number or an id: at least as many digits as letters, no address."""
    letters, digits = sum(map(str.isalpha, cell)), sum(map(str.isdigit, cell))
    return digits >= max(1, letters) and "@" not in cell


def is_phone(text: str) -> bool:
    """Return whether it is a phone number; no certificate number looks like one."""
    return bool(_PHONE.fullmatch(unicodedata.normalize("NFKC", text.strip())))


def without_long_numbers(text: str) -> str:
    """Return the text with masks for phone and identity numbers, of six digits or more."""
    return _LONG_NUMBER.sub(lambda found: "•" * len(found[0]), text)


def has_address(cell: str) -> bool:
    """Return whether the cell contains an address."""
    return bool(_ADDRESS.search(unicodedata.normalize("NFKC", cell[:1000])))


def holds_address(row: Row) -> bool:
    """Return whether one of the cells has an address."""
    return any(("@" in cell or "＠" in cell) and has_address(cell) for cell in row)


def without_empty_end(cells: list[str]) -> list[str]:
    """Remove the empty cells at the end, and return the list."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def is_summary(row: Row) -> bool:
    """Return whether a line without an address is a sum or a signature: 合计, 制表人."""
    first = next((cell for cell in row if cell.strip()), "")
    return bool(_SUMMARY.match(first)) and not holds_address(row)


# Finding the line of titles. A title may be above several others, in merged cells that are read as
# a filled cell and empty ones: “Contact” above “Phone” and “E-mail” makes “Contact · Phone” and
# “Contact · E-mail”.

LINES_LOOKED_AT = 20
_LINES_BEHIND = 10
_LEAST_SCORE = 3.0
# A contact or two may come above the titles; more addresses mean a list without titles.
_MOST_ADDRESSES_ABOVE = 2
_NUMBER = re.compile(r"[+(-]?\d[\d\s().,:/%-]*")
_LONGEST_CELL = 60
# A year, a phone number: it belongs to a note or to a person.
_FOUR_DIGITS = re.compile(r"\d{4}")
_NOTE = re.compile(r"[:：]\s*\S")


def titles_in(rows: Sequence[Row], line: int) -> tuple[str, ...]:
    """Return the titles of the columns if the last line of titles is `line`, from 0."""
    lower = _tidy(rows[line])
    upper = _tidy(rows[line - 1]) if is_second_line(rows, line) else []
    above, columns = "", []
    for over, under in zip_longest(upper, lower, fillvalue=""):
        # A merged cell ends before the next one, and before a column without any title.
        above = over or (above if under else "")
        columns.append(JOINT.join(filter(None, (above, under))))
    return tuple(columns)


def is_second_line(rows: Sequence[Row], line: int) -> bool:
    """Return whether `line` and the one above are one head: a title above several others."""
    if not 0 < line < len(rows):
        return False
    upper, lower = _tidy(rows[line - 1]), _tidy(rows[line])
    if not _are_titles(upper) or not _are_titles(lower):
        return False
    begins_first = _first(upper) <= _first(lower)
    # A single title above all others is the heading of the list.
    is_heading = sum(map(bool, upper)) == 1 and begins_first
    return not is_heading and any(len(under) > 1 for under in _under(upper, lower))


def continues(rows: Sequence[Row], line: int) -> bool:
    """Return whether the line after `line`, which has titles, only details some of them."""
    if not is_second_line(rows, line + 1):
        return False
    upper, lower = _tidy(rows[line]), _tidy(rows[line + 1])
    below = sum(len(under) for under in _under(upper, lower) if len(under) > 1)
    return below == sum(map(bool, lower)) and holds_address(
        [cell for row in rows[line + 2 : line + 12] for cell in row]
    )


def _under(upper: Sequence[str], lower: Sequence[str]) -> list[list[str]]:
    """Return the titles below each one above, as far as its merged cell may reach."""
    found: list[list[str]] = []
    is_below = False
    for over, under in zip_longest(upper, lower, fillvalue=""):
        if over:
            found.append([])
        is_below = bool(over or (is_below and under))
        if is_below and under:
            found[-1].append(under)
    return found


def _tidy(row: Row) -> list[str]:
    return [" ".join(cell.split()) for cell in row]


def _first(cells: Sequence[str]) -> int:
    return next((index for index, cell in enumerate(cells) if cell), len(cells))


def _are_titles(cells: Sequence[str]) -> bool:
    """Return whether each may be one of several titles, and is no note or value."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(
        len(cell) <= _LONGEST_CELL
        and "@" not in cell
        and not _NOTE.search(cell)
        and not _FOUR_DIGITS.search(cell)
        and any(map(str.isalpha, cell))
        for cell in filled
    )


def find_line(rows: Sequence[Row]) -> int | None:
    """Return the line of titles among the first 20, from 0, or None for a list without.

    Lists have headings, notes and running counts; the score was tested on exports of common forms
    and ticket shops. Of lines that score nearly as high as the best, the topmost is taken; of
    titles in two lines, the second.
    """
    scores, addresses = dict[int, float](), 0
    for line, row in enumerate(rows[:LINES_LOOKED_AT]):
        if holds_address([without_brackets(cell) for cell in row]):
            addresses += 1
        elif addresses <= _MOST_ADDRESSES_ABOVE and _names_people(row):
            scores[line] = _score(rows, line)
    nearly = max(_LEAST_SCORE, 0.9 * max(scores.values(), default=0.0))
    best = next((line for line, score in scores.items() if score >= nearly), None)
    return best if best is None or not continues(rows, best) else best + 1


def _names_people(row: Row) -> bool:
    """Return whether a title means addresses, or names beside something else."""
    titles = [title for title in plain_titles(row) if title]
    return any(map(is_email, titles)) or (len(titles) > 1 and any(map(is_name, titles)))


def _score(rows: Sequence[Row], line: int) -> float:
    cells = [cell for cell in rows[line] if cell.strip()]
    titles = [plain_title(cell) for cell in cells]
    numbers = sum(bool(_NUMBER.fullmatch(cell.strip())) for cell in cells)
    score = 3.0 * any(map(is_email, titles)) + 2.0 * any(map(is_name, titles))
    score += 2.0 if not numbers else -2.0 * numbers
    score += len(set(titles)) / len(titles)
    score -= 2.0 if len(cells) == 1 else 0.0
    behind = rows[line + 1 : line + 1 + _LINES_BEHIND]
    have_addresses = [holds_address(row) for row in behind if any(cell.strip() for cell in row)]
    if have_addresses:
        share = sum(have_addresses) / len(have_addresses)
        score += 3.0 * share - (0.0 if have_addresses[0] else 1.5)
    return score
