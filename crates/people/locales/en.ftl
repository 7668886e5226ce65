# Words about people: signing in, signing up, the profile, rights.

people-sign-in-title = Sign in
people-sign-in-do = Sign in
people-sign-up-title = Create an account
people-sign-up-do = Create an account
people-sign-up-why = With an account you see all your appeals in one place.
people-have-account = Have an account already? Sign in
people-no-account = No account yet?
people-guest-note = You can file an appeal without one, too.
people-guest-do = File an appeal without signing in
people-signed-up = Done. Now sign in with this e-mail and password.
people-signed-out = You have signed out.
people-signed-out-everywhere = You have signed out on every device.

people-name = Name
people-last-name = Last name
people-first-name = First name
people-middle-name = Middle name
people-email = E-mail
people-email-hint = For example, anna@example.ru
people-password = Password
people-password-hint = { $least ->
    [one] At least { $least } character. A few words that are easy for you to remember and hard for others to guess work well.
   *[other] At least { $least } characters. A few words that are easy for you to remember and hard for others to guess work well.
}

people-consent-title = Consent to the processing of personal data
people-consent-do = I agree to the processing of my personal data
people-consent-version = Version { $version }
people-consent-operator = the owner of this site
people-consent-text = I give the operator ({ $operator }) my consent to process my last, first and middle name, my e-mail address, and my phone number and postal address if I give them. The purpose is to create my account, to consider my appeals and to tell me the answer. The data may be collected, recorded, stored, corrected, used, passed to the authorities that consider my appeals, blocked and destroyed, with or without programs. The consent holds as long as the account exists. I may withdraw it at any time in my profile or by writing to the operator.

people-profile-title = Profile
people-cabinet = My appeals
people-sessions = Where you are signed in
people-session-since = Signed in
people-session-seen = Last used
people-sign-out-do = Sign out
people-sign-out-everywhere-do = Sign out on every device

people-error-sign-in = The e-mail or the password does not fit. Check both and try again.
people-error-last-name = Write your last name
people-error-first-name = Write your first name
people-error-name-long = { $most ->
    [one] At most { $most } character
   *[other] At most { $most } characters
}
people-error-email-missing = Write your e-mail address
people-error-email = Write the whole address, for example anna@example.ru
people-error-email-taken = There is an account with this e-mail already
people-error-email-has-account = There is an account with this e-mail already. Find it by the e-mail under “Staff” or “People without roles” and give the role there
people-error-password-missing = Write a password
people-error-password-short = { $least ->
    [one] The password is shorter than { $least } character. Add another word
   *[other] The password is shorter than { $least } characters. Add another word
}
people-error-password-long = { $most ->
    [one] The password is longer than { $most } character. Shorten it
   *[other] The password is longer than { $most } characters. Shorten it
}
people-error-password-common = This password is among the first that anybody tries. Choose another one, for example of a few words
people-error-consent = Tick the consent: without it we may not keep your data
people-error-unit-missing = Name the unit
people-error-unit-for-applicant = An applicant has no unit
people-error-unit-unknown = There is no unit “{ $code }”
people-error-unit-name = { $most ->
    [one] Write a name of at most { $most } character
   *[other] Write a name of at most { $most } characters
}
people-error-code = { $most ->
    [one] Latin letters, digits, dots and hyphens, at most { $most } character
   *[other] Latin letters, digits, dots and hyphens, at most { $most } characters
}
people-error-tree-full = There can be no more than 10,000 units or territories

people-role-applicant = Applicant
people-role-specialist = Specialist
people-role-head = Head
people-role-administrator = Administrator

people-permission-file-case = File an appeal
people-permission-read-own-case = Read one’s own appeal
people-permission-message-as-applicant = Write in one’s own appeal
people-permission-cancel-own-case = Withdraw one’s own appeal
people-permission-read-register = Read the public register
people-permission-read-unit-cases = Read the unit’s appeals
people-permission-take-case = Take an appeal
people-permission-assign-case = Assign an appeal
people-permission-message-as-staff = Write to the applicant
people-permission-draft-answer = Draft an answer
people-permission-agree-answer = Agree to an answer
people-permission-redirect-case = Send to another unit
people-permission-extend-term = Lengthen a term
people-permission-sign-answer = Sign an answer
people-permission-forward-case = Forward to an outside body
people-permission-reopen-case = Reopen a closed appeal
people-permission-correct-case = Correct the subject of an appeal
people-permission-manage-templates = Keep the unit’s templates of answers
people-permission-manage-users = Manage users and roles
people-permission-manage-units = Manage units and territories
people-permission-manage-catalog = Manage services, subjects and routes
people-permission-read-journal = Read the journal
people-by-code-note = Filed without signing in?
people-by-code-do = Open the appeal by its number and code

