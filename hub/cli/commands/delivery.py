"""Commands `publish` and `forward`."""

from hub.address import check_address
from hub.cli.commands.administration import agency_code
from hub.cli.request import OPERATOR, Request, shown, write_line
from hub.delivery.forward import forward as forward_files
from hub.delivery.packages import PackageDraft
from hub.delivery.packages import publish as publish_package
from hub.errors import Exit
from hub.files import read_file, write_file


def publish(request: Request) -> Exit:
    """Publish a package."""
    arguments = request.arguments
    agency = "*" if arguments.agency == "*" else agency_code(arguments.agency)
    draft = PackageDraft(arguments.kind, agency, arguments.title, arguments.valid_from, arguments.expires_at)
    content = read_file(arguments.file)
    row, data = publish_package(request.database, request.keys, draft, content, OPERATOR, request.now)
    if arguments.out is not None:
        write_file(arguments.out, data)
    write_line({**row._asdict(), "made_at": shown(row.made_at)})
    return Exit.DONE


def forward(request: Request) -> Exit:
    """Send the files on to the next receiver."""
    address = check_address(request.arguments.to)
    status = Exit.DONE
    for line in forward_files(request.database, address, request.arguments.ca, request.now):
        write_line(line)
        if line["code"] is not None:
            status = Exit.REFUSED
    return status
