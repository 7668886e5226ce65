# Notices: what people are told about their cases, and the words of letters.

## Notices of the cabinet
notice-title = Notices
notice-cabinet = My appeals
notice-new = A new notice
notice-none = No notices
notice-none-text = Everything that happens to your appeals will appear here
notice-unread = New
notice-open = Open
notice-read-all = Mark all as read
notice-all-read = All marked as read
notice-settings-link = What to tell you, and where
notice-of-filed = Appeal { $number } received
notice-of-executor = Appeal { $number } has a specialist
notice-of-state = The state of appeal { $number } has changed
notice-of-message = A message on appeal { $number }
notice-of-documents = Documents are needed for appeal { $number }
notice-of-interim = Interim answer to appeal { $number }
notice-of-answer = Answer to appeal { $number }
notice-of-extended = The term of appeal { $number } has been extended
notice-of-delayed = The answer to appeal { $number } is late
notice-of-redirected = Appeal { $number } has gone to another unit
notice-of-forwarded = Appeal { $number } has been sent to another body
notice-of-reopened = Appeal { $number } has been taken up again
notice-of-cancelled = Appeal { $number } has been taken back
notice-of-closed = Appeal { $number } is finished
notice-of-overdue = The answer to appeal { $number } is overdue
notice-of-assigned = Appeal { $number } is yours
notice-of-applicant_wrote = The applicant wrote on appeal { $number }
notice-of-returned = The draft for { $number } came back
notice-of-agreement = The answer to { $number } waits for agreement
notice-of-reminder = The term of { $number } is ending
notice-of-escalated = The term of { $number } is in danger
notice-line-state = Now: { $value }
notice-line-executor = Specialist: { $value }
notice-line-outcome = Decision: { $value }
notice-line-new-date = New date: { $value }
notice-line-to = Where: { $value }
notice-line-due = Due: { $value }
notice-line-days =
    { $count ->
    [one] { $count } working day left
   *[other] { $count } working days left
 }
notice-line-overdue-do = The head has been told. Write in the appeal and they will answer or call you back; if there is still no answer, you may complain about inaction to the body above, to the prosecutor or to a court.

## What to be told of
notice-settings-title = What to tell you, and where
notice-settings-text = Choose what you are told and where. What must always be told, by law or by office, cannot be turned off.
notice-settings-save = Save
notice-settings-saved = Saved
notice-no-mail = E-mail is not set up on this site yet: no letters are sent, and everything is shown here among the notices.
notice-column-what = What
notice-column-cabinet = On the site
notice-column-email = By e-mail
notice-owed = Always
notice-kind-filed = Appeal received
notice-kind-executor = A specialist is named
notice-kind-state = The state has changed
notice-kind-message = You have a message
notice-kind-documents = Documents are needed
notice-kind-interim = Interim answer
notice-kind-answer = Answer
notice-kind-extended = The term was extended
notice-kind-delayed = The answer is late
notice-kind-redirected = Passed to another unit
notice-kind-forwarded = Sent to another body
notice-kind-reopened = Taken up again
notice-kind-cancelled = Taken back
notice-kind-closed = Finished
notice-kind-overdue = The term is over
notice-kind-assigned = Staff: an appeal was given to you
notice-kind-applicant_wrote = Staff: the applicant wrote
notice-kind-returned = Staff: a draft came back
notice-kind-agreement = Head: an answer to agree
notice-kind-reminder = Staff: a term is ending
notice-kind-escalated = Head: a term is in danger

## Letters
notice-greeting = Dear { $name },
notice-greeting-nobody = Hello,
notice-letter-foot = This letter was sent automatically, please do not reply to it. Choose which letters you get: { $address }
notice-letter-foot-guest = This letter was sent automatically, please do not reply to it. To open the appeal you need its number and the code that you got when you filed it.

## Templates
notice-templates-title = Letters and notices
notice-templates-note = The words of letters to applicants and staff. The same for all agencies.
notice-templates-text = Every letter can be changed in both languages. Who changed what stays in the journal.
notice-no-mail-admin = No mail server is set, so no letters are sent. docs/operating.md tells how to set one.
notice-column-language = Language
notice-column-changed = Changed
notice-as-it-came = as it came
notice-changed = changed { $when }
notice-language-ru = Russian
notice-language-en = English
notice-template-subject = Subject
notice-template-body = Text
notice-template-body-hint = Words in braces are replaced with the facts of the appeal. A line without facts is left out of the letter
notice-template-save = Save
notice-template-preview = Preview without saving
notice-template-restore = Restore the text as it came
notice-template-saved = The letter has been changed
notice-template-restored = The text is as it came again
notice-places = What can be filled in
notice-place-needed = required
notice-preview = How it will look
notice-error-place = There is no such place here: { $place }. The list is below the text
notice-error-place-needed = Add { $place }: without it the letter is of no use
notice-error-brace = A brace without its pair
notice-error-as-it-came = The text is as it came already

