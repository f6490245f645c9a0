"""Sentences for whoever may not come in, or may not do this."""

PEOPLE = {
    "user_missing": "Chưa cho biết ai đang làm việc. Thêm --user TÊN hoặc đặt MOTCUA_USER.",
    "user_unknown": "Không có người dùng «{name}» ở cơ quan này. Kiểm tra lại tên.",
    "user_disabled": "Người dùng «{name}» đã ngừng hoạt động. Liên hệ người quản trị.",
    "user_name_missing": "Chưa có họ tên người dùng. Nhập họ tên, tối đa 120 ký tự.",
    "user_exists": "Đã có người dùng «{name}». Chọn tên khác, ví dụ thêm chức danh.",
    "user_last": "«{name}» là người quản trị cuối cùng còn hoạt động. Thêm người quản trị khác trước.",
    "not_signed_in": "Chưa có ai đăng nhập ở quầy này. Đăng nhập rồi làm lại.",
    "not_your_right": "«{name}» không có quyền: {right}. Việc này của: {roles}.",
    "secret_missing": "Chưa có mật khẩu hoặc mã PIN. Nhập ở cửa sổ, hoặc đặt MOTCUA_PASSWORD khi dùng lệnh.",
    "secret_unset": "«{name}» chưa có mật khẩu. Đặt mật khẩu từ 8 ký tự hoặc mã PIN từ 6 chữ số (bằng lệnh: MOTCUA_PASSWORD).",
    "secret_short": "Mật khẩu phải từ {password} ký tự, mã PIN phải từ {pin} chữ số. Đặt dài hơn.",
    "secret_long": "Mật khẩu dài quá {most} ký tự. Đặt ngắn hơn.",
    "secret_plain": "Mật khẩu này quá dễ đoán (một chữ lặp lại, dãy số liền nhau hoặc chính họ tên). Đặt mật khẩu khác.",
    "sign_in_wrong": "Sai mật khẩu hoặc mã PIN của «{name}». Nhập lại.",
    "sign_in_wrong_wait": "Sai mật khẩu hoặc mã PIN của «{name}». Sai nhiều lần nên phải chờ {wait} rồi mới thử lại được.",
    "sign_in_wait": "Đã nhập sai nhiều lần. Chờ {wait} nữa rồi đăng nhập lại, hoặc nhờ người quản trị đặt lại mật khẩu.",
    "claim_over": "Đã quá 24 giờ kể từ khi tạo tài khoản «{name}» nên không tự đặt mật khẩu được. Nhờ người quản trị đặt lại (users reset).",
    "second_missing": "Việc này cần hai người. Thêm --second TÊN của người thứ hai cùng mật khẩu của người đó (MOTCUA_SECOND_PASSWORD).",
    "second_person_same": "Cần người thứ hai khác người đang làm việc cùng xác nhận.",
    "second_not_allowed": "«{name}» không làm người thứ hai được. Mời cán bộ, công chức hoặc lãnh đạo cùng xác nhận.",
}
