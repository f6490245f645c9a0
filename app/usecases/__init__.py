"""What one does: one small file per verb or question of the counter, a frozen command in, a frozen answer out.

May import: `models`, `storage`, `printing`, `scanning`, `sync.bundle`, `wording`, `settings`.
Never: Qt, the network, a clock, another use case. Nothing is kept unless the unit of work was committed.
Who calls it: `ui` and `cli`, through `bootstrap`'s `perform`. Example: `intake`, «Tiếp nhận hồ sơ».
"""
