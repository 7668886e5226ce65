"""Those who work on cases: a specialist, a head and an operator."""

import hashlib
import sys
import time

from papers import FORM, answers, day, filing, form, latin, pdf, upload

DESK = "/api/v1/desk/cases/{number}"
CARD = "/api/v1/reception/cards/{card}"
SHORT = "The contractor has not answered."


def post(who, deed, number, body=None):
    return who.ask(f"{DESK}/{deed}", body, "POST", number=number)


def story_of_staff(anna, boris, head):
    """A case from its filing to an objection, through every state that deeds of staff lead to."""
    case = latin(anna.ask("/api/v1/cases", filing(), "POST")["number"])
    anna.ask("/api/v1/cases/{number}/corrections", {"addition": "House 7, not 17."}, "POST", number=case)
    post(boris, "check", case)
    post(boris, "release", case)
    post(boris, "taking", case)
    post(boris, "work", case)
    me = boris.ask(DESK, number=case)["inside"]["assignee"]["account"]
    post(head, "assignments", case, {"account": me})
    post(head, "priority", case, {"priority": "high"})
    post(boris, "notes", case, {"text": "Called the yard keeper."})
    post(boris, "plan", case, {"planned_on": day(3)})
    post(boris, "messages", case, {"text": "Which entrance?", "expects_reply": True})
    post(boris, "document-requests", case, {"items": ["A photograph"], "instructions": "As a file."})
    post(boris, "resumption", case)
    at = upload(anna, pdf(), 40)
    sent = anna.ask("/api/v1/cases/{number}/documents", {"upload": at}, "POST", number=case)
    document = sent["inside"]["documents"][0]["id"]
    boris.ask(DESK + "/documents/{document}/check", {}, "POST", number=case, document=document)
    original = {"purpose": "To check the signature."}
    _, whole = boris.ask(DESK + "/documents/{document}/original", original, "POST", number=case, document=document)
    if whole != pdf():
        sys.exit("an original is not what was sent")
    named = {"role": "co_applicant", "name": "Boris", "email": "improvement@okno.example"}
    anna.ask("/api/v1/cases/{number}/parties", named, "POST", number=case)
    boris.ask("/api/v1/cases/{number}/participation", {"agrees": False}, "POST", number=case)
    post(boris, "parties", case, {"role": "other_side", "name": "The yard keeper"})
    party = boris.ask(DESK, number=case)["inside"]["parties"][-1]["id"]
    boris.ask(DESK + "/parties/{party}", method="DELETE", number=case, party=party)
    post(head, "category", case, {"category": "roads.lighting", "reason": "It is about the road."})
    answer = {"outcome": "satisfied", "text": "The yard was cleared on Monday and will be again."}
    boris.ask(f"{DESK}/draft", answer, "PUT", number=case)
    post(boris, "agreement-request", case)
    post(boris, "recall", case)
    post(boris, "agreement-request", case)
    post(head, "return", case, {"remark": "Say when it will be cleared again."})
    boris.ask(f"{DESK}/draft", answer, "PUT", number=case)
    post(boris, "agreement-request", case)
    post(head, "approval", case)
    post(head, "signature", case)
    code = anna.ask("/api/v1/cases/{number}/answers/{file}", number=case, file="1.pdf")
    anna.ask("/api/v1/cases/{number}/rating", {"stars": 4}, "POST", number=case)
    post(boris, "rating-reply", case, {"text": "Thank you."})
    reasons = "The yard is covered with snow as it was before."
    anna.ask("/api/v1/cases/{number}/objection", {"reasons": reasons}, "POST", number=case)
    post(boris, "closing", case)
    post(head, "reopening", case, {"reason": "The yard was not cleared after all."})
    boris.ask(f"{DESK}/draft", answer, "PUT", number=case)
    post(boris, "agreement-request", case)
    post(head, "agreement", case)
    turns_of_cases(anna, boris, head)
    answer_on_paper(anna, boris, head, answer)
    works = works_on_the_ground(anna, boris, head)
    templates = templates_of_answers(anna, boris, head)
    paper = hashlib.sha256(code[1]).hexdigest()
    anna.ask(f"/api/v1/genuine?sha256={paper}")
    return {"/api/v1/cases/{number}/answers/{file} number": [case], "file": ["1.pdf"], **works, **templates}


