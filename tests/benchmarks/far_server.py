"""A mail server in a process of its own, with TLS and a sign-in, behind a slow line if wanted."""

import asyncio
import logging
import multiprocessing
import ssl
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

from tests.support.smtp_sink import self_signed

# A round trip, in seconds.
SLOW_LINE = 0.04


@dataclass(frozen=True)
class FarServer:
    """`port` answers at once, `slow_port` over the slow line."""

    port: int
    slow_port: int
    authorities: Path


@contextmanager
def far_server() -> Iterator[FarServer]:
    """Runs until the block ends; whoever trusts `authorities` trusts its certificate."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, secret = self_signed()
        authorities, both = Path(folder) / "authorities.pem", Path(folder) / "both.pem"
        authorities.write_bytes(certificate)
        both.write_bytes(certificate + secret)
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(both, there))
        process.start()
        try:
            yield FarServer(*here.recv(), authorities)
        finally:
            process.terminate()
            process.join()


def _serve(both: Path, pipe: Connection) -> None:
    # The library warns of a sign-in without TLS at every connection: here TLS is outside of it.
    warnings.simplefilter("ignore")
    logging.disable()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(both)
    asyncio.run(_listen(tls, pipe))


async def _listen(tls: ssl.SSLContext, pipe: Connection) -> None:
    def conversation() -> SMTP:
        return SMTP(
            _Sink(),
            authenticator=lambda *_: AuthResult(success=True),
            auth_required=True,
            auth_require_tls=False,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(conversation, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    line = await asyncio.start_server(_slow_line(port), "127.0.0.1", 0)
    pipe.send((port, line.sockets[0].getsockname()[1]))
    await asyncio.Event().wait()


class _Sink:
    async def handle_EHLO(self, _: object, session: Any, __: object, name: str, offers: list[str]):
        session.host_name = name
        return [*offers[:-1], "250-PIPELINING", offers[-1]]

    async def handle_DATA(self, *_: object) -> str:
        return "250 taken"


def _slow_line(port: int):
    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_carry(reader, far_writer), _carry(far_reader, writer))

    return connect


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Every byte arrives half a round trip after it was sent."""
    loop = asyncio.get_running_loop()
    with suppress(ConnectionResetError):
        while content := await reader.read(65536):
            loop.call_later(SLOW_LINE / 2, writer.write, content)
    loop.call_later(0.03, writer.close)
