"""The applicant's side: documents, drafts, cases with something in them, as somebody who is signed
in and as a guest."""

import sys

from client import Client
from papers import FORM, TUS, answers, filing, form, latin, pdf, upload

CASE = "/api/v1/cases/{number}"
DRAFT = "/api/v1/drafts/{draft}"


def story_of_an_applicant(anna):
    """What cannot be guessed, by the names of the parameters that take it."""
    case = latin(anna.ask("/api/v1/cases", filing(), "POST")["number"])
    first = upload(anna, pdf(), 40)
    inside = anna.ask(CASE + "/documents", {"upload": first}, "POST", number=case)["inside"]
    document = inside["documents"][0]["id"]
    _, whole = anna.ask(CASE + "/documents/{document}", number=case, document=document)
    if whole != pdf():
        sys.exit("a document does not come back as it was sent")
    answer, part = anna.ask(CASE + "/documents/{document}", number=case, document=document,
                            headers={"range": "bytes=4-9"})
    if answer.status != 206 or part != pdf()[4:10]:
        sys.exit("a part of a document is not given")
    party = {"role": "representative", "name": "Peter Snow"}
    with_party = anna.ask(CASE + "/parties", party, "POST", number=case)
    party = with_party["inside"]["parties"][0]["id"]
    anna.ask(CASE + "/parties/{party}", method="DELETE", number=case, party=party)
    draft = anna.ask("/api/v1/drafts", {"service": "complaint"}, "POST")["id"]
    anna.ask(DRAFT, answers(), "PUT", draft=draft)
    anna.ask(DRAFT, draft=draft)
    at = upload(anna, pdf(), 100)
    attached = anna.ask(DRAFT + "/documents", {"upload": at}, "POST", draft=draft)
    of_draft = attached["documents"][0]["id"]
    anna.ask(DRAFT + "/documents/{document}", draft=draft, document=of_draft)
    filed = anna.ask(DRAFT + "/filing", {"consent": True}, "POST", draft=draft)
    second = anna.ask("/api/v1/drafts", {"service": "complaint"}, "POST")["id"]
    attached = anna.ask(DRAFT + "/documents", form(), "POST", FORM, draft=second)
    gone = attached["documents"][0]["id"]
    anna.ask(DRAFT + "/documents/{document}", method="DELETE", draft=second, document=gone)
    anna.ask(DRAFT, method="DELETE", draft=second)
    last = upload(anna, pdf(), 10)
    anna.ask("/api/v1/uploads/{upload}", method="DELETE", headers=TUS, upload=last)
    sessions = anna.ask("/api/v1/profile/sessions")["items"]
    anna.ask("/api/v1/profile/sessions/{session}", method="DELETE", session=sessions[0]["id"])
    mine = [latin(row["number"]) for row in anna.ask("/api/v1/cases")["items"]]
    kept = anna.ask("/api/v1/drafts", {"service": "complaint"}, "POST")["id"]
    withdrawn = latin(anna.ask("/api/v1/cases", filing(), "POST")["number"])
    anna.ask(CASE + "/withdrawal", {"reason": "It has thawed."}, "POST", number=withdrawn)
    return {
        "number": mine[:5] + [latin(filed["number"])],
        CASE + "/documents/{document} number": [case],
        CASE + "/documents/{document} document": [document],
        "draft": [kept],
    }


def story_of_a_reader(reader):
    """A token that may only read: what needs no word of its sender is refused by the scope alone."""
    reader.ask("/api/v1/profile/sessions", method="DELETE", expects=403)
    reader.ask("/api/v1/uploads", method="OPTIONS", expects=403)
    reader.ask("/api/v1/profile")


def story_of_a_guest(port, counts):
    """The same without an account: by the key of a draft, then by the return code of the case."""
    guest = Client(port, counts)
    begun = guest.ask("/api/v1/drafts", {"service": "complaint"}, "POST")
    draft = begun["id"]
    guest.ask(DRAFT, draft=draft, expects=401)
    guest.always = {"x_draft_key": begun["key"]}
    guest.ask(DRAFT, answers(), "PUT", draft=draft)
    at = upload(guest, pdf(), 30)
    attached = guest.ask(DRAFT + "/documents", {"upload": at}, "POST", draft=draft)
    document = attached["documents"][0]["id"]
    guest.ask(DRAFT + "/documents/{document}", draft=draft, document=document)
    filed = guest.ask(DRAFT + "/filing", {"consent": True}, "POST", draft=draft)
    number = latin(filed["number"])
    guest.always = {"x_return_code": filed["return_code"]}
    at = upload(guest, pdf(), 50, "/api/v1/uploads?case=" + number)
    guest.ask(CASE + "/documents", {"upload": at}, "POST", number=number)
    guest.ask(CASE + "/messages", {"text": "There is more of it today."}, "POST", number=number)
    guest.ask(CASE + "/history", number=number)
