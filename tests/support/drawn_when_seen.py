"""Previews that are drawn when a test looks at them: no browser fetches those of its screens."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from console import previews


class DrawnWhenSeen(ThreadPoolExecutor):
    """Draws in threads only what a screen itself waits for: a certificate with its size. All other
    pictures took two thirds of the processor's time of the certificate's screen."""

    def submit(self, draw: Callable[..., Any], /, *given: Any, **more: Any) -> Future[Any]:
        if previews._draw in given:
            return super().submit(draw, *given, **more)
        return _Unseen(partial(draw, *given, **more))


class _Unseen(Future[Any]):
    def __init__(self, draw: Callable[[], Any]) -> None:
        super().__init__()
        self._draw = draw

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            try:
                self.set_result(self._draw())
            except Exception as problem:
                self.set_exception(problem)
        return super().result(timeout)
