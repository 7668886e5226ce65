# The catalogue: services, subjects, forms.

catalog-services = Services and appeals
catalog-services-lead = Choose what brings you here. Every appeal is answered by law and in time.
catalog-find-label = What you need to do
catalog-find-hint = For example: snow
catalog-find = Find
catalog-topics = Subjects that fit
catalog-topics-lead = Choose a subject: its form opens with it marked. Other services are below.
catalog-nothing = Nothing was found for “{ $typed }”. Try another word, or choose a service from the list.
catalog-guest = Without signing in it is a message: it is answered too, and you get a code to come back to the answer. To send a formal { $formal }, sign in.
catalog-sign-in = Sign in
catalog-service-who = Who may use it
catalog-service-term = When you get an answer
catalog-service-signed-in = Signed in: { $formal }
catalog-service-as-guest = Without signing in: message
catalog-service-needed = What you will need
catalog-service-happens = What happens next
catalog-service-days = { $days ->
    [one] The answer comes within { $days } day of registration
   *[other] The answer comes within { $days } days of registration
}
catalog-service-working-days = { $days ->
    [one] The answer comes within { $days } working day of registration
   *[other] The answer comes within { $days } working days of registration
}

catalog-place-territory = District or town
catalog-place-territory-hint = If you are not sure, choose the wider one
catalog-place-address = Address or landmark
catalog-place-address-hint = Street and house, a stop or another landmark
catalog-no-categories = There are no subjects yet. Please reach the authority in another way
catalog-yes = Yes
catalog-no = No

catalog-route-both = { $reason_en }. Subject: { $category_en }; place: { $territory_en }.
catalog-route-category = { $reason_en }. Subject: { $category_en }.
catalog-route-territory = { $reason_en }. Place: { $territory_en }.
catalog-route-rule = { $reason_en }.
catalog-route-default = No rule covers this subject and place: { $unit_en } sorts the appeal.

catalog-error-required = Fill in this field
catalog-error-required-choice = Choose one of these
catalog-error-required-category = Choose a subject
catalog-error-required-territory = Choose a district or town
catalog-error-required-address = Write your postal address: the letter goes there
catalog-error-null = null will not do: give an answer or leave the field out
catalog-error-type-text = Text is needed
catalog-error-type-list = One answer is needed, not a list
catalog-error-type-number = A whole number in digits is needed, for example 12
catalog-error-type-yes = Yes or no is needed
catalog-error-type-object = Named fields are needed
catalog-error-unknown = The form has no field “{ $name }”: leave it out
catalog-error-step = The form has no such step
catalog-error-yes = You cannot go on without this consent
catalog-error-too-long = { $max ->
    [one] Shorten the text: at most { $max } character, now { $now }
   *[other] Shorten the text: at most { $max } characters, now { $now }
}
catalog-error-too-short = { $min ->
    [one] Write more: at least { $min } character, now { $now }
   *[other] Write more: at least { $min } characters, now { $now }
}
catalog-error-choice = Choose one of the options
catalog-error-category = Choose a subject from the list
catalog-error-territory = Choose a district or town from the list
catalog-error-email = Check the e-mail address: it should look like anna@example.com
catalog-error-phone = Check the telephone number: 5 to 15 digits, for example +7 900 123-45-67
catalog-error-date-form = Give the date as year, month and day, for example 2026-11-20
catalog-error-date-future = That date has not come yet: give today’s or an earlier one
catalog-error-date-past = That date is too long ago: give a year from 1900 on
catalog-error-number = A number from { $min } to { $max } is needed

catalog-error-code = Small Latin letters, digits, dots and dashes are needed, at most 64 characters
catalog-error-name = { $max ->
    [one] A name is needed in both languages, at most { $max } character
   *[other] A name is needed in both languages, at most { $max } characters
}
catalog-error-reason = { $max ->
    [one] A reason is needed in both languages, at most { $max } character
   *[other] A reason is needed in both languages, at most { $max } characters
}
catalog-error-full = The catalogue is full: remove what is not needed
catalog-error-closed = It is closed already
catalog-error-no-unit = There is nobody to give the appeal to yet: the system has no agency

