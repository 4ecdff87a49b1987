"""Certificates and designs whose letters stand apart at a mark, as earlier rules set them."""

import re

from sqlalchemy import select

from shared.events.installation import Installation
from shared.storage.models import Certificate, Design

SERIF, SERIF_SC = "NotoSerif-Regular.ttf", "NotoSerifSC-Regular.otf"


def tear(installation: Installation) -> None:
    """Set everything as before there were Latin faces: in the Chinese one, which has wide marks."""
    with installation.database.writing() as session:
        for row in (*session.scalars(select(Design)), *session.scalars(select(Certificate))):
            fields = (row.typesetting or {})["fields"]
            row.typesetting = {"rules": 2, "fields": {id: _in_chinese(fields[id]) for id in fields}}


def _in_chinese(setting: dict) -> dict:
    lines = [
        {**line, "runs": [{**run, "face": _before(run)} for run in line["runs"]]}
        for line in setting["lines"]
    ]
    return {**setting, "lines": lines}


def _before(run: dict) -> str:
    # The Chinese face lacks letters such as č, so that such a name was in the Latin one even then.
    is_lacking = not re.sub("[“”’]", "", run["text"]).isascii()
    return run["face"] if is_lacking or run["face"] != SERIF else SERIF_SC
