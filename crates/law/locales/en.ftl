# Words about terms and the calendar: the steps of “Why this date?”, errors, names.
#
# Arguments: a date is put in words with law-date, a time as “18:00”, the rest as it is.

law-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
law-weekday = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
law-weekday-from = { $from_weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
law-weekday-to = { $to_weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
law-holiday = { $holiday ->
    [new_year] New Year holidays and Christmas
    [defender] Defender of the Fatherland Day
    [women] International Women’s Day
    [labour] Spring and Labour Day
    [victory] Victory Day
    [russia] Russia Day
    [unity] National Unity Day
    [vote_2020] the national vote of 2020
   *[other] { $holiday }
}
law-day-off = { $reason ->
    [weekend] a weekend
    [holiday] a holiday ({ law-holiday })
    [moved] a day off moved from { $moved_from }
    [local] a local day off ({ $act })
   *[decree] a non-working day ({ $act })
}
law-length = { $unit ->
    [working_days] { $length ->
        [one] { $length } working day
       *[other] { $length } working days
    }
   *[calendar_days] { $length ->
        [one] { $length } day
       *[other] { $length } days
    }
}

law-why = Why this date?
law-step-received = Received on { $on } ({ law-weekday }) at { $at } by the agency’s clock.
law-step-brought = Received on { $on } ({ law-weekday }). It must be registered by { $latest } ({ $article }).
law-step-registered = The day of registration is { $on } ({ law-weekday }): { $because ->
    [at_once] it is registered at once
    [same_day] it came before the end of the working day
    [after_hours] the working day ended at { $closed_at }, so it is registered on the next one
    [day_off] the day of receipt is { law-day-off }, so it is registered on the next working day
    [by_hand] a member of staff entered it on that day
   *[limit] it may not be registered later
} ({ $article }).
law-step-starts = The day of { $event ->
    [received] receipt
   *[registered] registration
} is { $on }. { $aim ->
    [target] The agency’s own target is { law-length }
   *[limit] { $length ->
        [0] The term is that same day ({ $article })
       *[other] The term is { law-length } ({ $article })
    }
}.
law-step-first-day = { $counts ->
    [yes] Day 1 is { $on }
   *[no] Counting begins on { $on }
}: { $day_after ->
    [yes] a term is counted from the day after { $event ->
        [received] receipt
       *[registered] registration
    }
   *[no] the day of { $event ->
        [received] receipt
       *[registered] registration
    } is part of the term
} ({ $article }).
law-step-counted = { $days ->
    [1] { $unit ->
        [working_days] Working day { $from_day } is { $from }
       *[calendar_days] Day { $from_day } is { $from }
    }
   *[other] { $unit ->
        [working_days] Working days { $from_day }–{ $to_day }: { $from } to { $to }
       *[calendar_days] Days { $from_day }–{ $to_day }: { $from } to { $to }, one after another
    }
}{ $counted_as ->
    [working_weekend] , a worked { law-weekday }: its day off was moved elsewhere
    [decree_day] . { $days ->
        [1] It was declared non-working ({ $act }) but counts for this term
       *[other] They were declared non-working ({ $act }) but count for this term
    }
    [local] . { $days ->
        [1] Here it is worked ({ $act })
       *[other] Here they are worked ({ $act })
    }
   *[plain] { "" }
}.
law-step-skipped = { $days ->
    [1] { $from } does not count
   *[other] { $from } to { $to } do not count
}: { $reason ->
    [weekend] { $days ->
        [1] a weekend day
       *[other] a weekend
    }
    [holiday] { $days ->
        [1] a holiday ({ law-holiday })
       *[other] holidays ({ law-holiday })
    }
    [moved] a day off moved from { $moved_from }
    [local] { $days ->
        [1] a local day off ({ $act })
       *[other] local days off ({ $act })
    }
   *[decree] { $days ->
        [1] a non-working day ({ $act })
       *[other] non-working days ({ $act })
    }
}.
law-step-paused = { $days ->
    [1] The term stood still on { $from }
   *[other] The term stood still from { $from } to { $to }
}, { $days ->
    [one] { $days } day
   *[other] { $days } days
}: { $ground } ({ $article }).
law-step-extended = On { $decided_on } the term was extended by { $unit ->
    [working_days] { $days ->
        [one] { $days } working day
       *[other] { $days } working days
    }
   *[calendar_days] { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
}: { $ground } ({ $article }).{ $notice ->
    [yes] { " " }The applicant is told.
   *[no] { "" }
}
law-step-shifted = { $day ->
    [0] The last day
   *[other] Day { $day }
} is { law-weekday-from }, { $from }, { law-day-off }: the term moves to { law-weekday-to }, { $to } ({ $article }).
law-step-decree-day-counts = { $on } is a non-working day ({ $act }), but no day off for this term: the term does not move.
law-step-local-day = { $on } is { $kind ->
    [shortened] a short working day here
   *[working] a working day here
} ({ $act }).
law-step-capped = The target cannot be later than the limit: { $on }.
law-step-no-calendar = { $ahead ->
    [yes] The working calendar of { $year } has not been approved yet
   *[no] There is no working calendar of { $year } here
}: Saturdays, Sundays and the holidays of art. 112 of the Labour Code count as days off.
law-step-ends = { $aim ->
    [target] The agency’s own target
   *[limit] The last day of the term
} is { $on } ({ law-weekday }).

law-days-left = { $days ->
    [0] Today is the last day
    [one] { $days } day left
   *[other] { $days } days left
}
law-days-overdue = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}

law-regime-fz59 = appeal under Law 59-FZ
law-regime-fz59_proposal = proposal under Law 59-FZ
law-regime-fz8 = request for information under Law 8-FZ
law-regime-fz210 = complaint under Law 210-FZ
law-regime-pos = message of the feedback platform
law-regime-signal = signal
law-regime-service = service
law-regime-own = house rule
law-source-confirmed = source checked
law-source-setting = the region has set the term

law-day-working = working day
law-day-shortened = short working day
law-day-working-weekend = worked weekend day
law-day-weekend = weekend
law-day-holiday = holiday
law-day-moved-day-off = moved day off
law-day-nonworking-by-decree = non-working day by decree
law-day-local-day-off = local day off
law-day-local-working-day = local working day

law-error-beyond-time = The term runs beyond the last possible date.
law-error-pause-not-allowed = This term cannot be paused.
law-error-pause-ends-before-it-begins = The pause ends on { $to }, before it begins on { $from }.
law-error-pauses-overlap = Two pauses overlap on { $on }.
law-error-paused-too-long = The pauses last { $days ->
    [one] { $days } day
   *[other] { $days } days
}, no more than { $max_days } are allowed.
law-error-extension-not-allowed = This term cannot be extended.
law-error-extended-too-far = The term was extended by { $days ->
    [one] { $days } day
   *[other] { $days } days
}, no more than { $max_days } are allowed.
law-error-extended-too-late = The term cannot be extended on { $decided_on }: it ended on { $due_on }.
law-error-unknown-ground = The rule knows no such ground.
law-error-too-many-changes = Too many pauses or extensions.
law-error-no-intake = This rule does not say how to register.

law-calendar-unreadable = The file of the year could not be read: check how it is written.
law-calendar-unknown-format = This program does not know such a format of calendar.
law-calendar-year-out-of-range = There can be no calendar for such a year.
law-calendar-other-year = { $day } is a day of another year.
law-calendar-listed-twice = { $day } is listed twice.
law-calendar-not-weekend = { $day } is a weekday: it is worked anyway.
law-calendar-already-weekend = { $day } is a weekend already.
law-calendar-no-act = { $day }: the act that says so is not named.

law-rules-unreadable = The file of rules could not be read: check how it is written.
law-rules-unknown-format = This program does not know such a format of rules.
law-rules-bad-name = The name of a rule is small Latin letters, digits and “_”.
law-rules-given-twice = One version of a rule is written twice.
law-rules-never-valid = The rule ends before it begins to be valid.
law-rules-bad-length = The length of a term, extension or pause makes no sense.
law-rules-target-beyond-limit = The target is longer than the limit.
