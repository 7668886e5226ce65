# Words of cases: home, filing, a case, the cabinet, status by number, the register, the desk, proofs.

home-title = What do you need to do?
home-lead = Say it in your own words or enter the number of an appeal. We find the service or show how your case stands.
home-find-label = What you need to do, or the number of an appeal
home-find-hint = For example: snow
home-find = Find
home-status = Check the status by number
home-sign-in = Sign in
home-often = Most often
home-tile-status = See how an appeal stands
home-tile-status-text = By its number. If you filed without signing in, you need the return code.
home-tile-register = Public register
home-tile-register-text = Appeals without personal data: who answers, by when, how it ended.
home-tile-verify = Check a proof
home-tile-verify-text = See for yourself that an appeal is recorded and that nobody changed the record.
home-figures = How the authorities answered in 30 days
home-figures-none = Nothing was filed in the last 30 days. Figures will appear here after the first appeal.
home-figures-unknown = The figures cannot be shown just now. Reload the page in a minute.
home-figures-filed = Filed
home-figures-answered = Answered
home-figures-in-term = In time
home-figures-median = Usually answered within
home-figures-days = { $count ->
    [0] the same day
    [one] { $count } day
   *[other] { $count } days
}
home-figures-behind = The appeals in the public register

file-back = Back
file-next = Continue
file-later = Save for later
file-operators-own = This is an appeal of your own. Calls, letters and visits are written down at the reception.
file-tips = How to write so that the answer is to the point
file-guest = Without signing in it is a message: it is answered too, but its term is set by the region and not by law; a code leads you back to the answer. To send a formal { $formal }, sign in: what you wrote is kept.
file-will-save = A draft is saved when you press “Continue”.
file-saved = Draft saved { $when }.
file-saved-guest = You can come back to it from this device within 12 hours.
file-saved-account = It waits in your cabinet, on any device.
file-review-step = Review
file-review-title = Check and send
file-review-lead = Once sent, the text stays as it is, but you can add to it. Contacts and the address can be corrected.
file-review-missing = Still to fill in
file-change = Change
file-fill-in = Fill in
file-consent-title = Consent to the use of your data
file-consent-text-1 = I agree that { $operator } uses the data given in this appeal: my last name, first name and patronymic, addresses, telephone, and everything written in the text.
file-consent-text-2 = The data are needed only to look into the appeal and to answer it. The staff who work on this case see them, and every look is recorded. The public register does not hold them.
file-consent-text-3 = The consent holds as long as the appeal is handled and kept by law. You can withdraw it by writing to us; we cannot answer the appeal then.
file-consent = I agree to the use of my data
file-formal = You are signed in, so the procedure is: { $formal }.
file-what-next = Right after sending you get a number and see by when the answer is due. The answer appears on the page of the appeal.
file-what-next-guest = Right after sending you get a number, the date of the answer and a return code. Write the code down: the answer can be read with it alone.

case-receipt-accepted = Received
case-receipt-title = The appeal is sent
case-receipt-number = Number of the appeal
case-receipt-due = Answer due
case-receipt-download = Signed record for checking
case-code-title = Write down the return code
case-code-text = You filed without signing in. With the number and this code you read the answer and add what you forgot. Take a photo of the code, copy it or keep the receipt: it is shown on this device for twelve hours and never after. If you lose it, the reception gives a new one once it is sure that the appeal is yours.
case-next-title = What happens next
case-next-unit = The appeal is already with: { $unit }.
case-next-rule = If it can be decided by a rule, the decision appears on the page of the appeal within a minute. Below is what happens if it cannot.
case-next-question = A specialist looks into it and asks on the page of the appeal if something is unclear.
case-next-answer = A head checks the answer, and it appears on the page of the appeal.
case-keep-title = Keep these
case-keep-text = The paper receipt is for you to print and keep. The rest is for when you have to prove something: the signed receipt shows when the appeal was received and under which number, the proof shows that its record stands in the common journal.
case-proof-download = Download the proof
case-proof-check = Check the proof
case-proof-soon = The proof is ready a few seconds after sending.
case-proof-wait-title = The proof is being made
case-proof-wait = The journal is sealing its newest entries. This takes a few seconds: wait a little and download the proof.
case-proof-again = Download
case-open = Open the appeal

case-number-of = { $service } { $number } of { $date }
case-carried-over = carried over
case-back = Appeal { $number }
case-state-registered = Received
case-state-in_work = In work
case-state-in_agreement = In agreement
case-state-decided = Answer ready
case-state-closed = Closed
case-outcome-satisfied = Granted
case-outcome-partly = Granted in part
case-outcome-explained = Explained
case-outcome-refused = Refused
case-answer = Answer
case-answer-ready = The answer is ready
case-answer-show = Read the answer
case-answer-author = Prepared by { $name }
case-answer-head = agreed by { $name }
case-waits-title = You are asked to reply
case-waits-text = A specialist has asked you a question. The term of the answer goes on meanwhile.
case-waits-do = Reply
case-waits-short = your turn
case-stages = Progress
case-stage-registered = Received
case-stage-routed = Passed to: { $unit }
case-stage-in_work = In work
case-stage-in_work-ahead = a specialist takes the appeal
case-stage-in_agreement = Approval of the answer

case-stage-in_agreement-ahead = a head checks the answer
case-stage-decided = Answer
case-stage-closed = Closed
case-filed-text = What you wrote
case-filed-by-applicant = What the applicant wrote
case-text = Text of the appeal
case-messages = Messages
case-messages-none = No messages yet.
case-write-label = Write about this case
case-write-hint = Add to the appeal or reply to the specialist
case-write-hint-answered = The answer is given: a message may stay without a reply. If the matter is not settled, object under “What you can do”
case-write-hint-named = The answer is given: a message may stay without a reply. If the matter is not settled, the applicant can object
case-write = Send the message
case-message-sent = The message is sent
case-live-say = The case has changed
case-you = You
case-side-staff = Specialist
case-side-applicant = Applicant
case-aside = Term and facts of the case
case-due = Answer due
case-due-was = The answer was due
case-due-none = No term is set for this appeal.
case-left-working = { $days ->
    [one] { $days } of them a working day
   *[other] { $days } of them working days
}
case-answered-in-term = Answered on { $date }, in time
case-answered-late = Answered on { $date }, after the term
case-fact-category = Subject
case-fact-regime = Procedure
case-fact-place = Place
case-fact-unit = Who answers
case-fact-registered = Registered
case-fact-outside = Number in the former system
case-no-topic = Appeal
case-why-title = Why this date?
case-why-regime = Procedure
case-why-version = Rule and its version
case-why-source = Where the rule comes from
case-why-here = Why the appeal came here
case-why-here-short = why here
case-history = History
case-history-lead = Everything that happened to the appeal. No entry can be changed unnoticed: the proof shows it.
case-history-when = When
case-history-what = What happened
case-history-who = Who
case-history-none = No entries yet.
case-did-case-filed = The appeal was received and got its number
case-did-case-carried_over = The appeal was carried over from the former system
case-did-case-taken = A specialist took the appeal
case-did-case-assigned = The appeal was given to a specialist: { $name }
case-did-case-applicant_wrote = The applicant wrote
case-did-case-staff_wrote = The specialist wrote
case-did-case-answer_drafted = A draft of the answer was prepared
case-did-case-sent_for_agreement = The answer was sent for agreement
case-did-case-answer_recalled = The answer was taken back from agreement
case-did-case-answer_returned = The answer was returned for rework
case-did-case-answered = The answer was given. Decision: { $outcome }
case-did-case-closed = The case was closed
case-did-something = The facts of the case changed
case-route-carried-over = The appeal was carried over from the former system (number there: { $outside_number }). It was with: { $unit_en }.

case-cabinet-title = My appeals
case-cabinet-notices = Notices
case-cabinet-own = Sent
case-cabinet-empty = You have not sent anything yet
case-cabinet-empty-do = Complain, propose or ask: you see the date of the answer at once.
case-cabinet-beside = you take part
case-cabinet-by-code = Filed without signing in? Open it by number and return code
case-cabinet-file = Send an appeal
case-drafts = Drafts
case-status-title = Check the status
case-status-lead = Enter the number: we show who answers and by when. To open an appeal filed without signing in, add the return code.
case-status-number = Number of the appeal
case-status-number-hint = For example: А-2026-00000042-5
case-status-code = Return code
case-status-code-hint = It was shown when you sent the appeal: 16 signs, for example 7K2M-Q0XV-3NPA-9TRD. Lost it? The reception gives a new one
case-status-do = Show
case-status-sign-in = Did you file signed in?
case-status-public = Entry in the public register
case-status-due = Term for the answer: { $due }
case-status-unknown = There is no appeal with this number. Compare it with the receipt

case-error-consent = We cannot take the appeal without your consent. Tick the box
case-error-wrong-code = The number and the code do not go together. Check both
case-error-taken = Another specialist has taken the appeal
case-error-no-specialist = There is no such person in your units. Choose from the list
case-error-no-draft = There is no draft of an answer. Write the answer first
case-error-draft-returned = The answer was returned for rework. Change and save it, then send it again
case-error-own-answer = You cannot agree to your own answer. Another head has to
case-error-carried-over = The case was carried over from the former system and is finished: it cannot be changed
case-error-state = The case changed while you worked: this cannot be done now. See what happened
case-error-draft-filed = This appeal was sent already
case-error-key-reused = Another appeal was sent with this key
case-error-no-service = There is no such kind of appeal

register-title = Public register of appeals
register-lead = Appeals that can be shown without personal data and without the applicant’s words. A list with your filters can be sent as a link.
register-filters = Filters
register-filters-on = on
register-filter = Filter
register-filter-off = Drop the filters
register-any = All
register-topic = Topic
register-number = Number
register-kind = Kind
register-category = Subject
register-what = Kind and subject
register-unit = Who answers
register-received = Received
register-state = State
register-due = Due
register-answered = Answered
register-answered-on = answered { $date }
register-due-on = by { $date }
register-state-accepted = Received
register-state-in_work = In work
register-state-finished = Closed
register-none = Nothing found
register-none-filtered = No appeal fits these filters. Drop one of them.
register-none-backwards = The first day stands after the last one: change them over.
register-none-do = There are no appeals yet. Yours can be the first.
register-entry-title = Appeal { $number }
register-entry-private = The register holds neither the name nor the words of the applicant: only they and those who answer see them.
register-proof = Proof
register-proof-text = Every event of this case is written into a journal that cannot be changed unnoticed. Anybody can check it, even offline.
register-proof-1 = Download the file.
register-proof-2 = Drop it on the verification page: your browser checks it.
register-proof-3 = Or check it offline: download the key and type the command.
register-proof-more = No program okno? Check with a script
register-entry-own = Is this your appeal?
register-entry-open = Open it with the return code
register-entry-open-own = Open it