def templates_of_answers(anna, boris, head):
    """A head's ready words, from their making to a case that they are filled in for, and aside and back."""
    case = latin(anna.ask("/api/v1/cases", filing(), "POST")["number"])
    all_of_them = "/api/v1/desk/answer-templates"
    one = all_of_them + "/{template}"
    words = {"name": "The yard is cleared", "outcome": "satisfied", "text": "{greeting} The yard at {address} is cleared."}
    template = head.ask(all_of_them, {**words, "unit": "roads"}, "POST")["id"]
    head.ask(all_of_them)
    head.ask(one, template=template)
    head.ask(one, {**words, "text": "{greeting} The yard at {address} is cleared, case {number}."}, "PUT", template=template)
    boris.ask(f"{DESK}/templates", number=case)
    filled = boris.ask(DESK + "/templates/{template}", number=case, template=template)
    if latin(case) not in latin(filled["text"]):
        sys.exit(f"a template is not filled in: {filled}")
    head.ask(one + "/archive", method="POST", template=template)
    head.ask(one + "/archive", method="DELETE", template=template)
    return {"template": [template]}


def answer_on_paper(anna, boris, head, answer):
    """An answer that is asked for on paper, until it is at the post."""
    asked = filing()
    asked["fields"]["answer_by"] = "paper"
    asked["applicant"]["postal_address"] = "7 Garden Street, Priozersk, 188760"
    case = latin(anna.ask("/api/v1/cases", asked, "POST")["number"])
    post(boris, "taking", case)
    boris.ask(f"{DESK}/draft", answer, "PUT", number=case)
    post(boris, "agreement-request", case)
    post(head, "agreement", case)
    letter = {"way": "posted", "posted_on": day(0), "to": asked["applicant"]["postal_address"]}
    post(boris, "posting", case, letter)


def turns_of_cases(anna, boris, head):
    """What leads a case elsewhere: parts, a longer term, another unit, another body, many at once."""

    def filed():
        return latin(anna.ask("/api/v1/cases", filing(), "POST")["number"])

    case = filed()
    post(boris, "taking", case)
    post(boris, "delays", case, {"expected_on": day(20), "reason": SHORT})
    for end in ("withdrawal", None):
        post(head, "parts", case, {"unit": "roads.repair", "task": "See whether an ambulance can pass."})
        part = boris.ask(DESK, number=case)["inside"]["parts"][-1]["id"]
        if end:
            head.ask(DESK + "/parts/{part}/withdrawal", method="POST", number=case, part=part)
        else:
            head.ask(DESK + "/parts/{part}/report", {"result": "It can."}, "POST", number=case, part=part)
    ground = boris.ask(DESK, number=case)["inside"]["extendable"]["grounds"][0]["code"]
    post(head, "extension", case, {"days": 5, "ground": ground, "reason": SHORT})
    post(boris, "redirection", case, {"unit": "roads.repair", "reason": "It is their road."})
    post(head, "forwarding", filed(), {"to": "The prosecutor", "reason": "It is theirs to check."})
    many = boris.ask("/api/v1/desk/batches", {"deed": "take", "cases": [filed(), filed()]}, "POST")
    boris.ask("/api/v1/desk/batches/undo", {"undo": many["undo"]}, "POST")


TASK = "/api/v1/desk/tasks/{task}"
PROBLEM = "/api/v1/desk/problems/{problem}"


def works_on_the_ground(anna, boris, head):
    """Appeals that become a problem, its task with stages to the end, one that is put off and dropped."""
    cases = [latin(anna.ask("/api/v1/cases", filing(), "POST")["number"]) for _ in range(3)]
    said = {"title": "Snow in Garden Street", "about": "The yards are not cleared for the second week."}
    problem = head.ask("/api/v1/desk/problems", {**said, "cases": cases[:2]}, "POST")["problem"]["number"]
    head.ask(PROBLEM + "/cases", {"cases": cases[2:]}, "POST", problem=problem)
    head.ask(PROBLEM + "/leaving", {"case": cases[2], "reason": "It is about a pit."}, "POST", problem=problem)
    head.ask("/api/v1/problems")
    head.ask("/api/v1/problems/{problem}", problem=problem)
    todo = {"source": "problem", "problem": problem, "title": "Clear the yards",
            "todo": "Take the snow away from the yards.", "unit": "roads.improvement", "due_on": day(5)}
    task = head.ask("/api/v1/desk/tasks", todo, "POST")["works"]["number"]

    def deed(who, name, body=None, of=task, **names):
        return who.ask(f"{TASK}/{name}", body, "POST", task=of, **names)

    deed(boris, "taking")
    stage = deed(boris, "stages", {"title": "Taking away", "until_on": day(2)})["works"]["stages"][0]["id"]
    deed(boris, "stages/{stage}/planning", {"title": "Taking the snow away", "until_on": day(3)}, stage=stage)
    deed(boris, "beginning")
    deed(boris, "stages/{stage}/completion", {"done_on": day(0)}, stage=stage)
    shown = {"upload": upload(boris, pdf(), 40), "shows": "proof"}
    file = deed(boris, "files", shown)["works"]["files"][0]["id"]
    done = {"done_on": day(0), "said": "The snow was taken away."}
    deed(boris, "completion", done)
    dispute = "/api/v1/cases/{number}/works/{task}/disputes"
    anna.ask(dispute, {"text": "It lies there."}, "POST", number=cases[0], task=task)
    deed(head, "return", {"said": "Clear it at house 7.", "due_on": day(6)})
    deed(boris, "completion", done)
    anna.ask(dispute, {"text": "It lies there still."}, "POST", number=cases[0], task=task)
    deed(head, "upholding", {"said": "It was taken away in the evening."})
    deed(head, "confirmation")
    anna.ask("/api/v1/works/{task}", task=task)
    anna.ask("/api/v1/works/{task}/files/{file}", task=task, file=file)
    boris.ask("/api/v1/desk/tasks?view=ended")
    boris.ask(TASK, task=task)
    other = head.ask("/api/v1/desk/tasks", todo, "POST")["works"]["number"]
    colleagues = head.ask("/api/v1/desk/colleagues")["items"]
    named = next(one for one in colleagues if one["unit"]["code"] == "roads.improvement")
    deed(head, "owner", {"account": named["account"]}, other)
    deed(head, "postponement", {"said": "A snowstorm.", "due_on": day(9)}, other)
    deed(head, "dropping", {"said": "The yard has another owner."}, other)
    head.ask(PROBLEM + "/closing", {"closing": "The yards are cleared."}, "POST", problem=problem)
    return {"task": [task, other], "problem": [problem], "stage": [stage],
            "/api/v1/works/{task}/files/{file} file": [file]}


