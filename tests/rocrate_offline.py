"""Validate a folder as an RO-Crate without a network. Run by tests/test_exports.py with an interpreter that holds
`roc-validator` and `rocrate` (they pin other versions of libraries that the pipeline uses, so they have their own).

The one thing that the validator fetches is the JSON-LD context of the specification; it gets the copy that the package
`rocrate` ships. Any other request fails. Prints what was run and each issue, as JSON.
"""

from __future__ import annotations

import io
import json
import sys
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import rdflib.parser
import requests
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester

CONTEXT = (files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()
asked: list[str] = []


def fetch(url: str) -> bytes:
    """The context, whichever version of it is asked for."""
    asked.append(url)
    if url.startswith("https://w3id.org/ro/crate/") and url.endswith("/context"):
        return CONTEXT
    raise OSError(f"no network: {url}")


class Answer(io.BytesIO):
    """What rdflib takes for an opened URL."""

    def __init__(self, url: str) -> None:
        super().__init__(fetch(url))
        self.url, self.status = url, 200
        self.headers = {"Content-Type": "application/ld+json", "content-type": "application/ld+json"}

    def info(self) -> dict[str, str]:
        return self.headers

    def geturl(self) -> str:
        return self.url


def get(_: Any, url: str, **__: Any) -> requests.Response:
    response = requests.Response()
    response.status_code, response.url, response._content = 200, url, fetch(url)
    response.headers["Content-Type"] = "application/ld+json"
    return response


rdflib.parser._urlopen = lambda request: Answer(getattr(request, "full_url", request))
HttpRequester.get = get  # type: ignore[method-assign]

found: dict[str, Any] = {}
for severity in (models.Severity.REQUIRED, models.Severity.RECOMMENDED):
    settings = services.ValidationSettings(
        rocrate_uri=sys.argv[1], profile_identifier="ro-crate-1.1", requirement_severity=severity
    )
    result = services.validate(settings)
    issues = [
        (i.check.identifier, str(i.severity), i.message, str(i.violatingEntity)) for i in result.get_issues(severity)
    ]
    found[severity.name] = {"passed": result.passed(severity), "issues": issues}
names = ("roc-validator", "rocrate", "rdflib")
json.dump({"run": {n: version(n) for n in names}, "asked": sorted(set(asked)), **found}, sys.stdout, indent=1)
