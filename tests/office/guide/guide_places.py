"""Folders and answers of the guide for its tests."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from app.bootstrap import _start_functions
from app.first_start import guide_tools
from app.models.enums import Role
from app.office.guide.answers import Answers, FurtherPerson, GuidePage
from app.office.guide.founding import GuideTools
from app.office.guide.guide import Guide
from app.office.guide.places import GuidePlaces
from tests.support.offices import PASSWORD

TYPED = Answers(
    name="UBND xã Thử Nghiệm",
    parent="UBND tỉnh Thử",
    province="Tỉnh Thử",
    agency_code="h29.12",
    workstation="7",
    head="Phạm Văn Mẫu",
    admin="Trần Thị Bình",
)
WITH_PEOPLE = replace(TYPED, people=(FurtherPerson("Vũ Thị Mới", Role.OFFICER),))


def places_in(folder: Path) -> GuidePlaces:
    """Return the places of a guide below a folder with blanks and diacritics."""
    profile = folder / "Nguyễn Thị Ánh"
    return GuidePlaces(profile / "trạng thái", profile / "dữ liệu Một Cửa", folder / "chung" / "MotCua")


def tools(locks: ExitStack) -> GuideTools:
    """Return the functions of the running program."""
    return guide_tools(_start_functions(), locks)


def guide_at_founding(places: GuidePlaces, locks: ExitStack, answers: Answers = TYPED) -> Guide:
    """Return a guide on its page of the founding."""
    guide = Guide(places, tools(locks), GuidePage.START)
    guide.submit(answers)
    while guide.page != GuidePage.FOUNDING:
        guide.submit(guide.answers)
    guide.check_password(PASSWORD, PASSWORD, answers.admin)
    return guide