desk-title = Workplace
desk-nav = Workplace
desk-queue = Queue
desk-mine = My queue
desk-unit = Unit
desk-agreement = Agreement
desk-more-than = { $count }+
desk-find = Find a case by number or words
desk-find-hint = Number or words
desk-waits = new from the applicant
desk-waits-them = waiting for the applicant
desk-waits-until = until { $date }
desk-term-share = How much of the term has passed
desk-days = { $days ->
    [0] today
    [one] { $days } day
   *[other] { $days } days
}
desk-days-over = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
desk-empty = Nothing here. Look at the queue of the unit.
desk-empty-found = Your units have no such number. Enter it whole, for example А-2026-00000042-5, or the digits of this year alone, without noughts: 42.
desk-choose = Choose a case in the queue.
desk-due = Answer due
desk-tools = Actions
desk-take = Take the case
desk-taken = You took the case
desk-assign-label = Give to
desk-assign = Give
desk-assigned = The case is given
desk-write-label = Message to the applicant
desk-write-wait = I wait for a reply
desk-write = Send the message
desk-written = The message is sent to the applicant
desk-talk-news = New in the messages: read
desk-go-write = Write to the applicant
desk-go-answer = To the answer
desk-outcome = Decision
desk-answer-label = Text of the answer
desk-answer-hint = To each question: what was or will be done, when, and on what grounds
desk-answer-save = Save the draft
desk-answer-send = Send for agreement
desk-answer-saved = The draft is saved
desk-answer-sent = The answer is sent for agreement
desk-message-unsent = The message to the applicant is not sent yet
desk-answer-none = No answer yet.
desk-answer-draft = Draft
desk-answer-in_agreement = In agreement
desk-answer-returned = Returned for rework
desk-answer-delivered = Given to the applicant
desk-agree = Agree to the answer
desk-agree-title = Agree to the answer?
desk-agree-text = The applicant sees this answer at once, signed by you, and the clock stops. This cannot be undone.
desk-agree-do = Agree and deliver
desk-agreed = The answer is agreed, the applicant sees it
desk-remark = Remark:
desk-remark-label = What to change
desk-return = Return for rework
desk-returned = The answer is returned for rework
desk-close = Close the case
desk-close-title = Close the case?
desk-close-text = The case leaves the queue. Neither you nor the applicant can write in it any more.
desk-close-do = Close
desk-closed = The case is closed
desk-not-yet = Not now
desk-nothing = Nothing is asked of you in this case now.
desk-history-all = Whole history

verify-title = Check a proof
verify-lead = Drop a proof or a receipt here. You learn whether it is in the journal and whether anybody changed it.
verify-file = Proof or receipt
verify-file-hint = A file that ends in .tlog-proof or .receipt.txt. You can drag it here
verify-key = Public key of the journal
verify-key-hint = This is the key of this site. It is safer to take it from elsewhere: from print, or from somebody you trust
verify-do = Check
verify-no-file = Choose the file to check
verify-working = Checking…
verify-failed = The browser could not check it. Reload the page and try again
verify-how = How it works
verify-how-1 = Every event of an appeal enters a journal. Its entries are chained: none can be changed, put in or taken out unnoticed.
verify-how-2 = Your browser checks: the file goes nowhere. With scripts off the server checks it by the same rules.
verify-how-3 = You can check without this site too: with the program okno or a short script in Python. They need no network.
verify-how-script = Download the script (verify.py)
verify-how-key = Download the public key of the journal (vkey.txt)
verify-how-format = Description of the format, to write a verifier of your own
verify-valid = The proof holds
verify-valid-text = The entries stand in the journal, the chain has no gaps, and the signature is by the given key.
verify-invalid = The proof does not hold
verify-invalid-text = Something in the file does not fit: do not trust it.
verify-unreadable = The file cannot be read
verify-unreadable-text = This is neither a proof nor a receipt, or the file is damaged.
verify-unsigned = The entries fit, the signature is not checked
verify-unsigned-text = Give the public key of the journal to learn whose signature it is.
verify-receipt = The receipt is valid
verify-receipt-text = The given key signed it: the appeal was received under this number and at this time. Whether the entry stands in the journal, and what came after, is shown by the proof of the case.
verify-no-key = The key cannot be read
verify-part = Entry of the file: { $part }.
verify-reason-too-large = The file is too large. See whether it is the right one.
verify-reason-text = This is neither a proof nor a receipt. Choose a file that you downloaded here. An answer in PDF is checked on the page “Is a document genuine?”.
verify-reason-part = An entry of the file is damaged. Download the proof again.
verify-reason-extra = The facts in the file are not written as they must be. Download the proof again.
verify-reason-header = The header of an entry is damaged. Download the proof again.
verify-reason-checkpoint = The checkpoint is damaged. Download the proof again.
verify-reason-receipt = The receipt is damaged. Download it again.
verify-reason-key = Copy the key whole, as one line. Papers do not bear the key but its fingerprint: compare it with the fingerprint that is shown here after the check.
verify-reason-field = The facts shown are not those written into the journal.
verify-reason-fields = The facts of an entry do not fit its header.
verify-reason-inclusion = There is no such entry in the journal under this checkpoint.
verify-reason-checkpoint-differs = Parts of the file refer to different checkpoints.
verify-reason-origin = The checkpoint is of another journal.
verify-reason-version = The chain of entries has a gap.
verify-reason-entity = The file mixes entries of different cases.
verify-reason-chain = An entry does not continue the one before it.
verify-reason-order = The entries are not in the order of the journal.
verify-reason-unknown-key = Signed by another key.
verify-reason-signature = The signature does not hold.
verify-kind = What it is
verify-kind-proof = Proof of a case
verify-kind-receipt = Receipt
verify-number = Number of the appeal
verify-recorded = Recorded
verify-origin = Journal
verify-size = Entries under the checkpoint
verify-fingerprint = Fingerprint of the key
verify-entries = What is recorded
verify-place = journal entry { $index }
verify-did-case-filed = Appeal received
verify-did-case-carried_over = Appeal carried over
verify-did-case-taken = Taken to work
verify-did-case-assigned = Given to a specialist
verify-did-case-applicant_wrote = The applicant wrote
verify-did-case-staff_wrote = The specialist wrote
verify-did-case-answer_drafted = Draft of the answer prepared
verify-did-case-sent_for_agreement = Answer sent for agreement
verify-did-case-answer_recalled = Answer taken back from agreement
verify-did-case-answer_returned = Answer returned for rework
verify-did-case-answered = Answer given
verify-did-case-closed = Case closed
verify-field-number = Number
verify-field-service = Kind of appeal
verify-field-regime = Procedure
verify-field-category = Subject
verify-field-unit = Unit
verify-field-state = State
verify-field-registered_on = Day of registration
verify-field-due_on = Answer due
verify-field-outcome = Decision
verify-field-source = Where it came from
verify-field-outside_number = Number in the former system
verify-field-source_sha256 = Fingerprint of the source row
verify-service-complaint = Complaint
verify-service-proposal = Proposal
verify-service-information = Information request
verify-source-web = From this site
verify-source-api = From another program
verify-source-import = From the former system

## Kinds of appeal
verify-service-online = Complaint about an online service
verify-service-status = Question about an application
verify-service-programme = Question about a state programme
verify-service-official = Letter to an official
verify-service-application = Application for a service or document
verify-service-certificate = Certificate
verify-service-details = Change of details
verify-service-works = Roads and improvement
verify-service-payment = Question about a payment
verify-service-other = Another appeal
home-tile-services = All services
home-tile-services-text = Certificates, payments, letters to officials and the rest.

## Work
case-state-checking = Being checked
case-state-waiting = Waiting for documents
case-state-forwarded = Forwarded
case-state-cancelled = Cancelled
case-state-approved = Granted
case-state-refused = Refused
register-state-needs_documents = Documents needed
case-outcome-forwarded = Forwarded to another body
case-outcome-no_answer_due = No answer on the merits
case-outcome-returned = Returned
case-outcome-stopped = Correspondence stopped
case-outcome-withdrawn = Withdrawn by the applicant
desk-answer-agreed = Agreed, waits for a signature
case-stage-checking = Check
case-stage-waiting = Waiting for documents
case-stage-forwarded = Forwarded to another body
case-stage-cancelled = Cancelled by the applicant

case-did-case-check_started = A specialist is checking what was sent
case-did-case-work_begun = The check is done, work has begun
case-did-case-documents_requested = The applicant was asked to send: { $items }
case-did-case-resumed = Work went on without the applicant’s reply
case-did-case-redirected = Passed on to another unit: { $unit }
case-did-case-forwarded = Forwarded to another body: { $to }
case-did-case-cancelled = The applicant withdrew the appeal
case-did-case-reopened = The case was reopened. Answer due: { $date }
case-did-case-extended = The term was extended by { $days } days, until { $date }
case-did-case-delay_explained = The delay was explained to the applicant. The answer is expected on { $date }
case-did-case-corrected = The applicant corrected: { $what }
case-did-case-recategorised = The subject was corrected: { $category }
case-did-case-part_added = A part of the work was given to: { $part_unit }
case-did-case-part_done = A co-executor finished their part
case-did-case-part_withdrawn = A co-executor’s part was withdrawn
case-did-case-party_added = A party was added: { $role }
case-did-case-party_removed = A party was removed
case-did-case-answer_agreed = The answer was agreed and waits for a signature
case-did-case-interim_answered = An interim answer was given. The term runs on
case-did-case-objected = The applicant objects to the answer. New case: { $number }
case-did-case-rated = The applicant rated the work: { $stars } of 5
case-did-case-rating_replied = The rating was replied to
case-did-reason = Reason: { $reason }
case-did-remark = Remark: { $remark }
verify-did-case-check_started = Check started
verify-did-case-work_begun = Work begun
verify-did-case-documents_requested = Documents requested
verify-did-case-resumed = Work went on
verify-did-case-redirected = Passed on to another unit
verify-did-case-forwarded = Forwarded to another body
verify-did-case-cancelled = Withdrawn by the applicant
verify-did-case-reopened = Case reopened
verify-did-case-extended = Term extended
verify-did-case-delay_explained = Delay explained
verify-did-case-corrected = Data corrected
verify-did-case-recategorised = Subject corrected
verify-did-case-part_added = A part of the work given to a co-executor
verify-did-case-part_done = A co-executor finished their part
verify-did-case-part_withdrawn = A co-executor’s part withdrawn
verify-did-case-party_added = A party added
verify-did-case-party_removed = A party removed
verify-did-case-answer_agreed = Answer agreed
verify-did-case-interim_answered = Interim answer given
verify-did-case-objected = Objection filed
verify-did-case-rated = Work rated
verify-did-case-rating_replied = Rating replied to

case-route-redirected = The appeal was passed on to this unit by “{ $unit_en }”. The reason is in the history.
case-route-objection = This is an objection: you do not agree with the answer to appeal { $number }. A higher unit considers it.

case-error-service-skips = This service has no such stage
case-error-recall-anothers = Another specialist wrote this answer: only they can take it back
case-error-agreed-already = The answer has been agreed already. It only needs a signature
case-error-not-agreed = Only an agreed answer can be signed
case-error-item = This item of the law belongs to another decision. Change the decision or clear the item
case-error-many-items = At most { $most }
case-error-no-term = This appeal has no term that could be extended
case-error-no-unit = There is no such unit. Choose one from the list
case-error-same-unit = The appeal is with this unit already
case-error-arbiter = The appeal has been passed on twice. Where it goes now is for a head over both units to decide
case-error-objection-back = An objection cannot go back to those whose answer it is against (art. 8 part 6 of 59-FZ). Choose another unit
case-error-forward-barred = The law forbids sending a complaint to the body complained of (art. 8(6) of Law 59-FZ). Name another body
case-error-past-day = This day has passed. Name a day to come
case-error-many-parts = The case has as many co-executors as it can have
case-error-part-ended = This part has ended already
case-error-many-parties = The case has as many parties as it can have
case-error-nothing-changed = You changed nothing
case-error-objected = An objection has been filed already and is being considered
case-error-rated = You have rated this work already
case-error-no-rating = There is no rating without a reply here

