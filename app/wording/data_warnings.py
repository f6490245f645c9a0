"""Text of warnings about personal data, numbers and cards.

A warning never blocks.
"""

from app.models.errors import Message, Scalar

_SENTENCES = {
    "number_length": "Số giấy tờ có {digits} chữ số; số định danh có 12 chữ số, chứng minh nhân dân cũ có 9. "
    "Hãy đối chiếu với giấy tờ.",
    "number_shape": "Số giấy tờ không có chữ số nào. Hãy đối chiếu với giấy tờ.",
    "number_letters": "Số giấy tờ có lẫn chữ cái giữa {digits} chữ số. Hãy đối chiếu với giấy tờ.",
    "number_place": "Ba số đầu {place} không có trong bảng mã nơi đăng ký khai sinh. Hãy đối chiếu số với giấy tờ.",
    "number_gender": "Số định danh cho biết giới tính {gender}, khác giới tính đã ghi. Hãy đối chiếu với giấy tờ.",
    "number_birth_year": "Số định danh cho biết năm sinh {year}, khác năm sinh đã ghi {birth_year}. "
    "Hãy đối chiếu với giấy tờ.",
    "number_future": "Số định danh cho biết năm sinh {year}, chưa tới. Hãy đối chiếu số với giấy tờ.",
    "phone_shape": "Số điện thoại «{phone}» không đúng dạng. Hãy hỏi lại để báo được khi có kết quả.",
    "phone_no_sms": "Số điện thoại «{phone}» là máy bàn, không nhắn tin được. Hãy hỏi thêm số di động nếu có.",
    "email_shape": "Địa chỉ thư điện tử «{email}» không đúng dạng. Hãy hỏi lại người nộp.",
    "name_odd": "Họ tên «{name}» có ký tự không có trong tên người. Hãy đối chiếu với giấy tờ.",
    "letters_boxes": "Chữ «{letters}» không có trong phông chữ của giấy nên in ra dấu hỏi. Ghi bằng chữ Việt nếu giấy tờ có.",
    "name_known_as": "Số giấy tờ này đã ghi là «{name}». Hãy đối chiếu số và họ tên với giấy tờ.",
    "name_address": "Họ tên «{name}» giống một địa chỉ. Xem có gõ nhầm ô không.",
    "name_body": "Họ tên «{name}» giống tên tổ chức. Xem lại ô đối tượng.",
    "name_one_word": "Họ tên «{name}» chỉ có một chữ. Hãy đối chiếu với giấy tờ.",
    "address_contact": "Ô địa chỉ có «{text}», giống số giấy tờ, điện thoại hoặc thư điện tử. Xem có gõ nhầm ô không.",
    "address_name": "Ô địa chỉ ghi lại họ tên «{name}». Hãy ghi địa chỉ.",
    "address_for_post": "Gửi qua bưu chính mà chưa có địa chỉ. Hãy hỏi người nộp.",
    "contact_for_online": "Nhận kết quả trực tuyến mà chưa có điện thoại hoặc thư điện tử. Hãy hỏi người nộp.",
    "code_for_online": "Kênh trực tuyến mà chưa ghi mã hồ sơ trên Cổng dịch vụ công. Xem lại kênh, hoặc ghi mã.",
    "phone_office": "Số điện thoại «{phone}» là số của cơ quan. Hãy hỏi số của người nộp.",
    "email_near": "Thư điện tử «{email}»: có phải «{near}» không? Hãy hỏi lại người nộp.",
    "birth_child": "Ngày sinh cho biết người nộp mới {years} tuổi, chưa đủ {least}. Hãy đối chiếu với giấy tờ.",
    "birth_old": "Ngày sinh cho biết {years} tuổi. Hãy đối chiếu với giấy tờ.",
    "birth_known_as": "Số giấy tờ này đã ghi ngày sinh {birth}. Hãy đối chiếu ngày sinh với giấy tờ.",
    "number_known_as": "Người cùng họ tên và ngày sinh này đã ghi số {number}. Hãy đối chiếu số với giấy tờ.",
    "number_twice": "Hai người của hồ sơ có cùng số giấy tờ {number}. Hãy đối chiếu với giấy tờ.",
    "already_open": "Số giấy tờ này đang có hồ sơ {code} cùng thủ tục, nhận ngày {day}. Xem có nộp trùng không.",
    "quantity_many": "Số lượng là {count}. Hãy đếm lại.",
    "pages_many": "Một bản chính có {count} trang. Hãy đếm lại.",
    "paper_many": "Giấy «{paper}» ghi {count} bản. Hãy đếm lại.",
    "fee_odd": "Mức phí {amount} đồng khác thường. Xem lại số tiền.",
    "term_long": "Thời hạn {count} dài khác thường. Xem lại thời hạn.",
    "paper_on_database": "Không yêu cầu nộp «{paper}»: cơ sở dữ liệu đã có, cán bộ tự tra cứu.",
    "card_cut": "Mã trên thẻ đọc thiếu phần cuối. Hãy quét lại, hoặc nhập phần thiếu theo thẻ.",
    "card_letters_lost": "Họ tên hoặc địa chỉ bị mất chữ khi quét, cần kiểm tra: hãy sửa theo thẻ trước khi lưu.",
    "card_birth_date": "Ngày sinh «{text}» đọc từ thẻ không phải là một ngày. Hãy nhập theo thẻ.",
    "card_birth_missing": "Mã trên thẻ không có ngày sinh. Hãy nhập theo thẻ.",
    "card_gender": "Không đọc được giới tính «{text}» trên thẻ. Hãy chọn theo thẻ.",
    "card_issued_on": "Ngày cấp «{text}» đọc từ thẻ không phải là một ngày. Hãy nhập theo thẻ nếu cần.",
    "card_dates": "Ngày cấp đọc từ thẻ sớm hơn ngày sinh. Hãy đối chiếu với thẻ.",
    "card_old_number": "Số chứng minh nhân dân cũ «{text}» đọc từ thẻ không đúng dạng. Hãy đối chiếu với thẻ.",
}
_GENDERS = {"male": "nam", "female": "nữ"}


class _SentenceValues(dict[str, Scalar]):
    def __missing__(self, name: str) -> str:
        return "…"


def doubt_sentence(message: Message) -> str:
    """Return the sentence of a doubt, with what to do about it.

    A code without a sentence, from a newer journal, is shown as it is.
    """
    sentence = _SENTENCES.get(message.code)
    if sentence is None:
        return f"Cần kiểm tra lại ({message.code})."
    values = ((name, _value(name, value)) for name, value in message.values.items())
    return sentence.format_map(_SentenceValues(values))


def _value(name: str, value: Scalar) -> Scalar:
    text = str(value)
    if name == "birth" and len(text) == 10:
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    return _GENDERS.get(text, value)
