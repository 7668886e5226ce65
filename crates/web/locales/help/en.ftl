# Help: one topic after another. Each has a title, a line for the page itself and a text; in a text
# every line is a paragraph, a point ("- ") or a step ("+ ").

help-title = Help
help-lead = In short, how to do things here. At the foot of every page there is help on that very page.
help-here = Help on this page
help-whole = Read more
help-go = Open the page
help-others = Nearby
help-more = More
help-part-begin = Where to begin
help-part-appeal = Appeals and terms
help-part-proof = Proofs and papers
help-part-account = Signing in and the cabinet
help-part-desk = For staff
help-part-admin = For administrators

help-start-title = How to use this site
help-start-short = Write in the search line what you need to do, or choose an action from the list.
help-start-text =
    On this site people write to agencies and follow the answer. You need not sign up for that.
    - To file an appeal: “Appeals” at the top of the page.
    - To learn what is happening with it: “Check status” and the number.
    - To see how the problems of others are solved: “Public register”.
    - To see all your appeals: sign in and open the cabinet.
    If a page did not open, go back to the home page. If the error comes again, write to us and quote the number shown on the error page.
help-pos-title = What POS is and what the words mean
help-pos-short = POS is mostly the feedback platform. Its other meanings and the words of this site are in the glossary.
help-pos-text =
    Through POS people write to the authorities and get an answer. The same letters mean other things: a portal of services, a point of sale, a payment service.
    The glossary says of each meaning what it does, whether it works already and where it is on the site.
    It also explains the words met on the pages: due date, receipt, proof, checkpoint.
help-access-title = Version for poor eyesight
help-access-short = Choose the size of letters and the colours. Your choice is kept on this device for a year.
help-access-text =
    + Press “Large print” at the top of any page.
    + A bar appears above the page: size of letters and colours.
    + The rest, the space between letters and lines, the shape of letters and pictures, is on the page “Settings”.
    + To go back press “Standard version”. Your settings are remembered.
    The site works with a keyboard alone and with a screen reader. Scripts are not needed.

help-services-title = How to choose a service
help-services-short = Open a service: it says whom it suits, what is needed and how long it takes.
help-services-text =
    - Complaint: something was broken or done badly.
    - Proposal: you know how to do it better.
    - Request for information: you need to know something.
    - Application: you need a service or a document.
    Not sure? Write it in your own words in the search line of the home page.
help-file-title = How to file an appeal
help-file-short = Answer the questions one by one. What you wrote is kept at each step; you can always go back.
help-file-text =
    + Choose the subject. It tells us who is responsible.
    + Describe what happened: what, where, when. Short and to the point.
    + Write what result you expect.
    + Attach only what is needed: a photograph, a scan, an extract.
    + Say how to reach you.
    + Check everything on the last page and send it.
    If you miss a field that is needed, the page names it and loses nothing.
    Changed your mind? Delete the draft, in the cabinet or at any step. We ask once more before we do.
    If you signed in, the appeal is examined under law 59-FZ. Without signing in it is a message: it is worked on in the same way, but the terms of the law do not apply.
    Support a complaint: which rule was broken, what came of it, how it can be seen.
help-receipt-title = The receipt and the return code
help-receipt-short = Keep the number and the return code: with them you open the appeal on any device.
help-receipt-text =
    - The number is needed to learn the state. Its last digit catches typing mistakes.
    - The return code is given to those who filed without signing in. We do not store it and cannot remind you of it; if you lose it, the reception gives a new one once it is sure that the appeal is yours.
    - The receipt is signed. With it you can prove what you sent and when.
    - The proof is there after a few seconds, when the journal has been sealed.
    The page can be printed: nothing needless will be on paper.
help-status-title = How to learn what is happening with an appeal
help-status-short = Type the number. To open the whole appeal, type the return code too.
help-status-text =
    + Find the number: it is on the receipt and in letters, like A-2026-00000042-5.
    + Type it. Latin letters will do, dashes are not needed.
    + You see the state and the due date. With the return code the whole page of the appeal opens.
    If you signed in, your appeals are in the cabinet already.
