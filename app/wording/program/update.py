"""Sentences about updates of the program from a file."""

from collections.abc import Mapping

UPDATE_REFUSALS: Mapping[str, str] = {
    "update_not_installed": "Bản Một Cửa này không do bộ cài Windows cài đặt nên không tự cập nhật được. Chạy bộ cài mới, hoặc giải nén bản mới.",
    "update_without_key": "Bản này không có khóa để kiểm tra tệp cập nhật nên không nhận tệp nào. Nhờ người quản trị chạy bộ cài mới.",
    "update_unreadable": "Không đọc được tệp «{file}», hoặc tệp quá lớn. Cắm lại USB, hoặc chép lại tệp rồi chọn lại.",
    "update_unsigned": "Không có tệp chữ ký «{file}.sig» bên cạnh tệp này. Chép cả hai tệp vào cùng một thư mục rồi chọn lại.",
    "update_forged": "Tệp «{file}» không đúng chữ ký: tệp bị đổi, chép thiếu, hoặc không phải của nơi phát hành. Chưa cài gì; xin lại tệp.",
    "update_foreign": "Tệp «{file}» không phải bộ cài Một Cửa cho Windows 64 bit. Chọn đúng tệp motcua-…-cai-dat.exe.",
    "update_older": "Tệp này là bản {version}, máy đang dùng bản {installed}. Chỉ cập nhật lên bản mới hơn.",
}
UPDATE_FAULTS: Mapping[str, str] = {
    "update_unfinished": "Chương trình vừa được cập nhật mà chưa mở dữ liệu lần nào. Mở cửa sổ Một Cửa một lần rồi làm lại việc này.",
}
UPDATE_NOTES: Mapping[str, str] = {
    "update_taken_back": "Bản {new} không mở được dữ liệu. Máy đã trở lại bản {old}, dữ liệu như trước khi cập nhật. Báo người quản trị.",
    "update_not_done": "Chưa cập nhật được lên bản {new}{reason}. Máy vẫn dùng bản {old}, dữ liệu không đổi.",
}
_REASONS = {
    "3": ": Windows của máy quá cũ",
    "4": ": bản mới không chạy được trên máy này",
    "5": ": còn cửa sổ Một Cửa khác đang mở",
}


def update_note(code: str, values: Mapping[str, object]) -> str:
    """Return the note about an update that was not kept."""
    return UPDATE_NOTES[code].format(**values, reason=_REASONS.get(str(values.get("status", "")), ""))


def confirm_update(old: str, new: str) -> str:
    """Return the question before an update."""
    return (
        f"Cập nhật Một Cửa từ bản {old} lên bản {new}? Chương trình sao lưu vào mọi nơi trước, đóng cửa sổ khoảng một "
        "phút rồi tự mở lại. Hồ sơ đang nhập dở còn ở bản nháp, giấy chưa in còn ở hàng đợi. Nếu bản mới không mở được "
        "dữ liệu, bản cũ và dữ liệu cũ trở lại cùng nhau."
    )
