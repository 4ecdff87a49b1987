"""Logs that programs read."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from shared import events, recipients, sending, volunteers
from shared.installation import Installation
from shared.models import Mail, MailState
from tests.mailing import wait_until


def test_a_workers_json_lines_name_event_and_mail(installation: Installation, event_id: int):
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        volunteers.add_volunteers(session, event, recipients.parse("ana@example.org"))
        sending.queue_invitations(session, installation.seal, event)

    def is_sent() -> bool:
        with installation.database.reading() as session:
            return session.scalars(select(Mail.state)).one() == MailState.SENT

    settings = installation.settings
    environment = os.environ | {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "LOG_FORMAT": "json",
    }
    command = [Path(sys.executable).with_name("certs"), "worker"]
    worker = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        wait_until(is_sent)
    finally:
        worker.send_signal(signal.SIGTERM)
        _, written = worker.communicate(timeout=10)
    lines = [json.loads(line) for line in written.splitlines()]
    about_mails = [line for line in lines if "mail" in line]
    assert about_mails
    assert {line["event"] for line in about_mails} == {event_id}
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