help-case-title = The page of an appeal
help-case-short = Here you see where the appeal is, who has it and when it is answered. You can write to the specialist from here.
help-case-text =
    - If anything is wanted of you, it is said in the box at the top.
    - The line of stages shows what is done and what is ahead.
    - “Why this date?” explains the due date day by day.
    - Messages are seen by you and by those who work on the appeal.
    - “History” shows every act: who, what and when.
    The page renews itself.
help-deeds-title = What can be done after filing
help-deeds-short = Before you do it, read what will happen. If you changed your mind, press “Not now”.
help-deeds-text =
    - Withdraw the appeal if it is no longer needed.
    - Correct your data.
    - Object if the answer does not satisfy you.
    - Rate the answer.
    - Add somebody who files together with you, or a representative.
    You are offered what fits at the time; the page of the appeal shows what that is.
help-documents-title = Documents of an appeal
help-documents-short = Attach what is asked for, or add something of your own. Photographs and PDF files suit best.
help-documents-text =
    - A document can be added after filing too, as long as the appeal is not closed.
    - If a document was asked for, the list says which one and how to send it.
    - We look at what a file holds and not at its name. If it does not do, the page says why.
    - Documents are seen by you and by those who work on the appeal.
help-why-title = Where the due date comes from
help-why-short = The term is counted by law and by the working calendar. Every step of the count is shown here.
help-why-text =
    - Under law 59-FZ an answer is due 30 days after registration.
    - Appeals are registered in working hours; one sent at night or on a day off is registered on the next working day. A message sent without signing in is registered the same day.
    - If the last day is a day off, the count shows what follows.
    - The term may be extended or stopped. The reason and the new date are then told.
    If the term has passed, it is said openly, and the head has been told already.
help-history-title = History of an appeal
help-history-short = Every act is here: who, what and when. No line can be taken out.
help-history-text =
    Every line is an entry of the journal. Entries are tied together, so that none can be changed or taken out unseen.
    Of inner notes of staff it shows that they were made, not what they say.
    The history can be downloaded or printed.
help-register-title = Public register
help-register-short = Appeals without personal data. Narrow them down by subject, agency and state.
help-register-text =
    - There are no names, addresses or telephone numbers in the register.
    - The filter is in the address of the page: copy it and send it to somebody.
    - If a like problem is being solved already, see what was answered.

help-verify-title = How to verify a proof
help-verify-short = Choose the file of a proof or a receipt. It is checked in your browser.
help-verify-text =
    + Download the proof on the page of the appeal.
    + Choose the file on the page of verification.
    + Read the verdict: the entry is in the journal and unchanged, or what does not fit.
    You need not take our word: the format is described, and other programs can check the file.
help-genuine-title = How to check a paper
help-genuine-short = Type the number and the code from the paper or choose the PDF file: we say whether the answer is genuine.
help-genuine-text =
    + Find the number of the appeal and the code on the paper, or point a camera at the QR code.
    + Compare what is shown with the paper: date, agency, signature.
    + Have you the PDF file? Choose it: every byte is compared.
    If something does not fit, do not trust the paper and ask the agency.

help-sign-in-title = Signing in, signing up, a forgotten password
help-sign-in-short = Sign in with e-mail and password. If you forgot the password, we send a link.
help-sign-in-text =
    - Sign up to have your appeals examined under law 59-FZ and to see all of them together.
    - Password: no shorter than the page asks. Three or four words in a row are safer and easier to remember.
    - If a code is asked at sign-in, take it from the application on your telephone. Without the telephone use a spare code.
    - After several failures wait as long as the page says.
    Tell nobody your password and codes. We never ask for them.
help-cabinet-title = Cabinet
help-cabinet-short = All your appeals, the newest first. Those that wait for you are marked.
help-cabinet-text =
    - Press an appeal to open it.
    - What you began and did not send can be continued on any device.
    - Notices and profile are linked from here.
    - Somebody named you in an appeal of theirs? Read it and press “I take part” or “It is not me”. Until you answer only its subject and text are open.
