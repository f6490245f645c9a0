"""Vietnamese translations of Qt's own texts, because PySide6 has none."""

from PySide6.QtCore import QCoreApplication, QTranslator

TRANSLATIONS = {
    "OK": "Đồng ý",
    "Save": "Lưu",
    "Save All": "Lưu tất cả",
    "Open": "Mở",
    "Yes": "Có",
    "Yes to All": "Có với tất cả",
    "No": "Không",
    "No to All": "Không với tất cả",
    "Abort": "Dừng",
    "Retry": "Thử lại",
    "Ignore": "Bỏ qua",
    "Close": "Đóng",
    "Cancel": "Thôi",
    "Discard": "Không lưu",
    "Don't Save": "Không lưu",
    "Close without Saving": "Đóng, không lưu",
    "Help": "Trợ giúp",
    "Apply": "Áp dụng",
    "Reset": "Đặt lại",
    "Restore Defaults": "Về mặc định",
    "Undo": "Hoàn tác",
    "Redo": "Làm lại",
    "Cut": "Cắt",
    "Copy": "Sao chép",
    "Paste": "Dán",
    "Delete": "Xóa",
    "Select All": "Chọn hết",
    "Clear": "Xóa trắng",
    "Step up": "Tăng",
    "Step down": "Giảm",
    "Look in:": "Thư mục:",
    "Directory:": "Thư mục:",
    "Directory": "Thư mục",
    "File name:": "Tên tệp:",
    "Files of type:": "Loại tệp:",
    "File": "Tệp",
    "File Folder": "Thư mục",
    "Folder": "Thư mục",
    "Drive": "Ổ đĩa",
    "Shortcut": "Lối tắt",
    "Alias": "Lối tắt",
    "Choose": "Chọn",
    "Back": "Trước",
    "Go back": "Về thư mục trước",
    "Forward": "Sau",
    "Go forward": "Sang thư mục sau",
    "Parent Directory": "Thư mục cha",
    "Go to the parent directory": "Lên thư mục cha",
    "Create New Folder": "Tạo thư mục",
    "Create a New Folder": "Tạo thư mục mới",
    "New Folder": "Thư mục mới",
    "List View": "Xem danh sách",
    "Change to list view mode": "Xem dạng danh sách",
    "Detail View": "Xem chi tiết",
    "Change to detail view mode": "Xem dạng chi tiết",
    "Sidebar": "Cột bên",
    "List of places and bookmarks": "Danh sách nơi hay mở",
    "Files": "Các tệp",
    "Rename": "Đổi tên",
    "Show hidden files": "Hiện tệp ẩn",
    "Recent Places": "Nơi vừa mở",
    "Remove": "Bỏ",
    "My Computer": "Máy tính",
    "Computer": "Máy tính",
    "Find Directory": "Tìm thư mục",
    "Save As": "Lưu thành",
    "All Files (*)": "Mọi tệp (*)",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "FileKind": "Loại",
    "Date Modified": "Ngày sửa",
    "%1 already exists.\nDo you want to replace it?": "%1 đã có.\nGhi đè lên tệp này?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nKhông thấy tệp này. Hãy xem lại tên tệp."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nKhông thấy thư mục này. Hãy xem lại tên thư mục."
    ),
    "Print": "In",
    "Page Setup": "Trang in",
    "Printer": "Máy in",
    "Copies": "Số bản",
    "Preview": "Xem trước",
    "Print Preview": "Xem trước khi in",
    "Next page": "Trang sau",
    "Previous page": "Trang trước",
    "First page": "Trang đầu",
    "Last page": "Trang cuối",
    "Zoom in": "Phóng to",
    "Zoom out": "Thu nhỏ",
    "Fit width": "Vừa bề ngang",
    "Fit page": "Vừa trang",
    "Portrait": "Dọc",
    "Landscape": "Ngang",
    "Left": "Trái",
    "Right": "Phải",
    "Top": "Đầu",
    "Bottom": "Cuối",
    "Page up": "Lên một trang",
    "Page down": "Xuống một trang",
    "Scroll here": "Cuộn tới đây",
    "Scroll up": "Cuộn lên",
    "Scroll down": "Cuộn xuống",
    "Today": "Hôm nay",
    "Show Details...": "Xem chi tiết…",
    "Hide Details...": "Ẩn chi tiết…",
}


class VietnameseTranslator(QTranslator):
    """Translator of Qt's own texts; an unknown text stays English.

    Access keys (`&Yes`) are dropped, because they belong to the English word.
    """

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return TRANSLATIONS.get(source.replace("&", ""))

    def isEmpty(self) -> bool:
        return False


def install_vietnamese(application: QCoreApplication) -> VietnameseTranslator:
    """Install and return the translator, which the application owns."""
    translator = VietnameseTranslator(application)
    application.installTranslator(translator)
    return translator
