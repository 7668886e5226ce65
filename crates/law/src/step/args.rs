//! The arguments that each step gives to its message.

use super::{CountedAs, IntakeReason, Step};
use crate::{
    calendar::DayOff,
    rule::{StartsOn, Unit},
    words::{Arg, weekday_token},
};

type Args<'a> = Vec<(&'static str, Arg<'a>)>;

impl Step {
    /// The arguments of the step's message, by name.
    pub fn args(&self) -> Args<'_> {
        match self {
            Self::Received { .. } | Self::Brought { .. } | Self::Registered { .. } => {
                self.registration_args()
            }
            Self::Starts { .. } | Self::FirstDay { .. } => self.start_args(),
            Self::Counted { .. } | Self::Skipped { .. } => self.run_args(),
            Self::Paused { .. } | Self::Extended { .. } => self.change_args(),
            Self::Shifted { .. }
            | Self::DecreeDayCounts { .. }
            | Self::LocalDay { .. }
            | Self::Capped { .. }
            | Self::NoCalendar { .. }
            | Self::Ends { .. } => self.end_args(),
        }
    }

    fn registration_args(&self) -> Args<'_> {
        match self {
            Self::Received { on, at } => vec![
                ("on", Arg::Date(*on)),
                ("weekday", Arg::Token(weekday_token(*on))),
                ("at", Arg::Time(*at)),
            ],
            Self::Brought {
                on,
                latest_on,
                article,
            } => vec![
                ("on", Arg::Date(*on)),
                ("weekday", Arg::Token(weekday_token(*on))),
                ("latest", Arg::Date(*latest_on)),
                ("article", Arg::Words(article)),
            ],
            Self::Registered {
                on,
                because,
                article,
            } => {
                let mut args = vec![
                    ("on", Arg::Date(*on)),
                    ("weekday", Arg::Token(weekday_token(*on))),
                    ("article", Arg::Words(article)),
                    ("because", Arg::Token(because.token())),
                ];
                match because {
                    IntakeReason::AfterHours { closed_at } => {
                        args.push(("closed_at", Arg::Time(*closed_at)));
                    }
                    IntakeReason::OnDayOff { day_off } => args.extend(day_off_args(day_off)),
                    IntakeReason::AtOnce
                    | IntakeReason::SameDay
                    | IntakeReason::Limit
                    | IntakeReason::ByHand => {}
                }
                args
            }
            _ => Vec::new(),
        }
    }

    fn start_args(&self) -> Args<'_> {
        match self {
            Self::Starts {
                on,
                event,
                length,
                unit,
                article,
                target,
            } => vec![
                ("on", Arg::Date(*on)),
                ("event", Arg::Token(event.token())),
                ("length", number(*length)),
                ("unit", Arg::Token(unit.token())),
                ("article", Arg::Words(article)),
                ("aim", aim(*target)),
            ],
            Self::FirstDay {
                on,
                day_after,
                counts,
                event,
                article,
            } => vec![
                ("on", Arg::Date(*on)),
                ("day_after", yes_or_no(*day_after)),
                ("counts", yes_or_no(*counts)),
                ("event", Arg::Token(event.token())),
                ("article", Arg::Words(article)),
            ],
            _ => Vec::new(),
        }
    }

    fn run_args(&self) -> Args<'_> {
        match self {
            Self::Counted {
                from_day,
                to_day,
                from,
                to,
                unit,
                counted_as,
            } => {
                let mut args = vec![
                    ("from_day", number(*from_day)),
                    ("to_day", number(*to_day)),
                    (
                        "days",
                        Arg::Number(i64::from(*to_day) - i64::from(*from_day) + 1),
                    ),
                    ("from", Arg::Date(*from)),
                    ("to", Arg::Date(*to)),
                    ("weekday", Arg::Token(weekday_token(*from))),
                    ("unit", Arg::Token(unit.token())),
                ];
                args.extend(counted_as.args());
                args
            }
            Self::Skipped {
                from,
                to,
                days,
                day_off,
            } => {
                let mut args = vec![
                    ("from", Arg::Date(*from)),
                    ("to", Arg::Date(*to)),
                    ("days", number(*days)),
                ];
                args.extend(day_off_args(day_off));
                args
            }
            _ => Vec::new(),
        }
    }

    fn change_args(&self) -> Args<'_> {
        match self {
            Self::Paused {
                from,
                to,
                days,
                ground,
                article,
            } => vec![
                ("from", Arg::Date(*from)),
                ("to", Arg::Date(*to)),
                ("days", number(*days)),
                ("ground", Arg::Words(ground)),
                ("article", Arg::Words(article)),
            ],
            Self::Extended {
                days,
                unit,
                decided_on,
                ground,
                notice,
                article,
            } => vec![
                ("days", number(*days)),
                ("unit", Arg::Token(unit.token())),
                ("decided_on", Arg::Date(*decided_on)),
                ("ground", Arg::Words(ground)),
                ("notice", yes_or_no(*notice)),
                ("article", Arg::Words(article)),
            ],
            _ => Vec::new(),
        }
    }

    fn end_args(&self) -> Args<'_> {
        match self {
            Self::Shifted {
                day,
                from,
                day_off,
                to,
                article,
            } => {
                let mut args = vec![
                    ("day", number(*day)),
                    ("from", Arg::Date(*from)),
                    ("from_weekday", Arg::Token(weekday_token(*from))),
                    ("to", Arg::Date(*to)),
                    ("to_weekday", Arg::Token(weekday_token(*to))),
                    ("article", Arg::Words(article)),
                ];
                args.extend(day_off_args(day_off));
                args
            }
            Self::DecreeDayCounts { on, act } => {
                vec![("on", Arg::Date(*on)), ("act", Arg::Words(act))]
            }
            Self::LocalDay { on, kind, act } => vec![
                ("on", Arg::Date(*on)),
                ("kind", Arg::Token(kind.token())),
                ("act", Arg::Words(act)),
            ],
            Self::Capped { on } => vec![("on", Arg::Date(*on))],
            Self::NoCalendar { year, ahead } => {
                vec![
                    ("year", Arg::Number(i64::from(*year))),
                    ("ahead", yes_or_no(*ahead)),
                ]
            }
            Self::Ends { on, target } => vec![
                ("on", Arg::Date(*on)),
                ("weekday", Arg::Token(weekday_token(*on))),
                ("aim", aim(*target)),
            ],
            _ => Vec::new(),
        }
    }
}