## Kinds of appeal, officials, handling
catalog-section-complaints = Complaints
catalog-section-requests = Requests
catalog-section-proposals = Proposals and letters
catalog-section-applications = Applications
catalog-section-works = Roads and improvement
catalog-section-payments = Payments
catalog-section-other = Other
catalog-sections = Sections
catalog-fitting = Services that fit
catalog-service-start = When work begins
catalog-service-start-days = { $days ->
    [one] Somebody is appointed within { $days } day of registration
   *[other] Somebody is appointed within { $days } days of registration
}
catalog-service-start-working-days = { $days ->
    [one] Somebody is appointed within { $days } working day of registration
   *[other] Somebody is appointed within { $days } working days of registration
}
catalog-priority-low = Low
catalog-priority-usual = Usual
catalog-priority-high = High
catalog-priority-urgent = Urgent
catalog-route-bound = The subject “{ $category_en }” belongs to { $unit_en }.
catalog-route-official = The letter is addressed to { $official_en }. { $unit_en } gets it.
catalog-error-official = Choose an official from the list
catalog-error-case-number = Check the number: it should look like А-2026-00000042-5
catalog-error-date-gone = That day has passed: give today or a later one
catalog-error-parent = Choose a section from the list: a subject cannot lie in itself
catalog-error-rule = There is no rule of a term called “{ $name }”
catalog-error-holder = A name is needed in both languages or in neither, at most { $max } characters
catalog-error-form-overtaken = Somebody else changed this while the page was open. Yours is in the fields; what was changed stands in the list of changes. Compare and save again: then yours stays
catalog-error-overtaken = Somebody else changed this meanwhile. Open the page again and see what changed
catalog-error-setting-reason = A reason is needed, at most { $max } characters
catalog-error-setting-day = The day cannot lie before today or before the version it replaces
catalog-error-setting-length = No term can be that long: from 1 to 3660 days

