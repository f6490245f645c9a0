"""The receiver's service in this process, on loopback."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import uvicorn

from hub.server.application import create_application, open_service
from hub.server.running import ServerOptions, configuration, listening_socket
from tests.support.postgres_server import Hub


@contextmanager
def serving(hub: Hub, clock: Callable[[], datetime] | None = None) -> Iterator[str]:
    """Serve a receiver on a free port of loopback; yield its address."""
    options = ServerOptions("127.0.0.1", 0)
    service = open_service(hub.variables, clock or (lambda: hub.now))
    config = configuration(create_application(service), options)
    with listening_socket(config) as listener:
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield options.address(listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()
            service.database.close()
