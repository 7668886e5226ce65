"""What administrators do: units, people, subjects, officials, routes, services, terms, letters, and
work that was given up."""

import os
import sqlite3
import struct
import sys
import time
import uuid
import zlib

ADMIN = "/api/v1/admin"


def png():
    """A picture of one grey point (PNG, third edition)."""
    def chunk(kind, content):
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


class Administrator:
    """Sends the examples of the document, each to its operation, as the reference tells people to."""

    def __init__(self, client, document):
        self.client, self.document = client, document

    def example(self, path, method="POST"):
        return self.document["paths"][ADMIN + path][method.lower()]["requestBody"]["content"]["application/json"]["example"]

    def does(self, path, method="POST", **names):
        """What takes no body."""
        return self.client.ask(ADMIN + path, method=method, **names)

    def sends(self, path, method="POST", changes=None, **names):
        """The example, with what is another's in every house."""
        body = {**self.example(path, method), **(changes or {})}
        return self.client.ask(ADMIN + path, body, method, **names)


def story_of_units(admin):
    admin.sends("/territories")
    admin.sends("/territories/{code}", "PUT", code="bridgeside")
    admin.does("/territories/{code}", "GET", code="bridgeside")
    admin.sends("/units")
    admin.sends("/units/{code}", "PUT", code="bridges")
    admin.does("/units/{code}", "GET", code="bridges")
    admin.sends("/units", changes={"code": "tunnels"})
    admin.does("/units/{code}/closure", code="tunnels")
    admin.does("/units/{code}/closure", "DELETE", code="tunnels")
    admin.sends("/letterheads/{unit}", "PUT", unit="bridges")
    mark = ADMIN + "/letterheads/{unit}/mark"
    admin.client.ask(mark, png(), "PUT", {"content_type": "application/octet-stream"}, unit="bridges")
    admin.client.ask(mark, unit="bridges")
    admin.does("/letterheads/{unit}", "GET", unit="bridges")
    admin.does("/letterheads/{unit}/sample.pdf", "GET", unit="bridges")
    admin.client.ask(ADMIN + "/letterheads/{unit}/sample.pdf", unit="nothing", expects=404)
    admin.client.ask(mark, method="DELETE", unit="bridges")
    admin.does("/letterheads/{unit}", "DELETE", unit="bridges")
    admin.client.ask(mark, method="DELETE", unit="nothing", expects=404)
    admin.client.ask(ADMIN + "/letterheads/{unit}", method="DELETE", unit="nothing", expects=404)
    body = admin.example("/letterheads/{unit}", "PUT")
    admin.client.ask(ADMIN + "/letterheads/{unit}", body, "PUT", unit="nothing", expects=404)


def story_of_people(admin, password):
    admin.sends("/staff")
    found = admin.sends("/staff/searches")
    of = {"account": found["account"]}
    admin.does("/staff/{account}", "GET", **of)
    given = admin.sends("/staff/{account}/roles", **of)
    role = next(role["id"] for role in given["roles"] if role["role"] == "head")
    admin.sends("/staff/{account}/roles/{role}", "PUT", role=role, **of)
    admin.sends("/staff/{account}/name", "PUT", **of)
    admin.does("/staff/{account}/sessions", "DELETE", **of)
    admin.does("/staff/{account}/roles/{role}", "DELETE", role=role, **of)
    admin.does("/staff/{account}/block", **of)
    admin.does("/staff/{account}/block", "DELETE", **of)
    time.sleep(4)  # a password is asked for at most so often
    current = {"current": password}
    admin.sends("/staff/{account}/links", changes=current, **of)
    time.sleep(4)
    admin.sends("/staff/{account}/email-corrections", changes=current, **of)
    head = admin.sends("/staff/searches", changes={"email": "roads.head@okno.example"})
    time.sleep(4)
    admin.sends("/staff/{account}/second-factor-reset", changes=current, account=head["account"])
    return found["account"]


def story_of_the_catalogue(admin):
    admin.sends("/categories")
    admin.sends("/categories/{code}", "PUT", code="roads.bridges")
    admin.does("/categories/{code}", "GET", code="roads.bridges")
    admin.sends("/officials")
    admin.sends("/officials/{code}", "PUT", code="bridges")
    admin.does("/officials/{code}", "GET", code="bridges")
    admin.sends("/routes/trials")
    # No two rules stand at one place: the first moves on before the second comes.
    made = [admin.sends("/routes")["id"]]
    admin.sends("/routes/{rule}", "PUT", rule=made[0])
    made.append(admin.sends("/routes")["id"])
    admin.does("/routes/{rule}", "GET", rule=made[0])
    admin.does("/routes/{rule}", "DELETE", rule=made[1])
    admin.sends("/terms/{code}/versions", code="fz59.answer")
    of = {"kind": "filed", "language": "en"}
    admin.sends("/letter-templates/{kind}/{language}/previews", **of)
    admin.sends("/letter-templates/{kind}/{language}", "PUT", **of)
    admin.does("/letter-templates/{kind}/{language}", "GET", **of)
    admin.does("/letter-templates/{kind}/{language}", "DELETE", **of)
    notice = admin.sends("/network-posts")["id"]
    admin.does("/network-posts/{post}/withdrawal", post=notice)
    admin.sends("/services/checks")
    admin.sends("/services")
    admin.sends("/services/{code}/versions", code="thanks")
    admin.does("/services/{code}/difference?from=1&to=2", "GET", code="thanks")
    admin.does("/services/{code}/offer", "DELETE", code="thanks")
    admin.does("/services/{code}/offer", code="thanks")
    return made[0], notice


def story_of_work_given_up(admin, data):
    """Two jobs as they lie when every attempt has failed: no question of a client can bring that about."""
    given_up = [uuid.uuid4() for _ in range(2)]
    now = int(time.time() * 1_000_000)
    store = sqlite3.connect(os.path.join(data, "okno.db"), timeout=30)
    with store:
        kept = store.execute("SELECT id, created_at FROM job LIMIT 1").fetchone()
        for job in given_up:
            id_ = str(job) if kept and isinstance(kept[0], str) else job.bytes
            store.execute(
                "INSERT INTO job (id, kind, payload, state, attempts, run_at, leased_until, created_at, problem)"
                " VALUES (?, 'letter', '{}', 'dead', 5, ?, ?, ?, 'no such box')", (id_, now, now, now))
    store.close()
    rows = admin.ask(ADMIN + "/dead-letters")["items"]
    if len(rows) < 2:
        sys.exit("work that was given up is not listed")
    admin.ask(ADMIN + "/dead-letters/{job}/revival", method="POST", job=rows[0]["id"])
    return rows[1]["id"]


def story_of_an_administrator(client, document, password, data):
    """What was made, by the names of the parameters that take it."""
    admin = Administrator(client, document)
    story_of_units(admin)
    account = story_of_people(admin, password)
    rule, notice = story_of_the_catalogue(admin)
    job = story_of_work_given_up(client, data)
    things = {"account": [account], "rule": [rule], "post": [notice], "job": [job], "unit": ["bridges"],
              "version": ["1", "current"], "kind": ["filed"], "language": ["en", "ru"]}
    for family, name in [("categories", "roads.bridges"), ("officials", "bridges"), ("services", "thanks"),
                         ("terms", "fz59.answer"), ("territories", "bridgeside"), ("units", "bridges")]:
        things[f"{ADMIN}/{family} code"] = [name]
    return things