help-notices-title = Notices
help-notices-short = All that happens with your appeals. Choose what to be told of, and whether by letter.
help-notices-text =
    - What is new is marked. Open it, and the mark goes.
    - In the settings choose what comes by e-mail.
    - What you must know, as the answer, a request for documents or a new date, we always tell.
    - Somebody named you as a co-applicant and you have no account? Letters tell you how the appeal goes. The link at the end of each stops all of them.
help-profile-title = Profile and consents
help-profile-short = Your data is put into forms for you. Here you also see where you are signed in.
help-profile-text =
    - Fill in name, telephone and address: you will not have to write them again in an appeal.
    - Confirm your e-mail to get letters.
    - If you see a sign-in that is not yours, end it and change the password.
    - “Consents” shows what you agreed to and when. A consent can be withdrawn.
    - For a program that works in your name, make a token under “Tokens for programs”; revoke what you do not need.
help-safety-title = Password, e-mail and a code at sign-in
help-safety-short = A new password ends the sign-ins of other devices. A code at sign-in protects you even if the password is known.
help-safety-text =
    + Install an application that shows one-time codes.
    + Open “Code at sign-in” and point the camera at the picture, or type the key.
    + Type the code from the application.
    + Keep the spare codes: they stand in for a lost telephone.
    A new e-mail has to be confirmed by the link in a letter; until then the old one is in force.

help-desk-title = The queue
help-desk-short = What runs out first is on top. Keys: j and k go down and up, o opens, / searches.
help-desk-text =
    - “Mine” is what was given to you. “Unit” is all that came to your unit.
    - The bar under a line shows how much of the term is gone.
    - The mark “new from the applicant” stands where they wrote or sent a document and nobody has reacted yet, also after the answer. A letter, a request, an answer or a note takes it away. All such cases stand under “Wrote to us”.
    - “Filter and order” leaves the cases of a subject, a service or a state, those that nobody has, those of one unit, or those with something new from the applicant; the newest can come first.
    - “To post” holds answers that were asked for on paper or that reach the applicant in no other way. Print, post, and note that it was sent.
    - “Several cases at once”: tick cases to do the same with all of them; the ticks stay when you go to the next page. Giving out can be undone until something else is done with them. Where answers wait for a head, several can be read and decided so.
    - A line says in which state the case is and who has it.
    - If a case was passed to another unit, the page says to which and when.
    The keys work on a Russian layout too. They are written on the buttons.
help-desk-case-title = Work on an appeal
help-desk-case-short = The queue is on the left, the appeal in the middle, and on the right what can be done with it now. Keys: j and k walk the queue, o opens, / searches, a takes, r writes, e goes to the answer, n to the next case.
help-desk-case-text =
    + Take the appeal. From now on you are its specialist.
    + Check whether everything was sent. Ask for what is missing with a list.
    + Write to the applicant in messages. Inner notes are not shown to them.
    + If it is not yours, pass it to another unit with the reason. A head can forward it to another body.
    + If you need the help of another unit, a head gives it a part of the work. Ask with an inner note.
    + If you will be late, explain the delay. A head can extend the term where the law allows.
    Every act stays in the history with its reason. What cannot be done now is not shown.
help-desk-answer-title = The answer: draft, agreement, sending
help-desk-answer-short = Write a draft and send it for agreement. A head agrees to it; nobody agrees to their own.
help-desk-answer-text =
    + Answer the matter itself: what was decided, why, what will be done and when.
    + Name the decision. For a refusal name the rule.
    + Ready words can be taken from a template: they go after what is written already. Fill in yourself what stands in square brackets.
    + Send it for agreement.
    + The head agrees to it or returns it with a remark; several answers can be read and decided on one page.
    + An agreed answer is signed and seen by the applicant at once. Where somebody else signs, it is agreed without a signature and waits for one.
    Write plainly. An interim answer does not close the appeal.

help-desk-templates-title = Templates of answers
help-desk-templates-short = Ready words for answers that the unit gives often. Number, day, address and name come from the case.
help-desk-templates-text =
    + Press “New template”, choose the unit, give it a name and write the text.
    + Where a word of the case is wanted, put its place in braces: the list is under the text.
    + “Look” shows the text with a made-up name and number.
    - Those who write answers in the unit and inside it see the template. They take it beside the answer: “Take a template”.
    - Where the case has no address or name, a mark in square brackets stays. The answer is not sent until it is replaced.
    - Put aside what is not needed: it is offered no more and can always be taken back.

