"""Work of a confined process for many contents."""

import sys

from shared import confined


def _read(request: str, content: bytes) -> object:
    if request == "crash":
        sys.exit(1)
    while request == "forever":
        pass
    return [request, len(content)]


if __name__ == "__main__":
    confined.serve(_read)
