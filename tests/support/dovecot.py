"""Dovecot, as providers run it: over real sockets, with STARTTLS and TLS, and one mailbox."""

import grp
import imaplib
import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.console_server import free_port
from tests.support.mailing import wait_until
from tests.support.smtp_sink import self_signed

# Debian puts it where only root looks.
_PROGRAM = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin")
USER, PASSWORD = "thanks@example.org", "the mailbox's own password"

_SETTINGS = """\
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_server_cert_file = {folder}/certificate.pem
ssl_server_key_file = {folder}/key.pem
auth_allow_cleartext = no
auth_failure_delay = 0
mail_driver = maildir
mail_path = {folder}/mail
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {group}
    home = {folder}
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


def is_installed() -> bool:
    """Whether there is one that reads settings as they are written since 2.4."""
    if _PROGRAM is None:
        return False
    said = subprocess.run([_PROGRAM, "--version"], capture_output=True, text=True, check=True)
    return said.stdout >= "2.4"


@dataclass
class Dovecot:
    """`starttls` and `tls` are its ports, `certificate` a PEM file; mails go in by `put`."""

    folder: Path
    starttls: int
    tls: int

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    @contextmanager
    def signed_in(self) -> Iterator[imaplib.IMAP4_SSL]:
        """As whom the mailbox is, with another mail program."""
        trusting = ssl.create_default_context(cafile=self.certificate)
        with imaplib.IMAP4_SSL("127.0.0.1", self.tls, ssl_context=trusting) as client:
            client.login(USER, PASSWORD)
            yield client

    def put(self, *mails: bytes) -> None:
        with self.signed_in() as client:
            for mail in mails:
                client.append("INBOX", None, None, mail)

    def empty(self) -> None:
        with self.signed_in() as client:
            _, (count,) = client.select("INBOX")
            if count != b"0":
                client.store("1:*", "+FLAGS", r"\Deleted")
                client.expunge()

    def create(self, folder: str) -> None:
        with self.signed_in() as client:
            client.create(folder)

    def flags(self, folder: str = "INBOX") -> list[bytes]:
        """What is marked on each mail there, as the server says it."""
        with self.signed_in() as client:
            client.select(folder, readonly=True)
            _, found = client.fetch("1:*", "(UID FLAGS)")
        return [line for line in found if isinstance(line, bytes)]

    def sign_ins(self) -> int:
        """How many the server has let in."""
        return (self.folder / "log").read_text().count("Logged in: user=")

    def is_up(self) -> bool:
        with suppress(OSError, imaplib.IMAP4.error), self.signed_in():
            return True
        return False


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """A server of its own that ends with the block; `is_installed` has to be true."""
    assert _PROGRAM
    folder = Path(tempfile.mkdtemp(prefix="certs-dovecot-"))
    server = Dovecot(folder, free_port(), free_port())
    process = subprocess.Popen([_PROGRAM, "-F", "-c", _write(server)])
    try:
        wait_until(server.is_up)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)


def _write(server: Dovecot) -> Path:
    certificate, key = self_signed()
    server.certificate.write_bytes(certificate)
    (server.folder / "key.pem").write_bytes(key)
    # Dovecot opens no mailbox of root.
    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    group = grp.getgrgid(user.pw_gid).gr_name
    settings = server.folder / "dovecot.conf"
    settings.write_text(
        _SETTINGS.format(
            folder=server.folder,
            user=user.pw_name,
            group=group,
            password=PASSWORD,
            starttls=server.starttls,
            tls=server.tls,
        )
    )
    if os.getuid() == 0:
        server.folder.chmod(0o755)
        shutil.chown(server.folder, user.pw_name, group)
    return settings
