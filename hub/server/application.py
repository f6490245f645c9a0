"""The application of one worker."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from app.sync.errors import BundleRefused
from hub.errors import Refused
from hub.keys import keys_path, read_keys
from hub.storage.database import Database
from hub.storage.receiver import open_receiver
from hub.wire import problems, routes
from hub.wire.service import THREADS, Service

_WAIT_SECONDS = 5.0
"""Time that a request waits for a free connection before it is answered 503."""


def open_service(variables: Mapping[str, str], clock: Callable[[], datetime]) -> Service:
    """Return the service of this environment.

    Raises Refused `hub_database`, `hub_empty`, `hub_newer`, `hub_keys`, `hub_keys_missing`, `hub_keys_foreign`; Busy.
    """
    address = variables.get("HUB_DATABASE", "").strip()
    if not address:
        raise Refused("hub_database")
    keys = read_keys(keys_path(variables.get("HUB_KEYS")))
    database = Database(address, THREADS, _WAIT_SECONDS)
    receiver = open_receiver(database)
    if keys.receiver_signs != receiver.receiver_signs:
        database.close()
        raise Refused("hub_keys_foreign")
    return Service(database, keys, receiver, clock)


def create_application(service: Service) -> Starlette:
    """Return the application."""

    @asynccontextmanager
    async def lifespan(application: Starlette) -> AsyncIterator[None]:
        yield
        service.database.close()

    application = Starlette(
        routes=routes.routes(),
        lifespan=lifespan,
        exception_handlers={
            Refused: problems.refused,
            BundleRefused: problems.refused,
            HTTPException: problems.http_error,
            Exception: problems.fault,
        },
    )
    application.state.service = service
    return application
