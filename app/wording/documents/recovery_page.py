"""Text about the keys of an office.

It is shown at set-up, on the recovery page and by `keys status`.
"""

from datetime import date

RECOVERY_TITLE = "KHÓA PHỤC HỒI DỮ LIỆU"
RECOVERY_ABOUT = (
    "Dữ liệu của cơ quan nằm trên ổ đĩa ở dạng mã hóa. Hằng ngày máy tự mở bằng két khóa của hệ thống hoặc bằng mật khẩu của từng người.",
    "Khi máy hỏng, cài lại hoặc quên hết mật khẩu, chỉ khóa phục hồi này mở được dữ liệu và các bản sao lưu. Mất khóa này và mất máy là mất dữ liệu.",
    "Cất tờ này trong két hoặc tủ có khóa, không để cạnh máy, không chụp ảnh, không gửi qua mạng. Nên cất thêm một bản ở nơi khác.",
)
RECOVERY_READING = (
    "Khóa gồm 8 nhóm, mỗi nhóm 5 chữ và số; chữ cuối nhóm để kiểm tra. Không có chữ I, L, O, U: thấy giống thì là số 1, số 0.",
    "Gõ chữ hoa hay chữ thường, có dấu gạch hay không đều được.",
)

RESTORE_TITLE = "PHỤC HỒI DỮ LIỆU TRÊN MÁY KHÁC"
STEPS_TITLE = "Khi phải làm lại trên máy khác"
RESTORE_STEPS = (
    "Cài chương trình Một Cửa trên máy mới. Chưa lập cơ quan mới.",
    "Lấy bản sao lưu mới nhất: tệp có đuôi .mcbackup, trong thư mục sao-luu của máy cũ, ở nơi sao lưu thứ hai, hoặc trên USB (thư mục motcua-sao-luu).",
    "Kiểm tra bản sao lưu trước, chưa thay đổi gì: motcua restore TỆP.mcbackup --check --recovery-key -",
    "Gõ khóa phục hồi theo tờ giấy. Chương trình báo số hồ sơ và giờ của việc ghi cuối cùng.",
    "Phục hồi: motcua restore TỆP.mcbackup --recovery-key - --fingerprint - (gõ khóa, rồi gõ dấu vân tay hoặc quét mã trên tờ khóa).",
    "Cho máy mới tự mở được dữ liệu: motcua keys recover --recovery-key - --user «Họ và tên»",
    "Mở chương trình, xem sổ ngày gần nhất và so với giấy. Hồ sơ nhận sau lần sao lưu: quét mã QR trên liên lưu để dựng lại (lệnh rebuild), hoặc nhập lại.",
)
RESTORE_AFTER = "Số hồ sơ cấp sau khi phục hồi nhảy một khoảng để không trùng với số đã cấp trên máy cũ; đó là chủ ý."


PAGE_CODE_ABOUT = (
    "Mã dưới đây giữ khóa của giấy đã in, niêm phong bằng khóa phục hồi ở trên. Mất cả máy lẫn bản sao lưu: quét mã này, "
    "rồi quét các liên lưu để dựng lại sổ (lệnh rebuild)"
)


def issued(agency_code: str, day: date) -> str:
    """Return the agency code and the issue day of a recovery page."""
    return f"Mã cơ quan {agency_code} · lập ngày {day:%d/%m/%Y}"


def fingerprint_line(fingerprint: str) -> str:
    """Return the fingerprint of the office's identity, with its use."""
    return f"Dấu vân tay của cơ quan: {fingerprint}"


FINGERPRINT_ABOUT = (
    "Khi phục hồi trên máy khác, chương trình hỏi hoặc hiện dấu vân tay này: phải giống từng chữ. Khác một chữ là bản sao lưu của người khác làm ra, không dùng.",
    "Không gõ thì quét mã dưới đây vào chỗ hỏi dấu vân tay.",
)


def recovery_lines(key: str, fingerprint: str) -> tuple[str, ...]:
    """Return the lines that `init` prints about the recovery key.

    There are none for a training office.
    """
    if not key:
        return ()
    return (
        "",
        f"{RECOVERY_TITLE} (chỉ hiện một lần này):",
        f"    {key}",
        fingerprint_line(fingerprint),
        *RECOVERY_ABOUT,
        "Ghi lại ngay, hoặc in thành trang giấy: keys recovery --recovery-key - --out TỆP.pdf (gõ khóa trên; sau đó khóa trên hết hiệu lực).",
    )


def status_lines(vault: bool, vault_opens: bool, people: tuple[str, ...], genuine: bool) -> tuple[str, ...]:
    """Return how the office's data can be unlocked."""
    machine = "có, và đang mở được" if vault_opens else "có khóa, nhưng két của máy này không mở được" if vault else ""
    return (
        f"Két khóa của hệ thống: {machine or 'không dùng'}.",
        f"Mật khẩu mở được dữ liệu: {', '.join(people) or 'không của ai'}.",
        "Khóa phục hồi: đã lập. Thử khóa đang cất: keys recover.",
        *(() if genuine else ("CẢNH BÁO: tệp khóa đã bị sửa từ bên ngoài. Báo người quản trị.",)),
    )
