"""Text about a dossier rebuilt from the QR code of its paper.

The paper has what the code lacks.
"""

NAMELESS_PAPER = "Giấy tờ có tên dài (xem trên giấy)"
"""Paper whose name was too long for the code."""


def paper_by_place(place: int) -> str:
    """Return the name of a paper of a list that the office no longer has."""
    return f"Giấy tờ thứ {place} trong danh mục khi nhận (tên: xem trên giấy)"


def rebuilt_note(has_papers: bool, omitted: int) -> str:
    """Return the intake note of a rebuilt dossier.

    `has_papers` is whether the code had address and papers, `omitted` how many texts were too long for it.
    """
    note = "Dựng lại từ mã QR trên giấy đã in; việc sau khi in: xem trên giấy"
    if not has_papers:
        return f"{note}; địa chỉ, thành phần hồ sơ: xem trên giấy"
    return f"{note}; {omitted} mục chữ dài không có trong mã: xem trên giấy" if omitted else note
