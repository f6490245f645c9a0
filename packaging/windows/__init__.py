"""Windows package of the program, built and tested on Debian 12.

`packaging/windows.py` is the entry. Modules: `layout` (paths), `tools` (system packages), `embed` (CPython), `wheels`
(libraries), `trim` (what is left out), `program` (our code), `bytecode`, `launcher` and `icon`, `installer`, `archive`
(zip, digests, bill of materials), `update_keys` (signatures), `wine`, `smoke`. Only the standard library is used.
"""
