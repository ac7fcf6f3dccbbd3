"""Holds an unpacked package against the official validators of BagIt and Data Package; prints what they say as JSON."""
import json
import logging
import os
import sys

import bagit
import frictionless

logging.disable(logging.CRITICAL)
folder = sys.argv[1]
try:
    bag = bagit.Bag(folder)
    bag.validate()
    bagged = {"valid": True, "files": len(bag.payload_entries()), "info": bag.info}
except bagit.BagError as error:
    bagged = {"valid": False, "error": str(error)}

os.chdir(folder)
report = frictionless.Package("datapackage.json").validate()
print(json.dumps({
    "bag": bagged,
    "package": {
        "valid": report.valid,
        "errors": report.flatten(["type", "message"]) + [[error.type, error.message] for error in report.errors],
        "tasks": [{"name": task.name, "type": task.type, "valid": task.valid, "rows": task.stats.get("rows")} for task in report.tasks],
    },
}))