help-admin-title = Administration
help-admin-short = Sections stand in groups. You see those that are yours. Whatever you change stays in the journal: what was and what is.
help-admin-text =
    - “Rights” shows which role may do what.
    - “Settings” shows what the server runs with. They are changed in the settings file.
    - Before changing routes or services look at the trial.
help-admin-people-title = Agencies, territories, staff
help-admin-people-short = Add a unit, invite people, give roles.
help-admin-people-text =
    + Add an agency or a unit and mark its territory.
    + Invite a member of staff by e-mail: they choose the password themselves.
    + Give a role in a unit. It holds for everything under that unit too.
    + When somebody leaves, switch the account off. What they did stays.
    + A new last name or a slip in an e-mail is corrected on the page of the person. A new e-mail is confirmed by its owner.
    + If the last role was taken by mistake, find the person under “People without a role” and give one again.
    The last role of an administrator cannot be taken by its holder.
help-admin-services-title = Services, forms and subjects
help-admin-services-short = A service is a form and its rules. Change the text, look at the result, then publish.
help-admin-services-text =
    + Open a service and press “Edit the text”. A new service begins as a copy of one like it.
    + Edit the description of the form. Mistakes are shown with their line.
    + Look at the form and compare it with the one before.
    + Publish it. Appeals that were begun are finished on the old form.
    - After a mistake open a former version and press “Go back to this version”.
    - kind is the section of the catalogue: complaint, information and status (requests), proposal and letter, application, works, payment, other.
    - regime is the law by which it is answered: fz59, fz59_proposal (proposals), fz8 (requests for information), service (certificates and other services). The terms stand under “Terms”.
    - access says who may file: guest (without signing in too) or signed_in. publish says whether the case stands in the open register.
    - A kind of question in one word, kind = "email": email, phone, yes (a tick), category (the subject), official, case_number.
    - A kind with parts: kind = {"{"} text = {"{"} max = 200 {"}"} {"}"} (with lines = true in several lines), {"{"} number = {"{"} min = 1, max = 50 {"}"} {"}"}, {"{"} date = {"{"} future_only = true {"}"} {"}"}, {"{"} place = {"{"} address_max = 300 {"}"} {"}"}, {"{"} registered = "inn_person" {"}"} (also inn_organisation, ogrn, ogrnip), {"{"} people = {"{"} most = 20 {"}"} {"}"}, {"{"} choice = {"{"} options = [ {"{"} value = "yes", label = {"{"} ru = "…", en = "…" {"}"} {"}"} ] {"}"} {"}"}. Take a group from a service that came with the product.
    - required = true: it must be answered. when = {"{"} equals = {"{"} field = "first", value = "yes" {"}"} {"}"}: the question is shown only if the question first of an earlier page was answered with yes.
    - Words stand in straight double quotes; use curly ones inside them. Yes and no are true and false, without quotes.
    A subject is closed and not deleted: past appeals refer to it.
help-admin-routes-title = Routes and terms
help-admin-routes-short = A route decides who gets an appeal. The trial shows how it would have sorted past ones.
help-admin-routes-text =
    - Rules are tried in order: the first that fits holds. Put a more exact one earlier, with a smaller number.
    - The trial changes nothing. It shows how many past appeals would have gone to others.
    - A rule holds from the minute it was saved until it is taken away. Appeals that were filed stay where they are.
    - Terms are changed only where the law allows it.
help-admin-letters-title = Letters and notices
help-admin-letters-short = The words of letters and the letterheads of answers. Look first at what comes out, then save.
help-admin-letters-text =
    - Under the text is the list of what can be put in. What must be there is marked.
    - The preview shows a letter with an example and saves nothing.
    - The text as delivered can be brought back at any time.
    - A letterhead (name, coat of arms, contacts) is given to an authority, and all units inside it use it. A sample opens as a PDF.
