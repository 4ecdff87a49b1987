"""The minimum of this web framework: one route without any query, served like ours."""

import sys

import uvicorn
from fastapi import FastAPI

from api.app import server_options
from shared import logs
from shared.settings import Settings

app = FastAPI()


@app.get("/bare")
async def bare(token: str) -> dict[str, object]:
    return {"code": 0, "data": {"token": token}, "message": "success"}


if __name__ == "__main__":
    settings = Settings(_env_file=None, api_port=int(sys.argv[1]))
    logs.set_up(settings.log_level, settings.log_format)
    uvicorn.Server(uvicorn.Config(app, **server_options(settings, settings.api_port))).run()
