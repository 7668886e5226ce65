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
notice-line-overdue-do = The head has been told. Write in the appeal and they will answer or call you back; if there is still no answer, file a complaint about inaction.

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
notice-templates-note = The words of letters to applicants and staff
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
notice-place-days = working days left
notice-place-to = the body it was sent to

## Samples for the preview
notice-sample-greeting = Dear Anna Petrovna,
notice-sample-number = А-2026-00000042-7
notice-sample-unit = Roads unit
notice-sample-state = In work
notice-sample-registered = 20 November 2026
notice-sample-due = 21 December 2026
notice-sample-new_date = 20 January 2027
notice-sample-executor = Pyotr I.
notice-sample-items = — copy of the passport{"\u000A"}— certificate of family
notice-sample-instructions = Upload the files on the page of the appeal.
notice-sample-reason = We wait for another agency.
notice-sample-outcome = Satisfied
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