## Entering by links and codes
people-forgot = Forgotten your password?
people-signed-up-letter = Done. Now sign in with this e-mail and password. We have sent you a letter with a link: open it to confirm your e-mail.
people-confirm-title = Confirming your e-mail
people-confirm-text = Press the button if it was you who signed up with this e-mail.
people-confirm-do = Confirm the e-mail
people-confirmed = Your e-mail is confirmed.
people-confirm-sent = The letter is on its way. Its link works for a day.
people-provisional-title = Confirm your e-mail
people-provisional-text = We have sent you a letter with a link. Until your e-mail is confirmed your appeals are taken as plain messages, without the terms of law 59-FZ, and no answer comes by letter.
people-provisional-do = Send the letter again
people-link-stale-title = This link works no more
people-link-stale = It was used already, its time has run out, or we have sent a newer one. If it has done its work, just sign in. If not, open the latest letter or ask for a new one.
people-link-again = Get a new link
people-reset-title = New password
people-reset-text = Give the e-mail you signed up with. We will send it a link that works for an hour.
people-reset-do = Send the link
people-reset-asked = If there is an account with this e-mail, we have sent it a letter with a link. The link works for an hour.
people-reset-no-mail = No letters are sent here. Ask the administrator, who can give you a link that works once.
people-new-password-title = New password
people-new-password-text = Choose a new password. You will have to sign in again on every device.
people-new-password = New password
people-invitation-title = Invitation
people-invitation-text = An account was made for you. Choose a password to sign in.
people-password-save = Save the password
people-password-set = The password is saved. Now sign in.
people-code-title = Confirmation code
people-code-text = Open the app with codes on your phone and type the six figures.
people-code = Code
people-code-do = Sign in
people-code-lost = No phone at hand? Type one of your recovery codes.
people-code-back = Sign in as somebody else
people-code-anew = Time ran out, or too many codes were typed. Sign in again.
people-set-up-title = Second step of signing in
people-set-up-why = Staff sign in with a password and a code from an app. Set it up now, it takes a couple of minutes.
people-set-up-app = Put an app for codes on your phone
people-set-up-app-note = Any app with one-time codes (TOTP) will do.
people-set-up-scan = Point the phone's camera at the picture
people-set-up-type = Without a camera, type the key under the picture.
people-set-up-code = Type the six figures from the app
people-set-up-picture = Picture with the key for the app
people-set-up-secret = Key for typing
people-codes-title = Recovery codes
people-codes-text = Write these codes down or print them, and keep them apart from the phone. Each works once. We will not show them again.
people-codes-do = I have kept the codes
people-codes-left = { $count ->
    [one] { $count } recovery code is left.
   *[other] { $count } recovery codes are left.
}
people-codes-new = Get new recovery codes
people-second-factor = Code at sign-in
people-second-factor-title = Code at sign-in
people-second-factor-text = Besides the password, signing in will ask for a code from an app on your phone. Without the phone nobody gets in, not even with your password.
people-second-factor-begin = Set up
people-second-factor-on-do = Turn on
people-second-factor-off-do = Turn off
people-second-factor-on = On
people-second-factor-is-off = Off
people-second-factor-manage = Manage
people-second-factor-required = Staff may not turn the code off.
people-second-factor-ended = The code at sign-in is off.
people-second-factor-taken = The code at sign-in was taken off. Its owner signs in with the password and sets it up anew.