case-item-anonymous = No name or address (art. 11(1) of Law 59-FZ). Nobody has to be told
case-item-court = Against a court’s decision (art. 11(2)). Return within 7 days and explain how to appeal
case-item-abuse = Insults or threats (art. 11(3)). Tell the applicant
case-item-unreadable = The text cannot be read (art. 11(4)). Tell within 7 days
case-item-unclear = What is asked cannot be made out (art. 11(4.1)). Tell within 7 days
case-item-repeated = Answered several times already (art. 11(5)). Stop the correspondence and tell the applicant
case-item-published = The answer stands on the official site (art. 11(5.1)). Tell the address of the page within 7 days
case-item-secret = The answer would disclose a protected secret (art. 11(6)). Tell the applicant
case-item-barred = Nobody but the body complained of could get the complaint (art. 8(7)). Return within 7 days and explain the right to go to court
case-item-by = tell by { $date }

case-answer-interim = Interim answer
case-answer-interim-text = This is not the decision yet. The term runs on.
case-answer-grounds = Grounds
case-answer-measures = What has been done
case-answer-next_steps = What to do next
case-answer-to_correct = What can be put right
case-answer-promises = What is promised
case-answer-promise = { $date }: { $text }
case-answer-item = Why there is no answer on the merits
case-answer-signer = signed: { $name }

case-asked-title = You are asked for documents
case-asked-by = Asked by: { $name }
case-asked-how = How to send them
case-asked-paused = The term stands still while you collect them.
case-asked-goes-on = The term runs on meanwhile.
case-asked-staff = We wait for the applicant
case-extended-title = The term was extended until { $date }
case-extended-text = It was { $before }. Ground: { $ground }. Decided by: { $name }
case-delayed-title = The answer is late. Expect it by { $date }
case-forwarded-title = The appeal was forwarded to: { $to }
case-forwarded-text = That body will answer. Our work on the appeal has ended.
case-forwarded-late = It was forwarded later than the law demands.
case-cancelled-title = The appeal was withdrawn
case-reopened-title = The case was reopened
case-redirected-title = Passed on: from “{ $from }” to “{ $to }”
case-parts = Co-executors
case-part-due = by { $date }
case-part-open = under way
case-part-done = done
case-part-withdrawn = withdrawn
case-parties = Parties
case-role-co_applicant = Co-applicant
case-role-representative = Representative
case-role-other_side = Other side
case-links = Linked cases
case-link-objection = Objection to the answer in this case: { $number }
case-link-against = Objection to the answer in case { $number }
case-rating = Rating of the work
case-rating-stars = { $stars } of 5
case-rating-reply = Reply: { $name }
case-rating-no-reply = There is no reply to the rating yet.
case-corrections = Corrections
case-correction-was = before: { $before }
case-correction-empty = nothing
case-field-email = E-mail
case-field-phone = Phone
case-field-postal_address = Postal address
case-field-address = Place
case-field-addition = Addition
case-field-category = Subject
case-can-do = What you can do

deed-back = Not now
deed-reason = Reason
deed-reason-hint = The applicant will see it, and it stays in the history
deed-text = Text
deed-unit = Unit
deed-party-remove = Remove
deed-start_check-title = Start the check
deed-start_check-lead = The case comes to you as “Being checked”: see whether everything was sent, then begin the work or ask for what is missing.
deed-start_check-do = Start the check
deed-start_check-said = You are checking the appeal
deed-begin_work-title = Begin the work
deed-begin_work-lead = What was sent is in order. The case becomes “In progress”.
deed-begin_work-do = Begin the work
deed-begin_work-said = The work has begun
deed-request_documents-title = Ask for documents
deed-request_documents-lead = Name each document on a line of its own. The case waits as “Waiting for documents” and comes back to you with the applicant’s reply.
deed-request_documents-paused = The law lets the term stand still meanwhile: it will.
deed-request_documents-goes-on = The law does not let the term stand still: it runs on.
deed-request_documents-items = What to send
deed-request_documents-items-hint = Each document on a new line
deed-request_documents-instructions = How to send it
deed-request_documents-do = Ask
deed-request_documents-said = The applicant was asked for documents
deed-resume-title = Go on without documents
deed-resume-lead = The case comes back to work although the applicant has not replied.
deed-resume-do = Go on
deed-resume-said = Work goes on
deed-redirect-title = Pass on to another unit
deed-redirect-lead = The case joins the queue of another unit. The day of the answer stays as it is.
deed-redirect-do = Pass on
deed-redirect-said = The appeal was passed on
deed-forward-title = Forward to another body
deed-forward-lead = If your agency is not competent, the appeal is forwarded under article 8 of Law 59-FZ. Our work ends with that, and the applicant sees it.
deed-forward-by = It must be forwarded by { $date }.
deed-forward-late = The days in which the law wants it forwarded ended on { $date }. That stays in the record.
deed-forward-to = Where to
deed-forward-to-hint = The body’s full name
deed-forward-about = Who is complained of
deed-forward-about-hint = The body or official, if this is a complaint: it must not be sent there
deed-forward-do = Forward
deed-forward-said = The appeal was forwarded
deed-extend-title = Extend the term
deed-extend-lead = A term is extended in exceptional cases, and the applicant is told.
deed-extend-now = The answer is due by { $date } now.
deed-extend-most = It can be extended by { $days } days at most.
deed-extend-not-allowed = The rule of this term allows no extension.
deed-extend-days = By how many days
deed-extend-ground = Ground
deed-extend-do = Extend
deed-extend-said = The term was extended
deed-explain_delay-title = Explain a delay
deed-explain_delay-lead = The applicant will see why there is no answer yet and when to expect it. The term by law stays as it is.
deed-explain_delay-due = By law the answer is due by { $date }
deed-explain_delay-expected_on = When to expect the answer
deed-explain_delay-do = Explain
deed-explain_delay-said = The applicant will see the explanation
deed-correct-title = Correct the subject
deed-correct-lead = The former subject stays in the history. The unit and the term do not change.
deed-correct-category = Subject
deed-correct-do = Correct
deed-correct-said = The subject was corrected. The unit and the term are as before: if others answer for the new subject, pass the case on to them
deed-add_part-title = Add a co-executor
deed-add_part-lead = The co-executor sees the case and sends the result of their part. Your unit answers for the whole.
deed-add_part-task = What to do
deed-add_part-due_on = By which day
deed-add_part-do = Give the part
deed-add_part-said = The part was given
deed-report_part-title = Report the result
deed-report_part-lead = The lead sees the result of your part.
deed-report_part-part = Part
deed-report_part-result = What was done
deed-report_part-do = Report
deed-report_part-said = The result was sent
deed-withdraw_part-title = Withdraw a part
deed-withdraw_part-lead = The co-executor need not do anything more, and the case closes for them.
deed-withdraw_part-part = Part
deed-withdraw_part-do = Withdraw
deed-withdraw_part-said = The part was withdrawn
deed-add_party-title = Add a party
deed-add_party-lead = Somebody with an account sees only the subject and the text of the appeal at first. A co-applicant who agrees sees the place, the documents, the messages and the answer and can write, but not your telephone, e-mail and address. A representative who agrees sees everything and can do whatever you can. The other side is only named.
deed-add_party-staff-lead = The party is named in the case but cannot open it: only the applicant can invite somebody with an account.
deed-add_party-role = Who is it
deed-add_party-name = Name
deed-add_party-email = E-mail of the account
deed-add_party-email-hint = Somebody who has an account with this e-mail is asked whether they agree; a co-applicant or representative without one gets letters of how it goes
deed-add_party-note = What else to know
deed-add_party-note-hint = The number and date of a power of attorney, for example
deed-add_party-do = Add
deed-add_party-said = The party was added
deed-approve-title = Agree without signing
deed-approve-lead = The answer will be agreed and wait for a signature. Anybody who may sign can sign it, you too.
deed-approve-do = Agree
deed-approve-said = The answer was agreed and waits for a signature
deed-sign-title = Sign the answer
deed-sign-lead = The applicant will see this answer at once. This cannot be undone.
deed-sign-do = Sign and send
deed-sign-said = The answer was signed; the applicant sees it
deed-reopen-title = Reopen the case
deed-reopen-lead = The case comes back to work, and the term of the answer starts anew.
deed-reopen-do = Reopen
deed-reopen-said = The case was reopened
deed-reply_to_rating-title = Reply to the rating
deed-reply_to_rating-lead = The applicant sees the reply beside the rating.
deed-reply_to_rating-do = Reply
deed-reply_to_rating-said = The reply was sent
deed-own-correct-title = Correct the data
deed-own-correct-lead = What it said before and says since is kept in the case.
deed-own-correct-addition = What to add to what you wrote
deed-own-correct-do = Save
deed-own-correct-said = The data was corrected
deed-cancel-title = Withdraw the appeal
deed-cancel-lead = It will be considered no longer and there will be no answer. It cannot be brought back, but you can file a new one.
deed-cancel-do = Withdraw
deed-cancel-said = The appeal was withdrawn
deed-object-title = Object to the answer
deed-object-lead = A new case opens: a higher unit considers the objection. It sees both your appeal and the answer.
deed-object-reasons = What you do not agree with
deed-object-do = File the objection
deed-object-said = The objection was filed
deed-rate-title = Rate the work
deed-rate-lead = The rating and the reply to it appear on the page of the appeal.
deed-rate-stars = Rating
deed-rate-star = { $stars ->
    [1] 1: bad
    [5] 5: excellent
   *[other] { $stars }
}
deed-rate-comment = What was good, what was bad
deed-rate-do = Rate
deed-rate-said = Thank you, the rating is recorded

desk-answer-more = Parts of the answer
desk-answer-interim = Interim answer: the term will not stop
desk-answer-grounds-hint = Facts and rules that the decision rests on. Needed for a refusal
desk-answer-to_correct-hint = How the applicant can get there. Needed for a refusal
desk-answer-item-label = Why there is no answer on the merits
desk-answer-item-hint = Only for “No answer on the merits”, “Returned” and “Correspondence stopped”
desk-answer-promises-hint = Each promise on a new line: first the day, then what will be done. For example: 25.12.2026 clear the snow
case-error-promise = Begin each line with the day, for example: 25.12.2026 clear the snow

