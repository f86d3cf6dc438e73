"""The texts an extension for LibreOffice is made of, all from the catalogue of worksheet functions.

The types are stated in UNOIDL, which LibreOffice reads as it stands: no tool of its SDK is needed to build.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from udfs.catalogue import LANGUAGES, Argument, Function, functions
from xlcredit import __version__

NAME = "org.xlcredit.Functions"
EXPLAIN = "CREDIT_EXPLAIN"
OLDEST = "7.4"
"""The oldest LibreOffice this was run in."""

_OOR = "http://openoffice.org/2001/registry"
_COMPONENTS = "http://openoffice.org/2010/uno-components"
_DESCRIPTION = "http://openoffice.org/extensions/description/2006"
_MANIFEST = "http://openoffice.org/2001/manifest"
_XML = "http://www.w3.org/XML/1998/namespace"
_MEDIA = {
    "functions.idl": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    "functions.components": "application/vnd.sun.star.uno-components",
    "CalcAddIns.xcu": "application/vnd.sun.star.configuration-data",
}


def idl() -> str:
    """The types: an interface of one method per worksheet function, and the service that has it."""
    methods = "\n".join(f"      {_method(function)};" for function in functions())
    return (
        "module org { module xlcredit {\n"
        "    interface XFunctions : com::sun::star::uno::XInterface {\n"
        f"{methods}\n"
        "    };\n"
        "    service Functions : XFunctions;\n"
        "}; };\n"
    )


def _method(function: Function) -> str:
    kind = "com::sun::star::table::XCellRange" if function.name == EXPLAIN else "any"
    arguments = ", ".join(f"[in] {kind} {_camel(argument)}" for argument in function.arguments)
    return f"sequence<sequence<any> > {function.name}({arguments})"


def _camel(argument: Argument) -> str:
    """An argument's name with the letters UNOIDL allows."""
    first, *others = argument.name.split("_")
    return first + "".join(other.capitalize() for other in others)


def components() -> bytes:
    """Which file has the service, so that nothing is run when the extension is added."""
    root = ET.Element("components", xmlns=_COMPONENTS)
    component = ET.SubElement(root, "component", loader="com.sun.star.loader.Python", uri="./component.py")
    implementation = ET.SubElement(component, "implementation", name=NAME)
    for service in (NAME, "com.sun.star.sheet.AddIn"):
        ET.SubElement(implementation, "service", name=service)
    return _file(root)


def wizard() -> bytes:
    """What Calc shows in its function wizard: names and help of functions and arguments in each language."""
    root = ET.Element(
        _oor("component-data"),
        {_oor("name"): "CalcAddIns", _oor("package"): "org.openoffice.Office"},
    )
    node = root
    for name in ("AddInInfo", NAME, "AddInFunctions"):
        node = _node(node, name)
        if name == NAME:
            node.set(_oor("op"), "replace")
    for told in zip(*map(functions, LANGUAGES), strict=True):
        _function(node, told)
    return _file(root)


def _function(parent: ET.Element, told: tuple[Function, ...]) -> None:
    name = told[0].name
    node = _node(parent, name)
    node.set(_oor("op"), "replace")
    _words(node, "DisplayName", [name] * len(told))
    _words(node, "Description", [function.purpose for function in told])
    ET.SubElement(_property(node, "Category"), "value").text = "Add-In"
    _words(node, "CompatibilityName", [name] * len(told))
    parameters = _node(node, "Parameters")
    for arguments in zip(*(function.arguments for function in told), strict=True):
        each = _node(parameters, _camel(arguments[0]))
        each.set(_oor("op"), "replace")
        _words(each, "DisplayName", [argument.name for argument in arguments])
        _words(each, "Description", [argument.help for argument in arguments])


def _words(parent: ET.Element, name: str, texts: list[str]) -> None:
    node = _property(parent, name)
    for lang, text in zip(LANGUAGES, texts, strict=True):
        ET.SubElement(node, "value", {f"{{{_XML}}}lang": "zh-CN" if lang == "zh" else lang}).text = text


def description() -> bytes:
    """Name, version and the oldest LibreOffice."""
    root = ET.Element("description", {"xmlns": _DESCRIPTION, "xmlns:d": _DESCRIPTION})
    ET.SubElement(root, "identifier", value="org.xlcredit.calc")
    ET.SubElement(root, "version", value=__version__)
    needs = ET.SubElement(root, "dependencies", {"xmlns:lo": "http://libreoffice.org/extensions/description/2011"})
    ET.SubElement(needs, "lo:LibreOffice-minimal-version", {"value": OLDEST, "d:name": f"LibreOffice {OLDEST}"})
    names = ET.SubElement(root, "display-name")
    for lang in LANGUAGES:
        ET.SubElement(names, "name", lang=lang).text = "xlcredit"
    return _file(root)


def manifest() -> bytes:
    """Which file is what."""
    root = ET.Element("manifest:manifest", {"xmlns:manifest": _MANIFEST})
    for path, media in _MEDIA.items():
        ET.SubElement(root, "manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": media})
    return _file(root)


def files() -> Iterator[tuple[str, bytes]]:
    """Path and content of each of these texts."""
    yield "META-INF/manifest.xml", manifest()
    yield "description.xml", description()
    yield "functions.idl", idl().encode("ascii")
    yield "functions.components", components()
    yield "CalcAddIns.xcu", wizard()


def _node(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, "node", {_oor("name"): name})


def _property(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, "prop", {_oor("name"): name})


def _oor(name: str) -> str:
    return f"{{{_OOR}}}{name}"


def _file(root: ET.Element) -> bytes:
    ET.register_namespace("oor", _OOR)
    ET.indent(root)
    return ET.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
