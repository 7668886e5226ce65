#!/usr/bin/env python3
"""Makes what lies beside this file: a day's work of the first release, by its own binary.
`make.py OKNO FOLDER` works in an empty FOLDER and leaves okno.db.gz, blobs/, backup/, keys/, proofs/ and
vkey there. Needs nothing but Python."""

import gzip
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse

OKNO, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
PORT = 18473
DATA, KEYS = FOLDER / "data", FOLDER / "keys"


class Browser:
    def __init__(self):
        self.cookies = {}

    def send(self, method, path, body=None, headers=None):
        link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        headers = dict(headers or {})
        headers["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        link.request(method, urllib.parse.quote(path, safe="/?=&%"), body, headers)
        answer = link.getresponse()
        for line in answer.headers.get_all("set-cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer, answer.read().decode()

    def form(self, path, **fields):
        kind = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        answer, text = self.send("POST", path, urllib.parse.urlencode(fields), kind)
        assert answer.status == 303, (path, answer.status, text)


def run(*words):
    return subprocess.run([OKNO, *words, "--data", DATA, "--keys", KEYS], check=True, capture_output=True, text=True).stdout


def file(n):
    body = {
        "service": "complaint",
        "category": "roads.surface",
        "fields": {
            "subject": f"Яма на дороге, письмо {n}",
            "description": f"Во дворе дома {n} яма на всю ширину дороги, объехать её нельзя.",
            "happened_on": "2024-05-13",
            "expected": "Заделать яму",
        },
        "place": {"territory": "severny", "address": f"улица Лесная, {n}"},
        "applicant": {"last_name": "Проверкин", "first_name": "Пётр", "email": "petr@example.org"},
        "consent": True,
    }
    headers = {"content-type": "application/json", "idempotency-key": f"first-{n}"}
    answer, text = Browser().send("POST", "/api/v1/cases", json.dumps(body), headers)
    assert answer.status == 201, text
    return answer.headers["location"].rsplit("/", 1)[1]


log = open(FOLDER / "log", "w")
server = subprocess.Popen([OKNO, "serve", "--data", DATA, "--keys", KEYS, "--listen", f"127.0.0.1:{PORT}"], stderr=log, stdout=log)
for _ in range(300):
    time.sleep(0.2)
    try:
        if Browser().send("GET", "/readyz")[0].status == 200:
            break
    except OSError:
        pass
password = (KEYS / "demo-password").read_text().strip()


def signed_in(email):
    browser = Browser()
    browser.form("/sign-in", email=email, password=password, next="")
    return browser


answered, worked, untouched = file(1), file(2), file(3)
specialist, head = signed_in("roads@okno.example"), signed_in("roads.head@okno.example")
for case in (answered, worked):
    specialist.form(f"/desk/{case}/take")
specialist.form(f"/desk/{worked}/messages", text="Уточните, пожалуйста, с какой стороны дома яма.")
specialist.form(f"/desk/{answered}/answer", outcome="satisfied", answer="Яма заделана, покрытие проверено комиссией.", then="agreement")
head.form(f"/desk/{answered}/agree")
time.sleep(5)
(FOLDER / "proofs").mkdir()
for case in (answered, worked, untouched):
    answer, text = Browser().send("GET", f"/proofs/{case}.tlog-proof")
    assert answer.status == 200, text
    (FOLDER / "proofs" / f"{case}.tlog-proof").write_text(text)
(FOLDER / "vkey").write_text(Browser().send("GET", "/log/vkey")[1])
server.send_signal(signal.SIGTERM)
server.wait()
run("log", "fsck")
run("backup", str(FOLDER / "backup"))
# What the journal of SQLite holds belongs to the file.
database = sqlite3.connect(DATA / "okno.db")
database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
database.execute("VACUUM")
database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
database.close()
with open(DATA / "okno.db", "rb") as plain, gzip.open(FOLDER / "okno.db.gz", "wb") as packed:
    shutil.copyfileobj(plain, packed)
shutil.copytree(DATA / "blobs", FOLDER / "blobs")
shutil.rmtree(DATA)
os.remove(FOLDER / "log")
print(answered, worked, untouched)
