"""The pages of the site as they lie on the disk: relative, with their own policy, started by a loader."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import relpath

from itbkg_api.offline.rewriting import relative, with_loader, with_policy, without_aside, without_server

CASES, SPARQL = "/cases", "/ask/sparql"
#: As the server sends it, without what a page cannot say of itself; on a disk 'self' is the folder.
_POLICY = (
    "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'{blob}; form-action 'self'; base-uri 'none'"
)
#: The loader starts the module where there is a host, and where there is none the bundle, which needs none.
_LOADER = '<script src="{up}built/disk/loader.js" data-up="{up}" data-module="{{module}}"></script>\n'


class Paper:
    """Writes pages, given in which file each address lies, and which file the browser asks."""

    def __init__(self, files: Mapping[str, str], dataset: str) -> None:
        self._files = files
        self._dataset = dataset

    def page(self, address: str, text: str) -> str:
        """Write one page."""
        file = self._files[address]
        up = relpath(".", file.rpartition("/")[0] or ".") + "/"
        text = self._fitted(address, text, up)
        text = relative(text, file, self._place)
        text = with_loader(text, _LOADER.format(up="" if up == "./" else up))
        asks = address == SPARQL
        return with_policy(
            text, _POLICY.format(wasm=" 'wasm-unsafe-eval'" if asks else "", blob=" blob:" if asks else "")
        )

    def twins(self, folder: Path, data: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield for what scripts read a twin that is itself a script: a page on a disk may read no other file."""
        charts = [file for address, file in self._files.items() if address.startswith("/api/v1/charts/")]
        workers = [path.relative_to(folder).as_posix() for path in sorted(folder.glob("built/disk/assets/*"))]
        for name in (*data, *charts, *workers):
            content = base64.b64encode((folder / name).read_bytes()).decode()
            yield f"{name}.js", f"itbkgTwin({json.dumps(name)},{json.dumps(content)});\n".encode()

    def _fitted(self, address: str, text: str, up: str) -> str:
        if address == CASES:
            text = text.replace(
                '<form action="/cases" class="search" data-island="filter">',
                '<form action="/cases" class="search" data-keep data-island="finder" data-cases="data/cases.json">',
            )
            return without_server(text, "data-keep")
        if address.startswith(f"{CASES}?"):
            return without_server(
                without_aside(text, f'<p class="screen"><a href="{address}">Narrow these cases further</a></p>')
            )
        if address == SPARQL:
            text = text.replace(' data-endpoint="/sparql"', f' data-dataset="{up}{self._dataset}"')
            return without_server(text, "data-dataset")
        return without_server(text)

    def _place(self, address: str) -> str:
        """Say where an address lies; any other choice of cases is made by the list itself, in the browser."""
        if address in self._files:
            return self._files[address]
        path, _, query = address.partition("?")
        if path == CASES:
            return f"{self._files[CASES]}?{query}"
        return ""
