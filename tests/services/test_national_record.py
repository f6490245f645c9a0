"""Fields of the national APIs, and the holder of a returned dossier."""

from dataclasses import replace

import pytest

from app.models.enums import Action, Channel, ReturnBy, Status
from app.models.lifecycle import COUNTER, State, Transition
from app.services.context import Context
from app.services.national_record import Subject, national_record, reports_dossier
from app.settings import parse_office
from app.sync.records import PEOPLE_FIELDS, without_people
from tests.support.offices import ADMIN, MORNING, OFFICE, PERSON

CONTEXT = Context(MORNING, ADMIN, parse_office(OFFICE), training=True)
STATE = State(Status.RECEIVED, MORNING, fee=2000)
SUBJECT = Subject(
    id=1,
    code="H29.12-260209-0001",
    procedure_code="2.000815",
    procedure_name="Chứng thực bản sao",
    field="Chứng thực",
    channel=Channel.POST,
    return_by=ReturnBy.COUNTER,
    people={"applicant": PERSON},
    note="Gọi số riêng",
)


def transition(action: Action, holder_to: str = COUNTER) -> Transition:
    return Transition(action, MORNING, Status.PROCESSING, COUNTER, holder_to, note="Gọi bà Ẫm")


@pytest.mark.parametrize("action", Action)
def test_personal_data_is_only_in_the_people_fields(action: Action) -> None:
    record = national_record(CONTEXT, SUBJECT, STATE, transition(action))
    assert record.fields == without_people({**record.people, **record.fields})
    assert record.people and set(record.people) <= PEOPLE_FIELDS
    assert ("ChuHoSo" in record.people) == reports_dossier(action, STATE.status)


def test_dossier_fields_use_the_national_codes() -> None:
    fields = national_record(CONTEXT, SUBJECT, STATE, transition(Action.INTAKE)).fields
    assert (fields["KenhThucHien"], fields["HinhThuc"], fields["LoaiDoiTuong"]) == ("3", "0", "1")
    assert (fields["NgayTiepNhan"], fields["NgayHenTra"]) == ("20260209080000", "")
    assert fields["DanhSachLePhi"] == [{"TenPhiLePhi": "Phí, lệ phí", "Gia": "2000"}]


@pytest.mark.parametrize(("number", "kind"), [("048190004217", "1"), ("012345678", "2"), ("B1234567", ""), (None, "")])
def test_identity_kind_follows_the_number(number: str | None, kind: str) -> None:
    subject = replace(SUBJECT, people={"applicant": {**PERSON, "id_number": number}})
    people = national_record(CONTEXT, subject, STATE, transition(Action.INTAKE)).people
    assert people["DinhDanhCHS"] == {"LoaiDinhDanh": kind, "SoDinhDanh": number or ""}


def test_returned_dossier_is_reported_at_the_counter() -> None:
    returned = national_record(CONTEXT, SUBJECT, STATE, transition(Action.RETURN, holder_to="Đào Thị Ẫm"))
    sent = national_record(CONTEXT, SUBJECT, STATE, transition(Action.SEND, holder_to="Tư pháp"))
    assert (returned.fields["PhongBanXuLy"], sent.fields["PhongBanXuLy"]) == (COUNTER, "Tư pháp")