## Papers
paper-answer-title = Answer No. { $number }
paper-answer-about = On your appeal “{ $topic }”
paper-interim-about = On the progress of your appeal “{ $topic }”
paper-date-number = { $date } No. { $number }
paper-reply-to = In reply to No. { $number } of { $date }
paper-to = To
paper-decision = Decision: { $outcome }.
paper-measures = What has been done
paper-grounds = On what grounds
paper-to-correct = What can be put right
paper-promises = What will be done
paper-promise = By { $date }: { $text }
paper-next-steps = What to do next
paper-signed-post = Authorised official
paper-signed-line = Signed and issued in { $title } on { $date }.
paper-performer = Prepared by { $name }
paper-receipt-title = Appeal No. { $number }: receipt
paper-receipt-heading = Receipt of an appeal
paper-receipt-text = The appeal has been accepted and written into the open log. The date of the answer is counted by law and stands below.
paper-received = Received
paper-due = Answer due by
paper-no-term = No term is set
paper-service = Kind of appeal
paper-topic = About
paper-applicant = Applicant
paper-state = State
paper-return-code = Return code
paper-term-counted = How the term is counted
paper-history-title = History of appeal { $number }
paper-history-list = What happened
paper-check-page = Page
paper-check-number = Number of the appeal
paper-check-code = Code of the document
paper-check-key = Key of the log
paper-check-answer-title = Anybody can check that this answer is genuine
paper-check-answer-text = Point a camera at the code, or type the number and the code of the document on the page below. It shows no personal data.
paper-check-answer-alt = Code with the address of the page that checks this document
paper-check-receipt-title = Where to follow the appeal
paper-check-receipt-text = Point a camera at the code to open the page with the state of the appeal.
paper-check-receipt-alt = Code with the address of the page with the state of the appeal
paper-check-history-title = How to check
paper-check-history-text = Each line is written into the open log. The code leads to the proof, which you can check by yourself.
paper-check-history-alt = Code with the address of the proof
paper-download = Download PDF
paper-print = Print
case-did-case-answer_printed = The answer was printed as a PDF
verify-did-case-answer_printed = The answer was printed as a PDF
verify-field-outgoing = Outgoing number
verify-field-paper_sha256 = SHA-256 of the file

## Genuineness
genuine-title = Is a document genuine?
genuine-lead = Find out whether an answer on paper or in a file was really issued through this system. Receipts are not checked here. Neither personal data nor the text of the answer are shown.
genuine-by-code = By number and code
genuine-by-file = By file
genuine-number = Number of the appeal
genuine-number-hint = For example, A-2026-00000042-5; the outgoing number of the answer does too
genuine-code = Code of the document
genuine-code-hint = Eight signs at the foot of the answer, beside the square code
genuine-file = File of the answer (PDF)
genuine-file-hint = The file is not kept: only its fingerprint is compared
genuine-no-file = Choose a file
genuine-working = Counting the fingerprint of the file…
genuine-do = Check
genuine-yes = Yes, such an answer was issued
genuine-yes-text = Compare these facts with the document. If something differs, the document was altered.
genuine-yes-file = The file is exactly as the system issued it: nothing in it was altered.
genuine-yes-followed = Such an answer was issued, but a later one was issued in the same appeal since.
genuine-no = No such answer was issued
genuine-unknown-code = Check the number and the code. If they are typed correctly, the document was not issued through this system.
genuine-unknown-file = This file is not an answer as the system issued it: it may have been altered or saved anew. Receipts and histories are not checked here, only answers. Check the answer by number and code.
genuine-outgoing = Outgoing number
genuine-unit = Issued by
genuine-when = When
genuine-outcome = Decision
genuine-interim = Interim answer, no decision yet
genuine-hash = Fingerprint of the file (SHA-256)
genuine-register = Appeal { $number } in the register
deed-party-removed = The party was removed
desk-parts = Parts of others

## Documents
case-documents-title = Documents
case-documents-lead = Add photographs, certificates, extracts if you have them. Your appeal is taken without documents too.
case-documents-tips = How to add files
case-documents-tip-1 = Photograph the whole document in good light, so that the text can be read
case-documents-tip-2 = Add only what belongs to the matter, and cover what concerns other people
case-documents-tip-3 = Where and when a picture was taken is removed from copies for others; the original is kept closed
case-documents-asked = What is needed
case-documents-attached = Added
case-documents-there = Documents of the case
case-documents-none = There are no documents yet
case-documents-of = Appeal { $number }
case-documents-files = Files
case-documents-hint = { $formats }. A file of up to { $size } MB, no more than { $most ->
    [one] { $most } file
   *[other] { $most } files
  }
case-documents-slot = What the file is for
case-documents-slot-none = Something else
case-documents-add = Add
case-documents-full = { $most ->
    [one] { $most } file is added
   *[other] { $most } files are added
  }: no more can be added here. Remove some or send the rest later
case-documents-add-title = Add more
case-documents-add-first = Add a document
case-documents-add-own = The specialist sees new documents at once
case-documents-add-staff = The applicant sees the document on the page of the appeal
case-documents-closed = The case takes no documents now
case-documents-send = Add documents
case-documents-link = Documents: look and add
case-documents-none-given = Photographs, certificates, extracts can be added now or later
case-document-remove = Remove
case-document-removed = The file is removed
case-document-sent = The documents are added
case-document-done = The check is written down
case-document-picture = Picture: { $name }
case-document-download = Download
case-document-view = Look
case-document-good = In order
case-document-bad = Will not do
case-document-bad-do = Tell the applicant
case-document-reason = What is wrong
case-document-reason-hint = The applicant reads these words: say what to send instead
case-document-required = Needed
case-document-optional = Optional
case-document-received = Received
case-document-checked = Checked
case-document-faulty = Will not do
case-document-kb = { $size } KB
case-document-mb = { $size } MB
case-document-pages = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
  }
case-error-no-file = Choose a file
case-error-no-slot = No such document was asked for. Choose from the list
case-error-many-files = No more than { $most ->
    [one] { $most } file
   *[other] { $most } files
  } can be added
case-error-much-files = All files together must not be larger than { $most } MB
case-error-own-document = Only the applicant's documents are checked
case-error-document-lacks = A document is missing: { $title }
case-files-down = The place of files does not answer just now, and the file is not kept. All else is. You can send the appeal without the file and add it later on its page, or try again in a few minutes
case-did-case-document_sent = A document was added: { $items }
case-did-case-document_added = A document was added: { $items }
case-did-case-document_checked = A document was checked: { $items }
case-did-case-document_faulty = A document will not do: { $items }

## Watch over terms
desk-escalated = A head was told
case-did-case-reminded = The term was called to mind. Working days left: { $days }
case-did-case-escalated = A head was told about the term. The answer is due by { $date }
case-did-case-overdue = The term of the answer passed on { $date }. Those who have an address were told
verify-did-case-reminded = A reminder of the term
verify-did-case-escalated = A head was told about the term
verify-did-case-overdue = The term ended without an answer

## Find
register-place = Territory
register-outcome = How it ended
register-from = Received no earlier than
register-until = Received no later than
register-yes = yes
register-no = no
register-all = The whole register
register-places = Appeals by territory
register-places-lead = How many appeals each territory has and how many of them are finished. A region is counted with all that lies in it.
register-places-none = No appeals with a territory yet
register-places-all = All
register-places-finished = Finished
register-places-few = fewer than { $least }
register-places-fresh = The numbers are counted once a minute. Where there are very few appeals the number is not given, so that nobody can be recognised by it.
register-file = Download as a table (CSV)
register-file-hint = The file and the feeds hold what is filtered on the page: the file up to 100,000 rows, the feeds the newest 50.
find-title = Search
find-lead = We look among services, appeals of the public register and answers to questions. What applicants wrote is never part of the open search.
danger-call = If somebody is in danger just now, call 112: help comes at once. Appeals are not read at once.
find-meant = Did you mean:
find-do = You can file about this
find-do-topic = The topic will be chosen already; you only describe what happened.
find-services = Services that fit
find-similar = Similar appeals
find-similar-lead = Others filed about this: see who answers and how it ended.
find-similar-all = All such appeals in the register
find-told = Explanations
find-none = Nothing was found by these words
find-none-text = Try other words or choose from all services. If nothing fits, write an appeal in your own words: it will be sent to those who answer.
find-none-do = Write an appeal
find-next = What next
find-next-text = Nothing of yours here? Describe it in your own words and the appeal will be sent to those who answer. You have a number? See how it stands.
find-next-file = Write an appeal
find-next-status = Look up a number
find-next-services = All services
find-desk = Search in appeals
find-desk-label = Words of the appeal
find-desk-lead = Searches topic, description, address and number in the appeals of your units. Words in quotes are looked for in a row.
find-desk-found = Appeals found
find-desk-none = No appeal of your units has these words
find-desk-none-text = Look for a slip of the pen, or leave fewer words. Names of applicants are not searched.
find-desk-readying = After the start appeals are still being made ready for search: the newest can be found, older ones will follow in a few minutes.
find-desk-back = Back to the queue
find-desk-here = Search by words
case-answer-earlier = Earlier answer

## Several cases at once
desk-several = Several cases at once
desk-several-of = Cases that { $name } has
desk-several-lead-choose = Tick the cases, 50 at the most
desk-several-empty = There are no cases here
desk-several-none = Tick at least one case
desk-several-too-many = No more than 50 cases at once
desk-several-release = Give back to the queue
desk-several-lead = Done: { $done } of { $all }
desk-several-ok = Done
desk-several-undo = Undo
desk-several-undo-lead = Undone: { $done } of { $all }
desk-several-undone = With the former specialist again
desk-several-moved-on = Somebody else has it by now: left alone
desk-several-nobodys = The case lies in the common queue already: left alone
desk-several-not-yours = This case is not open to you
desk-several-failed = It did not work, try again
desk-load = Who has how much
desk-load-lead = Cases without an answer and tasks in your units. Choose a name to give cases to somebody else.
desk-load-who = Who
desk-load-free = Nobody has taken
desk-load-open = All
desk-load-overdue = Overdue
desk-load-soon = Due within 7 days
desk-load-waiting = Applicant is waited for
desk-load-tasks = Tasks
desk-load-tasks-overdue = { $count } overdue
case-error-nobodys = Nobody has this case anyway
case-did-case-released = The case went back to the queue of the unit
verify-did-case-released = Given back to the queue
deed-recall-title = Take the answer back from agreement
deed-recall-lead = The answer becomes a draft again: you can change it and send it once more. The head no longer sees it.
deed-recall-do = Take it back
deed-recall-said = The answer is yours again
deed-release-title = Give back to the queue
deed-release-lead = The case stays in the unit and any specialist can take it. Everything done is kept.
deed-release-do = Give back to the queue
deed-release-said = The case is back in the queue