## Profile
people-contacts = Name and contacts
people-contacts-why = We fill them into new appeals. They are kept sealed under your own key.
people-phone = Phone
people-address = Postal address
people-language = Language of letters and pages
people-language-hint = Without a choice we write in the language the site is open in.
people-language-ru = Русский
people-language-en = English
people-profile-save = Save
people-profile-saved = The profile is saved.
people-safety = Security
people-email-change = Change the e-mail
people-email-title = Changing the e-mail
people-email-present = Now: { $email }
people-email-text = We will send letters to the old and to the new address. The e-mail changes when you have opened the links in both, within a day.
people-email-text-new = The present address was never confirmed, so the letter goes to the new one alone. The e-mail changes when you have opened its link, within a day.
people-email-do = Send the letters
people-email-asked = We have sent the letters. The e-mail changes when you have opened the links in both.
people-email-asked-new = We have sent a letter to the new address. The e-mail changes when you have opened its link.
people-email-no-mail = No letters are sent here, so the e-mail cannot be changed. Ask the administrator.
people-email-agree-text = Press the button if you agree that the e-mail of this account changes.
people-email-agree-do = Change the e-mail
people-email-waits = Thank you. Now open the link from the other letter.
people-email-changed = The e-mail is changed. Sign in with the new one.
people-new-email = New e-mail
people-password-change = Change the password
people-password-title = Changing the password
people-password-text = You will have to sign in again on other devices.
people-password-changed = The password is changed. You are signed out on other devices.
people-current-password = Present password
people-session-device = Device
people-session-place = Network
people-session-end = End
people-session-this = This device
people-session-unknown = Unknown
people-session-ended = You are signed out on that device.
people-sign-out-elsewhere-do = Sign out on other devices
people-signed-out-elsewhere = You are signed out on other devices.
people-consents-title = Consents
people-consents-note = What you agreed to
people-consents-show = Show
people-consents-none = No consents
people-consents-none-text = An administrator made this account.
people-consent-given = given
people-consent-withdraw = Withdraw the consent
people-consent-withdraw-text = There is no account without consent: we will close it, and you will not be able to sign in. Appeals that you have sent are dealt with as the law asks. We give you a return code for each: with it you read the answers without signing in.
people-consent-withdraw-do = Withdraw and close the account
people-consent-withdrawn = The consent is withdrawn and the account is closed.
people-consent-taken-back = Withdrawn

