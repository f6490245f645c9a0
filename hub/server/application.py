"""The application of one worker."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.sync.errors import BundleRefused
from hub.errors import Refused
from hub.keys import keys_path, read_keys
from hub.page.endpoint import problem as page_problem
from hub.page.routes import routes as page_routes
from hub.page.site import PageSite
from hub.storage.database import Database
from hub.storage.receiver import open_receiver
from hub.wire import problems, routes
from hub.wire.service import THREADS, Service

_PAGE_CONNECTIONS = 3
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
    """Return the application: wire and pages, each with own connections.

    A slow list of a page then leaves the connections of the wire alone.
    """
    site = PageSite(
        database=service.database.another(_PAGE_CONNECTIONS),
        intake=service.intake,
        keys=service.keys,
        receiver=service.receiver,
        clock=service.clock,
    )

    @asynccontextmanager
    async def lifespan(application: Starlette) -> AsyncIterator[None]:
        yield
        service.database.close()
        site.database.close()

    application = Starlette(
        routes=[*routes.routes(), *page_routes(site)],
        lifespan=lifespan,
        exception_handlers={
            Refused: problems.refused,
            BundleRefused: problems.refused,
            HTTPException: _http_error,
            Exception: problems.fault,
        },
    )
    application.state.service = service
    return application


async def _http_error(request: Request, error: Exception) -> Response:
    """Answer an address that does not exist: a browser gets a page."""
    if "text/html" in request.headers.get("accept", ""):
        return page_problem("Không có trang này.", 404)
    return await problems.http_error(request, error)
