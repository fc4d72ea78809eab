"""Looks up in a decision table what comes next, as the wegwijzer does with many."""

import json


def handle(request: str) -> str:
    """Give the first question that a row which still fits asks for, or the outcome of that row."""
    data = json.loads(request)
    given = data["antwoorden"]
    for row in data["rijen"]:
        fits = all(given.get(question, options[0]) in options for question, options in row["als"].items())
        missing = [question for question in row["als"] if question not in given]
        if fits and missing:
            return json.dumps({"soort": "vraag", "vraag": data["vragen"][missing[0]]})
        if fits:
            return json.dumps({"soort": "advies", "uitkomst": row["dan"]})
    return json.dumps({"soort": "fout"})
