#!/usr/bin/env python3
"""Documents in a store of objects that speaks S3: Okno beside a real server, which goes down and
comes back. `tests/objects.py FOLDER` works in FOLDER and needs OKNO_BIN and `moto_server` (of the
package moto), by MOTO_SERVER or on the path. Ends with 0 when everything held."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

BUCKET = "okno-documents"
FOLDER = os.path.abspath(sys.argv[1])
OKNO = os.environ.get("OKNO_BIN", "target/debug/okno")
SERVER = os.environ.get("MOTO_SERVER") or shutil.which("moto_server")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(what, check, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            found = check()
            if found:
                return found
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.2)
    sys.exit(f"{what} did not come in {seconds} s")


def check(holds, what):
    if not holds:
        sys.exit(f"does not hold: {what}")
    print(f"  {what}")


class Browser:
    """A guest's browser: keeps cookies, follows nothing."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def send(self, method, path, body=None, kind=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if kind:
            headers["content-type"] = kind
        link.request(method, urllib.parse.quote(path, safe="/?=&%"), body, headers)
        answer = link.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, answer.getheader("location"), content

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, fields):
        body = urllib.parse.urlencode(fields)
        return self.send("POST", path, body, "application/x-www-form-urlencoded")

    def upload(self, path, name, content):
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--x--\r\n"
        return self.send("POST", path, body, "multipart/form-data; boundary=x")

    def draft(self):
        """Fills in a complaint; the address of its review."""
        today = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 3 * 86400))
        steps = [
            {"category": "roads.snow"},
            {"subject": "Снег во дворе", "happened_on": today, "expected": "Убрать снег",
             "description": "Третий день не убирают снег во дворе дома 7."},
            {"place.territory": "severny", "place.address": "Садовая, 7"},
            {"applicant.last_name": "Подснежникова", "applicant.first_name": "Клавдия",
             "applicant.email": "klavdia@example.ru"},
        ]
        at = "/file/complaint"
        for fields in steps:
            status, at_next, page = self.post(at, fields)
            check_quietly(status == 303, f"{at} was not taken: {page.decode()[:2000]}")
            at = urllib.parse.unquote(at_next)
        return at

    def sent(self, review):
        status, receipt, page = self.post(review, {"consent": "yes"})
        check_quietly(status == 303, f"the complaint was not taken: {page.decode()[:2000]}")
        return re.search(r"А-\d{4}-\d{8}-\d", urllib.parse.unquote(receipt))[0]


def check_quietly(holds, what):
    if not holds:
        sys.exit(what)


def pdf(title):
    """A PDF of one page (ISO 32000-2, 7.5)."""
    out, offsets = f"%PDF-1.5\n% {title}\n".encode(), []
    for number, text in enumerate(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
         "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"], 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table


def start_store(port):
    log = open(os.path.join(FOLDER, "store.log"), "ab")
    store = subprocess.Popen([SERVER, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)

    def made():
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        link.request("PUT", f"/{BUCKET}")
        return link.getresponse().status == 200

    wait("the store of objects", made)
    return store


def objects(port):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    link.request("GET", f"/{BUCKET}?list-type=2")
    return re.findall(r"<Key>([^<]+)</Key>", link.getresponse().read().decode())


def main():
    if not SERVER:
        sys.exit("moto_server is not here: pip install 'moto[server]'")
    os.makedirs(FOLDER, exist_ok=True)
    store_port, port = free_port(), free_port()
    store = start_store(store_port)
    environment = dict(
        os.environ,
        OKNO_BLOBS_URL=f"s3://{BUCKET}/files?endpoint=http://127.0.0.1:{store_port}&region=us-east-1",
        OKNO_BLOBS_KEY="testing",
        OKNO_BLOBS_SECRET="testing",
    )
    log = open(os.path.join(FOLDER, "okno.log"), "ab")
    okno = subprocess.Popen(
        [OKNO, "serve", "--data", os.path.join(FOLDER, "data"), "--listen", f"127.0.0.1:{port}"],
        env=environment, stdout=log, stderr=log)
    try:
        guest = Browser(port)
        wait("Okno", lambda: guest.get("/readyz")[0] == 200)

        review = guest.draft()
        documents = review.replace("/review", "/documents")
        first = pdf("first")
        check(guest.upload(documents, "a.pdf", first)[0] == 303, "a document is taken")
        kept = objects(store_port)
        check(len(kept) == 2 and all(name.startswith("files/content/") for name in kept),
              "its original and its copy lie in the bucket")
        number = guest.sent(review)
        page = guest.get(f"/cases/{number}/documents")[2].decode()
        address = urllib.parse.unquote(re.search(r'href="(/cases/[^"]+/documents/[0-9a-f-]{36})"', page)[1])
        check(guest.get(address)[2] == first, "it comes back as it was sent")

        store.send_signal(signal.SIGKILL)
        store.wait()
        review = guest.draft()
        documents = review.replace("/review", "/documents")
        status, _, page = guest.upload(documents, "b.pdf", pdf("second"))
        check(status == 503 and "Хранилище файлов сейчас не отвечает" in page.decode(),
              "while the store is down the page says what to do")
        check(guest.get(address)[0] == 503, "a document is not given as if it were empty")
        check(guest.get(review)[0] == 200, "the draft is kept")
        second = guest.sent(review)
        check(guest.get(f"/cases/{second}")[0] == 200, "filing without files goes on")

        store = start_store(store_port)
        status = guest.upload(f"/cases/{second}/documents", "b.pdf", pdf("second"))[0]
        check(status == 303, "when the store is back the document is added to the case")
        page = guest.get(f"/cases/{second}/documents")[2].decode()
        address = urllib.parse.unquote(re.search(r'href="(/cases/[^"]+/documents/[0-9a-f-]{36})"', page)[1])
        check(guest.get(address)[2] == pdf("second"), "and comes back")
    finally:
        for process in (okno, store):
            process.terminate()
        okno.wait(20)
        store.wait(20)


if __name__ == "__main__":
    main()
