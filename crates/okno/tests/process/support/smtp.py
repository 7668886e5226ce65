"""A mail server with moods, for tests: aiosmtpd underneath, so that another program's idea of SMTP is
met. Each letter that it takes is a line of JSON in the file `letters` of its folder; the file `mood`
says how it behaves: well, later (451), nobody (550 to addresses that begin so), slow SECONDS, drop
(takes the letter and hangs up before it says so)."""
import asyncio
import email
import email.policy
import hashlib
import json
import pathlib
import sys

from aiosmtpd.smtp import SMTP

folder = pathlib.Path(sys.argv[1])
port = int(sys.argv[2])


def mood():
    return (folder / "mood").read_text().split()


class Box:
    async def handle_RCPT(self, server, session, envelope, address, options):
        now = mood()
        with open(folder / "asked", "a") as asked:
            asked.write(address + "\n")
        if now[0] == "later":
            return "451 4.3.0 not now"
        if now[0] == "nobody" and address.startswith("nobody"):
            return "550 5.1.1 <" + address + "> no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        now = mood()
        if now[0] == "slow":
            await asyncio.sleep(float(now[1]))
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        line = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "id": letter["Message-ID"],
            "subject": letter["Subject"],
            "headers": [name.lower() for name in letter.keys()],
            "text": letter.get_body(("plain",)).get_content(),
            "html": html.get_content() if (html := letter.get_body(("html",))) else "",
            "papers": [
                {
                    "name": paper.get_filename(),
                    "kind": paper.get_content_type(),
                    "sha256": hashlib.sha256(paper.get_content()).hexdigest(),
                }
                for paper in letter.iter_attachments()
            ],
        }
        with open(folder / "letters", "a") as letters:
            letters.write(json.dumps(line) + "\n")
        if now[0] == "drop":
            server.transport.abort()
        return "250 2.0.0 taken"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Box(), enable_SMTPUTF8=True), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
