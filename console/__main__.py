"""`python -m console`, which is what `certs console` runs."""

from console.asgi import run
from shared.settings import settings

run(settings())
