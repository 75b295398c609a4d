"""Serves many applications in one process, each on its own port: `python fleet.py MODULE CONTRACT < specs.json`."""

import asyncio
import importlib
import json
import sys
from typing import Any


async def serve(module: str, contract: str, specs: dict[str, dict[str, Any]]) -> None:
    """Serve every specification, print the ports once all accept connections, run until killed."""
    api = importlib.import_module(module).load(contract)
    serving = importlib.import_module(f"{module}.serving")
    ports: dict[str, int] = {}

    def ready(name: str, port: int) -> None:
        ports[name] = port
        if len(ports) == len(specs):
            sys.stdout.write(json.dumps(ports) + "\n")
            sys.stdout.flush()

    servers = [
        serving.Server(api.app(**spec), serving.bind("127.0.0.1", 0), lambda port, name=name: ready(name, port))
        for name, spec in specs.items()
    ]
    await asyncio.gather(*(server.serve_here() for server in servers))


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:], json.loads(sys.stdin.readline())))
