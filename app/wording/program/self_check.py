"""Sentences of the self-check."""

_PARTS = {
    "imports": "Các phần của chương trình",
    "database": "Dữ liệu mã hóa",
    "fonts": "Phông chữ",
    "document": "Giấy tờ và mã vạch",
    "window": "Cửa sổ",
}


def part_line(name: str, works: bool, detail: str) -> str:
    """Return the line of one part."""
    return f"{_PARTS.get(name, name)}: {'tốt' if works else f'KHÔNG ĐƯỢC ({detail})'}"


def verdict(works: bool) -> str:
    """Return the closing line."""
    if works:
        return "Chương trình chạy được trên máy này."
    return "Chương trình chưa chạy được trên máy này. Cài lại bộ cài Một Cửa; nếu vẫn vậy, báo người quản trị kèm các dòng trên."