## Administration
catalog-admin-services = Services and forms
catalog-admin-services-note = The list, versions, editing the text of a form with a preview.
catalog-admin-services-lead = Services by sections of the catalogue. What is published becomes a new version: appeals filed before keep theirs.
catalog-admin-categories = Subjects
catalog-admin-categories-note = The tree of subjects: add, name, move, close, bind to a unit.
catalog-admin-categories-lead = Applicants see the subjects. A subject that says nothing of its unit or priority takes them from the one above.
catalog-admin-category-new = New subject
catalog-admin-category-below = Add inside
catalog-admin-officials = Officials
catalog-admin-officials-note = Who can be written to and who holds the post.
catalog-admin-officials-lead = People can write to them directly. The unit that works for them gets the letter.
catalog-admin-officials-none = There are no officials yet, so the service “Letter to an official” is not shown.
catalog-admin-official = Official
catalog-admin-official-new = New official
catalog-admin-official-unit = Who gets the letters
catalog-admin-official-unit-hint = The office or unit that prepares the answer
catalog-admin-official-open = Can be written to
catalog-admin-post-ru = Post in Russian
catalog-admin-post-en = Post in English
catalog-admin-holder-ru = Who holds it, in Russian
catalog-admin-holder-en = Who holds it, in English
catalog-admin-holder-hint = The full name. Empty while the post is vacant
catalog-admin-routes = Routes
catalog-admin-routes-note = Who gets an appeal: rules in order and a trial on past appeals.
catalog-admin-routes-lead = Rules are tried in order and the first that fits holds. What fits none goes to the unit of its subject, and without one to the default unit.
catalog-admin-route = Rule
catalog-admin-route-new = New rule
catalog-admin-route-idle = the unit is closed
catalog-admin-route-lead = What is left empty fits anything.
catalog-admin-route-reason-hint = The applicant sees it: “The Improvement Unit clears snow in yards”
catalog-admin-route-position-hint = The smaller the number, the earlier the rule is tried
catalog-admin-route-end = Remove the rule
catalog-admin-route-end-lead = New appeals do not go by it any more. Those filed stay where they are.
catalog-admin-route-ended = The rule is removed
catalog-admin-trial = Trial on past appeals
catalog-admin-trial-lead = The newest appeals that are elsewhere than the rules of today would send them. Nothing is changed.
catalog-admin-trial-has = Where it is
catalog-admin-trial-now = By the rules in force
catalog-admin-trial-then = By the rules on trial
catalog-admin-case = Appeal
catalog-admin-try = Try on past appeals
catalog-admin-when = If
catalog-admin-anything = Everything else
catalog-admin-reason = Reason
catalog-admin-reason-ru = Reason in Russian
catalog-admin-reason-en = Reason in English
catalog-admin-reason-hint = For example: an order and its number
catalog-admin-terms = Terms
catalog-admin-terms-note = Which rule of the law each service and subject has, terms of the house with their first day.
catalog-admin-terms-lead = Terms by law and rules of the house. Those marked “setting” can be changed from a day on.
catalog-admin-term = Term
catalog-admin-length = Length
catalog-admin-length-unit = In which days
catalog-admin-article = Ground
catalog-admin-used = Where it holds
catalog-admin-setting = setting
catalog-admin-valid-from = Holds from
catalog-admin-calendar = Calendar days
catalog-admin-working = Working days
catalog-admin-setting-new = New version of the term
catalog-admin-setting-lead = It holds from the chosen day on. Appeals registered before keep their term.
catalog-admin-law-fixed = This term is set by law: only a new wording of the law changes it, and that comes with an update of the program.
catalog-admin-code = Code
catalog-admin-code-hint = Small Latin letters, digits, dots and dashes. It cannot be changed later
catalog-admin-name-ru = Name in Russian
catalog-admin-name-en = Name in English
catalog-admin-parent = Inside the subject
catalog-admin-parent-hint = Empty for a section of the first level
catalog-admin-position = Order
catalog-admin-position-hint = The smaller the number, the higher in the list
catalog-admin-open = Offer in new appeals
catalog-admin-open-hint = A closed subject stays with the appeals that have it
catalog-admin-handling = How it is handled
catalog-admin-handling-lead = What is left empty is taken from the subject above.
catalog-admin-service = Service
catalog-admin-service-hint = Where a search for this subject leads
catalog-admin-unit = Unit
catalog-admin-unit-hint = Gets the appeal when no routing rule fits
catalog-admin-priority = Priority
catalog-admin-fast = Accelerated answer to messages
catalog-admin-fast-hint = Messages without signing in get the accelerated term
catalog-admin-subject = Subject
catalog-admin-subject-hint = With all subjects inside it
catalog-admin-territory = Territory
catalog-admin-territory-hint = With everything inside it
catalog-admin-do = What to do
catalog-admin-closed = closed
catalog-admin-save = Save
catalog-admin-saved = Saved
catalog-admin-service-new = New service
catalog-admin-section = Section
catalog-admin-state = State
catalog-admin-public = Offered
catalog-admin-suspended = Not offered
catalog-admin-suspended-note = The service is not offered. Appeals filed by it go on.
catalog-admin-suspend = Stop offering
catalog-admin-offer = Offer
catalog-admin-edit = Edit the text
catalog-admin-copy = Make a copy
catalog-admin-as-seen = As people see it
catalog-admin-back-to = Go back to this version
catalog-admin-back-to-hint = First you see how it differs from the one in force, then you publish it as a new version.
catalog-admin-edit-lead = The form of the service as text. Check it: the pages of the form and what differs from the version in force appear below. Then publish.
catalog-admin-new-lead = The form of the service as text: to begin with, a copy of another service. Give it a code and words of its own and check it: the pages of the form appear below. Then publish.
catalog-admin-overtaken = While you were writing, somebody else published version { $version }. Your text is whole and not published yet. Below is how it differs from version { $version }: lines with “−” will be lost from it. Put their changes into your text if they are wanted, and publish.
catalog-admin-text = Text of the service
catalog-admin-text-hint = Each question begins with the line [[form.steps.fields]]. Words are needed in both languages: ru and en
catalog-admin-check = Check and show
catalog-admin-publish = Publish
catalog-admin-published = Published: the new version is in force
catalog-admin-fault = The text has a mistake
catalog-admin-good = No mistakes. Look at what changes and at the pages, and publish.
catalog-admin-good-new = No mistakes. Look at the pages and publish: everybody will see the service at once.
catalog-admin-same = No mistakes. It does not differ from the version in force.
catalog-admin-changed = What changes
catalog-admin-preview = How it will look
catalog-admin-preview-lead = The pages of the form in order. Questions under a condition are all shown.
catalog-admin-versions = Versions
catalog-admin-versions-lead = An appeal keeps the version that it was filed under.
catalog-admin-version-now = Version
catalog-admin-in-force = in force
catalog-admin-written-here = Written here
catalog-admin-waits = a new one waits
catalog-admin-proposal = New version that came with the product
catalog-admin-proposal-waits = An update of the program brought a new version of this service. What you wrote is untouched.
catalog-admin-proposal-look = See what differs
catalog-admin-proposal-take = Take the new version
catalog-admin-proposal-keep = Keep ours
catalog-admin-days = { $days ->
    [one] { $days } calendar day
   *[other] { $days } calendar days
}
catalog-admin-working-days = { $days ->
    [one] { $days } working day
   *[other] { $days } working days
}
catalog-admin-trial-found = Appeals looked at: { $tried }. Different: { $differ }.
catalog-admin-version = Version { $version }
catalog-admin-shipped = Came with the product, version { $version }
catalog-admin-proposal-lead = Version { $version } that came with the product, beside the one in force. Take it or keep yours.
catalog-admin-line = Line { $line }
catalog-error-withdrawn = This service is offered no more. Choose another one under “Services”
catalog-error-code-unfinished = Go on after the point: the code stays for good
catalog-error-code-taken = This code is taken: choose another
catalog-error-position = A whole number is needed, not below zero
catalog-fault-unreadable = The text cannot be read: { $name }
catalog-fault-unknown = “{ $name }” cannot stand here: check the word and the place
catalog-fault-missing = A line “{ $name } = …” is missing
catalog-fault-variant = “{ $name }” is none of the values that can be chosen here
catalog-fault-type-text = A text in quotes is needed here
catalog-fault-type-number = A whole number without quotes is needed here
catalog-fault-type-yes = true or false without quotes is needed here
catalog-fault-type-list = A list in square brackets is needed here: [ "…", "…" ]
catalog-fault-type-table = Named parts in braces are needed here: {"{"} ru = "…", en = "…" {"}"}
catalog-fault-parts = One word is not enough here, its parts are needed. For example: kind = {"{"} text = {"{"} max = 200 {"}"} {"}"}. The help of this page has samples
catalog-fault-key-twice = The same word stands left of “=” twice. Look at the lines [[…]] above, too: they have two brackets
catalog-fault-quotes = A value is needed here: a text in straight quotes "…" on both sides, a number, or true and false without quotes
catalog-fault-value = A word has no value: “word = value” is needed
catalog-fault-key = What stands left of “=” cannot be a word there: Latin letters are needed
catalog-fault-marks = A comma or a closing bracket is missing
catalog-fault-format = Format 1 is needed
catalog-fault-code = “{ $name }” is not a code: small Latin letters, digits, dots and dashes
catalog-fault-other-code = The code of a service cannot be changed: “{ $name }”
catalog-fault-version = Versions begin at 1
catalog-fault-words = “{ $name }” lacks words in one of the languages
catalog-fault-answer = There is no term of the answer: “{ $name }” needs answer
catalog-fault-states = The list of states is empty or names something twice: { $name }
catalog-fault-attachments = Attachments cannot be written like this: { $name }
catalog-fault-rule = No rule of the law is called “{ $name }”
catalog-fault-large = Too much: make the form shorter
catalog-fault-empty = “{ $name }” asks nothing
catalog-fault-name = “{ $name }” is not a name: small Latin letters, digits and underscores, at most 40
catalog-fault-twice = “{ $name }” stands twice
catalog-fault-limits = No answer can meet the limits of “{ $name }”
catalog-fault-group = “{ $name }” cannot stand in a group
catalog-fault-second = “{ $name }”: a form has one subject and one place
catalog-fault-within = “{ $name }” is narrowed by something else than the values of a choice of an earlier step
catalog-fault-needs = A choice needs “{ $name }”, which is no text asked of everybody in the same or a later step
catalog-fault-condition = The condition of the question “{ $name }” (when) looks at a question that no earlier page of the form asks, or at an answer that question does not have