## Administration of people and agencies
people-admin-units = Agencies and units
people-admin-units-note = The tree of agencies: names, territories, contacts, letterheads.
people-admin-territories = Territories
people-admin-territories-note = Districts and settlements by which appeals reach agencies.
people-admin-staff = Staff
people-admin-staff-note = Who works here, in which roles and where.
people-admin-rights = Table of rights
people-admin-rights-note = What each role may do.
people-admin-log = Log of changes
people-admin-log-note = What administrators changed: before and after.
people-admin-jobs = Given-up jobs
people-admin-jobs-note = Letters and other work that could not be done.
people-admin-settings = Settings
people-admin-settings-note = What the system runs with. Changed in the settings file.
people-right = What may be done
people-rights-text = Rights in a unit hold in every unit below it too.
people-guest = Guest
people-reach-nothing = No
people-reach-own = One's own only
people-reach-unit = In one's unit
people-reach-installation = In the whole system
people-reach-anyone = Yes
people-scope-installation = whole system
people-unit = Unit
people-unit-new = New agency or unit
people-unit-add = Add
people-unit-added = Added. Now say its territories and contacts.
people-unit-kind = What it is
people-unit-kind-agency = Agency
people-unit-kind-unit = Unit
people-unit-code = Code
people-code-hint = Latin letters, figures, dots and hyphens. The code does not change later.
people-unit-parent = Part of
people-unit-parent-hint = Choose nothing if it stands alone.
people-unit-territories = Territories it answers for
people-unit-contacts = Contacts
people-unit-hours = Opening hours
people-unit-hours-hint = For example: Mon–Fri, 9:00–18:00. For people; terms are counted by the hours of the settings
people-unit-state = Work of the unit
people-unit-active = At work
people-unit-closed = Closed
people-unit-end = Close the unit
people-unit-end-text = A closed unit gets no new appeals. Those it has stay with it until they are handed over.
people-unit-ended = The unit is closed.
people-unit-reopen = Open again
people-unit-reopened = The unit works again.
people-units-none = No units yet
people-name-ru = Name in Russian
people-name-en = Name in English
people-save = Save
people-saved = Saved.
people-state = State
people-territory = Territory
people-territory-code = OKTMO code or your own
people-territory-parent = Lies inside
people-territory-new = New territory
people-territory-add = Add
people-territory-added = The territory is added.
people-staff-new = Invite a colleague
people-staff-find = Whom to find
people-staff-find-do = Find
people-staff-none = No staff yet
people-role = Role
people-roles = Roles
people-role-unit-hint = Leave it empty only for an administrator of the whole system.
people-role-give = Give a role
people-role-give-do = Give the role
people-role-given = The role is given.
people-role-take = Take away
people-role-taken = The role is taken away.
people-invite-letter = We will send a letter with a link, by which your colleague chooses a password. The link works for a week.
people-invite-link = No letters are sent here. We will show a link for you to hand over. It works for a week.
people-invite-do = Invite
people-invited = The invitation is on its way.
people-link-title = One-time link
people-link-text = Copy the link and hand it over in person. It works once, and we will not show it again.
people-link-name = Link
people-link-back = Account
people-link-done = I have handed it over
people-link-give = Give a one-time link
people-link-lost = Lost the password or the phone
people-link-instead = Give a link instead of the invitation
people-second-factor-take-text = If the phone with the codes is lost, take the code off: the owner signs in with the password and sets up a code again. A letter tells them.
people-link-give-text = By the link the owner can set a new password. It works for an hour. The owner's history will tell of it.
people-link-give-do = Show the link
people-second-factor-take = Take the code at sign-in off
people-own-password = Your password
people-own-account-note = Nobody changes their own account here.
people-account-access = Access
people-account-active = In force
people-account-off = Switched off
people-account-invited = Has not signed in yet
people-switch-off = Switch the account off
people-switch-off-text = Whoever is switched off is signed out everywhere at once. Their appeals stay theirs until a head hands them over.
people-switch-on = Switch on again
people-switched-off = The account is switched off and every session has ended.
people-switched-on = The account is in force again.
people-log-kind = What
people-log-actor = Who
people-log-any = Everything
people-log-anybody = Everybody
people-log-when = When
people-log-what = What was done
people-log-changes = Before → after
people-log-show = Show
people-log-none = No changes
people-log-system = A command on the server
people-kind-unit = Unit
people-kind-territory = Territory
people-kind-person = Account
people-kind-service = Service
people-kind-category = Category
people-kind-official = Official
people-kind-template = Template
people-kind-job = Job
people-act-unit-created = added
people-act-unit-changed = changed
people-act-unit-closed = closed
people-act-unit-reopened = opened again
people-act-territory-created = added
people-act-territory-changed = changed
people-act-person-invited = invited
people-act-person-role_given = role given
people-act-person-role_taken = role taken
people-act-person-switched_on = switched on
people-act-person-switched_off = switched off
people-act-person-link_given = one-time link given
people-act-person-second_factor_taken = code at sign-in taken off
people-act-job-revived = sent off again
people-act-field-name-ru = name in Russian
people-act-field-name-en = name
people-act-field-code = code
people-act-field-kind = kind
people-act-field-parent = part of
people-act-field-state = state
people-act-field-text = text
people-act-field-territories = territories
people-act-field-address = address
people-act-field-phone = phone
people-act-field-email = e-mail
people-act-field-hours = opening hours
people-act-field-role = role
people-act-field-unit = unit
people-act-field-second-factor = code at sign-in
people-act-field-attempts = tries
people-jobs-text = What did not succeed: some was tried for two days, some was refused at once. Mend the cause and send it off again.
people-jobs-none = All is done
people-jobs-none-text = There are no given-up jobs.
people-job-kind = Job
people-job-attempts = Tries
people-job-problem = What went wrong
people-job-revive = Send off again
people-job-revived = The job is sent off again.
people-job-mail-send = Sending a letter
people-job-cases-readings = Entry of readings
people-settings-text = The settings in force now. Passwords and keys are not shown.
people-permission-run-installation = See how the system runs and send jobs off again

people-error-phone = Check the number, for example +7 900 000-00-00
people-error-needs-code = Signing in needs a code
people-error-second-code = The code does not fit. Wait for the next one and type it
people-error-code-or-recovery = The code does not fit. The code of the app changes: type the next one. A recovery code works once
people-error-current = The password does not fit
people-error-email-same = This is your present e-mail
people-error-no-mail = No letters are sent here
people-error-confirmed = The e-mail is confirmed already
people-error-second-factor-required = Staff may not turn the code at sign-in off
people-error-staff-consent = The account of a colleague is closed by an administrator
people-error-code-taken = There is such a code already
people-error-parent = Choose another one: the tree would become a ring
people-error-territory = There is no such territory
people-error-unit-last = This is the last unit that works: nobody else could take new appeals. Make another one first
people-error-units-below = Close the units inside it first
people-error-changed-meanwhile = It was changed meanwhile. Open the page anew
people-error-no-such-account = There is no account with this e-mail
people-error-role = Choose a role
people-error-role-had = This role is there already
people-error-unit-gone = Choose a unit that is at work
people-error-own-account = Nobody changes their own account here
people-error-switched-off = The account is switched off
people-error-choice = Choose from the list

