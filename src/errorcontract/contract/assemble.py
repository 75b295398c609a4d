"""Puts the files of a contract together into one value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from errorcontract.contract import sections
from errorcontract.contract.catalogue import codes, sound_schema
from errorcontract.contract.crosscheck import cross_check
from errorcontract.contract.document import Route, routes
from errorcontract.contract.generic import generic
from errorcontract.contract.goodcheck import good_check
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.known import known_data, learned
from errorcontract.contract.manifest import checked
from errorcontract.contract.operations import basis, operations
from errorcontract.contract.override import based, matched, patched
from errorcontract.contract.problem import Problems, Refused
from errorcontract.contract.promised import error_promises, hiding, http_promises
from errorcontract.contract.retrying import retry_policy
from errorcontract.contract.source import Source, given, read
from errorcontract.model import Contract

OPENAPI, ENVELOPE, CODES = "openapi.yaml", "envelope.schema.json", "codes.schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files beside the manifest; None for one that is missing or unreadable."""

    own_openapi: Source | None
    openapi: Source | None
    envelope: Source | None
    codes: Source | None
    inherited: tuple[Source, ...] = ()
    """Envelopes of the profiles, the remotest first: their `$defs` hold too."""

    def present(self) -> Iterator[Source]:
        """Those that were read and count."""
        return (source for source in (self.openapi, self.envelope, self.codes, *self.inherited) if source is not None)


def read_files(manifest: Manifest, openapi: Mapping[str, Any] | str | File | None, problems: Problems) -> Files:
    """Read the files beside a manifest, or what it inherits in their place."""
    profile = "profile" in manifest.sources[0].value
    own = _file(manifest, OPENAPI, problems, needed=openapi is None and not profile)
    other = None if openapi is None else _other(openapi, problems)
    return Files(
        own_openapi=own,
        openapi=own if openapi is None else other,
        envelope=_file(manifest, ENVELOPE, problems, needed=not profile),
        codes=_file(manifest, CODES, problems, needed=False),
        inherited=_inherited_envelopes(manifest, problems),
    )


def _inherited_envelopes(manifest: Manifest, problems: Problems) -> tuple[Source, ...]:
    own = manifest.file(ENVELOPE)
    files = [folder / ENVELOPE for folder in reversed(manifest.folders[1:]) if (folder / ENVELOPE).exists()]
    return tuple(
        source
        for file in files
        if own and file != own[0] and (source := _read(file, f"{file.parent.name}/{ENVELOPE}", problems))
    )


def assembled(
    manifest: Manifest,
    files: Files,
    overrides: Mapping[str, Any],
    digest: str,
    problems: Problems,
) -> Contract | None:
    """The contract; None if there are problems."""
    table = None if files.codes is None else codes(files.codes, problems)
    forms = _definitions(files)
    if files.envelope is not None:
        _envelope(files.envelope, forms, problems)
    found = _routes(files, problems)
    alone = "profile" in manifest.value and files.openapi is not None
    if alone and files.openapi is not None:
        manifest = generic(manifest, found, files.openapi.value)
    value = checked(manifest, problems)
    _broken(files, found, None if value is None else value.get("operations"), problems)
    if value is None or "profile" in value or files.envelope is None or files.openapi is None:
        return None
    data = known_data(value.get("data", {}), overrides)
    before = len(problems.found)
    made = operations(manifest, value["operations"], found, data, problems)
    cross_check(manifest, value, found, table, problems)
    if not overrides and not alone and len(problems.found) == before:
        good_check(manifest, made, found, data, problems)
    if problems.found:
        return None
    return Contract(
        name=value["contract"],
        title=value["title"],
        folder=manifest.folders[0],
        prefix=value.get("prefix", ""),
        production_hosts=tuple(host.lower() for host in value.get("production_hosts", ())),
        pointers=sections.pointers(value.get("pointers", {})),
        request_id=sections.request_id(value.get("request_id")),
        credentials=sections.credentials(value.get("credentials")),
        rate_limit=sections.rate_limit(value.get("rate_limit")),
        ledger=sections.ledger(value.get("ledger")),
        data=data,
        learn=learned(value.get("data", {}), data),
        operations=made,
        causes=sections.causes(value["causes"]),
        codes=table or {},
        envelope={**files.envelope.value, "$defs": forms},
        envelope_basis=basis(value["envelope"]),
        media_types=frozenset(value["envelope"].get("media_types", ())),
        codes_by_status=value.get("codes_by") == "status",
        codes_open=value.get("codes_open", False),
        errors=error_promises(value, forms),
        http=http_promises(value.get("http")),
        hiding=hiding(value.get("hiding")),
        openapi=patched(files.openapi.value, made, found),
        left_out=value.get("left_out", {}),
        private=sections.private(value.get("private", {})),
        digest=digest,
        retry_policy=retry_policy(value.get("retry_policy")),
    )


def _routes(files: Files, problems: Problems) -> dict[str, Route]:
    """The routes from the root, under the contract's own ids."""
    if files.openapi is None:
        return {}
    found = based(routes(files.openapi, problems), files.openapi.value)
    if files.own_openapi is None or files.own_openapi is files.openapi:
        return found
    return matched(found, based(routes(files.own_openapi, Problems()), files.own_openapi.value))


def _broken(files: Files, found: Mapping[str, Route], wanted: Any, problems: Problems) -> None:
    """Note operations that can't be read; of a document that is not the contract's own, only those in use."""
    for route in found.values():
        if files.openapi and route.broken and (files.openapi is files.own_openapi or route.id in (wanted or found)):
            problems.add(files.openapi, ("paths", *route.at), route.broken)


def _definitions(files: Files) -> Mapping[str, Any]:
    """The `$defs` of the envelope over those of the profiles'."""
    sources = [source for source in (*files.inherited, files.envelope) if source is not None]
    parts = [source.value.get("$defs") for source in sources]
    return {name: schema for part in parts if isinstance(part, dict) for name, schema in part.items()}


def _envelope(source: Source, forms: Mapping[str, Any], problems: Problems) -> None:
    for name in ("success", "error"):
        if name not in forms:
            problems.add(source, ("$defs",), f"lacks {name!r}, the schema of {name} bodies")
    sound_schema(source, (), source.value, problems)


def _file(manifest: Manifest, name: str, problems: Problems, *, needed: bool) -> Source | None:
    found = manifest.file(name)
    if found is None:
        if needed:
            problems.refuse(name, Refused("is missing"))
        return None
    return _read(*found, problems)


def _read(file: File, label: str, problems: Problems) -> Source | None:
    try:
        return read(file, label)
    except Refused as refusal:
        problems.refuse(label, refusal)
        return None


def _other(openapi: Mapping[str, Any] | str | File, problems: Problems) -> Source | None:
    label = "the given OpenAPI document" if isinstance(openapi, Mapping) else str(openapi)
    try:
        return given(openapi, label) if isinstance(openapi, Mapping) else read(File(openapi), label)
    except Refused as refusal:
        problems.refuse(label, refusal)
        return None
