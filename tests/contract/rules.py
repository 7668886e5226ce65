"""Decisions by rule: an applicant is answered within seconds and asks for a person; an administrator
writes rules, a head approves and stops them."""

import sys
import time

from papers import latin

RULES = "/api/v1/admin/services/{code}/rules"
DESK = "/api/v1/desk/rules"
OF = {"code": "reference"}


def question():
    return {
        "service": "reference", "fields": {"about": "complaint", "question": "term"},
        "applicant": {"last_name": "Snow", "first_name": "Claudia", "email": "claudia@example.org"},
        "consent": True,
    }


def story_of_rules(admin, anna, head, document):
    def example(path):
        return document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]

    case = latin(anna.ask("/api/v1/cases", question(), "POST")["number"])
    for _ in range(60):
        found = anna.ask("/api/v1/cases/{number}", number=case)["inside"]
        if found["state"] == "decided":
            break
        time.sleep(0.5)
    else:
        sys.exit("no rule has decided a reference question within half a minute")
    rule = found["answers"][0]["rule"]
    if not rule["decided"] or rule["code"] != "term" or not rule["approved_by"]:
        sys.exit(f"an answer by rule does not say so: {rule}")
    review = example("/api/v1/cases/{number}/review")
    asked = anna.ask("/api/v1/cases/{number}/review", review, "POST", number=case)["inside"]
    if asked["state"] != "in_work":
        sys.exit("a person was asked for and the case did not come back")

    admin.ask(RULES + "/trial", example(RULES + "/trial"), "POST", **OF)
    number = admin.ask(RULES, example(RULES), "POST", **OF)["version"]
    of = {"version": number, **OF}
    admin.ask(RULES, **OF)
    admin.ask(RULES + "/{version}", **of)
    admin.ask(RULES + "/{version}/proposal", {"unit": "roads"}, "POST", **of)
    head.ask(DESK)
    head.ask(DESK + "/{code}/{version}/approval", method="POST", **of)
    stop = example(DESK + "/{code}/{version}/withdrawal")
    head.ask(DESK + "/{code}/{version}/withdrawal", stop, "POST", **of)