## Letters
people-letter-confirm-subject = Confirm your e-mail
people-letter-confirm-text =
    Hello!

    Somebody signed up at { $site } with this e-mail. If it was you, open the link and press the button:

    { $link }

    The link works for a day. If it was not you, do nothing.
people-letter-sign-up-repeated-subject = You have an account already
people-letter-sign-up-repeated-text =
    Hello!

    Somebody tried to sign up at { $site } with your e-mail. There is an account with it already, and nothing has changed. If it was you and you forgot the password, open { $site }/reset
people-letter-reset-subject = New password
people-letter-reset-text =
    Hello!

    You asked for a link to set a new password:

    { $link }

    It works for an hour, and once. If it was not you, do nothing: the password stays as it is.
people-letter-password-changed-subject = The password was changed
people-letter-password-changed-text =
    Hello!

    The password of your account at { $site } was changed. If it was not you, set a new one at once: { $site }/reset
people-letter-email-old-subject = Do you agree to change the e-mail?
people-letter-email-old-text =
    Hello!

    You asked to change the e-mail of your account at { $site }. If you agree, open the link and press the button:

    { $link }

    If it was not you, open nothing and change the password: { $site }/reset
people-letter-email-new-subject = Confirm the new e-mail
people-letter-email-new-text =
    Hello!

    Somebody wants to use this e-mail for an account at { $site }. If it was you, open the link and press the button:

    { $link }

    The link works for a day. If it was not you, do nothing.
people-letter-email-changed-subject = The e-mail was changed
people-letter-email-changed-text =
    Hello!

    The e-mail of your account at { $site } was changed; no more letters come to this address. If it was not you, write to the administrator of the site at once.
people-letter-invite-subject = A staff account was opened for you
people-letter-invite-text =
    Hello!

    An administrator opened a staff account for you in Okno, where appeals are received: { $house }. Open the link and choose a password:

    { $link }

    The link works for a week, and once. Sign in with this e-mail afterwards. If you did not expect this, do not open the link and ask at work.
people-letter-recovery-code-used-subject = Signed in with a recovery code
people-letter-recovery-code-used-text =
    Hello!

    Somebody signed in to your account at { $site } with a recovery code. If it was not you, change the password at once: { $site }/reset
people-letter-second-factor-on-subject = The code at sign-in was turned on
people-letter-second-factor-on-text =
    Hello!

    In your account at { $site } the code at sign-in was turned on. If it was not you, change the password at once: { $site }/reset
people-letter-second-factor-off-subject = The code at sign-in was turned off
people-letter-second-factor-off-text =
    Hello!

    In your account at { $site } the code at sign-in was turned off: the password alone is enough now. If it was not you, change the password at once: { $site }/reset

## Reception
people-role-operator = Reception operator
people-permission-file-on-behalf = Register calls, letters and visits
people-permission-hear-caller = Take down what a caller says about a case of the unit

