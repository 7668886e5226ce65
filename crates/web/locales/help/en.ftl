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
    - To see how the problems of others are solved: “Open register”.
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
    + Press “Poor eyesight” at the top of any page.
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
    If you signed in, the appeal is examined under law 59-FZ. Without signing in it is a message: it is worked on in the same way, but the terms of the law do not apply.
    Support a complaint: which rule was broken, what came of it, how it can be seen.
help-receipt-title = The receipt and the return code
help-receipt-short = Keep the number and the return code: with them you open the appeal on any device.
help-receipt-text =
    - The number is needed to learn the state. Its last digit catches typing mistakes.
    - The return code is given to those who filed without signing in. We do not store it and cannot restore it.
    - The receipt is signed. With it you can prove what you sent and when.
    - The proof is there after a few seconds, when the journal has been sealed.
    The page can be printed: nothing needless will be on paper.
help-status-title = How to learn what is happening with an appeal
help-status-short = Type the number. To open the whole appeal, type the return code too.
help-status-text =
    + Find the number: it is on the receipt and in letters, like A-2026-00000042-7.
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
    - “History” shows every act, and who read the appeal.
    The page renews itself.
help-deeds-title = What can be done after filing
help-deeds-short = Before you do it, read what will happen. If you changed your mind, press “Not now”.
help-deeds-text =
    - Withdraw the appeal if it is no longer needed.
    - Correct your data.
    - Object if the answer does not satisfy you, or ask to reopen the appeal.
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
    - Registration is in working hours; what is sent at night or on a day off is registered on the next working day.
    - If the last day is a day off, the count shows what follows.
    - The term may be extended or stopped. The reason and the new date are then told.
    If the term has passed, it is said openly, and the head has been told already.
help-history-title = History of an appeal
help-history-short = Every act is here: who, what and when. No line can be taken out.
help-history-text =
    Every line is an entry of the journal. Entries are tied together, so that none can be changed or taken out unseen.
    It also shows who opened the appeal. Inner notes of staff are not shown to others.
    The history can be downloaded or printed.
help-register-title = Open register
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
help-notices-title = Notices
help-notices-short = All that happens with your appeals. Choose what to be told of, and whether by letter.
help-notices-text =
    - What is new is marked. Open it, and the mark goes.
    - In the settings choose what comes by e-mail.
    - What you must know, as the answer, a request for documents or a new date, we always tell.
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
    - A mark stands where a person waits for you.
    - Mark several appeals to do the same with all of them. The page says how many, and for a while it can be undone.
    - The filter is in the address of the page: it can be kept as a bookmark.
    The keys work on a Russian layout too. They are written on the buttons.
help-desk-case-title = Work on an appeal
help-desk-case-short = The queue is on the left, the appeal in the middle, and on the right what can be done with it now.
help-desk-case-text =
    + Take the appeal. From now on you are its specialist.
    + Check whether everything was sent. Ask for what is missing with a list.
    + Write to the applicant in messages. Inner notes are not shown to them.
    + If it is not yours, pass it to another unit or forward it to another body, with the reason.
    + If you need help, give a part of the work to another unit.
    + If you will be late, extend the term where the law allows, or explain the delay.
    Every act stays in the history with its reason. What cannot be done now is not shown.
help-desk-answer-title = The answer: draft, agreement, sending
help-desk-answer-short = Write a draft and send it for agreement. A head approves it; nobody approves their own.
help-desk-answer-text =
    + Answer the matter itself: what was decided, why, what will be done and when.
    + Name the decision. For a refusal name the rule.
    + Send it for agreement.
    + The head approves it or returns it with remarks.
    + The approved answer is signed and seen by the applicant at once.
    Write plainly. An interim answer does not close the appeal.

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
    The last role of an administrator cannot be taken by its holder.
help-admin-services-title = Services, forms and subjects
help-admin-services-short = A service is a form and its rules. Change the text, look at the result, then publish.
help-admin-services-text =
    + Open a service and press “Change”.
    + Edit the description of the form. Mistakes are shown with their line.
    + Look at the form and compare it with the one before.
    + Publish it. Appeals that were begun are finished on the old form.
    A subject is closed and not deleted: past appeals refer to it.
help-admin-routes-title = Routes and terms
help-admin-routes-short = A route decides who gets an appeal. The trial shows how it would have sorted past ones.
help-admin-routes-text =
    - Rules are read from the top: the most exact one holds.
    - The trial changes nothing. It shows how many past appeals would have gone to others.
    - A rule has a beginning and an end. Old appeals stay with the old rule.
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
    When somebody asks about a case, type its number: you see what to say. Other people’s appeals are not shown in full.
    The applicant wants to add something? Take down their words and how you knew them. Your name stays in the history of the case.

help-feedback-title = Feedback
help-feedback-short = Here one writes about the portal itself: a mistake on a page, something awkward or unclear.
help-feedback-text =
    The link “Report a mistake on this page” stands at the foot of every page: the address of the page goes along. What you searched for or typed is not part of it.
    - You may leave out name and e-mail. You find the answer by the number and code that you see right after sending.
    - A screenshot can be attached: the button “Attach a screenshot” leads to the page of documents.
    If your question is not about the portal but to an authority, choose a service on the page “File an appeal”.

## Control of terms
help-desk-control-title = Control of terms, and figures
help-desk-control-short = Which terms end soon or are broken, what is finished, how long each stage takes.
help-desk-control-text =
    - "Control of terms" shows the terms of every kind: the answer, the start of work, forwarding to another body, parts of the work, the applicant's documents, the agency's own aim and the specialists' plans. Press a kind to see its cases.
    - The "Journal of services" holds finished cases: kind of service, term, in term or not. It can be narrowed by unit and days and taken home as a table.
    - "Figures" tell how much came in and was finished, the share in term, and who finished how much.
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
