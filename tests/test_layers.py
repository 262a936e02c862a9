"""The house: imports go down only, nobody imports the front door, and only the command line speaks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
MODULES = {
    ".".join(("kg", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
# Floor by floor, the ground first. A room may import from the floors below it.
FLOORS = [
    {"model"},
    {"vocab", "lexicon", "ledger", "knowledge", "words", "files", "nearest", "plain_text", "progress"},
    {"read", "mentions"},
    {"resolve"},
    {"facts"},
    {"identity"},
    {"graph"},
    {"replay", "growth"},
    {"store"},
    {"query", "network", "questions"},
    {"export", "view", "dossier"},
    {"sources", "remote"},
    {"shelf", "holdings"},
    {"shapes", "explain", "evaluate"},
    {"reading"},
    {"publish"},
    {"step"},
    {"pipeline", "serve"},
    {"cli"},
    {"__main__"},
]
FLOOR = {room: height for height, floor in enumerate(FLOORS) for room in floor}


def room(module: str) -> str:
    return module.split(".")[1]


def imports(module: str) -> set[str]:
    """The modules of ours that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            name = node.module or ""
            found.update(f"{name}.{alias.name}" if f"{name}.{alias.name}" in MODULES else name for alias in node.names)
    return {name for name in found if name == "kg" or name.startswith("kg.")}


@pytest.mark.parametrize("module", [module for module in MODULES if module != "kg"])
def test_imports_go_down(module: str) -> None:
    assert room(module) in FLOOR, f"{module}: give its room a floor"
    for other in imports(module):
        assert other != "kg", f"{module} imports the front door"
        if room(other) != room(module):
            assert FLOOR[room(other)] < FLOOR[room(module)], f"{module} imports {other}"


def test_there_is_no_cycle() -> None:
    below = {module: imports(module) & set(MODULES) for module in MODULES if module != "kg"}
    while free := {module for module, needs in below.items() if not needs}:
        below = {module: needs - free for module, needs in below.items() if module not in free}
    assert not below


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is(module: str) -> None:
    assert ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", [module for module in MODULES if room(f"{module}.") not in ("cli", "__main__")])
def test_only_the_command_line_speaks_and_exits(module: str) -> None:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"print", "input", "sys.exit", "exit", "quit", "os._exit"}, f"{module}: {called}"
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) != "sys.argv", f"{module} reads argv"