## Letterheads and posts
people-unit-site = Site
people-unit-letters = Letterhead
people-unit-letters-note = The name, the coat of arms and the contacts on answers and receipts. Without a letterhead of its own a unit writes on that of the unit above it.
people-unit-letters-open = Letterhead
people-post = Post
people-post-hint = It stands under the answers that this person signs. For example: head of department.
people-act-unit-letterhead_changed = letterhead changed
people-act-person-post_changed = post
people-act-field-site = site
people-act-field-post = post
people-act-field-head-ru = name on letters
people-act-field-head-en = name on letters in English
people-act-field-foot-ru = foot of letters
people-act-field-foot-en = foot of letters in English
people-act-field-mark = coat of arms or logo (fingerprint)
people-error-lines = { $most ->
    [one] At most { $most } line
   *[other] At most { $most } lines
}
people-error-letterhead-name = Give the name: without it there is no letterhead
people-error-mark-large = The picture is too complex. Take a simpler drawing.
## Queue and settings in words
people-jobs-waiting = In the queue
people-jobs-waiting-count = How many
people-jobs-waiting-tried = Of them failed at least once
people-jobs-waiting-since = The oldest
people-jobs-dead = Laid aside
people-jobs-dead-none = None were put off.
people-jobs-troubled = Not all that waits went well the first time. It is tried again by itself, with growing pauses. What is in the way stands in the log of the server; with letters, look at the mail server.
people-setting-version = Version of the program
people-setting-database = Database
people-setting-data = Folder of the data
people-setting-listen = Address it listens on
people-setting-origin = Address for people
people-setting-title = Name in titles
people-setting-operator = Who runs the reception
people-setting-operator-en = Who runs the reception, in English
people-setting-pos-url = Address of the feedback platform
people-setting-log-name = Name of the open log
people-setting-zone = Time zone
people-setting-default-unit = Who takes what no rule covers
people-setting-proxies = Proxies that are believed
people-setting-most-requests = Requests at once
people-setting-writers = Connections that write
people-setting-readers = Connections that read
people-setting-api-burst = Filings in a row from one address over the API
people-setting-mail = How letters leave
people-setting-mail-none = They do not: no mail server is named
people-setting-mail-folder = They reach nobody and lie in a folder of the server
people-setting-mail-from = Address that letters are from
people-setting-mail-name = Name that letters are from
people-setting-mailbox-url = Mailbox that letters are taken from
people-setting-reminders = Working days before a term when staff are reminded
people-setting-escalation = Heads are told when so many per cent of a term have passed
people-setting-staff-second-factor = Staff must sign in with a code

## Changes of the catalogue
people-kind-route_rule = Route
people-kind-law_setting = Term
people-act-category-created = added
people-act-category-changed = changed
people-act-category-handled = handling changed
people-act-category-closed = closed
people-act-route_rule-created = added
people-act-route_rule-changed = changed
people-act-route_rule-ended = ended
people-act-official-created = added
people-act-official-changed = changed
people-act-law-set = changed
people-act-service-created = added
people-act-service-changed = new version
people-act-service-kept = own version kept
people-act-service-proposed = delivered version proposed
people-act-service-offered = offered
people-act-service-suspended = no longer offered
people-act-territory-outlined = outline changed
people-act-field-position = position
people-act-field-category = subject
people-act-field-territory = territory
people-act-field-service = service
people-act-field-reason = reason
people-act-field-reason-ru = reason
people-act-field-reason-en = reason in English
people-act-field-offered = offered
people-act-field-priority = priority
people-act-field-terms = terms
people-act-field-post-ru = post
people-act-field-post-en = post in English
people-act-field-holder-ru = holder
people-act-field-holder-en = holder in English
people-act-field-rule = rule
people-act-field-version = version
people-act-field-valid-from = valid from
people-act-field-limit = length
people-act-field-points = points of the outline
people-act-field-difference = difference of the text

## Tokens
people-tokens-title = Tokens for programs
people-tokens-note = Programs act in your name
people-tokens-show = Show
people-tokens-text = A token stands in for e-mail and password where a program works in your name. It may do no more than you may, and only what you have ticked.
people-tokens-docs = How a program talks to Okno
people-tokens-list = Active tokens
people-tokens-none = There are none.
people-token-new = A new token
people-token-name = Name
people-token-name-hint = For instance which program it is for, and on which computer.
people-token-scopes = What it may do
people-token-scopes-hint = Tick only what is needed.
people-token-scope-cases-read = read my appeals, drafts and notices
people-token-scope-cases-write = file appeals, write and answer in them
people-token-scope-desk-read = read the appeals of the unit
people-token-scope-desk-write = work on the appeals of the unit
people-token-scope-admin-read = read settings and journal
people-token-scope-admin-write = change settings
people-token-until = Good until
people-token-until-hint = A year at most.
people-token-used = Last used
people-token-unused = never yet
people-token-revoke = Revoke
people-token-revoked = The token is revoked. No program gets in with it any more.
people-token-make = Make a token
people-token-made-title = The token is ready
people-token-made-text = Copy it now: it will not be shown again. Keep it like a password and send it to nobody.
people-token-made-on = I have kept the token
people-error-token-name = Give the token a name
people-error-token-name-long = { $most } characters at most
people-error-token-scope = Tick what the program may do
people-error-token-until = Give a day from today on, a year away at most
people-error-token-name-taken = There is a token of this name already. Name the new one otherwise; if you have not kept the other one, revoke it
people-error-token-many = There are thirty tokens already. Revoke some.
people-error-token-second-factor = Turn the code at sign-in on first.
people-letter-token-made-subject = A token for a program was made
people-letter-token-made-text =
    Hello!

    In your account at { $site } a token for a program was made: with it the program acts in your name. If it was not you, revoke the token in your profile and change the password: { $site }/reset