## Map
catalog-map = Or show it on the map
catalog-map-hint = Press on the place: the district is chosen for you. You may leave the map out: the list and the address are enough
catalog-map-alt = Map of the districts: press on the place
catalog-map-nearer = Zoom in
catalog-map-farther = Zoom out
catalog-error-outline = An outline cannot be drawn like this: it needs rings of at least three points

## Organisations and people who file together
catalog-error-registered = There is a typing mistake in the number: compare all { $digits } digits with the document
catalog-error-people = A list of people is needed
catalog-error-people-many = { $most } people at most: name the others in the text
catalog-error-people-contact = Give an e-mail or a postal address: otherwise this person cannot be answered
catalog-person-nth = Co-applicant { $number }
catalog-person-name = Full name
catalog-person-email = E-mail
catalog-person-address = Postal address
catalog-person-contact = An e-mail or a postal address is needed. If there is an account with this e-mail, the person sees the subject and the text of the appeal and decides whether they take part. Once they agree they see the place, the documents and the messages, too, but not your telephone, e-mail and address. Without an account they get letters of how it goes
catalog-person-add = Add a co-applicant
catalog-person-add-more = Add one more
catalog-person-remove = Remove
catalog-must-sign-in = You need to sign in here: the account shows whose data it is, and the answer will not reach anybody else. Without signing in you can write through other services:
catalog-service-question = Unclear, or something wrong?
catalog-service-question-text = Write to those who run the portal: the address of this page goes along.

