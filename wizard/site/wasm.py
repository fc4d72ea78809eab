"""WebAssembly modules as the build needs them: with fewer exports, and with a snapshot as their memory.

Pyodide exports each of its functions, so that packages written in C can be linked to it; the wegwijzer has none,
and every start enters all of them in a table. And a snapshot that comes as the module's own data needs no
second file, no unpacking in JavaScript and no copy of it: the browser reads it while it comes in.

Only what a module of Pyodide has is understood here: https://webassembly.github.io/spec/core/binary/modules.html
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

MAGIC = b"\0asm\x01\0\0\0"
CUSTOM, TYPE, IMPORT, FUNCTION, EXPORT, CODE, DATA, DATA_COUNT = 0, 1, 2, 3, 7, 10, 11, 12
KIND_FUNCTION = 0
RESTORE = "restore_snapshot"
"""The exported function, without arguments or result, that puts the snapshot into the memory."""

GAP = 256
"""Zeros in a row that are left out of the data; fewer would cost more in segments than they save."""


class WasmFout(ValueError):
    """The bytes are no WebAssembly module that this file understands."""


@dataclass(frozen=True)
class Section:
    """A section of a module: its number and its content."""

    number: int
    content: bytes


def keep_exports(module: bytes, wanted: Callable[[str], bool]) -> bytes:
    """Give the module with only the exported functions whose name is ``wanted``, in their order.

    The code itself stays as it is: functions also call each other by their place in a table.
    """
    sections = list(_sections(module))
    kept = [entry for name, kind, entry in _exports(_one(sections, EXPORT)) if kind == KIND_FUNCTION and wanted(name)]
    return _module(_replace(sections, EXPORT, _vector(kept)))


def with_memory(module: bytes, memory: bytes, **custom: bytes) -> bytes:
    """Give the module with ``memory`` (from address 0) as its data, and a section for each of ``custom``.

    The data go nowhere by themselves: the exported function ``restore_snapshot`` clears the memory and fills it. So
    the caller chooses the moment, after the constructors of the C code have done what lies outside the memory.
    """
    sections = list(_sections(module))
    runs = list(_runs(memory))
    types, functions, code = (_entries(_one(sections, number)) for number in (TYPE, FUNCTION, CODE))
    place = _imported_functions(_one(sections, IMPORT)) + functions[0]
    export = _name(RESTORE) + bytes([KIND_FUNCTION]) + _unsigned(place)
    exports = [entry for _, _, entry in _exports(_one(sections, EXPORT))]
    body = _restoring(runs, len(memory))
    for number, content in (
        (TYPE, _unsigned(types[0] + 1) + types[1] + b"\x60\0\0"),
        (FUNCTION, _unsigned(functions[0] + 1) + functions[1] + _unsigned(types[0])),
        (EXPORT, _vector([*exports, export])),
        (DATA_COUNT, _unsigned(len(runs))),
        (CODE, _unsigned(code[0] + 1) + code[1] + _unsigned(len(body)) + body),
        (DATA, _vector([b"\x01" + _unsigned(len(run)) + run for _, run in runs])),
    ):
        sections = _replace(sections, number, content)
    sections += [Section(CUSTOM, _name(name) + content) for name, content in custom.items()]
    return _module(sections)


def _restoring(runs: list[tuple[int, bytes]], size: int) -> bytes:
    """The body of a function: ``memory.fill`` with zeros, and ``memory.init`` for each run."""
    clear = _constant(0) + _constant(0) + _constant(size) + b"\xfc\x0b\0"
    fill = (
        _constant(address) + _constant(0) + _constant(len(run)) + b"\xfc\x08" + _unsigned(number) + b"\0"
        for number, (address, run) in enumerate(runs)
    )
    return b"\0" + clear + b"".join(fill) + b"\x0b"


def _runs(memory: bytes) -> Iterator[tuple[int, bytes]]:
    """The stretches of a memory that are not zero, each with its address."""
    zeros = bytes(GAP)
    at = 0
    while at < len(memory):
        end = memory.find(zeros, at)
        end = len(memory) if end < 0 else end
        if run := memory[at:end].rstrip(b"\0"):
            yield at, run
        # on to the next byte that is not zero
        at = len(memory) - len(memory[end:].lstrip(b"\0"))


def _sections(module: bytes) -> Iterator[Section]:
    if module[: len(MAGIC)] != MAGIC:
        raise WasmFout("Dit is geen WebAssembly-module van versie 1.")
    at = len(MAGIC)
    while at < len(module):
        number = module[at]
        size, at = _read(module, at + 1)
        if at + size > len(module):
            raise WasmFout("De WebAssembly-module is afgekapt.")
        yield Section(number, module[at : at + size])
        at += size


def _module(sections: list[Section]) -> bytes:
    return MAGIC + b"".join(bytes([each.number]) + _unsigned(len(each.content)) + each.content for each in sections)


def _one(sections: list[Section], number: int) -> bytes:
    found = [each.content for each in sections if each.number == number]
    if len(found) != 1:
        raise WasmFout(f"De WebAssembly-module heeft {len(found)} delen met nummer {number}, en niet één.")
    return found[0]


def _replace(sections: list[Section], number: int, content: bytes) -> list[Section]:
    _one(sections, number)
    return [Section(number, content) if each.number == number else each for each in sections]


def _entries(content: bytes) -> tuple[int, bytes]:
    """The number of entries in a section, and the entries as they stand there."""
    count, at = _read(content, 0)
    return count, content[at:]


def _exports(content: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Per export its name, its kind and the whole entry."""
    count, at = _read(content, 0)
    for _ in range(count):
        start = at
        name, at = _text(content, at)
        kind = content[at]
        _, at = _read(content, at + 1)
        yield name, kind, content[start:at]


def _imported_functions(content: bytes) -> int:
    """How many functions a module imports; its own are numbered after them."""
    count, at = _read(content, 0)
    functions = 0
    for _ in range(count):
        _, at = _text(content, at)
        _, at = _text(content, at)
        kind, at = content[at], at + 1
        if kind == KIND_FUNCTION:
            functions += 1
            _, at = _read(content, at)
        elif kind in (1, 2):  # a table names its type first, then both have limits
            at += 1 if kind == 1 else 0
            bounds = 2 if content[at] & 1 else 1
            at += 1
            for _ in range(bounds):
                _, at = _read(content, at)
        elif kind == 3:  # a global
            at += 2
        elif kind == 4:  # a tag
            _, at = _read(content, at + 1)
        else:
            raise WasmFout(f"De WebAssembly-module importeert iets van soort {kind}; dat kent de bouw niet.")
    return functions


def _text(content: bytes, at: int) -> tuple[str, int]:
    size, at = _read(content, at)
    return content[at : at + size].decode(), at + size


def _name(text: str) -> bytes:
    return _unsigned(len(text.encode())) + text.encode()


def _vector(entries: list[bytes]) -> bytes:
    return _unsigned(len(entries)) + b"".join(entries)


def _constant(value: int) -> bytes:
    """The instruction ``i32.const`` with a value that is not negative."""
    encoded = bytearray()
    while True:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
        # the sixth bit of the last byte is the sign
        if not value and not encoded[-1] & 0x40:
            break
    encoded[-1] &= 0x7F
    return b"\x41" + bytes(encoded)


def _unsigned(value: int) -> bytes:
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _read(content: bytes, at: int) -> tuple[int, int]:
    """An unsigned number of variable length, and where it ends."""
    value = shift = 0
    while True:
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
