"""Words of titles that stay on one line, and words that begin a line."""

_WORDS = (
    "biên lai, biên nhận, bàn giao, báo cáo, bãi bỏ, bưu chính, bản sao, bảng kê, bằng chứng, bổ sung, bộ phận, "
    "chênh lệch, chính quyền, chỉ tiêu, chốt ngày, chứng thực, chữ ký, cá nhân, công bố, công dân, công khai, "
    "công tác, công ích, cơ quan, cắt giảm, danh mục, danh sách, doanh nghiệp, dịch vụ, dữ liệu, gia hạn, "
    "giao ban, giao dịch, giải quyết, giải trình, giấy tờ, giấy xác nhận, hiệu lực, hoàn thiện, hài lòng, "
    "hành chính, hướng dẫn, hạnh phúc, hẹn lại, hẹn trả, hết hạn, hồ sơ, hợp đồng, khóa phục hồi, khảo sát, "
    "kiến nghị, kiểm soát, kế hoạch, kết quả, kỳ báo cáo, liên thông, lĩnh vực, lưu giữ, lệ phí, máy in, "
    "máy quét, môi trường, một cửa, mức thu, nghiệp vụ, nguyên nhân, người nhận, người nộp, nhà nước, nhân dân, "
    "niêm phong, niêm yết, phiếu thu, phân công, phí bảo trì, phương thức, phản ánh, phục hồi, phục vụ, "
    "quy trình, quy định, quyết định, quá hạn, quá trình, sao lưu, so sánh, số hóa, số liệu, sổ theo dõi, "
    "sửa đổi, thanh toán, thay thế, theo dõi, thành phố, thông báo, thông tin, thẩm quyền, thị trấn, thị xã, "
    "thời gian, thời hạn, thủ tục, thực hiện, thực tế, tiến độ, tiếp nhận, toàn trình, triển khai, trong ngày, "
    "trung tâm, trách nhiệm, trả lời, trực tiếp, trực tuyến, tình hình, tình trạng, tập huấn, tỉ lệ, tổ chức, "
    "tổng hợp, từ chối, tự do, tỷ lệ, uỷ ban, văn bản, văn phòng, văn thư, vụ việc, xin lỗi, xác nhận, xử lý, "
    "yêu cầu, điều hành, điện tử, đánh giá, đính chính, đơn giản hóa, đơn vị, đặc khu, đề nghị, đề xuất, "
    "địa phương, đối chiếu, đồng bộ, độc lập, ủy ban"
)
_PHRASES = (
    "biên lai thu|bảng niêm yết|bảng tổng hợp|bộ phận một cửa|giải quyết thủ tục|giấy tiếp nhận|hành chính công|"
    "hồ sơ hết|kết quả giải quyết|một cửa liên thông|phiếu bàn giao|phiếu kiểm soát|phiếu từ chối|phiếu xin lỗi|"
    "phiếu yêu cầu|phí, lệ phí|phản ánh, kiến nghị|quyết định số|thủ tục hành chính|trả kết quả|việc giải quyết|"
    "điểm tiếp nhận|ủy ban nhân dân"
)
_BOUND = "biểu bà huyện khoản kỳ mẫu năm phường quý số tháng tỉnh xã ông điều"
_OPENERS = (
    "bằng bởi cho chưa của do giữa hoặc khi không qua theo thuộc trong trên trực tại từ và về với đang đã đến để ở"
)

WORDS = frozenset(tuple(word.split()) for word in _WORDS.split(", "))
"""Words of several syllables in lower case; a line never ends inside one."""
PHRASES = frozenset(tuple(phrase.split()) for phrase in _PHRASES.split("|"))
"""Phrases in lower case that are divided only where nothing else fits."""
BOUND = frozenset(_BOUND.split())
"""Words that stay with the next one: «xã Thử», «số 12»."""
OPENERS = frozenset(_OPENERS.split())
"""Words that begin a line well, such as prepositions."""
