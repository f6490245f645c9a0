"""Sentences of refusals of the guide of the first hour."""

GUIDE_REFUSALS = {
    "guide_missing": "Mục này còn trống. Gõ rồi bấm Enter.",
    "guide_long": "Mục này dài quá {most} ký tự. Gõ ngắn hơn.",
    "guide_code": "Mã cơ quan «{text}» không đúng: một chữ cái và hai chữ số, rồi các nhóm số sau dấu chấm, ví dụ H29.12. Xem mã trên Cổng dịch vụ công hoặc hỏi cấp tỉnh, rồi gõ lại.",
    "guide_desk": "Số quầy «{text}» không dùng được. Gõ một số từ 1 đến 99 mà chưa máy nào của cơ quan dùng.",
    "guide_again": "Hai lần gõ mật khẩu không giống nhau. Gõ lại ô này.",
    "guide_hours_overlap": "Buổi chiều {second} bắt đầu khi buổi sáng {first} chưa hết. Sửa giờ của ngày này.",
    "guide_hours_none": "Chưa có giờ làm việc nào từ thứ Hai đến thứ Sáu, không tính được ngày hẹn. Gõ giờ của ít nhất một ngày.",
    "guide_person_twice": "«{name}» có hai lần trong danh sách. Bỏ một dòng, hoặc ghi thêm chức danh cho khác.",
    "guide_folder_relative": "«{folder}» chưa phải đường dẫn đầy đủ. Bấm «Chọn thư mục…» rồi chọn.",
    "guide_folder_network": "«{folder}» nằm trên ổ mạng: mạng đứt giữa chừng thì hồ sơ có thể hỏng. Chọn thư mục trên ổ đĩa của máy này; ổ mạng chỉ dùng làm nơi sao lưu.",
    "guide_folder_used": "«{folder}» đã có dữ liệu của một cơ quan. Về trang đầu, chọn «Mở thư mục có sẵn», hoặc chọn thư mục khác.",
    "guide_folder_unwritable": "Không ghi được vào «{folder}»: chỉ cho đọc, hoặc tài khoản này không có quyền. Chọn thư mục khác.",
    "guide_folder_empty": "«{folder}» không có dữ liệu của cơ quan (không thấy tệp motcua.db). Chọn đúng thư mục có tệp này.",
    "guide_folder_gone": "Lần trước dữ liệu nằm ở «{folder}», nay không thấy ở đó. Cắm lại ổ đĩa rồi mở lại chương trình; nếu đã chuyển chỗ, chọn «Mở thư mục có sẵn». Đừng lập mới, số sẽ trùng.",
    "guide_backup_missing": "Không thấy thư mục «{folder}». Cắm ổ đĩa hoặc USB rồi chọn lại, hoặc để trống.",
    "guide_backup_inside": "«{folder}» nằm trong thư mục dữ liệu: mất ổ đĩa là mất cả hai. Chọn một ổ đĩa hoặc USB khác.",
    "guide_register_missing": "Không thấy tệp «{file}». Chọn lại tệp sổ, hoặc bấm «Chưa nhập sổ».",
    "guide_groups": "Nhóm thứ {group} chưa đúng với tờ giấy. Xem lại tờ giấy rồi gõ lại.",
    "guide_not_kept": "Chưa in hoặc lưu trang khóa phục hồi. In ra giấy, hoặc lưu tệp PDF lên USB rồi in ở máy khác.",
}
