"""A list of people as an organizer has it, and what was read from it."""

from shared.volunteers.lists.list_parser import RecipientList

TABLE = "姓名,邮箱,证书编号,岗位\n王小明,ming@example.org,007,签到\n李丽,li@example.org,008,翻译\n"


def emails(found: RecipientList) -> list[str]:
    return [recipient.email for recipient in found.accepted]