help-admin-running-title = Journal and jobs
help-admin-running-short = The journal shows who changed what. A job that failed can be run again.
help-admin-running-text =
    - Search the journal by who acted and by what was done.
    - A corrected name or e-mail is masked: the journal shows that it changed, not to what.
    - An import by a command on the server is written down twice: when it began and how it ended.
    - A job is tried 16 times with growing pauses and then laid aside.
    - Look at the reason, mend it and put the job back into the queue.

## Reception
help-reception-title = Reception: calls, letters, visits
help-reception-short = Choose how the appeal came and write it down. The applicant gets a number, a date and a return code.
help-reception-text =
    + Choose: a call, a letter, a personal visit or an e-mail letter.
    + Choose the kind of appeal. For a letter give the day of receipt and the sender’s number.
    + Fill in the form. An e-mail is not needed: a telephone or a postal address is enough.
    + Attach a scan to a letter: PDF or JPEG, on the last page.
    + Check the record and press “Register”.
    + Read out the number and the return code, or hand over the printed coupon.
    A letter and a personal visit are handled by Law 59-FZ. A call and an e-mail without signing in are messages, and the terms of the law do not apply to them.
    Forgot a scan? Open your appeal by its number and attach it: for thirty days, while the case is open.
    When somebody asks about a case, type its number or the end of it: you see what to say. Other people’s appeals are not shown in full: an answer is read, or an appeal against it filed, together with the applicant, by the code of their coupon.
    The applicant wants to add something? Take down their words and how you knew them. Your name stays in the history of the case.
    Somebody came with the number of a case that others have? Write the visit down by the number: what they said and handed over.
    Somebody has lost their return code? Make sure that the appeal is theirs and give a new one. The former one stops working at once.

help-feedback-title = Feedback
help-feedback-short = Here one writes about the portal itself: a mistake on a page, something awkward or unclear.
help-feedback-text =
    The link “Report a mistake on this page” stands at the foot of every page: the address of the page goes along. What you searched for or typed is not part of it.
    - You may leave out name and e-mail. You find the answer by the number and code that you see right after sending.
    - A screenshot can be attached: the button “Attach a screenshot” leads to the page of documents.
    If your question is not about the portal but to an authority, choose a service on the page “File an appeal”.

## Control of terms
help-desk-control-title = Control of terms, and figures
help-desk-control-short = Which terms end soon or are broken, who has how much, what is finished, how long each stage takes.
help-desk-control-text =
    - "Control of terms" shows the terms of every kind: the answer, the start of work, forwarding to another body, parts of the work, the applicant's documents, the agency's own aim, the specialists' plans and tasks. Press a kind to see its cases or tasks.
    - The "Journal of services" holds finished cases: kind of service, term, in term or not. It can be narrowed by unit and days and taken home as a table.
    - "Figures" tell how much came in and was finished, the share in term, what is overdue now, who finished how much, how the work was rated; and each unit, for those who have several.
    - "Who has how much" is for heads: press a name to give the cases to somebody else. It marks whose account is blocked.
    - "Stages" are for heads: how long cases stay in each state.
    When nobody has begun to work on a complaint, the head is reminded a working day before its term, and after it the head above is told.

help-programs-title = Okno from a program
help-programs-short = Whatever the pages can do, a program can too. Here every call is described with an example.
help-programs-text =
    + Make a token in your profile, under “Tokens for programs”, and tick what it may do.
    + Send it with every request in the header Authorization.
    + Begin with the examples: they can be pasted into a shell as they are.
    - Filing and reading the register need no token.
    - The description for programs stands in openapi.json, a complete program in Python in client.py.

## Decisions by rule
help-rules-title = Decisions by rule
help-rules-short = Services without discretion and reference questions can be decided by a rule that a head has approved.
help-rules-text =
    + An administrator writes the rules of a service: conditions, outcome, words of the answer and examples.
    + A replay over past cases shows how many each rule would decide and where it would differ.
    + The administrator sends the rules to a unit for approval.
    + A head with the right of signature approves. Whoever wrote or sent them cannot.
    A case is decided by the version it was filed under, usually within seconds. The answer names the rule and who approved it.
    The applicant can ask a person to review. Rules can be stopped at any moment.

