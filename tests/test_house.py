"""The house: data flows down the list of modules, and each imports only from above itself or from its own folder."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import arledger

SOURCE = Path(arledger.__file__).parent
HOUSE = [
    "errors",
    "checks",
    "currencies",
    "rounding",
    "amounts",
    "money",
    "apportion",
    "dates",
    "rates",
    "entries",
    "items",
    "where",
    "tables",
    "allocation",
    "ledger",
    "billing",
    "fees",
    "payers",
    "autopay",
    "schedules",
    "checkout",
    "policies",
    "text",
    "interchange",
    "testing",
    "cli",
    "__main__",
]
APART = {"__init__", "_version"}  # public names, and a constant for the build
EDGES = {"arledger.dates.months": {"dateutil"}, "arledger.text.amounts": {"babel"}}
"""Which module, alone, knows what from outside the core; and testing knows hypothesis."""
LAZY_EDGES = {"babel", "dateutil", "hypothesis"}
FILES = sorted(
    path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0].removesuffix(".py") not in APART
)


def room(path: Path) -> str:
    """The module or folder of the house that a file is in."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def module_name(path: Path) -> str:
    """The dotted name of a file's module."""
    return ".".join(("arledger", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports, wherever in it, types included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names.add(str(node.module))
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def ours(path: Path) -> set[str]:
    """The modules of arledger that a file imports; a folder only where none of its modules is meant."""
    known = {module_name(other) for other in FILES}
    names = {name for name in imported(path) if name in known}
    return {name for name in names if not any(other.startswith(f"{name}.") for other in names)}


def test_every_file_has_its_room() -> None:
    assert {room(path) for path in FILES} == set(HOUSE)


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_a_module_imports_only_from_above_itself_or_its_own_folder(path: Path) -> None:
    own = HOUSE.index(room(path))
    rooms = {name.split(".")[1] for name in ours(path) if name != "arledger"}
    assert {name for name in rooms if HOUSE.index(name) > own} == set()


def test_no_module_imports_itself_through_others() -> None:
    graph = {module_name(path): ours(path) - {module_name(path)} for path in FILES}
    TopologicalSorter(graph).prepare()  # raises CycleError


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_no_function_has_the_name_of_its_module(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert path.stem not in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_a_file_holds_one_noun(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_the_core_imports_attrs_and_the_standard_library_only(path: Path) -> None:
    outside = {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names - {"arledger", "attrs"}
    assert outside <= ({"hypothesis"} if room(path) == "testing" else EDGES.get(module_name(path), set()))


@pytest.mark.parametrize("statement", ["import arledger", "from arledger import *", "import arledger.cli"])
def test_an_import_loads_no_lazy_edge(statement: str) -> None:
    code = f"import sys\n{statement}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert LAZY_EDGES.isdisjoint(ran.stdout.split())


def stub_names() -> dict[str, str]:
    """The public names that the stub beside __init__.py imports, each with its module."""
    tree = ast.parse((SOURCE / "__init__.pyi").read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: str(node.module) for node in imports for alias in node.names}


def test_the_stub_and_the_package_have_the_same_public_names() -> None:
    assert sorted(stub_names()) == sorted(arledger.__all__) == dir(arledger)


@pytest.mark.parametrize("name", arledger.__all__)
def test_a_public_name_is_what_the_stub_says(name: str) -> None:
    module = import_module(stub_names()[name])
    home = getattr(module, name, None) or import_module(f"{module.__name__}.{name}")
    assert getattr(arledger, name) is home


def test_an_unknown_public_name_is_refused_as_any_module_refuses_it() -> None:
    with pytest.raises(AttributeError) as caught:
        arledger.no_such_name  # type: ignore[attr-defined]  # noqa: B018  # pyright: ignore[reportAttributeAccessIssue]
    assert str(caught.value) == "module 'arledger' has no attribute 'no_such_name'"
