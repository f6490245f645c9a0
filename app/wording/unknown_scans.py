"""Reasons why a scan is nothing of this office."""

from collections.abc import Mapping

from app.models.errors import Message

_SENTENCES: Mapping[str, str] = {
    "key_length": "Mã vạch không đủ 16 chữ số. Quét lại, hoặc gõ mã hồ sơ.",
    "key_check_digit": "Mã vạch đọc sai một chữ số. Quét lại, hoặc gõ mã hồ sơ.",
    "key_other_office": "Giấy này của cơ quan khác. Hướng dẫn công dân đến đúng nơi đã nộp.",
    "key_date": "Mã vạch có ngày không đúng. Quét lại, hoặc gõ mã hồ sơ.",
    "key_serial": "Mã vạch có số thứ tự không đúng. Quét lại, hoặc gõ mã hồ sơ.",
    "dossier_not_here": "Không có hồ sơ này ở cơ quan. Kiểm tra lại mã, hoặc tra cứu theo họ tên.",
    "blank_unused": "Giấy tiếp nhận in sẵn {code} chưa nhập vào máy. Nhập hồ sơ với mã này và giờ ghi trên giấy.",
    "blank_spoilt": "Giấy tiếp nhận in sẵn này đã hủy ({reason}).",
    "scan_empty": "Máy quét không gửi chữ nào. Quét lại.",
    "scan_too_long": "Nội dung quét dài quá, không phải mã của cơ quan.",
    "scan_test_card": "Đây là mã trên thẻ thử máy quét. Bấm F8, mở «Máy in, máy quét» rồi quét lại.",
    "scan_vneid": "Đây là mã VNeID. Quét mã trên thẻ căn cước.",
    "scan_health_card": "Đây là mã thẻ bảo hiểm y tế. Quét mã trên thẻ căn cước.",
    "scan_payment": "Đây là mã thanh toán, không phải mã hồ sơ.",
    "scan_web_address": "Đây là địa chỉ trang mạng, không phải mã hồ sơ.",
    "scan_passport": "Đây là dòng mã hộ chiếu. Nhập số hộ chiếu bằng tay.",
    "scan_sealed": "Đây là mã dành riêng cho cơ quan, không mở hồ sơ được.",
    "card_unreadable": "Không đọc được mã trên thẻ. Quét lại, hoặc nhập bằng tay.",
    "card_two": "Máy quét gửi hai thẻ liền nhau, hoặc một thẻ hai lần. Xóa nội dung ấy rồi quét lại từng thẻ.",
    "scan_not_a_code": "Không nhận ra mã này. Gõ mã hồ sơ, hoặc tra cứu theo họ tên.",
}


def unknown_scan_reason(message: Message) -> str:
    """Return the reason as a sentence.

    A code without a sentence gets the general one.
    """
    return _SENTENCES.get(message.code, _SENTENCES["scan_not_a_code"]).format_map(message.values)