def story_of_a_network(operator):
    """Two comments as the network brings them: one is filed, one is left."""
    for number in (1, 2, 3):
        event = {"type": "wall_reply_new", "group_id": 7, "secret": "secret", "event_id": f"e{number}", "v": "5.199",
                 "object": {"id": number, "from_id": 11, "date": 1, "text": "When?", "post_id": 3,
                            "post_owner_id": -7}}
        operator.send("POST", "/channels/vk", event)
    came = operator.ask("/api/v1/reception/network-items")["items"]
    first, second, third = (item["id"] for item in came)
    operator.ask("/api/v1/reception/network-items/{item}/filing", method="POST", item=first)
    left = {"reason": "A nod"}
    operator.ask("/api/v1/reception/network-items/{item}/leaving", left, "POST", item=second)
    return third, first


def story_of_an_operator(operator):
    """A letter that came on paper, from its card to a call about it."""
    begun = {"way": "paper", "service": "complaint", "came_on": day(-1)}
    card = operator.ask("/api/v1/reception/cards", begun, "POST")["id"]
    operator.ask(CARD, answers(), "PUT", card=card)
    operator.ask(CARD, card=card)
    scan = operator.ask(CARD + "/documents", form(), "POST", FORM, card=card)["documents"][0]["id"]
    operator.ask(CARD + "/documents/{document}", method="DELETE", card=card, document=scan)
    number = operator.ask(CARD + "/registration", {"confirmed": True}, "POST", card=card)["number"]
    words = {"way": "phone", "text": "The second entrance.", "known_by": "Knew the number."}
    operator.ask("/api/v1/reception/cases/{number}/words", words, "POST", number=latin(number))
    lost = {"stated": "claudia@example.org", "known_by": "Showed a passport."}
    operator.ask("/api/v1/reception/cases/{number}/return-code", lost, "POST", number=latin(number))
    for _ in range(50):
        found = operator.ask("/api/v1/reception/searches", {"contact": "Claudia@example.org"}, "POST")["items"]
        if any(latin(row["number"]) == latin(number) for row in found):
            break
        time.sleep(0.2)  # the index is told of it soon
    else:
        sys.exit("a caller's case is not found by their e-mail")
    said, filed = story_of_a_network(operator)
    kept = operator.ask("/api/v1/reception/cards", begun, "POST")["id"]
    return {"item": [said, filed], "card": [kept], "letter": story_of_letters(operator), "/api/v1/reception/cases/{number} number": [latin(number)]}


def story_of_letters(operator):
    """Letters that were set aside: one is filed, one is left; what is still there."""
    for _ in range(100):
        letters = operator.ask("/api/v1/reception/letters?all=true")["items"]
        if len(letters) == 4:
            break
        time.sleep(0.2)  # the mailbox is read beside everything else
    else:
        sys.exit(f"only {len(letters)} letters were taken out of the mailbox")
    one = "/api/v1/reception/letters/{letter}"
    ids = [letter["id"] for letter in letters]
    operator.ask(one, letter=ids[0])
    operator.ask(one + "/filing", method="POST", letter=ids[0])
    operator.ask(one + "/dismissal", {"reason": "It is an advertisement."}, "POST", letter=ids[1])
    return ids[2:]
