"""What the contract adds to schemathesis: half of the addresses name things that are there, and how
every operation answered is counted. CONTRACT_THINGS and CONTRACT_TALLY name the two files."""

import json
import os
import threading
import zlib

import schemathesis

THINGS = json.load(open(os.environ["CONTRACT_THINGS"]))
TALLY = os.environ["CONTRACT_TALLY"]
LOCK = threading.Lock()
COUNTS = {}


def things_of(path, name):
    """What a parameter may name: of this path, of the paths that begin with it, or anywhere."""
    parts = path.split("/")
    for end in range(len(parts), 1, -1):
        known = THINGS.get("/".join(parts[:end]) + " " + name)
        if known:
            return known
    return THINGS.get(name) or []


@schemathesis.hook
def map_path_parameters(ctx, path_parameters):
    if not path_parameters:
        return path_parameters
    drawn = zlib.crc32(repr(sorted(path_parameters.items())).encode())
    if drawn % 2:
        path = ctx.operation.path if ctx.operation is not None else ""
        for name in path_parameters:
            known = things_of(path, name)
            if known:
                path_parameters[name] = known[drawn // 2 % len(known)]
    return path_parameters


@schemathesis.serializer("application/offset+octet-stream")
def bytes_of(ctx, value):
    """A piece of an upload, as it is."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def after_call(ctx, case, response):
    name = f"{case.method.upper()} {case.operation.path}"
    with LOCK:
        seen = COUNTS.setdefault(name, {})
        status = str(response.status_code)
        seen[status] = seen.get(status, 0) + 1
        with open(TALLY + ".new", "w") as file:
            json.dump(COUNTS, file)
        os.replace(TALLY + ".new", TALLY)
