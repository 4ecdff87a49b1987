"""What a further column of a list holds, judging by its title: hours, or an identity number.

Suggestions can be overruled. But that identity card numbers are secret has to be detected before
they are stored.
"""

import re
import unicodedata
from dataclasses import dataclass

from shared.storage.models import ColumnKind
from shared.volunteers.lists.titles import JOINT, plain_title

HOURS = frozenset(
    ("h", "hr", "hrs", "hour", "hours", "std", "stunden", "小时", "小時", "个小时", "個小時", "时")
)
_OTHER_UNITS = frozenset(
    ("min", "mins", "minutes", "minuten", "分钟", "分鐘", "d", "day", "days", "天", "km", "公里")
)

_SECRET_TITLES = {"id号", "idno", "idnumber", "ssn", "socialsecuritynumber", "证件号", "證件號"}
_SECRET_WORDS = re.compile(
    r"身份证|身份證|证件号码|證件號碼|护照|護照|通行证号|idcard|identitycard|identitynumber"
    r"|nationalid|passport"
)
# Titles about such a number that give nobody away.
_KIND_OF_CARD = re.compile(r"(类型|類型|种类|type|kind)$")
_HOURS_TITLE = re.compile(r"(时长|時長|时数|時數|小时数|工时|hours|hrs|stunden)$")
# How long somebody took to fill in a form.
_OF_A_FORM = re.compile(r"答题|答卷|填写")
_UNIT_IN_BRACKETS = re.compile(r"\(([^()]{1,10})\)\s*$")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Suggestion:
    """What the values of a column seem to be; `unit` is for numbers."""

    kind: ColumnKind
    unit: str = ""


def suggested(title: str) -> Suggestion | None:
    """What a title suggests; None: it may be anything, and is stored as text."""
    plain = plain_title(title)
    if is_secret_title(plain):
        return Suggestion(ColumnKind.SECRET)
    parts = map(plain_title, title.split(JOINT))  # “Hours” may stand over “Saturday”.
    if not any(map(_HOURS_TITLE.search, parts)) or _OF_A_FORM.search(plain):
        return None
    # The unit from the title's brackets, 时长（分钟）, or hours in its language.
    written = unicodedata.normalize("NFKC", title)
    found = _UNIT_IN_BRACKETS.search(written)
    if found and found[1].strip().casefold() in HOURS | _OTHER_UNITS:
        return Suggestion(ColumnKind.NUMBER, found[1].strip())
    return Suggestion(ColumnKind.NUMBER, "小时" if _HAN.search(written) else "hours")


def is_secret_title(plain: str) -> bool:
    """Whether a plain title names a number that identifies somebody."""
    if _KIND_OF_CARD.search(plain):
        return False
    return plain in _SECRET_TITLES or bool(_SECRET_WORDS.search(plain))
