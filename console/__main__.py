"""`python -m console` serves the console, as `certs console` does."""

from console.asgi import run
from shared.settings import settings

run(settings())
