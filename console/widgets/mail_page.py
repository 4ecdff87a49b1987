"""A mail's HTML on a screen: shown as it looks, and isolated from the console."""

from base64 import b64encode


def isolated_page(html: str) -> str:
    """The address of a page with a mail's HTML, without origin, scripts or network.

    Whatever the mail contains, it cannot touch the console that shows it. Its links open in a new
    tab, as in a mail program: the pages behind them refuse to be shown in a frame.
    """
    rules = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = f'<meta http-equiv="Content-Security-Policy" content="{rules}"><base target="_blank">'
    page = f"{head}{html}"
    return f"data:text/html;charset=utf-8;base64,{b64encode(page.encode()).decode()}"