impl CountedAs {
    fn args(&self) -> Args<'_> {
        match self {
            Self::Plain => vec![("counted_as", Arg::Token("plain"))],
            Self::WorkingWeekend => vec![("counted_as", Arg::Token("working_weekend"))],
            Self::DecreeDay { act } => vec![
                ("counted_as", Arg::Token("decree_day")),
                ("act", Arg::Words(act)),
            ],
            Self::Local { act } => vec![
                ("counted_as", Arg::Token("local")),
                ("act", Arg::Words(act)),
            ],
        }
    }
}

impl StartsOn {
    fn token(self) -> &'static str {
        match self {
            Self::ReceivedAt => "received",
            Self::RegisteredOn => "registered",
        }
    }
}

impl Unit {
    pub(crate) fn token(self) -> &'static str {
        match self {
            Self::CalendarDays => "calendar_days",
            Self::WorkingDays => "working_days",
        }
    }
}

impl IntakeReason {
    fn token(&self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::SameDay => "same_day",
            Self::AfterHours { .. } => "after_hours",
            Self::OnDayOff { .. } => "day_off",
            Self::Limit => "limit",
            Self::ByHand => "by_hand",
        }
    }
}

fn day_off_args(day_off: &DayOff) -> Args<'_> {
    match day_off {
        DayOff::Weekend => vec![("reason", Arg::Token("weekend"))],
        DayOff::Holiday { name } => vec![
            ("reason", Arg::Token("holiday")),
            ("holiday", Arg::Token(name)),
        ],
        DayOff::Moved { from } => vec![
            ("reason", Arg::Token("moved")),
            ("moved_from", Arg::Date(*from)),
        ],
        DayOff::Decree { act } => vec![("reason", Arg::Token("decree")), ("act", Arg::Words(act))],
        DayOff::Local { act } => vec![("reason", Arg::Token("local")), ("act", Arg::Words(act))],
    }
}

fn number(value: u32) -> Arg<'static> {
    Arg::Number(i64::from(value))
}

fn yes_or_no(value: bool) -> Arg<'static> {
    Arg::Token(if value { "yes" } else { "no" })
}

fn aim(target: bool) -> Arg<'static> {
    Arg::Token(if target { "target" } else { "limit" })
}
