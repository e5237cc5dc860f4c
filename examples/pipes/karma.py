#!/usr/bin/env python3
"""Counts who is thanked: "owl++". Reads events and writes wishes, see docs/guides/pipes.md."""
import json
import re
import sys

karma = {}
for line in sys.stdin:
    event = json.loads(line)
    for name in re.findall(r"(\w+)\+\+", event["text"]):
        karma[name] = karma.get(name, 0) + 1
        print(json.dumps({"say": f"{name} has {karma[name]} karma, says {event['sender']['name']}"}))
    print(json.dumps({"done": event["id"]}), flush=True)
