"""The sections of a manifest about error bodies, HTTP and hiding, each made into its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from errorcontract.contract.operations import basis
from errorcontract.model import (
    Accepted,
    Asked,
    Basis,
    Canonical,
    Delay,
    Documentation,
    ErrorPromises,
    Gone,
    Hiding,
    Hint,
    HttpPromises,
    Language,
    Shape,
    Timestamp,
    Told,
    Violations,
)

Spec = Mapping[str, Any]
_ANY_ERROR: Mapping[str, Any] = {"properties": {"status": {"minimum": 400}}}
_NEAR = 300.0


def error_promises(manifest: Spec, definitions: Spec) -> ErrorPromises:
    """What error bodies hold beside their code. `definitions` are the envelope's, which shapes refer to."""
    retry = manifest.get("retry") or {}
    return ErrorPromises(
        status_in_body=_told(manifest.get("status_in_body")),
        canonical=_canonical(manifest.get("canonical")),
        code_type=_told(manifest.get("code_type")),
        timestamp=_timestamp(manifest.get("timestamp")),
        documentation=_documentation(manifest.get("documentation")),
        languages=tuple(_language(spec) for spec in manifest.get("languages") or ()),
        constant_code=_basis(manifest.get("constant_code")),
        violations=_violations(manifest.get("violations")),
        delay=_delay(retry.get("delay")),
        hint_promised=_hint(retry.get("promised")),
        hint_withheld=_hint(retry.get("withheld")),
        shapes=tuple(_shape(spec, definitions) for spec in manifest.get("shapes") or () if spec["then"] is not True),
    )


def http_promises(spec: Spec | None) -> HttpPromises:
    """What is promised of the HTTP of the answers."""
    said = spec or {}
    created = said.get("location_on_201")
    return HttpPromises(
        location_on_201=_basis(created),
        location_resolves=_basis(created) if created and created.get("resolves", True) else None,
        allow_on_405=_basis(said.get("allow_on_405")),
        allowed_methods=_told(said.get("allowed_methods")),
        supported_types=_told(said.get("supported_types")),
        challenge_on_401=_basis(said.get("challenge_on_401")),
        no_body=_basis(said.get("no_body")),
        redirect_location=_basis(said.get("redirect_location")),
        gone=_gone(said.get("gone")),
        accepted=_accepted(said.get("accepted")),
        not_modified=_basis(said.get("not_modified")),
    )


def hiding(specs: list[Spec] | None) -> tuple[Hiding, ...]:
    """What is forbidden, and what is not there."""
    return tuple(
        Hiding(
            name=spec["name"],
            mode=spec["mode"],
            forbidden=_asked(spec["forbidden"]),
            missing=_asked(spec["missing"]),
            basis=basis(spec),
        )
        for spec in specs or ()
    )


def _basis(spec: Spec | None) -> Basis | None:
    return basis(spec) if spec else None


def _told(spec: Spec | None) -> Told | None:
    return Told(pointer=spec["pointer"], basis=basis(spec)) if spec else None


def _canonical(spec: Spec | None) -> Canonical | None:
    return Canonical(pointer=spec["pointer"], statuses=spec["statuses"], basis=basis(spec)) if spec else None


def _timestamp(spec: Spec | None) -> Timestamp | None:
    if not spec:
        return None
    within = spec.get("within", _NEAR)
    return Timestamp(pointer=spec["pointer"], pattern=spec.get("pattern"), within=within, basis=basis(spec))


def _documentation(spec: Spec | None) -> Documentation | None:
    return Documentation(pointer=spec["pointer"], template=spec["template"], basis=basis(spec)) if spec else None


def _language(spec: Spec) -> Language:
    holds = "holds" in spec
    script = spec["holds"] if holds else spec.get("lacks", "Latin")
    return Language(pointer=spec["pointer"], script=script, holds=holds, basis=basis(spec))


def _violations(spec: Spec | None) -> Violations | None:
    if not spec:
        return None
    return Violations(
        items=spec["items"],
        field=spec.get("field", "/field"),
        path=spec.get("path", "name"),
        tolerated_heads=frozenset(spec.get("tolerated_heads", ())),
        every=_basis(spec.get("all")),
        only=_basis(spec.get("only")),
        resolves=_basis(spec.get("resolve")),
    )


def _delay(spec: Spec | None) -> Delay | None:
    return Delay(pointer=spec["pointer"], form=spec["form"], basis=basis(spec)) if spec else None


def _hint(spec: Spec | None) -> Hint | None:
    if not spec:
        return None
    return Hint(
        codes=frozenset(spec.get("codes", ())), statuses=frozenset(spec.get("statuses", ())), basis=basis(spec)
    )


def _shape(spec: Spec, definitions: Spec) -> Shape:
    return Shape(
        rule=spec["rule"],
        title=spec["title"],
        when=_schema(spec.get("when", _ANY_ERROR), definitions),
        then=_schema(spec["then"], definitions),
        basis=basis(spec),
    )


def _schema(part: Any, definitions: Spec) -> Mapping[str, Any]:
    """A schema that stands by itself, with the definitions that it may refer to."""
    return {"allOf": [part], "$defs": definitions}


def _gone(spec: Spec | None) -> Gone | None:
    return Gone(deleted_at=spec.get("deleted_at"), basis=basis(spec)) if spec else None


def _accepted(spec: Spec | None) -> Accepted | None:
    return Accepted(pointer=spec["pointer"], never=frozenset(spec["not"]), basis=basis(spec)) if spec else None


def _asked(spec: Spec) -> Asked:
    return Asked(
        operation=spec.get("operation"),
        good=spec.get("good"),
        change=spec.get("change", {}),
        sends_as=spec.get("as"),
        path=spec.get("path"),
    )
