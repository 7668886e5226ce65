"""What people send: an appeal, a file, and the file piece by piece."""

import base64
import datetime


def day(distance):
    """So many days from today, as the calendar of the demo's authority has it."""
    moscow = datetime.timezone(datetime.timedelta(hours=3))
    return str(datetime.datetime.now(moscow).date() + datetime.timedelta(days=distance))


def filing():
    return {
        "service": "complaint", "category": "roads.snow",
        "fields": {
            "subject": "Snow in the yard", "happened_on": day(-1),
            "description": "For three days nobody has cleared the snow.", "expected": "Clear the yard",
        },
        "place": {"territory": "severny", "address": "7 Garden Street"},
        "applicant": {"last_name": "Snow", "first_name": "Claudia", "email": "claudia@example.org"},
        "consent": True,
    }


def answers():
    """The same as a draft or a card takes it."""
    return {name: filing()[name] for name in ("category", "place", "applicant", "fields")}


def latin(number):
    return number.replace("А", "A")


def pdf():
    """A PDF of one page (ISO 32000-2, 7.5)."""
    out, offsets = b"%PDF-1.5\n", []
    for number, text in enumerate(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
         "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"], 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table


FORM = {"content_type": "multipart/form-data; boundary=x"}


def form():
    """The PDF as a form with a file."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    return head + pdf() + b"\r\n--x--\r\n"


TUS = {"tus_resumable": "1.0.0"}


def upload(client, file, breaks_at, where="/api/v1/uploads"):
    """Sends a file in two pieces by the protocol tus, as after a broken line."""
    name = base64.b64encode("snow.pdf".encode()).decode()
    answer, _ = client.ask(where, method="POST", headers={
        **TUS, "upload_length": str(len(file)), "upload_metadata": f"filename {name}"})
    at = answer.getheader("location").rsplit("/", 1)[1]
    kind = {"content_type": "application/offset+octet-stream"}
    for piece in (file[:breaks_at], file[breaks_at:]):
        answer, _ = client.ask("/api/v1/uploads/{upload}", method="HEAD", headers=TUS, upload=at)
        reached = answer.getheader("upload-offset")
        client.ask("/api/v1/uploads/{upload}", piece, "PATCH",
                   {**TUS, **kind, "upload_offset": reached}, upload=at)
    return at
