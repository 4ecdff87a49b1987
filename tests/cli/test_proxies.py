"""Everything under a path, on one port, behind each proxy that docs/proxy.md has a snippet for: as
it hands the path on, and as it takes it off. Those that are not installed are skipped."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from tests.benchmarks.streamlit_client import Tab
from tests.support.console_server import ServedConsole, free_port, served_console
from tests.support.mailing import wait_until
from tests.support.services import answers

# Debian puts some of them where only root looks.
_WHERE = os.environ.get("PATH", "") + ":/usr/sbin"
_DOCUMENT = (Path(__file__).parents[2] / "docs/proxy.md").read_text("utf-8")


@pytest.fixture(scope="module")
def site(migrated_folder: Path) -> Iterator[ServedConsole]:
    """Its own port is `api_port`; its addresses are those of whichever proxy is in front."""
    port, proxy = free_port(), f"http://127.0.0.1:{free_port()}/certs"
    settings = {"api_port": str(port), "public_url": proxy, "console_url": f"{proxy}/console"}
    settings["trusted_proxies"] = "127.0.0.1"
    health = f"http://127.0.0.1:{port}/console/_stcore/health"
    with served_console(migrated_folder, "web", health, **settings) as served:
        yield served


def snippet(has: str) -> str:
    """The block of the document that contains this."""
    blocks = re.findall(r"^```\w+\n(.*?)^```", _DOCUMENT, re.M | re.S)
    (found,) = (block for block in blocks if has in block)
    return found


def replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def nginx(listen: str, site: str, folder: Path, takes_off: bool) -> list[str]:
    changes = {"# … as above": f"listen {listen}; access_log off;", "127.0.0.1:8000": site}
    if not takes_off:
        changes[f"http://{site}/;"] = f"http://{site};"
    places = (f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi"))
    others = (f"{kind}_temp_path {folder}/{kind};" for kind in ("uwsgi", "scgi"))
    http = " ".join([*places, *others]) + replaced(snippet("map $http_upgrade"), changes)
    main = f"daemon off; pid {folder}/pid; error_log stderr crit; events {{ }}"
    (folder / "nginx.conf").write_text(f"{main}\nhttp {{\n{http}\n}}\n")
    return ["-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(listen: str, site: str, folder: Path, takes_off: bool) -> list[str]:
    changes = {"example.org {": f"http://{listen} {{", "127.0.0.1:8000": site}
    if takes_off:
        one = f"reverse_proxy /certs/* {site}"
        changes[one] = f"handle_path /certs/* {{\n\t\treverse_proxy {site}\n\t}}"
    written = replaced(snippet("redir /certs /certs/"), changes)
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{written}")
    return ["run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def haproxy(listen: str, site: str, folder: Path, takes_off: bool) -> list[str]:
    changes = {
        ":443 ssl crt /etc/haproxy/example.org.pem alpn h2,http/1.1": listen,
        "X-Forwarded-Proto https": "X-Forwarded-Proto http",
        "127.0.0.1:8000": site,
        "127.0.0.1:8501": site,
    }
    written = replaced(snippet("frontend site"), changes)
    if takes_off:
        (line,) = re.findall(r"# To take the path off.*: (http-request .*)\n", written)
        written = re.sub(r"(backend \w+\n)", rf"\1    {line}\n".replace("\\2", "\\\\2"), written)
    (folder / "haproxy.cfg").write_text(written)
    return ["-db", "-f", str(folder / "haproxy.cfg")]


@pytest.mark.parametrize("takes_off", [False, True], ids=["hands the path on", "takes it off"])
@pytest.mark.parametrize("proxy", [nginx, caddy, haproxy])
def test_everything_works_behind_a_proxy_under_a_path(
    site: ServedConsole,
    tmp_path: Path,
    proxy: Callable[[str, str, Path, bool], list[str]],
    takes_off: bool,
):
    program = shutil.which(proxy.__name__, path=_WHERE)
    if program is None:
        pytest.skip(f"{proxy.__name__} is not installed")
    settings = site.installation.settings
    public = settings.public_url
    listen = public.removeprefix("http://").partition("/")[0]
    options = proxy(listen, f"127.0.0.1:{settings.api_port}", tmp_path, takes_off)
    home = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    running = subprocess.Popen([program, *options], env=home)
    try:
        wait_until(lambda: answers(f"{public}/health"))
        assert httpx.get(public).headers["location"].endswith("/certs/")
        page = httpx.get(f"{public}/")
        style = re.search(r'<link rel="stylesheet" href="([^"]+)"', page.text)
        assert style
        assert httpx.get(urljoin(f"{public}/", style[1])).status_code == 200
        wanted = httpx.get(f"{public}/console/log", headers={"accept": "text/html"})
        assert wanted.headers["location"] == "/certs/console/signin?next=%2Flog"
        # It signs in, with the cookie of the path, and talks over a websocket.
        with Tab(f"{public}/console/log?event=1") as tab:
            said, _ = tab.run()
        assert "Sign out" in said
    finally:
        running.terminate()
        running.wait(timeout=10)