## Reception
verify-source-phone = By phone
verify-source-paper = By letter on paper
verify-source-visit = At the reception
verify-source-email = By e-mail letter
verify-source-mailbox = By a letter to the mailbox
verify-source-messenger = In a dialogue or a messenger
verify-source-network = In a social network
verify-source-voice = Through a voice assistant
verify-did-case-caller_heard = The applicant spoke by phone or at the reception
case-did-case-filed-for = { $source ->
    [phone] The appeal was written down by phone
    [paper] The appeal was entered from a letter on paper
    [visit] The appeal was written down at the reception
   *[email] The appeal was entered from an e-mail letter
}
case-did-case-caller_heard = { $source ->
    [visit] Came in person, received by { $by }
   *[phone] What the applicant said by phone was written down
}
case-message-heard = { $source ->
    [visit] at the reception, written down by { $name }
   *[phone] by phone, written down by { $name }
}
reception-title = Reception
reception-new = New card
reception-card = Card
reception-way-phone = Phone call
reception-way-paper = Letter
reception-way-visit = Personal visit
reception-way-email = E-mail
reception-hint-phone = Write down what is said and read out the number
reception-hint-paper = Enter the letter and attach a scan
reception-hint-visit = Write it down and hand over a coupon with the number
reception-hint-email = Enter a letter that came by e-mail
reception-order-phone = A call is a message: the region sets the term, it stands on the slip. The terms of Law 59-FZ do not apply. To have it handled by law the applicant must sign in on the site, come, or send a letter.
reception-danger = If somebody is in danger, they should call 112 first: an appeal is not read at once.
reception-order-email = An e-mail without signing in is a message: the region sets the term, the terms of Law 59-FZ do not apply.
reception-order-paper = A letter is handled by law. Register it within 3 days of receipt; the term of the answer runs from registration.
reception-order-visit = An appeal made at the reception is handled by law. The term of the answer runs from registration.
reception-confirm-phone = The record was read to the applicant, who confirmed it and knows that their data are needed for the answer
reception-confirm-visit = The record was read to the applicant, who confirmed it and knows that their data are needed for the answer
reception-confirm-paper = The record was compared with the letter
reception-confirm-email = The record was compared with the letter
reception-came = How it came
reception-came-on = received on { $date }
reception-outgoing-no = sender’s number { $number }
reception-with = together with: { $names }
reception-taken-by = Written down by { $name }
reception-service = Kind of appeal
reception-came-on-label = Day of receipt
reception-came-on-hint = The day on the stamp of receipt. The days for registration run from it
reception-outgoing = Sender’s number
reception-outgoing-hint = If the letter has one
reception-others = Who else signed the letter
reception-others-hint = One on a line, ten at the most. The answer goes to the one whom you name as the applicant
reception-begin = Begin the card
reception-register = Register
reception-error-day = Give the day on which the letter was received
reception-error-future = That day has not come yet
reception-error-old = A letter older than { $days } days is not entered: check the year and the month
reception-error-others = No more than { $most } names
reception-who-hint = To answer, one is enough: a telephone, an e-mail or a postal address
reception-error-unreachable = Give a telephone, an e-mail or a postal address: at least one, so that there is somewhere to answer
reception-asks = Somebody asks about a case
reception-find = Number of the appeal
reception-find-hint = For example: А-2026-00000042-5. The letter may be Russian or Latin
reception-find-do = Open
reception-begun = Not finished
reception-own = My cards
reception-day-none = You registered nothing on that day.
reception-own-none = The appeals that you register will stand here.
reception-applicant = Applicant
reception-tell = What to tell the applicant
reception-call = There is no e-mail, and nobody has told the applicant what is new. Call { $phone } and take down below what they say.
reception-written = What was written down
reception-others-case = You did not register this appeal: only what is open to everybody is shown.
reception-others-code = To read or print the answer, show documents or file an appeal against the answer, open the case together with the applicant: by its number and the code of their coupon. No code? Give a new one below.
reception-others-open = Open by the code
reception-hear-answered = The answer is given: what is taken down may stay without a reply. If the applicant does not agree, open the case with them by its number and code and choose “I do not agree with the answer”.
reception-scan-asked = The applicant was asked for documents. When they have brought everything, take down their words below: the work then goes on.
reception-hear = Take down what the applicant says
reception-hear-lead = The specialist gets it as the applicant’s message. The history will have your name.
reception-heard-way = How it was said
reception-heard-text = What the applicant said
reception-known-by = How you knew the applicant
reception-known-by-hint = For example: gave the return code; showed a passport
reception-hear-do = Take down
reception-heard = The applicant’s words were taken down.
reception-coupon-title = Coupon of the appeal
reception-coupon-answered = The answer is there
reception-coupon-read = The answer is there already: it may be read out to the applicant.
reception-code-title = Return code
reception-code-text = With the number and this code the appeal opens on the site: the answer appears there. Only the applicant knows the code.
reception-code-read = Read the code to the applicant or hand over the coupon. The code is shown here for one day.
reception-code-gone = The return code is shown for one day after registration.
reception-coupon-where = How the appeal stands can be learnt by its number: on the site under “Check”, or by phone from the reception.
reception-coupon-print = To print the coupon choose “Print” in the browser’s menu.
reception-print = Print
reception-next = Next card
reception-open = Open the card
reception-error-confirm = Tick the box once you have checked the record
reception-review-title = Check and register
reception-review-lead = Once registered, the card stays as it is. What the applicant says later is added on the page of the case.
reception-saved = The card waits for you on the page of the reception.

## Filing in full width
file-attach = Attach photos or documents
paper-to-entrepreneur = { $name }, sole trader
feedback-picture = Attach a screenshot

## Workplace, terms and control
case-cabinet-live-say = The list of appeals has changed
case-answer-view = View the answer
case-cabinet-refresh = Refresh
case-cabinet-regulation = Regulation: every term
case-history-service = Kind of service
case-slots = Which documents are needed
case-acts = What has been done
case-planned = The specialist plans to answer by { $date }
case-asked-until = Send it by { $date }
case-error-plan-late = The day cannot be later than the answer is due
case-did-case-noted = A member of staff made an internal note
case-did-case-planned = The specialist plans to answer by { $date }
case-did-case-prioritised = Priority changed: { $priority }
case-did-case-start_reminded = The head was reminded: work must begin by { $date }
case-did-case-start_overdue = Work has not begun in time, by { $date }. The head above was told
case-did-case-documents_reminded = The applicant was reminded of the documents. They are awaited by { $date }
verify-did-case-noted = Internal note
verify-did-case-planned = Day of the answer planned
verify-did-case-prioritised = Priority changed
verify-did-case-start_reminded = Reminded of the start of work
verify-did-case-start_overdue = Work not begun in time
verify-did-case-documents_reminded = Reminded of documents
desk-begin-by = begin by { $date }
desk-planned = plan { $date }
desk-planned-full = Plan: answer by { $date }
desk-urgent = High priority
desk-priority = { $name } priority
desk-notes = Internal notes
desk-notes-lead = The applicant does not see them
desk-checks = Check
desk-checks-in-order = In order: { $count }
desk-check-is-good = fine
desk-check-is-warn = look
desk-check-is-bad = no
desk-check-documents-none = No documents are required
desk-check-document-lacks = { $title }: not sent
desk-check-document-new = { $title }: sent, not checked
desk-check-document-good = { $title }: checked
desk-check-document-faulty = { $title }: not what was asked for
desk-check-contact = There is a way to answer
desk-check-contact-address = Answer on paper, there is an address
desk-check-contact-no-address = An answer on paper is asked for, and there is no address
desk-check-contact-page = No address: the answer is seen by number and code alone
desk-check-place = The place is named
desk-check-place-none = The place is not named
desk-check-text = The problem is described
desk-danger = looks dangerous
desk-check-danger = This looks dangerous: reach the applicant and ask whether 112 was called
desk-check-text-short = The description is very short
desk-check-personal = Personal data in the text: { $what }
desk-check-personal-none = No personal data is seen in the text
desk-check-personal-email = e-mail
desk-check-personal-phone = telephone
desk-check-personal-number = a long number
desk-check-repeat = Again under the same subject: { $numbers }
desk-check-repeat-none = The first under this subject within a year
desk-check-repeat-unknown = Filed without signing in: repeats cannot be known
deed-note-title = Note for colleagues
deed-note-lead = Only staff see the note. The history keeps that it was made, without its words. The mark “new from the applicant” goes away: note what you did where no letter is needed.
deed-note-text = Note
deed-note-do = Save the note
deed-note-said = The note is saved
deed-plan-title = Planned day of the answer
deed-plan-lead = The queue and the applicant show this day, so that the applicant knows when to expect the decision. The term by law stays as it is.
deed-plan-most = Not later than the answer is due: { $date }
deed-plan-planned_on = I plan to answer by
deed-plan-do = Set the day
deed-plan-said = The day is set
deed-prioritise-title = Change the priority
deed-prioritise-lead = Urgent and important cases have a view of their own in the queue. The term by law stays as it is.
deed-prioritise-priority = Priority
deed-prioritise-do = Save
deed-prioritise-said = The priority is changed
deed-request_documents-send_by = Send by
deed-request_documents-send_by-hint = The applicant is reminded three days before and on the day

## Control, journal, figures, stages
register-begun = Taken to work
register-begun-on = in work since { $date }
desk-terms = Control of terms
desk-terms-lead = The terms of every kind in your units. “Passed”: the day has gone by and it is still open. “Broken”: done after its day within the last { $days } days.
desk-terms-kind = Kind of term
desk-terms-running = Running
desk-terms-soon = Within 3 days
desk-terms-overdue = Passed
desk-terms-broken = Broken
desk-terms-holder = Specialist
desk-terms-day = Last day
desk-terms-none = There are no such terms now
desk-terms-registration = Registration over the same time: { $all } received, { $late } registered late.
desk-term-answer = Answer by law
desk-term-work_start = Start of work
desk-term-forward = Forwarding to another body
desk-term-part = Parts of the work of others
desk-term-documents = Documents from the applicant
desk-term-aim = The agency's own aim
desk-term-plan = Plans of specialists
desk-term-task = Tasks
desk-terms-to-confirm = Works wait to be confirmed: { $count }
desk-journal = Journal of services
desk-journal-lead = Finished cases of your units: kind of service, when it came in, what the term was and whether it was kept.
desk-journal-from = Finished from
desk-journal-until = Finished until
desk-journal-ended = Finished
desk-journal-kept = Term kept
desk-journal-in-term = in term
desk-journal-late = late
desk-journal-no-term = no term
desk-journal-none = Nothing was finished in these days
desk-journal-none-text = Choose other days or another unit.
desk-journal-file = Take home as a table (CSV)
desk-totals = Totals
desk-total-all = Finished
desk-total-in-term = In term
desk-total-late = Late
desk-total-share = Share of answers given in term
desk-total-median = Half finished within
desk-time-short = less than an hour
desk-time-within-day = less than a day
desk-time-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
desk-time-days = { $days ->
    [0] less than a day
    [one] { $days } day
   *[other] { $days } days
}
desk-statistics = Figures
desk-statistics-period = Over how many days
desk-statistics-states = By state
desk-statistics-open = Not finished now
desk-statistics-received = Received in these days
desk-statistics-none = There are no cases yet
desk-statistics-persons = Who finished how much
desk-statistics-you = You
desk-statistics-gone = Former member of staff
desk-stages = Stages
desk-stages-lead = How long cases stay in each state. By unit it is the middle value of the last { $days } days: half of the cases passed the stage faster. In brackets, how many passed it.
desk-stages-units = Stages by unit
desk-stages-middle = Middle time
desk-stages-time = { $time } ({ $cases })
desk-stages-none = No case has gone on to another stage yet.
desk-stages-cases = By case
desk-stages-all = Every unit
desk-stages-no-cases = There are no cases yet.
desk-stages-spent = Time in each state

