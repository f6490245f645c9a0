"""What cannot be done about numbers, ratings and feedback, and what to do instead."""

CITIZENS = {
    "tickets_all_given": "Hôm nay đã phát hết {most} số. Mời người đến sau chờ gọi trực tiếp.",
    "nobody_waits": "Không có ai đang chờ. Số mới lấy sẽ hiện ở đây.",
    "nobody_called": "Hôm nay quầy này chưa gọi số nào. Bấm «Mời số tiếp» trước.",
    "rating_given": "Hồ sơ {code} đã được đánh giá. Mỗi hồ sơ chỉ đánh giá một lần.",
    "rating_void": "Hồ sơ {code} đã hủy nên không đánh giá được. Dùng mã của hồ sơ cấp lại.",
    "rating_index_twice": "Chỉ số {index} được ghi hai lần, không biết lấy lần nào. Bỏ bớt một lần rồi ghi lại.",
    "rating_points": "Chỉ số {index} không nhận {points} điểm. Có chín chỉ số, mỗi chỉ số 0, 1 hoặc 2 điểm.",
    "not_a_mobile": "«{text}» không phải số di động. Ghi đủ 10 chữ số, ví dụ 0905 123 456.",
    "feedback_due_past": "Hạn trả lời {day} đã qua. Ghi hạn từ hôm nay trở đi.",
    "feedback_unknown": "Không có phản ánh số {number} năm {year}. Xem lại danh sách phản ánh.",
    "feedback_answered": "Phản ánh số {number} năm {year} đã trả lời. Ghi điều mới thành một phản ánh khác.",
}
