"""What a page with PyScript would do: import the module, ask, and hand the answer to the page."""

import json
from pathlib import Path

from pyscript import window  # type: ignore[import-not-found]

from wizard.browser import handle

request = json.loads(Path("verzoek.json").read_text())["verzoek"]
window.meter.answered(handle(json.dumps(request)))