## Letterheads
letterheads-title = Letterheads
letterheads-note = The name, the coat of arms and the contacts on answers and receipts. A unit without a letterhead of its own writes on that of the unit above it.
letterheads-none = There are no units yet
letterheads-unit = Unit
letterheads-used = Letterhead
letterheads-own = Its own
letterheads-plain = Plain, no letterhead
letterhead-own = This unit has a letterhead of its own. The units inside it use it too.
letterhead-used = No letterhead of its own; letters go out on that of: { $name }. Fill the fields to make one.
letterhead-plain = There is no letterhead here or above: letters carry the names from the list of authorities.
letterhead-sample = Sample letter (PDF)
letterhead-head-ru = Full name in Russian
letterhead-head-en = Full name in English
letterhead-head-hint = As on the paper form, at most { $most } lines. Without a name and a mark there is no letterhead.
letterhead-en-hint = For letters in English. When it is empty, the Russian one stands.
letterhead-foot-ru = Line at the foot of the page
letterhead-foot-en = Line at the foot of the page in English
letterhead-foot-hint = For example: tax number, reception hours.
letterhead-mark = Coat of arms or logo
letterhead-mark-hint = { $formats }. We make it 320 points wide, which is enough for print. A drawing on a transparent ground is best.
letterhead-mark-now = The coat of arms or logo on the letterhead now
letterhead-mark-drop = Take the mark off the letterhead
letterhead-save = Save
letterhead-saved = The letterhead is saved. Look at the sample.
letterhead-contacts = Contacts on the letterhead
letterhead-contacts-note = They come from the unit's own card; empty ones are not printed.
letterhead-contacts-change = Change the contacts
letterhead-address = Address
letterhead-phone = Phone
letterhead-email = E-mail
letterhead-site = Site
letterhead-sample-number = А-0000-00000000-0/0
letterhead-sample-title = A sample letter
letterhead-sample-to = The addressee of the letter
letterhead-sample-text = This is how an answer to an appeal looks on this letterhead. This sheet was sent to nobody and decides nothing.
letterhead-sample-more = Long texts go over to further pages; each has the line of the letterhead at its foot.
letterhead-sample-post = Post of whoever signs
letterhead-sample-signer = A. B. Name
letterhead-sample-line = A sample: not signed.
paper-mark = Coat of arms or logo: { $name }

case-did-known-by = How the applicant was known: { $known_by }

feedback-to-services = Write to an authority

## For programs of staff

case-error-moved-on = The case was changed after you read it: read it again.

## Uploads
case-error-many-uploads = Ten uploads at once at most. Finish or cancel those that are begun.
case-error-upload-offset = The upload stands elsewhere. Ask with HEAD where, and go on from there.
case-error-upload-offset-text = The header Upload-Offset is needed: how many bytes have come.
case-error-upload-length = The header Upload-Length is needed: how many bytes the file has.
case-error-upload-metadata = Upload-Metadata cannot be read: pairs of a name and a value in Base64 are needed.
case-error-upload-long = More bytes came than were promised.
case-error-no-upload = There is no such upload, or its time has run out
case-error-upload-part = The file has not come whole yet

## Carried-over history
case-history-carried = Lines marked “carried over” are told by the former system: their times are those that it named. They were written into the journal on { $moment }. The seal of the journal shows that nobody has changed them since; of earlier times it can say nothing.
case-did-case-answered-plain = An answer was given
case-did-case-reopened-plain = The applicant did not agree with the answer; the case was taken up again
case-did-case-recategorised-plain = The subject was changed: { $to } (before: { $from })
case-did-case-closed-silence = Case closed: the applicant did not reply
case-did-case-closed-agreed = Case closed: the applicant agreed with the solution
case-did-case-closed-confirmed = Case closed: the solution was looked at and confirmed
case-did-case-term_moved = The term of the answer was changed
case-did-term = The answer was due { $before }, since then { $date }
verify-did-case-term_moved = Term of the answer changed
verify-carried = carried over, written into the journal { $moment }

## Reception: what to tell and what to send
reception-answers = The answer: it may be read out to the applicant
reception-to-print = print the answer
reception-late = The term of registration passed on { $date }: { $days ->
    [one] { $days } day
   *[other] { $days } days
} late
reception-on = Day of registration
reception-on-do = Show
reception-on-today = Today
reception-on-all = All days
reception-total = Total of the day
reception-error-on = Check the date
reception-error-find = Only numbers of appeals are looked for here. The letter may be left out; of this year’s the running number is enough, such as 42
paper-reply-to-theirs = In reply to your No. { $outgoing } ({ $ours })
case-did-case-corrected-for = Details put right at the applicant’s word: { $what }
case-did-case-document_sent-for = A document of the applicant attached: { $items }
reception-again = Another of the same kind

## Throwing a draft away
file-drop = Delete the draft
file-drop-title = Delete the draft?
file-drop-back = Back to the draft
file-drop-text = It cannot be brought back. If you are not sure, put it off: an untouched draft is kept for thirty days.
file-drop-text-guest = It cannot be brought back. If you are not sure, leave it: the draft is kept on this device for twelve hours.
file-drop-documents = The attached documents go with it:
file-drop-do = Delete the draft
file-drop-not = Keep it
file-drop-done = The draft is deleted
file-drop-gone = That draft is gone already

## Scans added at the reception
case-did-case-scan_added = { $source ->
    [paper] A scan or a document of the letter was added: { $items }
   *[other] A document of the applicant was added: { $items }
}
case-document-scanned = Applicant, added by { $name }
reception-no-papers = Nothing is attached.
reception-scan-lead = Forgot a scan, or did the applicant bring a paper later? Attach it here: the specialist and the applicant will see it, and your name stays in the history.
reception-scan-do = Attach
reception-scan-late = Nothing more can be attached: thirty days have passed or the case is finished. Write a new paper down as a new letter.
reception-scanned = The document is attached
reception-error-closed = The case is finished. Write a new paper down as a new letter
reception-error-late = More than thirty days have passed. Write a new paper down as a new letter

## Choosing a colleague
desk-who = Or a part of a name or an e-mail
desk-who-hint = When the list is long: for example, ann
desk-who-none = There is no such colleague. Check how the name is spelled
desk-who-many = Several fit. Choose one in the list: only they are left in it

## Reminders of parts and plans
case-did-case-part_reminded = A reminder: the part of the work is due by { $date } ({ $part_unit })
case-did-case-part_overdue = The part of the work was not done by { $date } ({ $part_unit })
case-did-case-plan_reminded = A reminder: the answer is planned for { $date }
case-did-case-plan_overdue = The answer was planned for { $date } and is not given yet

## News of the queue
desk-news = New or changed:
desk-news-show = Show

## Cases of somebody at the reception
reception-contact = E-mail or telephone of whoever asks
reception-contact-hint = For example: anna@example.org or +7 900 000-00-00. The log of access tells that you looked
reception-contact-do = Find their appeals
reception-found = Appeals of whoever asks
reception-found-none = There are no appeals with this e-mail or telephone. A landline may be written down without the code of its town. Ask for the number of the appeal too
reception-found-new = Write down the call
reception-found-next = Show more
reception-error-telephone = This looks like a telephone: type it into the other field. If it is the number of an appeal, there is a slip in it
reception-error-contact = Enter the whole e-mail address or telephone number

## What use has shown: the applicant
case-fact-will-register = Will be registered
case-document-sent-more = The files are added. Not everything is here yet: what is missing is marked below
case-unconfirmed = Your e-mail is not confirmed: until it is, your appeals are taken as plain messages, without the terms of 59-FZ. Open the link in our letter.
case-unconfirmed-do = Send the letter again
case-status-guest = Did you file without signing in? The return code opens the answer.
case-status-guest-do = Enter the code
case-status-signed = Did you file signed in? Sign in to read the answer.
case-status-signed-do = Sign in and open
register-entry-or = Did you file signed in?
register-entry-sign-in = Sign in
case-documents-link-count = { $count ->
    [one] See { $count } document or add more
   *[other] See { $count } documents or add more
}
case-error-email-stays = The e-mail can be replaced, not removed: letters about the appeal come to it
file-begun-anew = The draft was no longer kept on this device. We began a new one with what you wrote: check the answers before sending

file-withdrawn = This service is no longer offered. Choose another one under “Services”

## Deeds with documents and reminders, in a verification
verify-did-case-document_sent = The applicant added a document
verify-did-case-document_added = A document was added
verify-did-case-document_checked = A document was checked
verify-did-case-document_faulty = A document will not do
verify-did-case-scan_added = A scan was added
verify-did-case-part_reminded = A reminder of a part of the work
verify-did-case-part_overdue = A part of the work was not done in time
verify-did-case-plan_reminded = A reminder of the day planned for the answer
verify-did-case-plan_overdue = The day planned for the answer has passed

## Answers: what was read is what is decided
case-error-rewritten = While you read or wrote, the answer was rewritten or agreed to, or the applicant wrote again. Nothing was done: read it again
case-error-taken-by-you = You have this case already
case-error-take-first = Take the case first
case-error-anothers = Another specialist has the case: they can do this, or a head
case-error-not-of-that-unit = This person does not work with the unit that you chose. Choose another or leave the field empty
case-error-send-by-late = This day is later than documents can be waited for. Name an earlier one
case-error-extended-too-far = You wrote { $days } days; { $max_days } are the most
case-error-extended-again = With the earlier extension it would be { $days } days; { $max_days } are the most in all
deed-extend-days-error = Write the number of days in digits, for example 10
case-lost = Your text was not saved. Copy it from here if you still need it:
desk-undecided = No decision chosen
desk-outcome-hint = An interim answer needs none
desk-sent-back = Sent back for rework ({ $name }):
desk-sent-back-text = The former text
desk-agree-interim-title = Agree to the interim answer?
desk-agree-interim-text = This is an interim answer. The applicant sees it at once, signed by you; the term goes on and the case returns to work. This cannot be undone.
deed-sign-interim-lead = This is an interim answer. The applicant sees it at once; the term goes on and the case returns to work. This cannot be undone.
deed-cancel-reason-hint = Those who worked on the appeal see it
case-objected-title = An objection was filed: { $number }
case-objected-text = It is considered separately. The answer comes in that case.
case-item-told-anonymous = The appeal has no name or address (art. 11(1) of Law 59-FZ)
case-item-told-court = It is against a court’s decision (art. 11(2) of Law 59-FZ)
case-item-told-abuse = The appeal has insults or threats in it (art. 11(3) of Law 59-FZ)
case-item-told-unreadable = The text of the appeal cannot be read (art. 11(4) of Law 59-FZ)
case-item-told-unclear = What the appeal asks cannot be made out (art. 11(4.1) of Law 59-FZ)
case-item-told-repeated = This question was answered several times and there is nothing new in it (art. 11(5) of Law 59-FZ)
case-item-told-published = The answer stands on the official site (art. 11(5.1) of Law 59-FZ)
case-item-told-secret = The answer would disclose a secret that the law protects (art. 11(6) of Law 59-FZ)
case-item-told-barred = Nobody but the body complained of could get the complaint (art. 8(7) of Law 59-FZ)

