"""WebAssembly modules, taken apart and put together: what Node makes of them."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from wizard.site import npm
from wizard.site.wasm import WasmFout, keep_exports, with_memory


def section(number: int, content: bytes) -> bytes:
    """A section of fewer than 128 bytes."""
    return bytes([number, len(content)]) + content


# imports a memory, a function, a table and a global; exports `one` and `two`; writes "oud" at address 0
MODULE = b"\0asm\1\0\0\0" + b"".join(
    [
        section(1, b"\x02\x60\0\1\x7f\x60\1\x7f\0"),
        section(
            2,
            b"\x04\3env\6memory\2\0\1\3env\3log\0\1\3env\5table\1\x70\0\1\3env\4base\3\x7f\0",
        ),
        section(3, b"\2\0\0"),
        section(7, b"\2\3one\0\1\3two\0\2"),
        section(12, b"\1"),
        section(10, b"\2\4\0\x41\1\x0b\4\0\x41\2\x0b"),
        section(11, b"\1\0\x41\0\x0b\3oud"),
    ]
)

RUN = """
const module = await WebAssembly.compile(Buffer.from(process.argv[1], 'hex'));
const memory = new WebAssembly.Memory({ initial: 1 });
const env = { memory, log() {}, base: 0, table: new WebAssembly.Table({ element: 'anyfunc', initial: 1 }) };
const { exports } = await WebAssembly.instantiate(module, { env });
const bytes = new Uint8Array(memory.buffer);
const before = Buffer.from(bytes).toString('base64');
bytes[40000] = 9;
exports.restore_snapshot?.();
process.stdout.write(JSON.stringify({
  answers: Object.fromEntries(Object.keys(exports).map((name) => [name, exports[name]() ?? null])),
  before,
  after: Buffer.from(bytes).toString('base64'),
  custom: WebAssembly.Module.customSections(module, 'merk').map((found) => Buffer.from(found).toString()),
}), () => process.exit(0));
"""


def run(module: bytes, tmp_path: Path) -> dict[str, Any]:
    """What Node sees of a module: what its exports answer, and its memory before and after it restored itself."""
    out = npm.node(["--input-type=module", "-e", RUN, module.hex()], cwd=tmp_path, step="De proef")
    seen: dict[str, Any] = json.loads(out)
    return seen | {name: base64.b64decode(seen[name]) for name in ("before", "after")}


def test_an_export_that_is_not_wanted_is_gone_and_the_rest_works(tmp_path: Path) -> None:
    """Only the names that are asked for are there, with the functions that they had."""
    seen = run(keep_exports(MODULE, {"two", "three"}.__contains__), tmp_path)
    assert seen["answers"] == {"two": 2}
    assert seen["before"].startswith(b"oud")


@pytest.mark.parametrize("size", [100, 65536])
def test_the_memory_comes_back_as_it_was(tmp_path: Path, size: int) -> None:
    """Only when it is asked for; zeros that were written over in between come back as well."""
    memory = bytearray(size)
    memory[0:4], memory[70:99] = b"ooit", b"z" * 29
    if size > 100:
        memory[30_000:30_300] = bytes(range(1, 151)) * 2
        memory[-3:] = b"end"
    seen = run(with_memory(MODULE, bytes(memory), merk=b"0123"), tmp_path)
    assert seen["before"] == bytes(65536)
    assert seen["after"][:size] == bytes(memory)
    assert seen["answers"] == {"one": 1, "two": 2, "restore_snapshot": None}
    assert seen["custom"] == ["0123"]


@pytest.mark.parametrize(
    ("module", "words"),
    [(b"<html>", "geen WebAssembly"), (MODULE[:-5], "afgekapt"), (MODULE[:8], "0 delen met nummer 7")],
    ids=["other", "truncated", "empty"],
)
def test_what_is_no_module_is_told_so(module: bytes, words: str) -> None:
    """The message says what is wrong with the bytes."""
    with pytest.raises(WasmFout, match=words):
        keep_exports(module, lambda _: True)
