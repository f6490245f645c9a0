"""Sentences for what keeps an office's database locked."""

KEYS = {
    "keys_password_missing": "Dữ liệu của cơ quan được mã hóa và máy này không có két khóa của hệ thống. Cho biết mật khẩu: đặt MOTCUA_PASSWORD cùng --user TÊN.",
    "keys_password_wrong": "Tên hoặc mật khẩu không đúng, dữ liệu vẫn khóa. Gõ lại, hoặc mở bằng khóa phục hồi: keys recover.",
    "keys_none": "Cơ quan tập huấn không mã hóa dữ liệu nên không có khóa.",
    "keys_missing": "Thiếu tệp khóa keys.json trong thư mục «{folder}», chưa mở được gì. Chép lại tệp này, hoặc phục hồi từ bản sao lưu bằng khóa phục hồi.",
    "keys_damaged": "Tệp khóa keys.json bị hỏng, chưa mở được gì. Giữ nguyên thư mục này và phục hồi từ bản sao lưu bằng khóa phục hồi.",
    "keys_newer": "Tệp khóa do phiên bản mới hơn của chương trình lập. Cập nhật chương trình.",
    "keys_tampered": "Tệp khóa keys.json đã bị sửa từ bên ngoài nên không đổi khóa. Báo người quản trị; phục hồi tệp khóa từ bản sao lưu.",
    "vault_lost": "Két khóa của hệ thống không mở được dữ liệu của cơ quan này (máy cài lại, đổi tài khoản, hoặc chạy từ xa). Đặt MOTCUA_PASSWORD, hoặc nhập khóa phục hồi: keys recover.",
    "recovery_key_missing": "Chưa cho biết khóa phục hồi. Đặt MOTCUA_RECOVERY_KEY, hoặc cho --recovery-key TỆP (dấu - để đọc từ đầu vào).",
    "recovery_key_shape": "Khóa phục hồi phải có {groups} nhóm, mỗi nhóm {signs} chữ và số. Gõ lại theo tờ giấy.",
    "recovery_key_group": "Nhóm thứ {group} của khóa phục hồi gõ sai. Xem lại nhóm này trên tờ giấy.",
    "recovery_key_wrong": "Khóa phục hồi này không phải của cơ quan này, hoặc đã được thay bằng khóa mới. Tìm tờ giấy mới nhất.",
    "backup_training": "Tệp «{file}» là bản sao lưu của cơ quan tập huấn, không phục hồi vào thư mục của cơ quan chính thức. Chọn thư mục khác (--data).",
}
