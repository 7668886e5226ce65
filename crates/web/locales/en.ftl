# Words shared by every page: the frame, forms, errors, dates.

web-product = Okno
web-skip = Skip to content
web-nav = Main
web-nav-file = Appeals
web-nav-register = Public register
web-nav-status = Check status
web-nav-desk = Workplace
web-nav-reception = Reception
web-nav-sign-in = Sign in
web-nav-profile = Profile
web-nav-sign-out = Sign out
web-unread = { $count ->
    [one] new notice
   *[other] new notices
}
web-offline = There is no network and nothing was sent. What you typed is still here: send it when the network is back.
web-read-only = We take no new appeals or changes right now: maintenance is under way. Everything can be read.
web-theme-dark = Dark theme
web-theme-light = Light theme
web-theme-auto = Theme of the system
web-other-language = Русский
web-verify = Check a proof
web-genuine = Is a document genuine?
web-developers = For developers
web-journal = Journal sealed { $ago } · entries: { $size } · checkpoint { $checkpoint }
web-ago-seconds = { $count ->
    [one] { $count } second ago
   *[other] { $count } seconds ago
}
web-ago-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
web-ago-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
web-ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
web-home = To the home page
web-find-by-number = Find an appeal by its number
web-incident = If you write to us about this, please quote:
web-errors = Please correct this
web-failed = This did not work
web-error = Error
web-optional = optional
web-choose = Choose
web-left = Characters left:
web-over = Characters too many:
web-most = { $max ->
    [one] At most { $max } character
   *[other] At most { $max } characters
}
web-stage-done = (done)
web-stage-now = (now)
web-stage-ahead = (ahead)
web-pager = Pages of the list
web-pager-first = To the start
web-pager-next = Next
web-steps = Steps

error-invalid = Check what you wrote
error-invalid-do = Something is filled in wrongly. Go back and correct it.
error-malformed = The request could not be read
error-malformed-do = Go back and try again. If that does not help, open the page anew.
error-not-found = There is no such page
error-not-found-do = Check the address or the number for a typing mistake. An appeal filed by somebody else may be closed to you.
error-unauthenticated = Please sign in
error-unauthenticated-do = Sign in, and we will bring you back to this page.
error-forbidden = You may not open this
error-forbidden-do = If you should have access, ask your head of unit or an administrator for it.
error-conflict = Somebody has changed this meanwhile
error-conflict-do = Open the page anew: you will see what has changed and can go on.
error-too-many = Too many attempts
error-too-many-do = { $seconds ->
    [one] Wait { $seconds } second and try again.
   *[other] Wait { $seconds } seconds and try again.
}
error-busy = Too many people are here right now
error-busy-do = We could not carry out your request. Wait a few seconds and repeat it: whatever you sent before is kept.
error-read-only = Nothing can be changed right now
error-read-only-do = Maintenance is under way. Everything can be read; try to send again in half an hour.
error-internal = Something broke on our side
error-internal-do = We have already recorded what happened. Try again in a few minutes.
error-method = This page cannot be asked that way
error-method-do = Start again, for example from the home page.
error-too-large = Too much data
error-too-large-do = Shorten the text or send it in parts.
error-media = This kind of data is not taken here
error-media-do = Send the data through the form on the page.
error-forged = The request came from another site
error-forged-do = For your safety we did not carry it out. Open the page here and repeat it.
error-json = The body of the request is not JSON.
error-json-type = The header Content-Type: application/json is needed.
error-json-shape = The body of the request is not as described: line { $line }, character { $column }.

error-required = Fill in this field
error-too-long = { $max ->
    [one] At most { $max } character. Shorten the text
   *[other] At most { $max } characters. Shorten the text
}
error-too-short = { $min ->
    [one] At least { $min } character. Write a little more
   *[other] At least { $min } characters. Write a little more
}
error-not-a-date = There is no such date. Write it like 01.12.2026
error-not-a-number = A number is needed here
error-choose-one = Choose one
error-must-agree = You cannot go on without this consent
error-email = Check the e-mail address. It is written like this: name@example.org
error-phone = Check the telephone number. It is written like this: +7 900 123-45-67
error-number = Check the number: something is mistyped or missing. It is written like this: А-2026-00000042-5
error-already-exists = There already is one
error-unknown-value = There is no such value in the list

