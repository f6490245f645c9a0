"""Procedures of a register, by code or by name."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from app.models.errors import Refusal
from app.models.procedures import canonical_code
from app.models.text import fold_text
from app.services.versions import Version, as_version
from app.sheets.headings import heading_text
from app.storage import catalogue
from app.storage.uow import Reading

_LEAST_WORDS = 3
_LEADING = ("thu", "tuc")


class ProcedureIndex:
    """All versions of the office, searched by code and by name."""

    def __init__(self, work: Reading, names: Mapping[str, str]) -> None:
        self._by_code: dict[str, list[Version]] = defaultdict(list)
        for row in catalogue.all_versions(work):
            version = as_version(row)
            self._by_code[version.procedure.code].append(version)
        for versions in self._by_code.values():
            versions.sort(key=lambda each: (each.valid_from, each.version))
        self._mapped = names
        self._words = {
            _name_words(version.procedure.name): code for code, each in self._by_code.items() for version in each
        }
        self._codes: dict[str, str | None] = {}

    def version(self, code: str, name: str, day: date) -> Version:
        """Return the version under which a dossier came in.

        A day before the first version gets the first one, because a register may be older than the catalogue.

        Raises Refusal `import_procedure_missing`, `import_procedure_unknown`.
        """
        versions = self._by_code.get(self._code(code, name), [])
        started = [version for version in versions if version.valid_from <= day]
        in_force = [version for version in started if not version.procedure.withdrawn]
        chosen = (in_force or started or versions)[-1:] if started else versions[:1]
        if not chosen:
            raise Refusal("import_procedure_unknown", "procedure", text=(code or name)[:120])
        return chosen[0]

    def _code(self, code: str, name: str) -> str:
        if code:
            return self._mapped.get(heading_text(code)) or canonical_code(code) or ""
        if not name:
            raise Refusal("import_procedure_missing", "procedure")
        if name not in self._codes:
            self._codes[name] = self._mapped.get(heading_text(name)) or canonical_code(name) or self._code_of_name(name)
        return self._codes[name] or ""

    def _code_of_name(self, name: str) -> str | None:
        """Return the code of the procedure that a text names.

        The text is the name, begins with it («Đăng ký khai sinh cho cháu …»), or is the beginning of one name only.
        """
        words = _name_words(name)
        for length in range(len(words), 0, -1):
            code = self._words.get(words[:length])
            if code is not None and (length == len(words) or length >= _LEAST_WORDS):
                return code
        if len(words) < _LEAST_WORDS:
            return None
        codes = {code for each, code in self._words.items() if each[: len(words)] == words}
        return codes.pop() if len(codes) == 1 else None


def _name_words(name: str) -> tuple[str, ...]:
    words = tuple(fold_text(heading_text(name)).split())
    return words[2:] if words[:2] == _LEADING and len(words) > len(_LEADING) else words
