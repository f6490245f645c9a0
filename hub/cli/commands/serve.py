"""Command `serve`."""

import sys

from hub.cli.request import Request, write_line
from hub.errors import Exit, Refused
from hub.server.running import ServerOptions, is_free
from hub.server.running import serve as run_server

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(request: Request) -> Exit:
    """Receive files by network until a signal ends the process.

    The keys and the tables are checked before a port is opened.
    """
    arguments = request.arguments
    _ = request.keys
    options = ServerOptions(
        arguments.host, arguments.port, arguments.workers, arguments.certificate, arguments.certificate_key
    )
    if not is_free(options.host, options.port):
        raise Refused("port_used", host=options.host, port=options.port)
    if options.certificate is None and options.host not in _LOOPBACK:
        sys.stderr.write("Chưa có chứng thư TLS: chỉ nên mở cho máy chuyển tiếp HTTPS đứng trước.\n")
    request.close()
    run_server(options, lambda address: write_line({"address": address, "training": request.receiver.training}))
    return Exit.DONE
