"""Field that chooses a holder from the office's people and units."""

from collections.abc import Sequence

from app.models.errors import Refusal
from app.models.values.holders import find_holders, known_holder
from app.ui.kit.finder import SearchField, Suggestion
from app.ui.kit.runner import Runner
from app.usecases.dossiers.holders import ListHolders, list_holders

_ASK = "«{name}» chưa có trong danh sách người, bộ phận. Đúng là nơi mới thì bấm lại lần nữa; nhầm thì sửa ô này."
_EMPTY = "Ghi người hoặc bộ phận nhận: gõ chữ cái đầu (như «nta»), hoặc bấm mũi tên xuống để chọn."


class HolderField(SearchField):
    """Field with the holders as suggestions.

    Initials or beginnings of words find a holder. A name that the office does not know yet is accepted when it is
    submitted twice.
    """

    def __init__(self, runner: Runner, key: str) -> None:
        super().__init__(eager=True)
        self._runner, self._key = runner, key
        self._holders: tuple[str, ...] = ()
        self._new_name = ""
        self.setPlaceholderText("Chữ cái đầu, tên hoặc ↓ để chọn")
        self.search_requested.connect(self._suggest)

    def load(self) -> None:
        """Read the holders; without the list every name is a new one."""
        self._runner.read(list_holders, ListHolders(), self._loaded, key=self._key, on_error=_is_refusal)

    def _loaded(self, holders: Sequence[str]) -> None:
        self._holders = tuple(holders)

    def _suggest(self, typed: str) -> None:
        self.show_suggestions([Suggestion(name, "", name) for name in find_holders(typed, self._holders)])

    def reset(self) -> None:
        """Clear the field and the accepted new name."""
        super().reset()
        self._new_name = ""

    def holder(self) -> str:
        """Return the holder in its known spelling, or the typed name."""
        typed = self.text().strip()
        return known_holder(typed, self._holders) or typed

    def question(self) -> str:
        """Return the sentence that must be answered first, or nothing.

        A new name is asked about once; the same name submitted again is accepted.
        """
        name = self.holder()
        if not name:
            return _EMPTY
        if name in self._holders or name == self._new_name:
            return ""
        self._new_name = name
        return _ASK.format(name=name)


def _is_refusal(error: Exception) -> bool:
    return isinstance(error, Refusal)