## What was changed in another tab
people-error-site = Give the address of the site, such as https://example.org
people-error-unit-above = Choose where it belongs: an agency of its own is made by an administrator of everything
people-error-unit-alone = A unit belongs to an authority: choose to which
people-error-overtaken = Somebody else changed this while the page was open. Yours is in the fields; what was changed stands in the list of changes. Compare and save again: then yours stays
people-error-other-saved = Somebody else changed the unit while the page was open. Compare what is marked and save again
people-error-other-now = Saved now: { $now }
people-error-other-empty = Empty now

## Who works there and what is left
people-unit-hands = Who works there
people-unit-hands-none = nobody
people-unit-hands-above = staff of the unit above
people-unit-hands-count = { $heads ->
    [0] staff: { $staff }
   *[other] { $staff ->
        [0] heads: { $heads }
       *[other] staff: { $staff }, heads: { $heads }
    }
}
people-open-cases = { $count ->
    [one] { $count } open case is with them.
   *[other] { $count } open cases are with them.
}
people-open-cases-heads = These can hand it on: { $names }.
people-open-cases-nobody = Nobody can hand it on: give the unit a head first.
people-unit-open = { $count ->
    [one] The unit has { $count } open case, which will stay with it.
   *[other] The unit has { $count } open cases, which will stay with it.
} Let its head hand them on first.
people-unit-end-topics = New cases of its topics go to the unit of the topic above, and without one to the default unit.

## Log of acts: words instead of codes
people-kind-export = Export
people-act-export-taken = taken by a command, with personal data
people-act-person-added = made by a command
people-act-field-target = aim
people-act-value-active = in force
people-act-value-closed = closed
people-act-value-public = offered
people-act-value-suspended = not offered
people-act-value-draft = draft
people-act-value-proposed = waits for approval
people-act-value-approved = approved
people-act-value-withdrawn = withdrawn
people-act-value-agency = authority
people-act-value-unit = unit
people-act-value-true = yes
people-act-value-false = no
people-act-value-calendar-days = calendar days
people-act-value-working-days = working days
people-act-value-usual = usual
people-act-value-urgent = urgent
people-act-value-low = low
people-act-value-high = high
people-job-mail-refused = The mail server refused: no such address, or the letter was not taken
people-setting-keys = Folder of the keys
people-setting-backup = Backups: where and when
people-setting-backup-none = None are made by the clock: the settings file has no section [backup]. To take one now: okno backup

## Finding staff
people-staff-find-hint = A part of a name or an e-mail, for example: ann or okno.example. A whole e-mail or the number of an account leads straight to it
people-staff-not-found = Nobody was found. Check how the name is spelled, or type a part of it
people-staff-all = Show everybody
people-staff-more = Show more

## The organisation in a profile
people-organisation = The organisation for which you write
people-organisation-why = When you choose “An organisation” while filing, these lines are filled in for you
people-organisation-name = Name of the organisation
people-organisation-inn = INN of the organisation
people-organisation-inn-hint = 10 digits
people-organisation-ogrn = OGRN
people-organisation-ogrn-hint = 13 digits
people-organisation-post = Your post
people-error-organisation-name = Write the name. If you do not write for an organisation, clear its other lines
people-error-organisation-inn = Write the INN. If you do not write for an organisation, clear its other lines
people-error-inn = There can be no such INN. Check the digits: an organisation has ten
people-error-ogrn = There can be no such OGRN. Check the digits: there are thirteen

## The account is closed
people-left-title = The consent is withdrawn and the account is closed
people-left-text = Your appeals are dealt with as the law asks. From now on they open with their number and code alone.
people-left-letter = Keep these codes. We have sent them to your e-mail too. A code cannot be restored.
people-left-write = Write these codes down: they cannot be restored.
people-left-number = Number of the appeal
people-left-code = Return code
people-left-open = Open with number and code
people-letter-left-subject = Your account is closed
people-letter-left-text =
    Hello!

    You have withdrawn your consent to the processing of personal data, and we have closed your account at { $site }. If it was not you, write to the administrator of the site at once.
