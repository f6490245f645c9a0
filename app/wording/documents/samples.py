"""Invented people and texts of the samples on which a form is looked at."""

from collections.abc import Mapping

NAME, OTHER_NAME, CLERK = "Nguyễn Thị Mẫu", "Trần Văn Ví Dụ", "Lê Thị Thử"
ID_NUMBER, OTHER_ID_NUMBER = "000000000000", "000000000001"
ADDRESS, PHONE, EMAIL = "Thôn Mẫu, xã Ví Dụ, tỉnh Ví Dụ", "0900 000 000", "mau@vidu.example"
PROCEDURE, PROCEDURE_CODE, FIELD = "Thủ tục để xem mẫu giấy", "0.000000", "Lĩnh vực mẫu"
PAPERS = ("Tờ khai theo mẫu", "Bản chính giấy tờ để đối chiếu")
UNIT, RESULT = "Bộ phận chuyên môn", "Kết quả giải quyết thủ tục hành chính"
REASON = "Lý do ghi ở đây để xem mẫu giấy"
TERM, METHOD, BOOK_NUMBER = "05 ngày làm việc", "Tiền mặt", "0000001"
AUTHORITY = "Giấy ủy quyền số 01 ngày 10/02/2026"
LOOKUP = "Tra cứu tiến độ bằng mã hồ sơ, hoặc gọi số điện thoại của cơ quan trong giờ làm việc."
TRANSFER = "Mã mẫu để xem giấy, không dùng để chuyển tiền"
LEG_AT = "10 giờ 05 phút, ngày 12/02/2026"
VALUES: Mapping[str, str] = {
    "procedure": PROCEDURE,
    "procedure_code": PROCEDURE_CODE,
    "field": FIELD,
    "channel": "Trực tiếp",
    "quantity": "01",
    "fee": "8.000 đồng",
    "paid": "8.000 đồng",
    "term": TERM,
    "received": "09 giờ 30 phút, ngày 12 tháng 02 năm 2026",
    "received_day": "12 tháng 02 năm 2026",
    "due": "17 giờ 00 phút, ngày 25 tháng 02 năm 2026",
    "due_day": "25 tháng 02 năm 2026",
    "returned": "16 giờ 20 phút, ngày 25 tháng 02 năm 2026",
    "return_by": "counter",
    "status": "Đang giải quyết",
    "holder": UNIT,
    "note": REASON,
    "clerk": CLERK,
    "signer": CLERK,
    "lookup": LOOKUP,
    "phone": PHONE,
    "volume": "01/2026",
    "serial": "15",
    "co_applicants": OTHER_NAME,
    "principal.authority": AUTHORITY,
}
"""Values of a form that only data describes, by name."""
