"""What the title of a column means, however a form or a ticket shop words it.

`1、您的邮箱（必填）？` and `邮箱` are the same title: numbers, politeness and punctuation do not
matter.
"""

import re
import unicodedata
from collections.abc import Sequence

Row = Sequence[str]

# Between the title of several columns and that of one of them.
JOINT = " · "

# A longer title is a question or a note, which mentions its subject only in passing.
_LONGEST_TITLE = 40
# With numbers, politeness and examples. Of longer cells only the beginning is looked at, so that no
# text, however long, costs more than a title.
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
_FIRST_NAME_TITLES = {
    "firstname", "givenname", "forename", "attendeefirstname", "vorname", "prénom", "nombre", "名",
}  # fmt: skip
_LAST_NAME_TITLES = {
    "lastname", "surname", "familyname", "attendeelastname", "attendeesurname", "nachname", "nom",
    "apellido", "apellidos", "姓", "姓氏",
}  # fmt: skip
# A running count (序号, No., #) is not a certificate number.
_NUMBER_TITLES = {
    "number", "serial", "serialnumber", "certificatenumber", "certificateno", "编号", "证书编号",
    "证书号", "证书号码", "号码", "編號", "證書編號",
}  # fmt: skip
_CHECKED_IN_TITLES = {
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
    """The title without what forms put around it, in lower case and without spaces."""
    text = _COUNTED.sub("", _beginning(title).lower())
    return _MARKS.sub("", _POLITE.sub("", without_brackets(text) or text))


def meant_title(title: str) -> str:
    """The plain title by which a column is recognized: “Contact · E-mail” holds addresses, and
    “Emergency contact · E-mail” somebody else's."""
    whole = plain_title(title)
    above, _, below = (plain_title(part) for part in title.rpartition(JOINT))
    if not above or not below or is_anothers(whole):
        return whole
    # “Name” over “First” and “Last”.
    part = below + above
    return part if is_first_name(part) or is_last_name(part) else below


def plain_titles(row: Row) -> tuple[str, ...]:
    return tuple(plain_title(cell) for cell in row)


def without_brackets(text: str) -> str:
    """“邮箱（如 name@qq.com）” is a title with an example."""
    return _BRACKETS.sub("", _beginning(text))


def _beginning(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell[:_MOST_LOOKED_AT])


# Plain titles


def is_email(title: str) -> bool:
    if is_anothers(title) or len(title) > _LONGEST_TITLE:
        return False
    return is_just_email(title) or any(word in title for word in _EMAIL_WORDS)


def is_just_email(title: str) -> bool:
    """Whether only the address is named, not whose it is or which."""
    return title in _EMAIL_TITLES


def is_name(title: str) -> bool:
    if is_anothers(title) or len(title) > _LONGEST_TITLE:
        return False
    return title in _NAME_TITLES or any(word in title for word in _NAME_WORDS)


def is_first_name(title: str) -> bool:
    return title in _FIRST_NAME_TITLES


def is_last_name(title: str) -> bool:
    return title in _LAST_NAME_TITLES


def is_number(title: str) -> bool:
    return title in _NUMBER_TITLES


def tells_who_came(title: str) -> bool:
    return title in _CHECKED_IN_TITLES


def is_about_reaching(cells: Sequence[str]) -> bool:
    """Whether at least half of these cells, none of them empty, hold an address or a phone
    number, perhaps with whose it is."""
    contacts = sum(
        "@" in cell or sum(map(str.isdigit, cell)) >= _LEAST_OF_A_PHONE for cell in cells
    )
    return bool(cells) and 2 * contacts >= len(cells)


def is_anothers(title: str) -> bool:
    """Whether it is about a parent's or an emergency contact's."""
    return bool(_OTHERS.search(title))


def is_of_who_takes_part(title: str) -> bool:
    """Whether it says that it is not the buyer's or the leader's."""
    return bool(_OWN.search(title))


# Cells


def has_come(cell: str) -> bool:
    """Whether a cell under such a title says that somebody attended: yes, a time, a name."""
    return cell.strip().lower() not in _NOT_THERE


def is_phone(text: str) -> bool:
    """Whether it is a phone number; no certificate number looks like one."""
    return bool(_PHONE.fullmatch(unicodedata.normalize("NFKC", text.strip())))


def without_long_numbers(text: str) -> str:
    """The text with a mask in place of phone and identity numbers, which have six digits or more;
    a year stays readable."""
    return _LONG_NUMBER.sub(lambda found: "•" * len(found[0]), text)


def has_address(cell: str) -> bool:
    """Whether the cell contains an address."""
    return bool(_ADDRESS.search(unicodedata.normalize("NFKC", cell[:1000])))


def holds_address(row: Row) -> bool:
    """Whether one of the cells has an address."""
    return any(("@" in cell or "＠" in cell) and has_address(cell) for cell in row)


def without_empty_end(cells: list[str]) -> list[str]:
    """The cells up to the last non-empty one."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def is_summary(row: Row) -> bool:
    """Whether a line is a sum or a signature, as with 合计 and 制表人, and has no address."""
    first = next((cell for cell in row if cell.strip()), "")
    return bool(_SUMMARY.match(first)) and not holds_address(row)