## What is seen at the desk
desk-row-free = nobody has it
desk-row-off = { $name }, account switched off
desk-begin-late = not begun in time, by { $date }
desk-notices = Notices
desk-to-case = To the case
desk-to-queue = To the queue
desk-following = Next case
desk-go-agree = To the answer and the decision
desk-begin-first = Open the first case
desk-pressing-overdue = Overdue: { $count }
desk-pressing-today = Last day today: { $count }
desk-pressing-agree = Wait for your decision: { $count }
desk-pressing-parts = Parts of the work of others: { $count }
desk-gone-objection = The objection { $number } against your answer is not yours to look at: { $unit }, since { $date }.
desk-gone = Case { $number } is not with you any more. It was passed on: { $unit }, { $date }.
desk-agree-question = What is asked
desk-agree-by = Applicant: { $name }
desk-agree-wish = What they want:
desk-agree-parts = A co-executor has not told the result of their part yet.
desk-agree-wrote = The applicant wrote after the answer was written:
desk-agree-read = Read it
desk-several-all = Tick all on this page
desk-several-whom = Choose whom to give it to
desk-several-free = Cases that nobody has taken
desk-several-taken = Taken: { $done } of { $all }
desk-several-released = Given back to the common queue: { $done } of { $all }
desk-several-assigned = Given to { $name }: { $done } of { $all }
desk-several-freed = In the common queue again. Work that was begun stays begun
desk-several-state = This cannot be done with the case now: it is answered, or its answer waits for agreement
desk-several-carried-over = A case of the former system that is answered already
desk-several-elsewhere = This person does not work with the unit of this case
desk-load-off = The account is switched off: give the cases to others
desk-load-moved = Works in your units no more: give the cases to others
desk-total-overdue-now = Overdue now
desk-to-tools = To what can be done

## Files of letterheads
letterhead-error-mark-kind = Save the picture as PNG or JPEG

## Copies of documents and their originals
case-documents-tip-4 = The name of the author, the program and former versions of the text are removed from copies of PDFs
case-document-original = Get the original
case-document-original-why = “Download” gives you a copy without the place and time of shooting, the device and the author. Check an electronic signature inside the file by the original. Who got the original and what for is written into the history of the appeal: the applicant reads it, too.
case-document-purpose = What the original is needed for
case-document-purpose-hint = For example: to check an electronic signature
case-document-original-do = Write down and download
case-did-case-original_opened = A member of staff got the original of a file: { $items }
verify-did-case-original_opened = A member of staff got the original of a file

## Who is named beside the applicant
case-named-waits = You were named in an appeal of somebody else
case-named-co_applicant = You were named as a co-applicant
case-named-representative = You were named as a representative
case-named-co_applicant-by = { $name } named you as a co-applicant of appeal { $number }
case-named-representative-by = { $name } named you as a representative in appeal { $number }
case-named-filed = Sent
case-named-question = Do you take part in this appeal?
case-named-co_applicant-then = If you agree, you will see the place, the documents, the messages and the answer and can write messages. You are not shown the telephone, the e-mail and the postal address of the others, nor they yours.
case-named-representative-then = If you agree, you will see all of the appeal with its documents, messages and the contacts of the applicant, and can do whatever the applicant can.
case-named-not = If it is not you, or you do not want to take part, decline. The appeal will be closed to you, the applicant and the specialist will learn of it, and nobody can add you to it again.
case-named-open = Read and decide
case-named-agree = I take part
case-named-decline = It is not me
case-named-agreed = You take part in the appeal
case-named-declined = You have declined. This appeal is open to you no more
case-named-not-yet = Has not agreed yet
case-party-remove-text = This party leaves the list, and the appeal is closed to them. They can be added again.
case-named-since = Agreed on { $date }
case-named-leave = Leave the appeal
case-named-leave-do = Leave the appeal
case-error-party-declined = This person has declined to take part in the appeal. They cannot be added again
case-did-case-party_agreed = Agreed to take part: { $role }
case-did-case-party_declined = Declined to take part: { $role }. The appeal is closed to this person
verify-did-case-party_agreed = A party agreed
verify-did-case-party_declined = A party declined

## Until when a reply is awaited
case-waits-until = Reply by { $date }.

## The point on the map
case-point-alt = Map with the point marked

## An answer on paper
desk-words = Wrote to us
desk-posting = To post
desk-posting-title = The answer has to go out on paper
desk-posting-print = Print the answer
desk-posting-to = Print the answer and post it to: { $to }
desk-posting-keep =
    { $given ->
    [yes] There is neither an e-mail nor a postal address: print the answer, lay it ready to be collected and call { $phone }
   *[no] There is neither an e-mail nor a postal address: print the answer and lay it ready to be collected
 }
desk-pressing-words = Applicants wait for a reply: { $count }
desk-pressing-posting = Answers to send on paper: { $count }
desk-pressing-tasks = Tasks past their day: { $count }
desk-pressing-own-tasks = Your tasks: { $count }
desk-pressing-free-tasks = Tasks that nobody has taken: { $count }
desk-pressing-confirm = Works wait to be confirmed: { $count }
desk-pressing-rules = Decision rules wait to be approved: { $count }
desk-agree-paper-to = Print this answer and post it to: { $to }. Once agreed, the case stands in “To post”.
desk-agree-paper-keep = Print this answer and lay it ready to be collected: there is neither an e-mail nor a postal address{ $given ->
    [yes] , telephone { $phone }
   *[no] {""}
 }. Once agreed, the case stands in “To post”.
deed-post_answer-title = Note that it was sent
deed-post_answer-lead = The applicant is told that the answer was posted or can be collected. It stays in the history.
deed-post_answer-way = What was done
deed-post_answer-posted = Posted
deed-post_answer-ready = Ready to be collected
deed-post_answer-posted_on = Posted: on which day
deed-post_answer-to = Posted: to which address
deed-post_answer-item = Posted: number of the item
deed-post_answer-place = To be collected: where
deed-post_answer-hours = To be collected: hours
deed-post_answer-do = Note it
deed-post_answer-said = Noted; the applicant is told
case-posted-title =
    { $given ->
    [yes] The answer was posted on { $date }, item { $item }
   *[no] The answer was posted on { $date }
 }
case-ready-title = The answer is ready and can be collected
case-did-case-answer_posted =
    { $given ->
    [yes] The answer was posted on { $date }, item { $item }: { $to }
   *[no] The answer was posted on { $date }: { $to }
 }
case-did-case-answer_ready =
    { $given ->
    [yes] The answer can be collected: { $to }, { $hours }
   *[no] The answer can be collected: { $to }
 }
verify-did-case-answer_posted = The answer was posted
verify-did-case-answer_ready = The answer can be collected
case-error-nothing-to-post = It was noted already
case-error-future-day = That day has not come yet
case-error-old-day = More than 60 days have passed. Check the day

## A visit by the number of an appeal
case-did-case-caller_heard-elsewhere = Came in person, received by { $by }: { $reception }
case-did-said = Said: { $what }
case-message-handed = Handed over: { $what }
reception-heard-phone = Called
reception-heard-visit = Came in person
reception-handed = What the applicant handed over
reception-handed-hint = For example: a copy of the contract, 2 sheets. Whoever has the case attaches the scan
reception-handed-hint-own = For example: a copy of the contract, 2 sheets
reception-visit-only = Another unit has this case. Write it down when somebody came to you: the number ties the visit to the case.

## A new return code
reception-renew = New return code
reception-renew-lead = When somebody has lost their code, make sure that the appeal is theirs and give a new one. The former code stops working at once; your name stands in the history.
reception-code-stated = E-mail or telephone of the appeal, as the person names it
reception-code-stated-hint = The last name where the appeal has neither. The system compares: without a match there is no code
reception-code-known-by = How you made sure that the appeal is theirs
reception-code-known-by-hint = For example: showed a passport; named the topic, the address and the day of the appeal
reception-renew-do = Give a new code
reception-renewed-text = Read the code out to the applicant or hand over this sheet. The code is shown once: it cannot be seen here again.
case-did-case-code_renewed = A new return code was given, the former one works no more
verify-did-case-code_renewed = A new return code was given
case-error-code-stated = The appeal has something else. Ask for the e-mail or telephone that they gave when filing, or for the last name when they gave neither
case-error-code-renewed = A new code was given already. It was shown once; if nobody wrote it down, give another one
case-error-code-account = The applicant has an account: they sign in and need no code

## Quality: ratings and units
desk-decimal-mark = .
desk-ratings = Ratings
desk-ratings-lead = How applicants rated the work on cases that were finished in this period
desk-ratings-none = There are no ratings yet
desk-ratings-mean = Mean rating { $mean } of 5, ratings: { $count }
desk-ratings-short = { $mean } ({ $count })
desk-ratings-stars = Rating
desk-ratings-count = How many
desk-ratings-low = Low ratings, newest first
desk-ratings-replied = replied
desk-ratings-waits = no reply
desk-statistics-nobody = Without an assignee
desk-statistics-units = By unit

## Several answers at once
desk-decide = Read and decide
desk-decide-read = Read the answers and decide
desk-decide-lead = Read each answer. Only the ticked ones are decided; an answer that was rewritten while you read goes on waiting.
desk-decide-others = These cases do not wait for your decision: the answer was returned, agreed to, or is your own
desk-decide-this = Decide this one, too
desk-decide-agree = Agree and deliver the ticked ones
desk-decide-return = Return the ticked ones
desk-several-elsewhere-ticked = Ticked on other pages of the list: { $count }
desk-several-closed = Closed: { $done } of { $all }
desk-several-agreed = Agreed and delivered: { $done } of { $all }
desk-several-returned = Returned: { $done } of { $all }

## Filters and order of the queue
desk-narrow = Filter and order
desk-narrow-free = Only what nobody has taken
desk-narrow-for-us = Only with something new from the applicant
desk-order = Order
desk-order-due = What runs out first
desk-order-newest = Newest first
desk-empty-narrowed = No cases fit this filter

