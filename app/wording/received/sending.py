"""Sentences of sending: troubles, refused answers, states."""

from collections.abc import Mapping, Sequence

from app.models.text import fold_text

SYNC: Mapping[str, str] = {
    "no_network": "Chưa có mạng hoặc chưa tới được nơi nhận. Không mất gì: chương trình tự gửi lại; cần gấp thì xuất tệp ra USB.",
    "no_answer": "Đường truyền đứt giữa chừng, nơi nhận chưa trả lời. Không mất gì: chương trình tự gửi lại đúng tệp này.",
    "receiver_busy": "Nơi nhận đang bận hoặc bảo trì. Không mất gì: chương trình tự gửi lại sau.",
    "receiver_refused": "Nơi nhận không nhận tệp ({code}). Ghi lại mã này, gọi nơi nhận; chương trình vẫn thử lại mỗi giờ.",
    "receiver_ahead": "Nơi nhận đang chờ tệp số {expected}, máy này mới có đến số {newest}: nơi nhận biết nhiều hơn máy này. Đã ngừng gửi. Hai người cùng xem: dữ liệu máy này có bị chép lùi về bản cũ không; nếu có, người quản trị phục hồi bản sao lưu mới nhất.",
    "bundle_fork": "Nơi nhận đã có tệp cùng số mà nội dung khác (sai lệch số {fork}). Đã ngừng gửi. Hai người cùng gọi nơi nhận: họ phân xử xong thì bấm «Gửi ngay», hoặc người quản trị phục hồi bản sao lưu nếu họ giữ bản của họ.",
    "bundle_dropped": "Tệp số {sequence} đã được xác nhận từ lâu, máy này không còn giữ nội dung. Gọi nơi nhận: họ phục hồi bản của họ, hoặc người quản trị phục hồi bản sao lưu của máy này để gửi lại từ đầu.",
    "bundle_gap": "Nơi nhận cần tệp số {expected_sequence} trước.",
    "bundle_blocked": "Nơi nhận đã khóa máy này. Gọi nơi nhận, đọc dấu vân tay ở trang Đồng bộ (F7).",
    "bundle_training": "Nơi nhận chính thức không nhận tệp tập huấn, và ngược lại. Kiểm tra thẻ nơi nhận đã nạp.",
    "bundle_unknown_key": "Chữ ký không thuộc khóa đã ghi danh. Gọi nơi nhận, đọc dấu vân tay ở trang Đồng bộ (F7) để ghi danh máy này; hoặc nạp lại thẻ của nơi nhận (sync join).",
    "bundle_newer": "Tệp thuộc phiên bản mới hơn ({found}; biết đến {known}). Cập nhật chương trình, hoặc cập nhật nơi nhận.",
    "bundle_count": "Tệp ghi {expected} bản ghi nhưng có {found}. Xin lại tệp gốc.",
    "ack_not_ours": "Câu trả lời không phải của nơi nhận cho tệp của máy này (trang đăng nhập mạng, máy trung gian, hoặc câu trả lời cho tệp khác). Chưa ghi nhận gì. Mở trình duyệt xem mạng có đòi đăng nhập không; chọn đúng tệp .mcack.",
    "tls_untrusted": "Chứng thư của nơi nhận không tin được nên không gửi gì. Kiểm tra địa chỉ nơi nhận và tệp sync_ca; hỏi nơi nhận.",
    "tls_clock": "Chứng thư của nơi nhận chưa có hiệu lực hoặc đã hết hạn theo đồng hồ máy này ({now}). Chỉnh lại ngày giờ của máy.",
    "address_wrong": "Địa chỉ nơi nhận (sync_address) không dùng được. Nạp lại thẻ của nơi nhận: sync join TỆP.",
    "proxy_wrong": "Cài đặt proxy của máy này (HTTPS_PROXY, ALL_PROXY, NO_PROXY hoặc Internet Options) không dùng được nên không gửi gì. Nhờ người quản trị mạng sửa; chỉ dùng proxy http.",
    "sync_address_missing": "Chưa biết nơi nhận. Nạp thẻ của nơi nhận: sync join TỆP. Chưa có mạng thì dùng USB: sync export.",
    "sync_address_insecure": "Địa chỉ nơi nhận «{address}» không an toàn. Chỉ gửi qua https; http chỉ dùng trên chính máy này khi tập huấn.",
    "receiver_signs_missing": "Chưa có khóa ký của nơi nhận (receiver_signs) nên không câu trả lời nào tin được. Nạp thẻ của nơi nhận: sync join TỆP.",
    "dossier_stays_here": "Hồ sơ {code} nhập từ nơi khác, chỉ lưu ở cơ quan này nên không gửi lên trên.",
    "card_unreadable": "Tệp này không phải thẻ của nơi nhận. Xin nơi nhận tệp thẻ (TOML).",
    "card_missing": "Thẻ của nơi nhận thiếu mục «{key}». Xin lại thẻ.",
    "card_wrong": "Mục «{key}» của thẻ nơi nhận không đúng. Xin lại thẻ.",
}

DOSSIER_STATES: Mapping[str, str] = {
    "rejected": "bị trả lại",
    "waiting": "chờ gửi",
    "sent": "đã gửi, chờ trả lời",
    "confirmed": "đã xác nhận",
}
FILE_STATES: Mapping[str, str] = {"waiting": "chờ gửi", "sent": "đã gửi, chờ trả lời", "confirmed": "đã xác nhận"}


def unsaved_files(sequences: Sequence[int]) -> str:
    """Return that earlier files were never written."""
    numbers = ", ".join(map(str, sequences))
    return f"Tệp số {numbers} đã dựng mà chưa ghi ra lần nào; nơi nhận cần tệp ấy trước."


_FIELD_WORDS = (
    ("id_number", ("so dinh danh", "so giay to", "can cuoc", "cmnd", "cccd", "id_number")),
    ("birth_date", ("ngay sinh", "nam sinh", "birth_date")),
    ("phone", ("dien thoai", "phone")),
    ("address", ("dia chi", "noi o", "address")),
    ("email", ("thu dien tu", "email")),
    ("name", ("ho ten", "ten chu ho so", "chu ho so", "chuhoso")),
)


def field_in_reason(reason: str) -> str:
    """Return the field of a person that a rejection names, or an empty text."""
    folded = fold_text(reason)
    return next((field for field, words in _FIELD_WORDS if any(word in folded for word in words)), "")
