#!/usr/bin/env python3
"""A mailbox on a real IMAP server (Dovecot) whose letters Okno takes, over TLS: they become cases,
replies go into their case, machines are answered by nobody; a node that is killed between the commit
and the moving of a letter makes no second case; a server that is away, hangs or refuses holds up
nothing else. `tests/mailbox.py FOLDER` works in FOLDER and needs OKNO_BIN, dovecot and openssl. Ends
with 0 when everything held."""

import email
import email.policy
import getpass
import http.client
import imaplib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from email.message import EmailMessage

FOLDER = os.path.abspath(sys.argv[1])
OKNO = os.environ.get("OKNO_BIN", "target/debug/okno")
DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
USER, PASSWORD = "mail@region.example", "secret+word"
NUMBER = r"А-\d{4}-\d{8}-\d"
ROOT = os.getuid() == 0
OWNER = pwd.getpwnam("nobody") if ROOT else pwd.getpwuid(os.getuid())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(what, check, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            found = check()
            if found:
                return found
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit(f"{what} did not come in {seconds} s")


def check(holds, what):
    if not holds:
        sys.exit(f"does not hold: {what}")
    print(f"  {what}", flush=True)


class Post:
    """Dovecot with a configuration, a place and ports of its own."""

    def __init__(self):
        self.plain, self.tls = free_port(), free_port()
        self.place = os.path.join(FOLDER, "dovecot")
        self.mail = os.path.join(self.place, "mail")
        os.makedirs(self.mail)
        os.chmod(FOLDER, 0o755)
        os.chmod(self.place, 0o755)
        if ROOT:
            os.chown(self.mail, OWNER.pw_uid, OWNER.pw_gid)
        # An authority of our own, and a certificate that it has signed.
        self.ca, cert, key = (os.path.join(self.place, name) for name in ("ca.pem", "cert.pem", "key.pem"))
        make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2"]
        signer = os.path.join(self.place, "ca-key.pem")
        subprocess.run(make + ["-subj", "/CN=Authority", "-keyout", signer, "-out", self.ca],
                       check=True, capture_output=True)
        subprocess.run(make + ["-subj", "/CN=localhost", "-CA", self.ca, "-CAkey", signer,
                               "-addext", "basicConstraints=critical,CA:FALSE",
                               "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
                       check=True, capture_output=True)
        me = "" if ROOT else f"default_internal_user = {getpass.getuser()}\ndefault_login_user = {getpass.getuser()}\n"
        with open(os.path.join(self.place, "dovecot.conf"), "w") as file:
            file.write(f"""
base_dir = {self.place}/run
state_dir = {self.place}/state
log_path = {self.place}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{self.mail}
{me}passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={OWNER.pw_uid} gid={OWNER.pw_gid} home={self.mail}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.plain}
  }}
  inet_listener imaps {{
    port = {self.tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
""")
        self.running = None
        self.start()

    def start(self):
        log = open(os.path.join(self.place, "out"), "ab")
        config = os.path.join(self.place, "dovecot.conf")
        self.running = subprocess.Popen([DOVECOT, "-F", "-c", config], stdout=log, stderr=log)
        wait("Dovecot", lambda: self.open().logout())

    def stop(self):
        self.running.terminate()
        self.running.wait(20)

    def open(self):
        box = imaplib.IMAP4("127.0.0.1", self.plain)
        box.login(USER, PASSWORD)
        return box

    def deliver(self, letter):
        """Puts a letter where a mail server puts one."""
        box = self.open()
        # Names of letters are long, and mail programs leave them whole.
        whole = email.policy.SMTP.clone(max_line_length=900)
        box.append("INBOX", None, None, letter.as_bytes(policy=whole))
        box.logout()

    def lie(self, folder="INBOX"):
        """How many letters lie in a folder."""
        box = self.open()
        status, count = box.select(f'"{folder}"', readonly=True)
        box.logout()
        return int(count[0]) if status == "OK" else 0


class Gate(threading.Thread):
    """Between Okno and Dovecot: lets everything through until it is told to hold back a command, and
    then nothing from there on."""

    def __init__(self, to):
        super().__init__(daemon=True)
        self.to, self.holds, self.held = to, None, threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.start()

    def run(self):
        while True:
            client, _ = self.socket.accept()
            try:
                server = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                client.close()
                continue
            threading.Thread(target=self.pump, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, False), daemon=True).start()

    def pump(self, source, target, asks):
        try:
            while data := source.recv(65536):
                if asks and self.holds and self.holds in data:
                    self.held.set()
                    time.sleep(3600)
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Okno:
    def __init__(self, url, extra=()):
        self.port, self.url, self.extra, self.process = free_port(), url, dict(extra), None

    def start(self):
        config = os.path.join(FOLDER, "okno.toml")
        with open(config, "w") as file:
            file.write(f'mailbox_ca = "{self.extra["ca"]}"\nmailbox_plus = true\n')
        log = open(os.path.join(FOLDER, "okno.log"), "ab")
        self.process = subprocess.Popen(
            [OKNO, "serve", "--config", config, "--data", os.path.join(FOLDER, "data"),
             "--listen", f"127.0.0.1:{self.port}"],
            env=dict(os.environ, OKNO_MAILBOX_URL=self.url), stdout=log, stderr=log)
        wait("Okno", lambda: self.get("/readyz")[0] == 200)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    def get(self, path, cookies="", method="GET", body=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"cookie": cookies, "sec-fetch-site": "same-origin"}
        if body is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
        link.request(method, urllib.parse.quote(path, safe="/?=&%"), body, headers)
        answer = link.getresponse()
        return answer.status, answer.read().decode(), answer

    def letters(self):
        """What Okno has sent: a demo without a mail server writes letters into a folder."""
        place = os.path.join(FOLDER, "data", "mail")
        found = []
        for name in sorted(os.listdir(place)) if os.path.isdir(place) else []:
            with open(os.path.join(place, name), "rb") as file:
                found.append(email.message_from_binary_file(file, policy=email.policy.default))
        return found

    def told(self, address):
        return [letter for letter in self.letters() if letter["to"] == address]

    def metric(self, name):
        text = self.get("/metrics")[1]
        found = re.search(rf"^{name}(?:{{[^}}]*}})? ([0-9.e+]+)$", text, re.M)
        return float(found[1]) if found else 0.0

    def filed(self):
        return int(self.metric("okno_cases_filed_total"))


def letter(sender, subject, text, **head):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, USER, subject
    message["Message-ID"] = email.utils.make_msgid(domain="example.ru")
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def number_in(told):
    return re.search(NUMBER, told["subject"])[0]


OPENED = {}


def case_page(okno, told):
    """The page of the case that a letter tells of, opened with its code once."""
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", told.get_content())[0]
    number = number_in(told)
    if number in OPENED:
        return okno.get(f"/cases/{number}", OPENED[number])[1]
    form = urllib.parse.urlencode({"number": number, "code": code})
    status, page, answer = okno.get("/status", method="POST", body=form)
    cookies = "; ".join(c.split(";")[0] for n, c in answer.getheaders() if n.lower() == "set-cookie")
    if status != 303:
        sys.exit(f"the code of {number} opened nothing: {status} {page[:1500]}")
    OPENED[number] = cookies
    return okno.get(f"/cases/{number}", cookies)[1]


def main():
    if not DOVECOT:
        sys.exit("dovecot is not here: apt-get install dovecot-imapd")
    os.makedirs(FOLDER, exist_ok=True)
    post = Post()
    user, password = urllib.parse.quote(USER), urllib.parse.quote(PASSWORD)
    tls = Gate(post.tls)
    okno = Okno(f"imaps://{user}:{password}@localhost:{tls.port}/INBOX", {"ca": post.ca})
    okno.start()
    try:
        first = letter("Анна Ивановна Семёнова <anna@example.ru>", "Не горит фонарь", "У дома 7 темно.")
        first.add_attachment(b"MZ", maintype="application", subtype="x-msdownload", filename="вирус.exe")
        post.deliver(first)
        told = wait("the acknowledgement", lambda: okno.told("anna@example.ru"))[0]
        check("вирус.exe" in told.get_content(), "a letter becomes a case over TLS, and what was not kept is named")
        check(USER.split("@")[0] in told["reply-to"] and "+" in told["reply-to"], "its reply finds the case")
        wait("the moving", lambda: post.lie() == 0 and post.lie("Okno") == 1)
        check(True, "the letter lies in the folder of those that were taken")
        check("У дома 7 темно." in case_page(okno, told), "the case says what the letter says")

        reply = letter("anna@example.ru", "Re: " + told["subject"], "И у дома 9 тоже.", In_Reply_To=told["message-id"])
        post.deliver(reply)
        wait("the reply", lambda: "И у дома 9 тоже." in case_page(okno, told))
        check(len(okno.told("anna@example.ru")) == 1, "a reply is a message in its case")
        post.deliver(letter("petr@example.ru", "Re: " + told["subject"], "Закройте его.", In_Reply_To=told["message-id"]))
        other = wait("the other case", lambda: okno.told("petr@example.ru"))[0]
        check(number_in(other) != number_in(told) and "Закройте его." not in case_page(okno, told),
              "from another address it is a case of its own and changes nothing")

        sent = len(okno.letters())
        post.deliver(letter("robot@example.ru", "Out of office", "I am away.", Auto_Submitted="auto-replied"))
        wait("the robot", lambda: post.lie() == 0 and post.lie("Okno") == 4)
        check(len(okno.letters()) == sent, "a machine is answered by nobody")
        okno.stop()

        # From here on in the clear, on this machine, so that the gate sees what is asked.
        gate = Gate(post.plain)
        okno = Okno(f"imap://{user}:{password}@127.0.0.1:{gate.port}/INBOX", {"ca": post.ca})
        gate.holds = b"UID MOVE"
        okno.start()
        post.deliver(letter("zoya@example.ru", "Яма", "У школы яма."))
        if not gate.held.wait(60):
            sys.exit("Okno did not come to move the letter")
        check(len(okno.told("zoya@example.ru")) == 1 or wait("the letter", lambda: okno.told("zoya@example.ru")),
              "the case is committed, the letter still lies there")
        okno.kill()
        check(post.lie() == 1, "killed between both")
        gate.holds = None
        okno.start()
        wait("the moving after the kill", lambda: post.lie() == 0 and post.lie("Okno") == 5)
        time.sleep(2)
        check(len(okno.told("zoya@example.ru")) == 1 and okno.filed() == 0, "after the start it is moved and nothing is made twice")

        post.stop()
        wait("the failure", lambda: okno.metric("okno_mailbox_failures") > 0)
        check(okno.get("/")[0] == 200, "while the mail server is down the pages are there")
        gate.holds = b"LOGIN"
        post.start()

        def said(problem):
            with open(os.path.join(FOLDER, "okno.log")) as file:
                return f'problem="{problem}"' in file.read()

        wait("the hanging", lambda: said("slow"), 150)
        check(said("broken") and okno.get("/")[0] == 200, "a server that hangs is not waited for longer than half a minute")
        gate.holds = None
        post.deliver(letter("ivan@example.ru", "Лёд", "На остановке лёд."))
        wait("the letter after the pause", lambda: okno.told("ivan@example.ru"), 150)
        check(okno.filed() == 1, "when it is back letters are taken again")
        check(okno.metric("okno_mailbox_failures") == 0, "and nothing is wrong any more")
        with open(os.path.join(FOLDER, "okno.log")) as file:
            log = file.read()
        check(PASSWORD not in log and "anna@example.ru" not in log, "the log names nobody and no password")
    finally:
        okno.process.terminate()
        okno.process.wait(30)
        post.stop()


main()
