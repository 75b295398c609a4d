"""Raw figures of a very small run, made up."""

ABOUT = {
    "contract": "oneclickdz",
    "digest": "0123456789abcdef",
    "day": "2026-01-02",
    "versions": {"errorcontract": "0.1.0", "schemathesis": "4.32.5"},
    "machine": {
        "cores": 2,
        "processor": "Sample",
        "memory_gib": 4.0,
        "system": "Linux x86_64",
        "python": "CPython 3.11.7",
    },
    "rules": {"one": "json-body", "two": "code-status", "three": "code-status"},
    "max_examples": 130,
    "matched_to": 1500,
}


def ours(requests, seconds, wall, rules=(), severity="error"):
    return {
        "code": 1 if rules else 0,
        "requests": requests,
        "seconds": seconds,
        "wall": wall,
        "peak_mib": 100.0,
        "complete": True,
        "rules": list(rules),
        "failures": [f"{severity} | {rule} | anOperation | f00" for rule in rules],
    }


def theirs(requests, seconds, wall, failures=()):
    return {
        "code": 1,
        "requests": requests,
        "seconds": seconds,
        "wall": wall,
        "peak_mib": 280.0,
        "cases": requests,
        "complete": True,
        "unique_failures": len(failures),
        "failures": list(failures),
    }


def loop(requests, seconds):
    return {"requests": requests, "seconds": seconds, "served": requests, "by_status": {"200": requests}}


USUAL, OTHER, NEW = "a check | at one operation", "a check | at another operation", "a check | that tells"

RAW = {
    "schema": 1,
    "about": ABOUT,
    "measured": {
        "speed/errorcontract all/1": ours(1500, 1.5, 4.0),
        "speed/errorcontract all/2": ours(1500, 1.0, 3.0),
        "speed/errorcontract all/3": ours(1500, 3.0, 5.0),
        "speed/schemathesis bare/1": theirs(800, 8.0, 10.0),
        "speed/schemathesis bare/2": theirs(800, 10.0, 12.0),
        "speed/schemathesis bare/3": theirs(800, 16.0, 18.0),
        "speed/plain loop/1": loop(4000, 1.0),
        "speed/plain loop/2": loop(4000, 2.0),
        "speed/plain loop/3": loop(4000, 4.0),
        "unfaulted/errorcontract all/1": ours(1500, 2.0, 4.0),
        "unfaulted/schemathesis bare/1": theirs(800, 8.0, 10.0, [USUAL]),
        "unfaulted/schemathesis bare/2": theirs(800, 8.0, 10.0, [OTHER]),
        "faults/errorcontract all/one": ours(1500, 2.0, 4.0, ["json-body", "no-internals"]),
        "faults/errorcontract all/two": ours(1500, 2.0, 4.0, ["documented-code"]),
        "faults/errorcontract all/three": ours(1500, 2.0, 4.0),
        "faults/schemathesis bare/one": theirs(800, 8.0, 10.0, [USUAL, OTHER]),
        "faults/schemathesis bare/two": theirs(820, 8.0, 10.0, []),
        "faults/schemathesis bare/three": theirs(810, 8.0, 10.0, [USUAL, NEW]),
        "memory/once": ours(900, 1.0, 3.0),
        "memory/5000": ours(5400, 5.0, 9.0),
    },
}