## Tasks and works
help-works-title = How to follow works
help-works-short = Here you see what the authority does on the ground: stages, days, photographs.
help-works-text =
    When many write about one thing, the authority joins their appeals into a problem. It has a page of its own that everybody sees, without names or words of applicants.
    - A task: what is to be done, who does it and by when.
    - Stages: what is done and what is ahead. The percentage is counted from the stages.
    - Put off or dropped: it says why, and until when.
    The works of your own appeal stand on its page, too; you are told when they begin, when a stage is done and when they end.
    It says “done” and it is not? Press “Not done” and add a photograph. A head cannot confirm the works before they have looked.
help-desk-tasks-title = Tasks and problems
help-desk-tasks-short = The tasks of the unit: first those whose day has passed or is near.
help-desk-tasks-text =
    + A head sets a task: from a problem, an accepted proposal, a review with words or a promise in an answer.
    + Somebody takes it, adds stages and begins the works.
    + They mark stages as done and add photographs. Applicants and everybody else see all of this: write no names and no flat numbers.
    + When it is done, they report it with a photograph or a paper.
    + Another head confirms it or sends it back. When an applicant has written “not done”, look first.
    It can be put off with a reason and a new day, or dropped with a reason. Join appeals about one thing into a problem: tick them in the list, or open one and press “Join into a problem”. A closed problem tells all its applicants; each appeal keeps an answer of its own.

## Dialogue
help-dialogue-title = Dialogue, messengers and the voice assistant
help-dialogue-short = Write in your own words or press ready replies. You can say “Cancel” at any moment.
help-dialogue-text =
    + Write what happened. A subject is found by your words; if it is the wrong one, choose “Another one”.
    + Name the place and say what you are called and how you are reached: what is asked is the same as in the form.
    + Check all that was written down and send it. The number, the day of the answer and the return code come at once.
    - The state is told by the number; with the return code you can add to an appeal.
    - A dialogue is kept for a day; “Delete the dialogue” at the foot of the page and signing out throw it away sooner. An appeal that was filed stays.
    - The portal’s bot in a messenger, where it has one, and its skill of a voice assistant answer in the same way. The bot writes by itself when something changes.
    - If somebody is in danger, call 112.

help-letters-title = Letters of the mailbox
help-letters-short = Letters become cases by themselves. You decide about those set aside: file a case or leave them without an answer.
help-letters-text =
    A letter to the reception becomes a case, or a message in a case when it replies to a letter of ours from the same address.
    - A letter that was set aside is answered by nobody: mailings, automatic replies, reports of the post, letters that are too big.
    - “File a case”: the letter gets a number and a term, its sender is told.
    - “Leave without an answer”: write the reason, it stays in the log.
    What letters say is thrown away here after 30 days. In cases it stays.

help-app-title = The application on a telephone
help-app-short = The portal can be put on a telephone. What you write without a network waits and goes once, when there is one.
help-app-text =
    + Open “Application” at the foot of any page: it says how to install it.
    + A long press on the application’s sign opens “Send a proposal”.
    + A photograph of the gallery can be handed over by “Share”: a message with it is begun.
    Without a network the application shows “No network” and what the device has kept. While an appeal has no number, it is not filed.
    - Unfinished text is kept on the device for a week at most, and its form offers it again.
    - What was sent without a network goes by itself and once, even when the connection breaks.
    - When you sign out, all of it is wiped.

help-admin-networks-title = Social networks
help-admin-networks-short = Write about a service, and the notice goes to the wall of the community once. Comments under it come to the reception.
help-admin-networks-text =
    + Choose a service and write the text. “Preview” shows how it will stand on the wall.
    + Leave the day empty to publish at once, or name a day and an hour.
    + While the notice is not out it can be withdrawn.
    A comment of more than a few words becomes an appeal by itself: below it appear a number and a link, without name or contents.
    - What is short, links and pictures are counted alone. An operator decides of them: “Reception”, “From social networks”.
    - Name and text are wiped: a week after “Leave”, a month after when nobody decided.
