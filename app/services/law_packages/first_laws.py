"""Law packages with which a new office starts."""

from app.models.errors import Refusal
from app.services.context import Context
from app.services.law_packages.applying import enter_law
from app.services.law_packages.offered import shipped_laws
from app.services.law_packages.opened import open_law
from app.services.law_packages.planning import plan_law
from app.storage.uow import Writing


def enter_shipped_laws(context: Context, work: Writing) -> None:
    """Enter the packages of the program into a new office. The caller commits.

    One that does not fit the first catalogue stays offered, so that it stops no office.
    """
    for shipped in shipped_laws():
        try:
            law = open_law(shipped.data, "", context, work)
            plan = plan_law(law, context, work)
        except Refusal:
            continue
        enter_law(law, plan, None, context, work)
