"""Text of warnings about personal data, numbers and cards.

A warning never blocks.
"""

from app.models.errors import Message, Scalar

_SENTENCES = {
    "number_length": "Số giấy tờ có {digits} chữ số; số định danh có 12 chữ số, chứng minh nhân dân cũ có 9. "
    "Hãy đối chiếu với giấy tờ.",
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
    values = ((name, _GENDERS.get(str(value), value)) for name, value in message.values.items())
    return sentence.format_map(_SentenceValues(values))
