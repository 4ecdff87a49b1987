"""Postfix as a relay on loopback that puts every mail on the disk before it says 250."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.console_server import free_port

# Debian puts them where only root looks.
_PATH = os.environ.get("PATH", "") + ":/usr/sbin"
_POSTFIX, _SOURCE = (shutil.which(name, path=_PATH) for name in ("postfix", "smtp-source"))

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.example.org
mydestination =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = discard
"""
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
discard unix - - n - - discard
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


def is_installed() -> bool:
    """Whether there is one; only root can start it."""
    return bool(_POSTFIX and _SOURCE) and os.getuid() == 0


@contextmanager
def running_postfix() -> Iterator[int]:
    """Its port; what it accepts it stores and then throws away. `is_installed` has to be true."""
    assert _POSTFIX
    folder, port = Path(tempfile.mkdtemp(prefix="certs-postfix-", dir="/var/tmp")), free_port()
    folder.chmod(0o755)
    for name in ("etc", "spool", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    (folder / "etc" / "main.cf").write_text(_MAIN.format(folder=folder))
    (folder / "etc" / "master.cf").write_text(_MASTER.format(port=port))
    command = [_POSTFIX, "-c", str(folder / "etc")]
    try:
        subprocess.run([*command, "start"], check=True, capture_output=True)
        yield port
    finally:
        subprocess.run([*command, "stop"], check=True, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def feed(port: int, mails: int, size: int, connections: int) -> None:
    """By Postfix's own smtp-source, over connections that are kept."""
    assert _SOURCE
    many = ["-s", str(connections), "-m", str(mails), "-l", str(size)]
    whom = ["-f", "thanks@example.org", "-t", "volunteer@example.org"]
    subprocess.run([_SOURCE, "-d", *many, *whom, f"127.0.0.1:{port}"], check=True)
