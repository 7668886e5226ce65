# The catalogue: services, subjects, forms.

catalog-services = Services and appeals
catalog-services-lead = Choose what brings you here. Every appeal is answered by law and in time.
catalog-find-label = What you need to do
catalog-find-hint = For example: snow
catalog-find = Find
catalog-topics = Subjects that fit
catalog-topics-lead = Choose a subject: “{ $service }” opens with it marked. Other services are below.
catalog-nothing = Nothing was found for “{ $typed }”. Try another word, or choose a service from the list.
catalog-all = All services
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
catalog-place-territory-hint = If you are not sure, choose the region
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

catalog-error-required = Answer this question
catalog-error-null = null will not do: give an answer or leave the field out
catalog-error-type-text = Text is needed
catalog-error-type-list = One answer is needed, not a list
catalog-error-type-number = A whole number is needed, without quotes or letters
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

catalog-error-code = Code: small Latin letters, digits, dots and dashes, at most 64 characters
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