## Regulation
catalog-regulation = Regulation: the terms of services
catalog-regulation-lead = Every term by which appeals are handled, and the articles that set it. The term of each appeal is counted by the same rules. The page can be printed.
catalog-regulation-terms = Terms
catalog-regulation-what = What is done
catalog-regulation-length = Term
catalog-regulation-article = Ground
catalog-regulation-own = set on this site
catalog-regulation-within = within { $length }
catalog-regulation-at-once = at once
catalog-regulation-at-most = { $length } in all at most
catalog-regulation-extension = Extension of the answer's term, of which the applicant is told
catalog-regulation-pause = A pause of the term while the applicant's documents are awaited
catalog-regulation-service = About the service
catalog-regulation-subjects = Subjects with a term of their own
catalog-regulation-common = For every service
catalog-regulation-days-off = Counting begins on the next day. When the last day is a day off, the term moves to the next working day. How the term of your appeal was counted stands on its page.

catalog-sign-in-and-go = Sign in and go on

## The agency's own aim within a term
catalog-admin-target = Own aim, days
catalog-admin-target-hint = Earlier than the term, in the same days. Applicants do not see it; "Control of terms" holds the work against it
catalog-admin-target-new = An aim of your own within the term
catalog-admin-target-is = aim: { $length }
catalog-error-setting-target = An aim is at least 1 day and no longer than the term itself

## The interface for administrators

catalog-error-both = Send either the tree or the text, not both

## Basis of a term
catalog-service-basis = Basis: { $article }

## Order of rules
catalog-admin-everything = Everything
catalog-admin-route-covers = rules below never apply
catalog-admin-route-behind = never applies: rule { $position } takes it all
catalog-error-position-taken = Another rule has this place

## The point on the map
catalog-place-point = Point on the map
catalog-point-drop = Remove the point
catalog-error-point = This is no point on the map: latitude and longitude are needed, for example 57.69281, 39.63822