date-long = { $day } { $month } { $year }
date-short = { $day } { $month }
date-moment = { $date }, { $time }
date-month-1 = January
date-month-2 = February
date-month-3 = March
date-month-4 = April
date-month-5 = May
date-month-6 = June
date-month-7 = July
date-month-8 = August
date-month-9 = September
date-month-10 = October
date-month-11 = November
date-month-12 = December
date-weekday-1 = Mon
date-weekday-2 = Tue
date-weekday-3 = Wed
date-weekday-4 = Thu
date-weekday-5 = Fri
date-weekday-6 = Sat
date-weekday-7 = Sun
date-until-1 = by Monday, { $date }
date-until-2 = by Tuesday, { $date }
date-until-3 = by Wednesday, { $date }
date-until-4 = by Thursday, { $date }
date-until-5 = by Friday, { $date }
date-until-6 = by Saturday, { $date }
date-until-7 = by Sunday, { $date }

error-cursor = There is no such page of the list. Open the list from its beginning.

## Administration
web-nav-admin = Administration
web-admin = Administration
web-admin-people = People and agencies
web-admin-services = Services and rules
web-admin-letters = Texts and letters
web-admin-running = Running the system

## Version for poor eyesight
access-title = Settings for poor eyesight
access-lead = Choose what is easy for you to read. The settings are kept on this device.
access-turn-on = Large print
access-bar = Version for poor eyesight
access-settings = Settings
access-off = Standard version
access-save = Save and turn on
access-back = Back to the page you came from
access-size = Size of letters
access-size-100 = Usual, 100 %
access-size-150 = Large, 150 %
access-size-200 = Very large, 200 %
access-scheme = Colours
access-scheme-bw = Black on white
access-scheme-wb = White on black
access-scheme-blue = Dark blue on light blue
access-scheme-yellow = Yellow on black
access-scheme-beige = Brown on beige
access-scheme-green = Green on dark brown
access-letters = Space between letters
access-letters-normal = Usual
access-letters-wide = More
access-letters-widest = Much more
access-lines = Space between lines
access-lines-normal = Usual
access-lines-wide = More
access-lines-widest = Much more
access-face = Shape of letters
access-face-sans = Without serifs
access-face-serif = With serifs
access-pictures = Pictures
access-pictures-shown = Show
access-pictures-hidden = Do not show
access-letter-size = A
access-letter-scheme = C
access-more = What else is done for you
access-more-keys = Everything can be done from the keyboard. The first link of each page leads straight to its content.
access-more-reader = Pages are marked up for screen readers, which speak of changes.
access-more-zoom = Pages can be enlarged by the browser and keep together on a narrow screen.
access-more-scripts = Everything works without scripts and over a slow connection.
access-more-print = Every page can be printed: paper shows only what matters.
access-more-trouble = If anything is hard to use, write to us: we will mend it.

## Paper
web-paper-printed = Printed { $when }
web-glossary = Glossary
web-access = Accessibility

## Feedback
web-feedback = Feedback
web-feedback-here = Report a mistake on this page

## Waiting
waiting-title = Too many visitors right now
waiting-read = All places are taken. The page opens by itself in { $seconds } s; there is nothing to press.
waiting-sent = All places are taken, and what you have just sent was not accepted. In { $seconds } s reload this page and confirm sending again: the browser sends what you wrote once more.
waiting-kept = Every appeal for which you have a number is accepted and kept. Nothing is sent twice.

## Programs
error-token = The token does not hold
error-token-do = The token is unknown, revoked or has run out. Make a new one in the profile, under «Tokens for programs».
error-scope = The token may not do this
error-scope-do = Make a token for which this is ticked.
error-precondition = It has changed
error-precondition-do = It has changed since you read it. Read it again and repeat.
error-repeat-at-work = Such a request is at work
error-repeat-at-work-do = The request with this key is still at work, or was broken off. Read what came of it before you send it with a new key.
error-repeat-other = This key came with another request before
error-fields-unknown = There is no such field: { $name }
error-json-value = No such value can stand here
api-error-encoding = The body of the request must be in UTF-8.
api-error-json = The body of the request cannot be read as JSON: check commas, quotes and brackets, how deep it goes, and that no number is too large.
api-error-query = The parameters of the address cannot be read: check how they are encoded.
api-error-object = An object with named fields is needed
api-error-text = Text is needed
api-error-yes = true or false is needed
api-error-twice = The name “{ $name }” stands twice: leave one
api-error-unknown = There is no field “{ $name }” here: leave it out
api-error-parameter = There is no parameter “{ $name }” here: leave it out
api-error-key = The key of a repeat: one header, 1 to 255 visible ASCII characters, for example a UUID
api-error-limit = A number from 1 to { $most } is needed
api-error-after = There is no such place in the list: take next of the page before, or begin anew

