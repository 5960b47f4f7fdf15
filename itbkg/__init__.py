"""itbkg: a knowledge graph of published cases of intrathecal baclofen therapy going wrong.

For research and teaching, not for treatment decisions. `itbkg.open()` is the door for Python (`itbkg.python`).
"""

from importlib import import_module

__version__ = "0.1.0"

#: What `itbkg.python` gives; it is read when it is first asked for, so that `import itbkg` stays quick.
_DOOR = ("Graph", "open")


def __getattr__(name: str) -> object:
    if name in _DOOR:
        return getattr(import_module("itbkg.python"), name)
    raise AttributeError(f"module 'itbkg' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *_DOOR])
