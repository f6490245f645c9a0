"""Run the application by uvicorn, in one or several workers."""

import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from uvicorn.supervisors import Multiprocess

FACTORY = "hub.bootstrap:application"
"""Import path with which each worker makes its application."""

_BACKLOG = 2048
_GRACE_SECONDS = 10


@dataclass(frozen=True)
class ServerOptions:
    """Where and how to listen; the certificate and its key are PEM files."""

    host: str
    port: int
    workers: int = 1
    certificate: str | None = None
    certificate_key: str | None = None

    def address(self, port: int) -> str:
        """Return the address that clients use."""
        scheme = "http" if self.certificate is None else "https"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{port}"


def serve(options: ServerOptions, announce: Callable[[str], None]) -> None:
    """Listen, announce the address, and serve until a signal ends it.

    Connections that arrive before the workers are ready wait.
    """
    config = configuration(FACTORY, options)
    with listening_socket(config) as listener:
        announce(options.address(listener.getsockname()[1]))
        if options.workers > 1:
            Multiprocess(config, sockets=[listener]).run()
        else:
            uvicorn.Server(config).run([listener])


def listening_socket(config: uvicorn.Config) -> socket.socket:
    """Return the socket of the service, which accepts connections at once.

    Connections inherit TCP_NODELAY. Without it the body of an answer waits some 40 ms for the confirmation of its head.
    """
    listener = config.bind_socket()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.listen(_BACKLOG)
    return listener


def configuration(application: object, options: ServerOptions) -> uvicorn.Config:
    """Return the settings of uvicorn.

    `application` is an import path of a factory, or an application.
    """
    return uvicorn.Config(
        application,  # type: ignore[arg-type]  # uvicorn takes any ASGI application
        host=options.host,
        port=options.port,
        workers=options.workers,
        factory=isinstance(application, str),
        ssl_certfile=options.certificate,
        ssl_keyfile=options.certificate_key,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        server_header=False,
        access_log=False,
        log_level="warning",
    )


def is_free(host: str, port: int) -> bool:
    """Return whether a port can be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
