"""What ticket shops and forms export, with two people of whom Bo did not come."""

Rows = list[list[str]]

EXPORTS: dict[str, Rows] = {
    "pretix": [
        ["Order code", "Attendee name", "Attendee name: Given name", "Product", "Price",
         "Checked in", "Checked out", "Automatically checked in", "Secret", "Email", "Company"],
        ["AB1CD", "Ana Souza", "Ana", "Helper", "0.00", "2026-05-01 08:12", "", "No", "s3cr3t",
         "ana@example.org", "Harbour"],
        ["EF2GH", "Bo Li", "Bo", "Helper", "0.00", "", "", "No", "s3cr4t", "bo@example.org", ""],
    ],
    "pretix (de)": [
        ["Bestellnummer", "Name Teilnehmer*in", "Produkt", "Preis", "Eingecheckt", "E-Mail"],
        ["AB1CD", "Ana Souza", "Helfer", "0,00", "01.05.2026 08:12", "ana@example.org"],
        ["EF2GH", "Bo Li", "Helfer", "0,00", "", "bo@example.org"],
    ],
    "Eventyay": [
        ["Order code", "Attendee name", "Product", "Price", "Checked in", "E-mail"],
        ["AB1CD", "Ana Souza", "Helper", "0.00", "2026-05-01 08:12", "ana@example.org"],
        ["EF2GH", "Bo Li", "Helper", "0.00", "", "bo@example.org"],
    ],
    "Indico": [
        ["ID", "Name", "Email Address", "Affiliation", "Registration date", "Registration state",
         "Checked in", "Check-in date", "Tags"],
        ["1", "Ana Souza", "ana@example.org", "Harbour", "2026-04-01", "Completed", "Yes",
         "2026-05-01", ""],
        ["2", "Bo Li", "bo@example.org", "Harbour", "2026-04-01", "Completed", "No", "", ""],
    ],
    "Eventbrite": [
        ["Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Ticket Type",
         "Attendee Status"],
        ["1", "2026-04-01", "Ana", "Souza", "ana@example.org", "1", "Helper", "Checked In"],
        ["2", "2026-04-01", "Bo", "Li", "bo@example.org", "1", "Helper", "Attending"],
    ],
    "Eventbrite (UK)": [
        ["Order no.", "First Name", "Surname", "Email", "Ticket Type", "Attendee Status"],
        ["1", "Ana", "Souza", "ana@example.org", "Helper", "Checked In"],
        ["2", "Bo", "Li", "bo@example.org", "Helper", "Attending"],
    ],
    "Google Forms": [
        ["时间戳记", "电子邮件地址", "您的姓名", "是否签到"],
        ["2026/4/1 8:00:00", "ana@example.org", "Ana Souza", "是"],
        ["2026/4/1 8:01:00", "bo@example.org", "Bo Li", "否"],
    ],
    "Microsoft Forms": [
        ["ID", "Start time", "Completion time", "Email", "Name", "Your e-mail address",
         "Your full name", "Attended"],
        ["1", "4/1/26 8:00:00", "4/1/26 8:01:00", "anonymous", "", "ana@example.org", "Ana Souza",
         "Yes"],
        ["2", "4/1/26 8:00:00", "4/1/26 8:01:00", "anonymous", "", "bo@example.org", "Bo Li", "No"],
    ],
    "WJX (问卷星)": [
        ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您的姓名：",
         "2、您的邮箱（必填）？", "3、签到"],
        ["1", "2026/4/1 8:00:00", "60秒", "微信", "N/A", "192.0.2.1(上海)", "Ana Souza",
         "ana@example.org", "已签到"],
        ["2", "2026/4/1 8:01:00", "61秒", "微信", "N/A", "192.0.2.2(上海)", "Bo Li",
         "bo@example.org", "未签到"],
    ],
    "Tencent Forms (腾讯问卷)": [
        ["编号", "开始答题时间", "结束答题时间", "答题时长", "地理位置国家和地区", "地理位置省",
         "地理位置市", "用户类型", "用户标识", "昵称", "自定义字段", "姓名", "邮箱", "签到"],
        ["1", "2026-04-01 08:00", "2026-04-01 08:01", "60", "中国", "上海", "上海", "QQ", "u1", "a",
         "", "Ana Souza", "ana@example.org", "是"],
        ["2", "2026-04-01 08:00", "2026-04-01 08:01", "60", "中国", "上海", "上海", "QQ", "u2", "b",
         "", "Bo Li", "bo@example.org", ""],
    ],
}  # fmt: skip
