"""Sentences about the proof of an office, its key file and its backups."""

from collections.abc import Mapping

from app.models.errors import Message
from app.wording.program.update import UPDATE_NOTES, update_note

FINGERPRINT_PROMPT = "Dấu vân tay trên tờ khóa phục hồi (gõ, hoặc quét mã): "
_CANNOT_BE_PROVED = (
    "không chứng minh được tệp khóa và dữ liệu này do chính cơ quan lập ra, vì bản trước chưa có dấu chứng minh"
)
_NOTES: Mapping[str, str] = {
    "office_accepted": "{first} và {second} đã nhận cơ quan này như hiện có: "
    + _CANNOT_BE_PROVED
    + ". Từ lần mở này có dấu; đã ghi vào nhật ký truy cập.",
    "recovery_page_due": "Cần lập trang khóa phục hồi mới, có dấu vân tay của cơ quan: hai người, "
    "trang Cơ quan (F8). In ra, cất trong két, hủy tờ cũ.",
    "keys_older": "Tệp khóa keys.json là bản cũ hơn dữ liệu (có người đặt lại bản cũ, hoặc lần ghi trước bị ngắt). "
    "Đã lập lại theo dữ liệu. Nếu không ai làm việc này, báo người quản trị.",
    "keys_changed_outside": "Tệp khóa keys.json đã bị sửa từ bên ngoài. Đã lập lại theo dữ liệu. Báo người quản trị.",
    "keys_slots_dropped": "Đã bỏ {count} ổ khóa trong keys.json không thuộc tài khoản nào có quyền.",
    "keys_slots_repaired": "Tệp khóa keys.json thiếu hoặc thừa ổ khóa so với tài khoản. Đã lập lại theo dữ liệu.",
    "sign_in_unrecorded": "Ổ đĩa đã đầy: đã đăng nhập để tra cứu, nhưng chưa ghi được lần đăng nhập này và chưa nhận "
    "được hồ sơ. Dọn bớt tệp trên ổ đĩa rồi làm tiếp.",
    "keys_not_repaired": "Chưa ghi lại được tệp khóa keys.json (ổ đĩa lỗi, đầy, hoặc chỉ đọc); lần mở sau sẽ ghi.",
}


def note_sentence(note: Message) -> str:
    """Return what the opening of an office has found, as a sentence."""
    if note.code in UPDATE_NOTES:
        return update_note(note.code, note.values)
    return _NOTES[note.code].format(**note.values)


def accepted_backup_sentence(first: str, second: str) -> str:
    """Return who accepted a backup without proof, and what is not proved."""
    return f"{first} và {second} đã nhận bản sao lưu này như hiện có: {_CANNOT_BE_PROVED}."


def backup_proof_lines(fingerprint: str, compared: bool, proved: bool) -> tuple[str, ...]:
    """Return what is proved of a backup."""
    if compared:
        return (f"Dấu vân tay khớp: {fingerprint}.",)
    if fingerprint:
        return (f"Dấu vân tay của cơ quan trong bản này: {fingerprint}. So từng chữ với tờ khóa phục hồi.",)
    return () if proved else (f"Bản này từ bản chương trình trước: {_CANNOT_BE_PROVED}.",)
