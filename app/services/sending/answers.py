"""Answers of the receiver: verified, stored and settled at once."""

from collections import Counter
from dataclasses import dataclass

from app.models.errors import Refusal
from app.services.context import Context
from app.storage import office_settings
from app.storage.outgoing import files, records
from app.storage.uow import Writing
from app.sync.ack import ACCEPTED, ALREADY, REJECTED, Ack, read_ack
from app.sync.errors import BundleRefused

LAST_CONFIRMED = "last_confirmed_at"
"""The setting with the instant of the last stored answer, as seconds since 1970."""


@dataclass(frozen=True)
class SettledAnswer:
    """Numbers of results in the answer to file `sequence`."""

    sequence: int
    accepted: int
    already: int
    rejected: int


def settle_answer(
    content: bytes, context: Context, work: Writing, sent: tuple[str, int] | None = None
) -> SettledAnswer:
    """Verify, store and settle an answer.

    The same answer twice changes nothing.
    It must be signed by `receiver_signs` of the office file and answer exactly a file of this desk. An answer to a file
    of an ended epoch is stored and settles nothing, because its records are sent again. With `sent`
    (epoch, sequence) it must answer that file. The caller commits.

    Raises Refusal `receiver_signs_missing`, `ack_not_ours`, or the code of the file (`bundle_…`).
    """
    ack = _verified(content, context)
    epoch, sequence = ack.manifest["epoch"], ack.manifest["sequence"]
    file = files.answered_file(work, epoch, sequence) if sent in (None, (epoch, sequence)) else None
    if file is None or file.manifest_sha256 != ack.manifest["manifest_sha256"]:
        raise Refusal("ack_not_ours", "file")
    counts = Counter(result["result"] for result in ack.results)
    settled = SettledAnswer(sequence, counts[ACCEPTED], counts[ALREADY], counts[REJECTED])
    if file.answer is not None and bytes(file.answer) == content:
        return settled
    usual = _settle(ack, work) if epoch == office_settings.current_epoch(work) else None
    files.save_answer(work, epoch, sequence, content, context.now, usual)
    office_settings.save_settings(work, {LAST_CONFIRMED: int(context.now.timestamp())})
    return settled


def _verified(content: bytes, context: Context) -> Ack:
    if not context.office.receiver_signs:
        raise Refusal("receiver_signs_missing", "file")
    try:
        return read_ack(content, known_key=bytes.fromhex(context.office.receiver_signs))
    except BundleRefused as refused:
        raise Refusal(refused.code, "file", **refused.values) from refused


def _settle(ack: Ack, work: Writing) -> str | None:
    """Store the results that differ from the usual one, which is returned.

    Rejections are always stored one by one, because they outlast the epoch of their file.

    Raises Refusal `ack_not_ours` unless the answer has exactly one result for each record of the file.
    """
    epoch, sequence = ack.manifest["epoch"], ack.manifest["sequence"]
    answered = [result["id"] for result in ack.results]
    if len(set(answered)) != len(answered) or set(answered) != records.ids_of_file(work, epoch, sequence):
        raise Refusal("ack_not_ours", "file")
    most = Counter(result["result"] for result in ack.results if result["result"] != REJECTED).most_common(1)
    usual: str | None = most[0][0] if most else None
    unusual = [(r["id"], r["result"], r.get("reason")) for r in ack.results if r["result"] != usual]
    records.settle(work, epoch, sequence, unusual)
    return usual