## Reference
reference-title = Interface for programs
reference-lead = Whatever the pages do, a program can do: file an appeal, follow it, work on it.
reference-guide = Where to begin: the first call and the rules
reference-document = The description for programs, OpenAPI 3.1
reference-client = A complete program in Python
reference-token = Make a token for a program
reference-language = Names and what is said of them are in English, as in the calls themselves.
reference-subject = Interface for programs: { $name }
reference-open = It works without a token too.
reference-scope = A token needs:
reference-call = Call
reference-parameters = Parameters
reference-body = What to send
reference-answers = What comes back
reference-answer = Example of the answer
reference-name = Name
reference-place = Where
reference-kind = Kind
reference-about = What it is
reference-status = Status
reference-required = required
api-error-alone = The hash of a file is given without number and code

## Versions of the interface
api-error-tag = The header of a version (If-None-Match or If-Match) cannot be read: up to 200 visible ASCII characters.

## The sign-in has ended
error-ended = Your sign-in has ended
error-ended-do = Everything you wrote is kept on this page. Sign in once more and send it.
error-ended-new = Sign in in a new tab
error-ended-or = or, if you filed without signing in,
error-ended-code = open the appeal with the return code
error-ended-back = Come back here and press “Send again”.
error-ended-again = Send again
error-ended-typed = What you wrote
error-ended-here = Your sign-in has ended. If this page is yours, sign in, and we will bring you back here.
error-ended-sign-in = Sign in
error-conflict-rule = Not possible now

## What a guest has begun
web-begun = You have a draft of “{ $service }” begun on { $when }.
web-begun-go-on = Go on

## Dialogue
web-dialogue = Dialogue

## Application
web-app = Application
app-title = Install the application
app-lead = The portal can be put on a telephone as an application. No store of applications is needed, and it takes hardly any room.
app-description = Appeals, proposals and the answers to them
app-install = Install the application
app-installed = The application is installed: you are in it.
app-send-proposal = Send a proposal
app-send-appeal = File an appeal
app-my-cases = My appeals
app-android = On a telephone with Android
app-android-1 = Open this site in Chrome, Yandex Browser or Firefox.
app-android-2 = Press the menu of the browser, three dots.
app-android-3 = Choose “Install app” or “Add to Home screen”.
app-ios = On an iPhone or iPad
app-ios-1 = Open this site in Safari.
app-ios-2 = Press “Share”, a square with an arrow upwards.
app-ios-3 = Choose “Add to Home Screen” and press “Add”.
app-computer = On a computer
app-computer-text = In Chrome, Edge or Yandex Browser press the sign of installation in the address bar.
app-gives = What the application does
app-gives-1 = Sends a proposal from one page.
app-gives-2 = Keeps on the device what you have not finished and offers it again.
app-gives-3 = Waits for a network: what you sent without one goes when there is one, and only once.
app-gives-4 = Takes a photograph from the gallery: “Share”, and a message with it is begun. Works on Android.
app-private = When you sign out, everything you wrote is wiped from the device.
app-text-kept = There is text on this device that you have not sent. Kept:
app-text-put = Put the text back
app-drop = Wipe from the device
app-no-network = No network
app-no-network-text = This page cannot be shown without a network. Below is what your device has kept.
app-queued = No network: it goes when there is one
app-queued-text = What you wrote is kept on this device and goes by itself, once. You need not press anything.
app-not-sent = Not sent: no network
app-not-sent-text = Wait for the network, then go back and send it again. Do not go back earlier: without a network the form does not open and what you typed is lost. Below is what your device has kept.
app-kept-title = On this device
app-kept-no-scripts = To see what is kept on the device, turn scripts on. Everything else on the portal works without them.
app-kept-nothing = Nothing here: nothing waits to be sent.
app-kept-note = These notes are kept on this device alone, for a week at most, and are wiped when you sign out.
app-send-now = Send now
app-waiting = Not filed
app-waiting-text = It waits for a network and will go by itself, once. An appeal is filed only when it has a number. Written:
app-typed = What you wrote
app-filed = Filed:
app-filed-text = The number and the return code stand in the receipt. Open it and keep it: without signing in it opens on this device for twelve hours.
app-receipt = Open the receipt
app-begun = The message is begun but not filed
app-begun-text = The file is attached. Answer the questions and send it.
app-go-on = Go on
app-refused = Not accepted
app-refused-text = The portal could not take this: there is a mistake in the answers, or the draft has run out. Open the form and send it again. Written:
app-open-form = Open the form
app-unsent = Not finished
app-sent-banner = What waited for a network has been sent.
app-proposal-lead = Everything on one page. Without a network the proposal waits on the device and goes when there is one.
app-error-shared = The file could not be attached. Attach another: a photograph or a PDF will do.
app-shared = The file is attached. What is left is to answer the questions.