## Places of templates
notice-place-greeting = greeting by name
notice-place-number = number of the appeal
notice-place-link = address of the appeal
notice-place-unit = who answers
notice-place-operator = who runs the reception
notice-place-state = state
notice-place-registered = day of registration
notice-place-due = day the answer is due
notice-place-new_date = new date
notice-place-executor = specialist
notice-place-items = list of documents
notice-place-instructions = how to send the documents
notice-place-reason = reason
notice-place-outcome = decision
notice-place-answer = text of the answer, when asked for by e-mail
notice-place-next_steps = what to do next
notice-place-days = working days left, or days overdue
notice-place-to = the body it was sent to, or the number of an objection

## Samples for the preview
notice-sample-greeting = Dear Anna Petrovna,
notice-sample-number = А-2026-00000042-5
notice-sample-unit = Roads unit
notice-sample-state = In work
notice-sample-registered = 20 November 2026
notice-sample-due = 21 December 2026
notice-sample-new_date = 20 January 2027
notice-sample-executor = Pyotr I.
notice-sample-items = — copy of the passport{"\u000A"}— certificate of family
notice-sample-instructions = Upload the files on the page of the appeal.
notice-sample-reason = We wait for another agency.
notice-sample-outcome = Granted
notice-sample-answer = The snow was taken away on 22 November.
notice-sample-next_steps = Nothing needs to be done.
notice-sample-days = 3
notice-sample-to = Ministry of Transport

## In the log of the administration
people-act-template-changed = changed
people-act-template-restored = restored as it came
people-act-field-letter = letter
people-act-field-language = language
people-act-field-subject = subject
people-act-field-body = text

## Reminders of documents and of the beginning of work
notice-of-documents_again = A reminder: documents are needed for appeal { $number }
notice-of-begin = Appeal { $number } waits for work to begin
notice-line-send-by = Send by: { $value }
notice-line-begin-by = Begin work by: { $value }
notice-kind-documents_again = Reminder of documents
notice-kind-begin = Head: work has to begin

## Co-applicants without an account
notice-letter-foot-named = This letter was sent automatically, please do not reply to it. You were named as a co-applicant of this appeal and your address was given; whoever filed it can show you the appeal and the answer. If you do not want such letters: { $address }
notice-named-title = Letters to a co-applicant
notice-named-text = Somebody filed an appeal, named you as a co-applicant and gave this address. What becomes of such an appeal we tell in letters.
notice-named-whole = The letters hold only the number, the state, the dates and the decision. Whoever filed the appeal can show you its text and the answer.
notice-named-stop-text = If you did not ask for this or do not need the letters, refuse them: no more will come, neither about this appeal nor about others in which you are named.
notice-named-stop = Send no more
notice-named-none = You have refused: no letters come to your address.
notice-named-go = Send them again
notice-named-stopped = There will be no more letters
notice-named-go-again = Letters will come

## What the applicant does, told to staff
notice-of-withdrawn = The applicant has taken back appeal { $number }
notice-kind-withdrawn = Staff: the applicant has taken the appeal back

## Reminders of parts and plans
notice-of-part = Your part of the work on appeal { $number }: its day comes or has passed
notice-of-plan = The day planned for the answer to { $number } comes or has passed
notice-kind-part = Staff: the day of a part of the work
notice-kind-plan = Staff: the day planned for an answer
notice-line-day = Day: { $value }
notice-error-overtaken = Somebody else changed the letter while the page was open. Your words are in the fields, theirs in the preview. Compare and save again