people-letter-left-with-codes-subject = Your account is closed: the codes of your appeals
people-letter-left-with-codes-text =
    Hello!

    You have withdrawn your consent to the processing of personal data, and we have closed your account at { $site }. The appeals you have sent are dealt with as the law asks. You can read them with their number and return code at { $site }/status:

    { $link }

    Keep this letter: a code cannot be restored. If it was not you, write to the administrator of the site at once.

## People without a role; corrections
people-former = People without a role
people-former-note = Those who once had roles and have none left. Accounts of applicants are not listed here: they are found by a whole e-mail or number alone, and each look is written down.
people-former-find = A whole e-mail or the number of an account
people-former-find-hint = For example: anna@okno.example
people-former-none = There is nobody without a role
people-former-since = When the last role was taken
people-account-number = Number of the account
people-account-acts = What this person changed as an administrator
people-roles-none = No roles.
people-look-recorded = This person has no role. That you read their data is written in the log.
people-sessions-end = End every session
people-sessions-end-text = On every device one has to sign in anew, and tokens of programs stop working. The account stays switched on.
people-sessions-ended = The sessions were ended.
people-corrections = Correct the name or the e-mail
people-corrections-note = The log tells who corrected what. The values before and after are masked there.
people-corrections-name = Name
people-corrections-name-do = Correct the name
people-corrections-email = E-mail
people-corrections-email-now = Now: { $email }
people-corrections-email-waits = A new e-mail waits to be confirmed: { $email }
people-corrections-email-letter = A link goes to the new e-mail. When its owner opens it, the e-mail changes and all their sessions end. The old e-mail is told.
people-corrections-email-link = No letters are sent: you get the link and hand it over. When its owner opens it, the e-mail changes and all their sessions end.
people-corrections-email-invite = Nobody has signed in yet: the e-mail changes at once, the old invitation ends and a new one goes to the new e-mail.
people-corrections-email-new = New e-mail
people-corrections-email-do = Correct the e-mail
people-email-correction-sent = A link was sent to the new e-mail.
people-error-no-staff = Only the name or e-mail of a colleague can be corrected. Give a role first.
people-letter-email-corrected-subject = The e-mail of your account is being changed
people-letter-email-corrected-text =
    Hello!

    An administrator gave another e-mail for your account at { $site }. It changes when the new address is confirmed by a link. Until then sign in as before. If you know nothing of this, write to the administrator of the site at once.
people-act-person-looked_up = data of a person without a role were read
people-act-person-sessions_ended = every session was ended
people-act-person-surname_corrected = last name corrected
people-act-person-name_corrected = name corrected
people-act-person-email_correction_asked = a new e-mail was given and waits to be confirmed
people-act-person-email_corrected = e-mail corrected
people-act-field-last-name = last name
people-act-field-first-name = first name
people-act-field-middle-name = middle name
people-act-field-sessions = sessions
people-act-field-tokens = tokens of programs

## Imports in the list of acts
people-kind-import = Import
people-act-import-begun = begun
people-act-import-ended = ended
people-act-field-what = what is carried over
people-act-field-folder = folder
people-act-field-files = files
people-act-field-ended = how it ended
people-act-field-read = read
people-act-field-carried-over = carried over
people-act-field-already-there = already there
people-act-field-refused = refused
people-act-value-appeals = appeals of a portal
people-act-value-cases = cases in the open layout
people-act-value-finished = everything was read
people-act-value-stopped = stopped
people-act-value-failed = broken off by an error

## Decision rules
people-kind-decision_rules = Decision rules
people-act-decision_rules-written = written
people-act-decision_rules-proposed = proposed
people-act-decision_rules-approved = approved
people-act-decision_rules-withdrawn = stopped

## Templates of answers
people-kind-answer_template = Template of an answer
people-act-answer_template-made = made
people-act-answer_template-changed = changed
people-act-answer_template-put_aside = put aside
people-act-answer_template-taken_back = taken back
people-act-field-template = name
people-act-field-outcome = decision
people-act-field-aside = put aside
people-act-value-satisfied = satisfied
people-act-value-partly = satisfied in part
people-act-value-explained = explained
people-act-value-refused = refused
people-act-value-no-answer-due = no answer on the merits
people-act-value-returned = returned
