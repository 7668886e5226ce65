#!/usr/bin/env python3
"""A mailbox for trying things out: as much of IMAP (RFC 9051) as a reader of one folder needs, over a
plain socket of this machine. `imap.py FOLDER [PORT]` serves FOLDER/*.eml as INBOX, moves what is moved
into FOLDER/done, and prints its port. Any name and password are taken. The tests that must know how a
real server behaves use Dovecot (tests/mailbox.py)."""

import os
import re
import socketserver
import sys

FOLDER = os.path.abspath(sys.argv[1])
DONE = os.path.join(FOLDER, "done")
NUMBERS = {}


def letters():
    """Letters by their numbers; a name keeps its number for as long as this runs."""
    for name in sorted(name for name in os.listdir(FOLDER) if name.endswith(".eml")):
        NUMBERS.setdefault(name, len(NUMBERS) + 1)
    return {uid: name for name, uid in NUMBERS.items() if os.path.exists(os.path.join(FOLDER, name))}


class Visit(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("* OK IMAP4rev1 here")
        while line := self.rfile.readline(65536).decode("utf-8", "replace").strip():
            tag, _, command = line.partition(" ")
            name = command.split(" ")[0].upper()
            if name == "LOGOUT":
                self.say("* BYE")
                self.say(f"{tag} OK bye")
                return
            known = getattr(self, "do_" + name.lower(), None)
            if not known:
                self.say(f"{tag} BAD what is {name}?")
                continue
            known(tag, command)

    def do_capability(self, tag, _):
        self.say("* CAPABILITY IMAP4rev1 MOVE UIDPLUS")
        self.say(f"{tag} OK done")

    def do_login(self, tag, _):
        self.say(f"{tag} OK welcome")

    def do_noop(self, tag, _):
        self.say(f"{tag} OK done")

    def do_create(self, tag, _):
        os.makedirs(DONE, exist_ok=True)
        self.say(f"{tag} OK made")

    def do_select(self, tag, _):
        self.say(f"* {len(letters())} EXISTS")
        self.say("* OK [UIDVALIDITY 7] valid")
        self.say(f"{tag} OK [READ-WRITE] open")

    def do_uid(self, tag, command):
        words = command.split(" ", 3)
        action, lying = words[1].upper(), letters()
        if action == "SEARCH":
            self.say("* SEARCH" + "".join(f" {uid}" for uid in sorted(lying)))
        elif action == "FETCH":
            uid = int(words[2])
            if uid in lying:
                with open(os.path.join(FOLDER, lying[uid]), "rb") as file:
                    content = re.sub(rb"\r?\n", b"\r\n", file.read())
                if "RFC822.SIZE" in words[3]:
                    self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(content)})")
                else:
                    self.wfile.write(b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (uid, uid, len(content)))
                    self.wfile.write(content + b")\r\n")
        elif action == "MOVE":
            uid = int(words[2])
            if uid in lying:
                os.rename(os.path.join(FOLDER, lying[uid]), os.path.join(DONE, lying[uid]))
                self.say(f"* {uid} EXPUNGE")
        else:
            self.say(f"{tag} BAD what is {action}?")
            return
        self.say(f"{tag} OK done")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Visit) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