## Decisions by rule
catalog-rules = Decision rules
catalog-rules-lead = By these rules cases of the service are decided without a person, or a decision is proposed that an officer confirms: the rules themselves say which. An administrator writes them, a head with the right of signature approves them; nobody approves what they wrote. A case is decided by the version it was filed under.
catalog-rules-unmarked = This service can have no rules: its definition lacks the mark “decision” (without discretion, or a reference question). Complaints are decided by people alone.
catalog-rules-none = No rules yet: people decide.
catalog-rules-edit = Change the rules
catalog-rules-edit-lead = Rules in order: the first whose conditions all hold decides; when none fits, a person does. Every rule needs an example, and all examples must hold.
catalog-rules-text = Text of the rules
catalog-rules-good = No mistakes; all examples hold.
catalog-rules-save = Save the draft
catalog-rules-replay = Replay over past cases
catalog-rules-replay-do = Replay over past cases
catalog-rules-replayed = { $tried ->
    [0] There are no cases of this service yet.
    [one] The newest { $tried } case of this service was looked at.
   *[other] The newest { $tried } cases of this service were looked at.
}
catalog-rules-by-person = A person decides
catalog-rules-saved = Of the cases that people decided the rules would have decided { $count }; their applicants waited { $hours } h together.
catalog-rules-differ = Decided otherwise than people did: { $count }
catalog-rules-rule = Rule
catalog-rules-would = By rule
catalog-rules-did = By people
catalog-rules-verdict-granted = granted
catalog-rules-verdict-explained = explained
catalog-rules-verdict-refused = refused
catalog-rules-verdict-other = otherwise
catalog-rules-version = Version { $version }
catalog-rules-in-force = in force
catalog-rules-draft = draft
catalog-rules-proposed = waits for approval
catalog-rules-approved = approved
catalog-rules-replaced = replaced
catalog-rules-withdrawn = stopped
catalog-rules-product = came with the product
catalog-rules-told-written = Text: { $name }, { $at }
catalog-rules-told-proposed = Proposed: { $name }, { $at }
catalog-rules-told-approved = Approved: { $name }, { $at }
catalog-rules-told-withdrawn = Stopped: { $name }, { $at }
catalog-rules-told-unit = Unit: { $unit }
catalog-rules-told-from = First day in force: { $date }
catalog-rules-propose = For approval
catalog-rules-propose-lead = The head who signs answers of this unit approves the rules. They decide its cases and those of units below alone.
catalog-rules-propose-do = Send for approval
catalog-rules-unit = In the name of
catalog-rules-from = In force from
catalog-rules-approve = Approval
catalog-rules-approve-lead = From that day on cases are decided by these rules without a person. Each answer names the rule and you. The rules can be stopped at any moment.
catalog-rules-replaces = Version { $version } is in force now: it ends on the first day of the new one. Should the new one be stopped later, the former does not come back by itself.
catalog-rules-approve-do = Approve
catalog-rules-stop = Stop the rules
catalog-rules-stop-lead = At once: cases that the rules have not decided yet and all new ones go to people.
catalog-rules-reason = Reason
catalog-rules-said-proposed = The rules were sent for approval
catalog-rules-said-approved = The rules are approved
catalog-rules-said-stopped = The rules are stopped: people decide
catalog-rules-desk = Decision rules
catalog-rules-desk-lead = Rules that wait for your approval, and those that decide cases in the name of your units.
catalog-rules-desk-none = There are no such rules.
catalog-rules-crumb = Workplace
catalog-rules-error-own = You wrote or proposed these rules yourself: another head must approve them
catalog-rules-error-day = Give a day that is not before today
catalog-rules-error-reason = Give a reason of { $min } to { $max } characters
catalog-fault-decision = Complaints are decided by people: take “{ $name }” away
catalog-rules-fault-service = The service “{ $name }” can have no rules
catalog-rules-fault-none = There is no rule
catalog-rules-fault-many = Too many: { $name }
catalog-rules-fault-answer = The answer of the rule “{ $name }” must have 20 to 10,000 characters
catalog-rules-fault-grounds = The refusal “{ $name }” names no grounds in the law: grounds
catalog-rules-fault-correct = The refusal “{ $name }” does not say what can be put right: to_correct
catalog-rules-fault-link = A link must begin with https://: { $name }
catalog-rules-fault-field = The form has no question “{ $name }”
catalog-rules-fault-kind = The question “{ $name }” is of another kind
catalog-rules-fault-value = The question has no such option: “{ $name }”
catalog-rules-fault-category = There is no subject “{ $name }”
catalog-rules-fault-territory = There is no territory “{ $name }”
catalog-rules-fault-channel = There is no channel “{ $name }”
catalog-rules-fault-placeholder = The placeholder cannot be read: “{ $name }”
catalog-rules-fault-option = The option “{ $name }” names no service: leave it out by a condition
catalog-rules-fault-choice = A service can be asked about by a choice alone: “{ $name }”
catalog-rules-fault-maybe = The question “{ $name }” may have no answer: add the condition that it is given
catalog-rules-fault-expected = There is no rule “{ $name }”
catalog-rules-fault-differs = The example “{ $name }” comes out otherwise
catalog-rules-fault-no-example = The rule “{ $name }” has no example
catalog-rules-in-words = The rules in words
catalog-rules-mode-automatic = The rules decide a case by themselves, without a person.
catalog-rules-mode-advisory = The rules propose a decision, an officer confirms it.
catalog-rules-examples = Examples that the rules were checked with: { $count }.
catalog-rules-when = If:
catalog-rules-when-always = Fits every case that no rule above has fitted.
catalog-rules-else = When no rule fits, a person decides.
catalog-rules-answer = The answer. In square brackets stands what will be filled in from the case and the description of the service
catalog-rules-to-correct = What can be put right
catalog-rules-next-steps = What to do next
catalog-rules-grounds = Grounds
catalog-rules-when-equals = { $label }: “{ $wanted }”
catalog-rules-when-one_of = { $label }: one of “{ $wanted }”
catalog-rules-when-yes = { $label }: ticked
catalog-rules-when-given = { $label }: answered
catalog-rules-when-not_given = { $label }: not answered
catalog-rules-when-number = { $label }: a number { $bounds }
catalog-rules-when-date = { $label }: a day { $bounds }
catalog-rules-when-age = { $label }: whole years since that day { $bounds }
catalog-rules-when-days = { $label }: days since that day { $bounds }
catalog-rules-when-category = Subject: “{ $wanted }” or inside it
catalog-rules-when-territory = Place: “{ $wanted }” or inside it
catalog-rules-when-channel = Filed by: { $wanted }
catalog-rules-when-identified = The applicant is identified
catalog-rules-when-not_identified = The applicant is not identified
catalog-rules-when-not = It is not so that { $inside }
catalog-rules-when-any = At least one holds: { $inside }
catalog-rules-bounds-from = from { $from }
catalog-rules-bounds-to = up to { $to } inclusive
catalog-rules-bounds-between = from { $from } to { $to } inclusive
catalog-rules-channel-web = the site
catalog-rules-channel-api = another program
catalog-rules-channel-phone = telephone
catalog-rules-channel-paper = a letter on paper
catalog-rules-channel-visit = a visit
catalog-rules-channel-email = e-mail
catalog-rules-blank-name = name of the service
catalog-rules-blank-summary = what the service is
catalog-rules-blank-who = who may use it
catalog-rules-blank-needed = what is needed
catalog-rules-blank-happens = what happens next
catalog-rules-blank-term = term of the answer
catalog-rules-blank-article = what the term rests on
catalog-rules-blank-address = address of the service's page
catalog-rules-blank-number = number of the case
catalog-rules-blank-filed_on = day of filing
catalog-rules-approve-lead-advisory = From that day on decisions are proposed by these rules. An officer confirms each; the answer names the rule and you. The rules can be stopped at any moment.
catalog-rules-turn-down = Do not approve
catalog-rules-turn-down-lead = This version will not come into force. Whoever wrote it reads the reason. Rules that are in force stay.
catalog-rules-turned-down = not approved
catalog-rules-told-turned-down = Not approved: { $name }, { $at }
catalog-rules-said-turned-down = The rules were not approved
