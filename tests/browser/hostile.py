"""What a hostile target plants, one text for each kind of markup, and a journal that has them in every place."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

AWAY = "http://127.0.0.1:9/planted"
RUN = "window.planted=1"
KINDS = {
    "script": f"<script>{RUN}</script>",
    "end-of-script": f"</script><script>{RUN}</script>",
    "end-of-style": f"</style><script>{RUN}</script>",
    "end-of-title": f"</title></textarea></noscript></template><script>{RUN}</script>",
    "event-handler": f'<img src=x onerror="{RUN}">',
    "attribute": f'" autofocus onfocus="{RUN}" onmouseover="{RUN}" style="position:fixed" x="',
    "attribute-in-single-quotes": f"' autofocus onfocus='{RUN}' x='",
    "javascript-url": f'<a href="javascript:{RUN}">planted</a>',
    "data-url": f'<object data="data:text/html,<script>{RUN}</script>"></object>',
    "svg": f'<svg onload="{RUN}"><animate onbegin="{RUN}" attributeName="x" dur="1s"/></svg>',
    "math": f'<math><mtext><img src=x onerror="{RUN}"></mtext></math>',
    "style": f"<style>body{{display:none}}@import url({AWAY});</style>",
    "css-url": f"red;background:url({AWAY})}}*{{display:none",
    "link": f"<link rel=stylesheet href={AWAY}>",
    "template-literal": f"`${{{RUN}}}` ${{{RUN}}}",
    "template": "{{ 7*7 }}{% set x = 1 %}{{ cycler.__init__ }}",
    "format-gap": "{0.__class__} {n} {verdict}",
    "cdata": f"<![CDATA[<script>{RUN}</script>]]>",
    "comment": f"--><script>{RUN}</script><!--",
    "meta-refresh": f'<meta http-equiv="refresh" content="0;url={AWAY}">',
    "frame": f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    "base": f"<base href={AWAY}>",
    "form": f"<form action={AWAY}><input autofocus onfocus={RUN}></form>",
    "toggle": f'<details open ontoggle="{RUN}"><summary>x</summary></details>',
    "overrides": "\u202egnp.exe\u202c \u2066x\u2069 \x00\x1b[31m\x85 \u2028\ufeff",
    "surrogate": "\ud83d \udc00",
}
HARMLESS = "planted"


def journal(sample: ModuleType, texts: dict[str, str]) -> list[dict[str, Any]]:
    """A run in which every text stands in every place that a target, a contract or a user fills."""
    everything = " ".join(texts.values())
    lines = [
        sample.run(
            title=everything,
            target=everything,
            choices=list(texts.values()),
            left_out=dict.fromkeys(texts.values(), everything),
            command=everything,
            commit=everything,
            rate=everything,
            started=everything,
            versions=dict.fromkeys(texts.values(), everything),
            operations=[{"id": text, "method": "GET", "path": text} for text in texts.values()],
            rules=[{"id": "json-body", "group": everything, "title": everything}],
            codes=[{"code": text, "statuses": [400], "why_not": text, "provenance": text} for text in texts.values()],
        )
    ]
    for number, (kind, text) in enumerate(texts.items(), 1):
        lines += [exchange(sample, number, text), finding(sample, number, kind, text)]
        lines.append(sample.tally(f"suites/test_x.py::test_{text}[{text}]", operation=text, codes={text: {"400": 1}}))
    accepted = sample.finding("accepted", accepted=everything, summary=everything, operation=everything)
    return [
        *lines,
        accepted,
        {"type": "note", "run": "oneclickdz", "text": everything},
        sample.end(complete=False, why=everything),
    ]


def exchange(sample: ModuleType, number: int, text: str) -> dict[str, Any]:
    """An exchange whose address, operation and reason are the text."""
    sent = {**sample.request(), "method": text, "url": f"http://127.0.0.1/{text}"}
    return sample.exchange(number, operation=text, request=sent, response=sample.response(400, text, reason=text))


def finding(sample: ModuleType, number: int, kind: str, text: str) -> dict[str, Any]:
    """A finding that has the text wherever a target can have a say."""
    body = json.dumps({"error": {"code": text, "message": text, text: [text]}, "requestId": text}, ensure_ascii=False)
    headers = [[text, text], ["x-request-id", text], ["content-type", text]]
    answer = sample.response(
        400, (body, text, f"<html>{text}</html>")[number % 3], reason=text, headers=headers, cut=text
    )
    sent = {**sample.request(body), "method": text, "url": f"http://127.0.0.1/{text}", "headers": headers, "cut": text}
    steps = [
        {"step": text, "request": sent, "response": answer if shown else None, "failure": text} for shown in (0, 1)
    ]
    return sample.finding(
        f"{kind}-{text}",
        rule=("json-body", text)[number % 2],
        summary=text,
        expected=f"expected {text}",
        observed=f"observed {text}",
        provenance={"kind": text, "source": text},
        operation=text,
        cause=text,
        code=text,
        field=text,
        variants=[text, f"{text} again"],
        curl=f"curl '{text}'",
        question=text,
        story=steps,
    )
