"""The addresses of the pages."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hub.page import accounts, communes, figures, packages, signin, troubles
from hub.page.endpoint import endpoint
from hub.page.render import FOLDER, HEADERS
from hub.page.site import ADMINISTRATOR, READER, REGISTRAR, Handler, PageSite

_PAGES: tuple[tuple[str, Handler], ...] = (
    ("/", communes.communes),
    ("/files", communes.files),
    ("/communes/{site_id:int}", communes.commune),
    ("/communes/{site_id:int}/records", communes.records),
    ("/communes/{site_id:int}/files/{place:int}/{result}", communes.results),
    ("/communes/{site_id:int}/dossiers/{code}", communes.dossier),
    ("/06a", figures.report),
    ("/06a.xlsx", figures.workbook),
    ("/06a/dossiers", figures.behind),
    ("/rejected", troubles.rejected),
    ("/forks", troubles.all_forks),
    ("/forks/{number:int}", troubles.fork),
    ("/lost", troubles.lost),
    ("/knocks", troubles.knocks),
    ("/packages", packages.all_packages),
    ("/packages/{number:int}", packages.download),
    ("/packages/{number:int}/content", packages.content),
)
_ACTS: tuple[tuple[str, Handler], ...] = (
    ("/communes/{site_id:int}/block", communes.block),
    ("/knocks/enrol", troubles.enrol),
)
_DETACHED_ACTS: tuple[tuple[str, Handler], ...] = (
    ("/forks/{number:int}/settle", troubles.settle),
    ("/packages/publish", packages.publish_form),
)
_ACCOUNT_ACTS: tuple[tuple[str, Handler], ...] = (
    ("/accounts/add", accounts.add),
    ("/accounts/reset", accounts.reset),
    ("/accounts/disable", accounts.disable),
)
STYLE = "/static/page.css"


def routes(site: PageSite) -> list[BaseRoute]:
    """Return the routes of the pages.

    A reader sees every page but the accounts; enrolment, blocks, forks and packages need a registrar, the accounts an
    administrator.
    """
    return [
        Route(STYLE, _style, methods=["GET"]),
        Route("/sign-in", signin.show(site), methods=["GET"]),
        Route("/sign-in", signin.sign_in(site), methods=["POST"]),
        Route("/sign-out", signin.sign_out(site), methods=["POST"]),
        *(Route(path, endpoint(site, handler, READER), methods=["GET"]) for path, handler in _PAGES),
        *(Route(path, endpoint(site, handler, REGISTRAR), methods=["POST"]) for path, handler in _ACTS),
        Route(accounts.ADDRESS, endpoint(site, accounts.all_accounts, ADMINISTRATOR), methods=["GET"]),
        *(Route(path, endpoint(site, handler, ADMINISTRATOR), methods=["POST"]) for path, handler in _ACCOUNT_ACTS),
        *(
            Route(path, endpoint(site, handler, REGISTRAR, detached=True), methods=["POST"])
            for path, handler in _DETACHED_ACTS
        ),
    ]


def _style(_request: Request) -> Response:
    headers = {**HEADERS, "Cache-Control": "public, max-age=300"}
    return Response((FOLDER / "static" / "page.css").read_bytes(), media_type="text/css", headers=headers)
