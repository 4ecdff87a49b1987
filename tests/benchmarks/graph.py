"""Handing over by Microsoft Graph: what a message takes beside the two seconds that are allowed.

Over plain HTTP on loopback, so that it is this program's own time. `python -m tests.benchmarks
graph`; another number of messages: `graph=500`.
"""

from shared.mail.transport.graph import GraphTransport
from shared.mail.transport.protocol import Account
from shared.storage.models import Security, Verdict
from tests.benchmarks.table import Line, median_ms
from tests.support.graph_double import ADDRESS, GraphDouble, Signed

_ALLOWED = 2_000.0  # 30 a minute.
_CERTIFICATE = 300_000


def measure(*sizes: int) -> list[Line]:
    """A message with a certificate, on the kept connection and on a new one each time."""
    repeats = sizes[0] if sizes else 200
    with GraphDouble() as graph:
        kept = _transport(graph)
        ours = median_ms(lambda: _deliver(kept), repeats)
        assert graph.connections == 1
        kept.close()
        naive = median_ms(lambda: _once(graph), repeats // 4)
    target = "≤ 2000 ms, one connection"
    return [Line("a message by Graph", ours, naive, target, ours <= _ALLOWED)]


def _transport(graph: GraphDouble) -> GraphTransport:
    account = Account(
        host=graph.host,
        port=443,
        security=Security.TLS,
        from_address=ADDRESS,
        username=ADDRESS,
        transport="graph",
        token=Signed(),
        service_url=graph.url,
    )
    return GraphTransport(account)


def _deliver(transport: GraphTransport) -> None:
    message = f"From: {ADDRESS}\r\nTo: ana@example.net\r\n\r\n".encode() + b"x" * _CERTIFICATE
    assert transport.deliver(message, "ana@example.net").verdict is Verdict.SENT


def _once(graph: GraphDouble) -> None:
    transport = _transport(graph)
    _deliver(transport)
    transport.close()