## Decisions by rule
case-rule-decided = Decided without a person by rule { $place } “{ $title }” (version { $version }). The rules were approved by { $officer } on { $date }.
case-rule-reference = This reference question was answered automatically by rule { $place } “{ $title }” (version { $version }). The rules were approved by { $officer } on { $date }.
case-rule-proposed = The decision was proposed by rule { $place } “{ $title }” (version { $version }, approved by { $officer } on { $date }); an officer confirms it.
case-rule-review = Within 30 days of the answer you can ask a person to review it.
case-rule-why = Why so
case-rule-fits = The rule that fits: { $title }
case-rule-passed = The rule does not fit: { $title }
case-rule-yes = yes
case-rule-no = no
case-rule-nothing = nothing
case-rule-test-equals = { $label }: “{ $wanted }” is needed, “{ $had }” was given
case-rule-test-one_of = { $label }: one of “{ $wanted }” is needed, “{ $had }” was given
case-rule-test-yes = { $label }: ticked
case-rule-test-given = { $label }: answered
case-rule-test-number-from = { $label }: at least { $from }, { $had } was given
case-rule-test-number-to = { $label }: at most { $to }, { $had } was given
case-rule-test-number-between = { $label }: from { $from } to { $to }, { $had } was given
case-rule-test-date-from = { $label }: not before { $from }, { $had } was given
case-rule-test-date-to = { $label }: not after { $to }, { $had } was given
case-rule-test-date-between = { $label }: from { $from } to { $to }, { $had } was given
case-rule-test-age-from = { $label }: at least { $from } whole years ago, { $had } was given
case-rule-test-age-to = { $label }: at most { $to } whole years ago, { $had } was given
case-rule-test-age-between = { $label }: { $from } to { $to } whole years ago, { $had } was given
case-rule-test-days-from = { $label }: at least { $from } days ago, { $had } was given
case-rule-test-days-to = { $label }: at most { $to } days ago, { $had } was given
case-rule-test-days-between = { $label }: { $from } to { $to } days ago, { $had } was given
case-rule-test-category = Subject: “{ $wanted }” is needed, “{ $had }” was given
case-rule-test-territory = Place: “{ $wanted }” is needed, “{ $had }” was given
case-rule-test-channel = Filed by: { $wanted } is needed, it came by { $had }
case-rule-test-identified = The applicant is identified
case-rule-test-not_identified = The applicant is not identified
case-rule-test-not = The next condition does not hold
case-rule-test-any = One of the next conditions holds
case-did-case-left_to_people = The rules did not decide: a person will
case-did-case-decision_proposed = A rule proposed a decision
case-did-case-review_asked = The applicant asked a person to review. The answer is due { $date }
verify-did-case-left_to_people = A person decides the case
verify-did-case-decision_proposed = A rule proposed a decision
verify-did-case-review_asked = A review by a person was asked for
case-error-no-rule = A person gave this answer: you can object to it
case-error-review-over = Thirty days have passed since the answer: you can object to it
deed-ask_person-title = Ask a person to review
deed-ask_person-lead = The answer was given by a rule, without a person. The case goes back to a specialist, and its term runs on.
deed-ask_person-reason = What is wrong with the answer
deed-ask_person-reason-hint = It tells the specialist at once what to look at
deed-ask_person-do = Ask
deed-ask_person-said = The case went back to a specialist
paper-by-rule = Decided automatically, without a person
paper-rule-name = rule { $place } of version { $version }
paper-rule = How the decision was made
desk-total-by-rule = Decided by rules
desk-total-by-rule-median = Half of the decisions by rule took at most
desk-total-by-people-median = Half of the decisions by people took at most
desk-total-within-day = Decided within a day
home-figures-by-rule = By rule usually answered within
home-figures-by-people = By people usually answered within
home-figures-within-day = Answers within a day
case-time-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
case-time-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
desk-rules = Decision rules

## Works on the ground
works-title = Tasks and works
works-of-problem = This appeal is about the problem:
works-of-problem-short = Problem
works-task = Task
works-task-number = Task { $number }
works-public-page = As everybody sees it
works-unit = Who does it
works-owner = Responsible
works-owner-hint = May be left out: whoever does it takes the task
works-owner-is = Responsible: { $name }
works-nobody = Nobody has taken the task yet
works-set = Set a task
works-set-done = The task is set. The applicants were told
works-set-proposal = Set a task from this decision
works-set-review = Set a task from the review
works-set-promise = Set a task from the promise for { $date }
works-source-problem = From a problem
works-source-proposal = From the decision on an appeal
works-source-review = From a review
works-source-promise = From a promise in an answer
works-join = Join into a problem
works-public-hint = Everybody will see this. Write no names, telephones or flat numbers
works-todo = What is to be done
works-due = Due
works-new-due = New day
works-begun = Works began
works-stages-left = Stages that are not marked as done: { $stages }. Mark them on the page of the task, or say why they will not be: applicants see them so.
works-done-on = Done on
works-percent = Stages done
works-percent-done = { $percent }% done
works-stage = Stage
works-stages = Stages
works-stage-done = done on { $date }
works-stage-days = from { $from } to { $until }
works-stage-until = until { $date }
works-stage-late = the day has passed
works-from = From
works-until = Until
works-note = What was done
works-of-stage = Which stage it shows
works-shows = What it shows
works-showing-before = How it was
works-showing-works = How the works go
works-showing-proof = What was done
works-shows-before = How it was, added { $date }
works-shows-works = The works, { $date }
works-shows-proof = What was done, { $date }
works-file = Photograph or paper
works-proof = Photographs or papers
works-file-lead = Everybody will see the file. We take out where and when it was made; leave people, number plates and documents out of the picture.
works-file-hint = { $formats }
works-said = What everybody is told
works-said-returned = Why the works were sent back
works-said-put_off = Why they are put off
works-said-dropped = Why it will not be done
works-at-desk = Open at the workplace
works-said-done-hint = What was done. At least one photograph or paper is needed: add it here or before
works-said-upheld-hint = Why the works are done after all. The applicants will read it
works-said-back-hint = What is not done. Everybody will see it
works-said-off-hint = Why it is put off. Everybody will see it
works-said-dropped-hint = Why it will not be done. Everybody will see it
works-plan-anew = Change
works-kept = Saved
works-told = Saved. The applicants were told
works-disputed = An applicant writes: not done
works-dispute = Not done
works-dispute-do = Report
works-dispute-lead = Write what is left. The works will not be confirmed until a head has looked. Only staff see your words and your photograph.
works-dispute-label = What is not done
works-dispute-photo = Photograph
works-dispute-waits = You wrote that it is not done. The works will not be confirmed until a head has looked.
works-dispute-looked = a head has looked
works-dispute-said = Passed on to those responsible. The works will not be confirmed until they have looked
works-state-set = Set
works-state-taken = Taken
works-state-under_way = Under way
works-state-done = Done, being checked
works-state-confirmed = Done
works-state-put_off = Put off
works-state-dropped = Dropped
works-do-take = Take the task
works-do-give = Name who is responsible
works-do-begin = Begin the works
works-do-plan_stage = Add a stage
works-do-plan_anew = Change the stage
works-do-finish_stage = The stage is done
works-do-show = Add a photograph
works-do-report = Report as done
works-do-confirm = Confirm
works-do-uphold = Leave as done
works-do-send_back = Send back
works-do-put_off = Put off
works-do-drop = Drop the task
works-title-field = What the task is
desk-tasks = Tasks
desk-tasks-parts = Which tasks
desk-tasks-mine = Mine
desk-tasks-unit = Of the unit
desk-tasks-to_confirm = To confirm
desk-tasks-ended = Ended
desk-tasks-none = There are no tasks
desk-tasks-none-text = A head sets a task from the page of a problem, an appeal that was granted, a review or an answer with a promise.
problems-title = Problems and works
problems-lead = What many write about, what is done about it and when it will be done.
problems-none = There are no such problems
problems-none-filtered = No problem fits these filters. Drop one of them.
problems-none-text = A problem appears when an authority joins appeals about one and the same thing.
problem-what = Problem
problem-title = The problem in a few words
problem-about = More about it
problem-place = Where
problem-place-hint = A street or a district, no flat number. Everybody will see it
problem-cases = Appeals
problem-opened = Opened
problem-since = since { $date }
problem-closed = Solved
problem-solved = How it was solved
problem-no-works = There are no tasks yet
problem-private = No names and no words of applicants here: only what the authority does.
problem-same = Does it concern you too?
problem-same-do = Write about the same
problem-state-open = Being solved
problem-state-closed = Solved
problem-into = Into an open problem
problem-into-hint = Or leave it empty and describe a new one below
problem-join-lead = Appeals about one and the same thing become one problem with one page. Each appeal keeps its own term and its own answer.
problem-join-do = Join
problem-joined = The appeals are joined. The applicants see the problem on their pages
problem-leave = Take out
problem-leave-title = Take the appeal out of the problem
problem-leave-of = Take { $number } out of the problem
problem-leave-lead = If the appeal is about something else, take it out of here. The applicant will see the reason.
problem-leave-label = Why
problem-close = Close the problem
problem-close-title = Close the problem
problem-close-lead = Write how it was solved. Everybody will see it, and all applicants are told. Each case still needs its answer: closing the problem is none.
problem-close-label = How it was solved
problem-close-when = It can be closed when its tasks are over and at least one is confirmed, or no appeal is left in it.
problem-closed-done = The problem is closed. All applicants were told
problem-back = Problem
task-error-state = This cannot be done with the task now: look how it stands
task-error-take-first = Take the task first
task-error-anothers = Somebody else has the task
task-error-own = Whoever reported it does not confirm it
task-error-disputed = An applicant writes that it is not done. Look first: leave it as done or send it back
task-error-source = No such task can come of this appeal: it takes a decision in favour, a review with words or a promise in an answer
task-error-many = No more can be added
task-error-taken = The task was taken already
task-error-days = The end is before the beginning
task-error-stage-done = The stage is done already
task-error-to-come = This day has not come yet
works-error-contacts = Everybody will see this, and there is a telephone or an e-mail in it. Take it out
task-error-no-proof = At least one photograph or paper of what was done is needed
task-error-no-dispute = Nobody wrote that it is not done
task-error-not-later = The new day has to be later than the one before
task-error-not-told-done = “Not done” can be said while the works wait to be confirmed
task-error-said = You have written about it already. A head will look
problem-error-closed = The problem is closed already
problem-error-joined = The appeal is part of a problem already
problem-error-many = A problem has no more than 500 appeals
problem-error-not-done = It can be closed when its tasks are over and at least one is confirmed, or no appeal is left in it
case-did-case-problem_joined = The appeal was joined to the problem “{ $works }”
case-did-case-problem_left = The appeal is no longer part of the problem “{ $works }”
case-did-case-problem_closed = The problem is solved: “{ $works }”
case-did-case-task_set = A task was set: “{ $works }”, due { $date }
case-did-case-works_begun = Works began: “{ $works }”
case-did-case-works_stage_done = The stage “{ $stage }” is done: “{ $works }”
case-did-case-works_done = Reported as done: “{ $works }”
case-did-case-works_confirmed = Confirmed as done: “{ $works }”
case-did-case-works_upheld = A head has checked, the works are done: “{ $works }”
case-did-case-works_sent_back = Works were sent back: “{ $works }”, due { $date }
case-did-case-works_put_off = Works were put off until { $date }: “{ $works }”
case-did-case-works_dropped = The task was dropped: “{ $works }”
case-did-case-works_disputed = The applicant writes that it is not done: “{ $works }”
case-did-case-task_reminded = Reminder of the day of the task “{ $works }”
case-did-case-task_overdue = The day of the task “{ $works }” has passed
verify-did-case-problem_joined = The appeal was joined to a problem
verify-did-case-problem_left = The appeal is no longer part of a problem
verify-did-case-problem_closed = The problem is solved
verify-did-case-task_set = A task was set
verify-did-case-works_begun = Works began
verify-did-case-works_stage_done = A stage of works is done
verify-did-case-works_done = Works were reported as done
verify-did-case-works_confirmed = Works were confirmed as done
verify-did-case-works_upheld = A head has checked the works
verify-did-case-works_sent_back = Works were sent back
verify-did-case-works_put_off = Works were put off
verify-did-case-works_dropped = The task was dropped
verify-did-case-works_disputed = The applicant writes that it is not done
verify-did-case-task_reminded = Reminder of the day of a task
verify-did-case-task_overdue = The day of a task has passed

## Dialogue
home-dialogue = Tell it in a dialogue

## Mailbox
reception-letters = Letters of the mailbox
reception-arrived = Came without an operator

## Reception and networks
reception-networks = From social networks
