"""Sentences of faults: what happened, that nothing was lost, what to do."""

FAULTS = {
    "disk_full": "Ổ đĩa đã đầy, chưa ghi được gì. Dọn bớt tệp trên ổ đĩa rồi làm lại.",
    "disk_error": "Ổ đĩa báo lỗi khi ghi, chưa ghi được gì. Sao lưu ra USB và báo người quản trị.",
    "file_locked": "Dữ liệu đang bị chương trình khác giữ, chưa ghi được gì. Chờ một lát rồi làm lại.",
    "folder_read_only": "Không có quyền ghi vào thư mục dữ liệu, chưa ghi được gì. Kiểm tra quyền của thư mục.",
    "folder_unreachable": "Không tới được thư mục dữ liệu. Kiểm tra đường dẫn hoặc ổ đĩa.",
    "database_missing": "Thư mục «{folder}» chưa có dữ liệu của cơ quan. Kiểm tra --data, hoặc lập mới: init TỆP.toml "
    "(cơ quan thật), init --demo (tập huấn).",
    "database_gone": "Tệp dữ liệu motcua.db của thư mục «{folder}» không còn, trước đây đã có hồ sơ. Đừng lập mới, số sẽ trùng: tìm lại tệp này, hoặc phục hồi bản sao lưu bằng lệnh restore.",
    "database_moved": "Tệp dữ liệu motcua.db trong thư mục «{folder}» bị dời, xóa hoặc thay trong khi chương trình đang mở, nên việc này chưa được ghi nhận. Đặt lại đúng tệp rồi làm lại; nếu không còn, đóng chương trình và phục hồi bản sao lưu bằng lệnh restore.",
    "training_in_real_place": "Thư mục này là của một cơ quan thật, nay có tệp dữ liệu tập huấn đặt thay nên không mở. Đặt lại đúng tệp motcua.db và keys.json, hoặc phục hồi bản sao lưu; tập huấn thì dùng thư mục khác.",
    "database_older": "Tệp dữ liệu cũ hơn lần dùng trước (có {found} việc, lần trước đã tới {known}) nên không mở, để số hồ sơ không bị cấp trùng. Đặt lại đúng tệp, hoặc phục hồi bản sao lưu mới nhất bằng lệnh restore.",
    "database_newer": "Dữ liệu do phiên bản mới hơn tạo ({found}; chương trình này biết {known}). Cập nhật chương trình.",
    "database_damaged": "Tệp dữ liệu bị hỏng, không mở. Giữ nguyên thư mục này và phục hồi bản sao lưu.",
    "number_given_before": "Số kế tiếp đã có trên giấy khác nên chưa ghi được gì. Ngừng tiếp nhận; hai người sửa bộ đếm: lệnh numbers repair, hoặc trang Cơ quan (F8).",
    "office_file_lost": "Không dùng được tệp office.toml trong thư mục dữ liệu. {reason}",
    "office_open_elsewhere": "Thư mục này đang được một cửa sổ Một Cửa khác mở. Dùng cửa sổ đang mở, hoặc đóng nó trước.",
    "office_being_prepared": "Một chương trình Một Cửa khác đang lập hoặc nâng cấp dữ liệu trong thư mục này. Chờ xong rồi mở lại.",
    "sqlite_old": "Thư viện dữ liệu ({version}) quá cũ, có lỗi làm hỏng tệp. Cài lại chương trình.",
    "clock_before_program": "Đồng hồ máy ({now}) chỉ ngày trước khi có chương trình này nên ngừng cấp số. Chỉnh ngày giờ của máy, hoặc hai người cùng xác nhận ngày (clock confirm).",
    "clock_behind_journal": "Đồng hồ máy ({now}) chậm hơn việc đã ghi gần nhất ({newest}) nên ngừng cấp số. Chỉnh ngày giờ của máy, hoặc hai người cùng xác nhận ngày (clock confirm).",
    "clock_far_ahead": "Đồng hồ máy ({now}) cách lần dùng trước ({last}) quá 35 ngày nên ngừng cấp số. Chỉnh ngày giờ của máy, hoặc hai người cùng xác nhận ngày (clock confirm).",
    "clock_jumped": "Đồng hồ máy ({now}) vừa nhảy {minutes} phút nên ngừng cấp số. Chỉnh ngày giờ của máy rồi mở lại chương trình, hoặc hai người cùng xác nhận ngày (clock confirm).",
    "no_screen": "Máy này không có màn hình nên không mở được cửa sổ. Dùng các lệnh, ví dụ: python3 main.py demo.",
    "paper_fonts_missing": "Thiếu phông chữ của giấy tờ. Cài lại chương trình.",
}
