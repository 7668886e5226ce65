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
people-consent-text = I give the operator ({ $operator }) my consent to process my last, first and middle name, my e-mail address, and my phone number and postal address if I give them. The purpose is to create my account, to consider my appeals and to tell me the answer. The data may be collected, recorded, stored, corrected, used, passed to the authorities that consider my appeals, blocked and destroyed, with or without programs. The consent holds as long as the account exists. I may withdraw it at any time by writing to the operator.

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
people-error-email = Check the address: it looks like anna@example.ru
people-error-email-taken = There is an account with this e-mail already
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
    [one] A name of at most { $most } character is needed
   *[other] A name of at most { $most } characters is needed
}
people-error-code = { $most ->
    [one] A code is made of Latin letters, digits, dots and hyphens, at most { $most } character
   *[other] A code is made of Latin letters, digits, dots and hyphens, at most { $most } characters
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
people-permission-manage-users = Manage users and roles
people-permission-manage-units = Manage units and territories
people-permission-manage-catalog = Manage services, categories and routes
people-permission-read-journal = Read the journal
people-by-code-note = Filed without signing in?
people-by-code-do = Open the appeal by its number and code
