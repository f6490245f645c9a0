"""Text of the scanner set-up card and its self-test."""

from collections.abc import Sequence

CARD_TITLE = "THẺ THỬ VÀ CÀI ĐẶT MÁY QUÉT"
STEPS = (
    "Mở chương trình, bấm F8, chọn «Máy in, máy quét».",
    "Quét lần lượt từng mã dưới đây. Trang ấy cho biết mã nào đúng, mã nào sai và phải đặt lại gì.",
    "Cách đặt lại nằm trong sách hướng dẫn của máy quét: mỗi hãng có mã cài đặt riêng. Đặt xong thì quét lại cả thẻ.",
    "Thẻ căn cước có chữ có dấu: chỉ máy quét nối kiểu cổng nối tiếp (USB COM, Virtual COM) gửi đúng chữ có dấu.",
)
TEST_CODES = {
    "bars": ("Mã vạch", "Chữ số và phím kết thúc: đủ cho mã hồ sơ và giấy tiếp nhận."),
    "case": ("Chữ hoa, chữ thường", "Máy quét không được tự đổi chữ hoa, chữ thường."),
    "signs": ("Mã vuông, các dấu", "Các dấu như trên thẻ căn cước; bàn phím của máy quét phải là USA."),
    "lines": ("Mã vuông nhiều dòng", "Như mã vuông trên giấy của cơ quan: ba dòng, đọc thành một lần quét."),
    "letters": ("Chữ tiếng Việt", "Như họ tên, địa chỉ trên thẻ căn cước."),
}
CORRECT = "Đúng."
WAITING = "Chưa quét."
UNKNOWN_CODE = "Mã này không có trên thẻ thử. Quét các mã trên thẻ in ra từ trang này."
_ADVICE = {
    "layout": "Sai dấu hoặc chữ số: đặt bàn phím của máy quét (Keyboard country) là USA.",
    "case": "Chữ hoa, chữ thường bị đổi: tắt mục đổi chữ (Case conversion) và mục Caps Lock của máy quét.",
    "extra_before": "Có ký tự thừa ở đầu: tắt tiền tố (Prefix) và mã nhận dạng (AIM ID, Code ID).",
    "extra_after": "Có ký tự thừa ở cuối: chỉ để một hậu tố (Suffix) là Enter (CR).",
    "letters_lost": "Mất chữ có dấu: đổi máy quét sang cổng nối tiếp (USB COM), mã ký tự UTF-8, rồi chọn cổng ở trên. "
    "Nếu không đổi được thì gõ họ tên, địa chỉ bằng tay.",
    "letters_garbled": "Chữ có dấu bị sai bảng mã, chương trình tự sửa được. Nên đặt mã ký tự của máy quét là UTF-8.",
    "lines_cut": "Chỉ đọc được một phần: tắt mục thay dấu xuống dòng, để máy quét gửi nguyên nội dung mã.",
    "wrong": "Đọc sai: quét lại ở khoảng cách khác; nếu vẫn sai thì đưa máy quét về cài đặt gốc.",
    "no_end": "Không có phím kết thúc nên chữ rơi vào ô: đặt hậu tố (Suffix) là Enter (CR).",
    "slow": "Máy quét gửi chữ quá chậm nên bị coi là gõ tay: đặt khoảng nghỉ giữa các ký tự "
    "(Inter-character delay) là 0.",
}


def advice(faults: Sequence[str]) -> str:
    """Return what to set on the scanner, in the order of the faults.

    Without faults the text is `CORRECT`.
    """
    return " ".join(_ADVICE[fault] for fault in faults) or CORRECT