## What staff are told in words of its own
notice-of-named = You were named as a co-applicant of appeal { $number }
notice-of-documents_added = Documents were added to appeal { $number }
notice-of-rated = The applicant rated the work on appeal { $number }
notice-of-objected = The applicant objects to the answer to { $number }
notice-of-corrected = The applicant corrected appeal { $number } or added to it
notice-of-arrived = Appeal { $number } has come to your unit
notice-of-gone = Appeal { $number } is no longer yours
notice-of-part_given = A part of the work on appeal { $number } is yours
notice-of-part_done = A co-executor has reported on appeal { $number }
notice-of-to_sign = The answer to { $number } waits for a signature
notice-of-work_again = Appeal { $number } is in work again, with a new term
notice-of-term_changed = The term of { $number } has been extended
notice-of-late = The answer to { $number } is overdue
notice-kind-named = You were named as a co-applicant
notice-kind-documents_added = Staff: documents were added
notice-kind-rated = Staff: the applicant rated the work
notice-kind-objected = Staff: the applicant objects to the answer
notice-kind-corrected = Staff: the applicant corrected the appeal
notice-kind-arrived = Head: an appeal has come to the unit
notice-kind-gone = Staff: an appeal went to somebody else
notice-kind-part_given = Staff: a part of the work is yours
notice-kind-part_done = Staff: a co-executor has reported
notice-kind-to_sign = Head: an answer waits for a signature
notice-kind-work_again = Staff: an appeal is in work again
notice-kind-term_changed = Staff: a term was extended
notice-kind-late = Staff and heads: an answer is overdue
notice-line-topic = Subject: { $value }
notice-line-applicant = { $value } named you. If that is wrong, decline on the page of the appeal
notice-line-stars = Rating: { $value } of 5
notice-line-objection = Number of the objection: { $value }
notice-line-late =
    { $count ->
    [one] Overdue by { $count } day
   *[other] Overdue by { $count } days
 }
notice-place-topic = subject of the appeal
notice-place-applicant = who filed the appeal
notice-place-stars = rating
notice-sample-topic = Snow is not cleared
notice-sample-applicant = Anna Petrovna
notice-sample-stars = 4
notice-letter-foot-reception = This letter was sent automatically, please do not reply to it. By the number that page shows the state and the due date; for the rest, call the reception or come there. If you were given a coupon with a code, the code opens the whole appeal.

## Who is named beside the applicant, and declines
notice-of-named_for = You were named as a representative in appeal { $number }
notice-of-declined = A party declined appeal { $number }
notice-of-party_left = A party declined appeal { $number }
notice-kind-named_for = You were named as a representative
notice-kind-declined = Somebody whom you named declined
notice-kind-party_left = Staff: a party declined
notice-line-party = Declined: { $value }

## Until when a reply is awaited
notice-line-reply-by = Your reply is awaited by { $value }

## An answer on paper
notice-of-posted = The answer to appeal { $number } was posted
notice-of-ready = The answer to appeal { $number } can be collected
notice-kind-posted = The answer was posted
notice-kind-ready = The answer can be collected
notice-line-posted-on = Posted: { $value }
notice-line-post-item = Number of the item: { $value }
notice-line-place = Where to collect it: { $value }
notice-line-hours = When: { $value }
notice-place-post_item = number of the post item
notice-place-hours = when the answer can be collected
notice-sample-post_item = 64400092012345
notice-sample-hours = Mon–Thu 9:00–18:00

## A new return code
notice-of-code_renewed = A new return code was given for appeal { $number }
notice-kind-code_renewed = New return code

## Works on the ground
notice-of-task_set = A task came of appeal { $number }
notice-of-works_begun = Works began on appeal { $number }
notice-of-works_stage = A stage of works is done on appeal { $number }
notice-of-works_put_off = Works on appeal { $number } were put off
notice-of-works_done = Works on appeal { $number } are done
notice-of-works_checked = A head has confirmed the works on { $number }
notice-of-works_back = Works on appeal { $number } were sent back: not all is done
notice-of-works_dropped = The task of appeal { $number } was dropped
notice-of-problem_solved = The problem of appeal { $number } is solved
notice-of-task_day = The day of a task of appeal { $number } is near or has passed
notice-of-works_disputed = The applicant of appeal { $number } writes: not done
notice-of-task_given = A task on appeal { $number } was given to you
notice-of-task_back = The works on appeal { $number } were sent back to you
notice-of-works_reported = Works on appeal { $number } wait to be confirmed
notice-kind-task_set = A task was set
notice-kind-works_begun = Works began
notice-kind-works_stage = A stage of works is done
notice-kind-works_put_off = Works were put off
notice-kind-works_done = Works are done
notice-kind-works_checked = Works were confirmed
notice-kind-works_back = Works were sent back
notice-kind-works_dropped = A task was dropped
notice-kind-problem_solved = A problem is solved
notice-kind-task_day = Staff: the day of a task
notice-kind-works_disputed = Staff and heads: an applicant writes that it is not done
notice-kind-task_given = Staff: a task was given to you
notice-kind-task_back = Staff: works were sent back
notice-kind-works_reported = Heads: works wait to be confirmed
notice-line-works = { $value }
notice-line-stage = Stage: { $value }
notice-line-task-day = Due: { $value }
notice-line-done-on = Done on: { $value }
notice-place-works = the task or the problem
notice-place-stage = the stage of works
notice-sample-works = Clear the yards in Lesnaya street
notice-sample-stage = Taking the snow away
