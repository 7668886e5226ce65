//! Every step and error can be said in both languages, and the Russian reads as it should.

#![expect(
    clippy::unwrap_used,
    reason = "what is missing in a test should fail it at once"
)]

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::civil::{Date, date, datetime};
use law::{
    AgencyHours, Arg, Calendar, Changes, Count, DayKind, DecreeDays, DueError, Exception,
    ExceptionKind, Extension, Law, Pause, Rule, Source, Step, Unit, due, due_with, registered_on,
    target,
};

struct Language {
    code: &'static str,
    bundle: FluentBundle<FluentResource>,
}

const RU: &str = include_str!("../locales/ru.ftl");
const EN: &str = include_str!("../locales/en.ftl");

impl Language {
    fn new(code: &'static str, text: &str) -> Self {
        let mut bundle = FluentBundle::new(vec![code.parse().unwrap()]);
        bundle.set_use_isolating(false);
        bundle
            .add_resource(FluentResource::try_new(text.to_owned()).unwrap())
            .unwrap();
        Self { code, bundle }
    }

    fn both() -> [Self; 2] {
        [Self::new("ru", RU), Self::new("en", EN)]
    }

    fn date(&self, date: Date) -> String {
        let mut args = FluentArgs::new();
        args.set("day", date.day());
        args.set("month", date.month());
        args.set("year", date.year().to_string());
        self.format("law-date", &args)
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let message = self
            .bundle
            .get_message(key)
            .unwrap_or_else(|| panic!("{}: no {key}", self.code));
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(message.value().unwrap(), Some(args), &mut errors)
            .into_owned();
        assert!(
            errors.is_empty(),
            "{} {key}: {errors:?} in {text}",
            self.code
        );
        text
    }

    fn say(&self, key: &str, args: Vec<(&'static str, Arg<'_>)>) -> String {
        let mut fluent = FluentArgs::new();
        for (name, arg) in args {
            fluent.set(
                name,
                match arg {
                    Arg::Date(date) => FluentValue::from(self.date(date)),
                    Arg::Time(time) => FluentValue::from(time.strftime("%H:%M").to_string()),
                    Arg::Number(number) => FluentValue::from(number),
                    Arg::Token(token) => FluentValue::from(token.to_owned()),
                    Arg::Words(words) => FluentValue::from(words.in_language(self.code).to_owned()),
                },
            );
        }
        self.format(key, &fluent)
    }

    fn steps(&self, steps: &[Step]) -> Vec<String> {
        steps
            .iter()
            .map(|step| self.say(step.key(), step.args()))
            .collect()
    }
}

fn rule(id: &str) -> Rule {
    Law::current()
        .rules()
        .find(|rule| rule.id() == id)
        .unwrap()
        .clone()
}

fn russian(steps: &[Step]) -> Vec<String> {
    Language::new("ru", RU).steps(steps)
}

#[test]
fn both_languages_have_the_same_messages() {
    let keys = |text: &'static str| {
        let mut keys: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .map(|line| line.split(" =").next().unwrap())
            .collect();
        keys.sort_unstable();
        keys
    };
    assert_eq!(keys(RU), keys(EN));
    assert!(keys(RU).iter().all(|key| key.starts_with("law-")));
}

#[test]
fn thirty_days_that_end_on_a_saturday_in_words() {
    let found = due(&rule("fz59.answer"), Calendar::russia(), date(2025, 11, 20)).unwrap();
    assert_eq!(
        russian(&found.steps),
        [
            "День регистрации — 20 ноября 2025 года. Срок — 30 дней (ч. 1 ст. 12 59-ФЗ).",
            "День 1 — 21 ноября 2025 года: срок считают со следующего дня после регистрации (ст. 191 ГК РФ).",
            "Дни 1–30: с 21 ноября 2025 года по 20 декабря 2025 года, подряд.",
            "30-й день — суббота, 20 декабря 2025 года, выходной: срок переносится на понедельник, 22 декабря 2025 года \
         (ст. 193 ГК РФ).",
            "Последний день срока — 22 декабря 2025 года (понедельник).",
        ]
    );
}

#[test]
fn working_days_name_what_they_jump_over() {
    let found = due(
        &rule("own.work_start"),
        Calendar::russia(),
        date(2025, 10, 31),
    )
    .unwrap();
    assert_eq!(
        russian(&found.steps),
        [
            "День регистрации — 31 октября 2025 года. Срок — 5 рабочих дней (правило ведомства).",
            "День 1 — 1 ноября 2025 года: срок считают со следующего дня после регистрации (ст. 191 ГК РФ).",
            "1-й рабочий день — 1 ноября 2025 года, рабочая суббота: её выходной перенесён на другой день.",
            "Не считается 2 ноября 2025 года: выходной.",
            "Не считается 3 ноября 2025 года: выходной, перенесённый с 1 ноября 2025 года.",
            "Не считается 4 ноября 2025 года: праздник (День народного единства).",
            "Рабочие дни 2–4: с 5 ноября 2025 года по 7 ноября 2025 года.",
            "Не считаются дни с 8 ноября 2025 года по 9 ноября 2025 года: выходные.",
            "5-й рабочий день — 10 ноября 2025 года.",
            "Последний день срока — 10 ноября 2025 года (понедельник).",
        ]
    );
}

#[test]
fn target_is_the_agencys_own_and_names_no_article_of_the_law() {
    let rule = rule("fz59.answer");
    let start = date(2025, 11, 20);
    let aim = target(&rule, Calendar::russia(), start, &Changes::default())
        .unwrap()
        .unwrap();
    let text = russian(&aim.steps).join("\n");
    assert!(
        text.contains("Внутренний срок ведомства — 25 дней."),
        "{text}"
    );
    assert!(!text.contains("ч. 1 ст. 12"), "{text}");
}

#[test]
fn year_without_a_calendar_is_told() {
    let found = due(&rule("fz59.answer"), Calendar::russia(), date(2026, 12, 10)).unwrap();
    let told = "Производственный календарь на 2027 год ещё не утверждён: выходными считаются суббота и воскресенье и \
                праздники по ст. 112 ТК РФ.";
    assert!(russian(&found.steps).iter().any(|step| step == told));
}

/// Explanations in which every kind of step, reason and plural occurs.
fn many_explanations() -> Vec<Vec<Step>> {
    let calendar = Calendar::russia();
    let mut all = Vec::new();
    let mut starts: Vec<Date> = (2018..=2027)
        .flat_map(|year| (1..=12).map(move |month| date(year, month, 1 + month)))
        .chain([
            date(2020, 3, 2),
            date(2020, 3, 27),
            date(2021, 10, 29),
            date(2020, 6, 23),
            date(2016, 5, 5),
        ])
        .collect();
    starts.sort_unstable();
    let hours = AgencyHours::usual(jiff::tz::TimeZone::UTC);
    for rule in Law::current().rules() {
        for &start in &starts {
            all.push(due(rule, calendar, start).unwrap().steps);
            all.extend(
                target(rule, calendar, start, &Changes::default())
                    .unwrap()
                    .map(|aim| aim.steps),
            );
            let decrees = Count {
                decree_days: DecreeDays::DayOff,
                ..rule.limit.clone()
            };
            all.push(
                due(
                    &Rule {
                        limit: decrees,
                        ..rule.clone()
                    },
                    calendar,
                    start,
                )
                .unwrap()
                .steps,
            );
            for hour in [3, 12, 20] {
                let at = hours.zone().to_timestamp(start.at(hour, 0, 0, 0)).unwrap();
                all.extend(
                    registered_on(rule, calendar, &hours, at)
                        .ok()
                        .map(|found| found.steps),
                );
            }
        }
    }
    let mut paused = rule("service.certificate");
    paused.extension = rule("fz59.answer").extension;
    for days in [1, 2, 5, 21] {
        let from = date(2025, 11, 19);
        let to = from.saturating_add(jiff::ToSpan::days(i32::try_from(days - 1).unwrap()));
        let changes = Changes {
            pauses: vec![Pause {
                from,
                to,
                ground: "documents".to_owned(),
            }],
            extensions: vec![Extension {
                days,
                decided_on: date(2025, 11, 18),
                ground: "exceptional".to_owned(),
            }],
        };
        all.push(
            due_with(&paused, calendar, date(2025, 11, 17), &changes)
                .unwrap()
                .steps,
        );
    }
    let mut capped = rule("fz59.forward");
    capped.target.as_mut().unwrap().length = 7;
    all.push(
        target(&capped, calendar, date(2025, 11, 20), &Changes::default())
            .unwrap()
            .unwrap()
            .steps,
    );
    let mut strict = rule("fz59.registration");
    strict.limit.on_day_off = law::OnDayOff::None;
    let at = hours
        .zone()
        .to_timestamp(datetime(2025, 1, 1, 12, 0, 0, 0))
        .unwrap();
    all.push(registered_on(&strict, calendar, &hours, at).unwrap().steps);
    let came = date(2024, 12, 30);
    let entered = law::registered_by_hand(&strict, calendar, &hours, came, at);
    all.push(entered.unwrap().steps);
    let mut same_day = rule("pos.answer_fast");
    same_day.limit.first_day = law::FirstDay::SameDay;
    same_day.limit.unit = Unit::WorkingDays;
    all.push(due(&same_day, calendar, date(2025, 11, 20)).unwrap().steps);
    all.extend(explanations_of_a_place());
    all
}

/// A calendar with every kind of exception around one weekend.
fn place() -> Calendar {
    let act = law::Words {
        ru: "закон области № 7-ОЗ".to_owned(),
        en: Some("regional law No. 7".to_owned()),
    };
    let days = [
        (date(2026, 4, 20), ExceptionKind::DayOff),
        (date(2026, 4, 21), ExceptionKind::DayOff),
        (date(2026, 4, 22), ExceptionKind::Nonworking),
        (date(2026, 4, 23), ExceptionKind::Shortened),
        (date(2026, 4, 25), ExceptionKind::Working),
        (date(2026, 4, 26), ExceptionKind::Shortened),
    ]
    .map(|(on, kind)| Exception {
        on,
        kind,
        act: act.clone(),
    });
    Calendar::russia().with_exceptions(&days).unwrap()
}

fn explanations_of_a_place() -> Vec<Vec<Step>> {
    let calendar = place();
    let hours = AgencyHours::usual(jiff::tz::TimeZone::UTC);
    let mut all = Vec::new();
    for rule in ["fz59.registration", "fz59.forward", "own.work_start"].map(rule) {
        for day in 10..=26 {
            let start = date(2026, 4, day);
            all.push(due(&rule, &calendar, start).unwrap().steps);
            for hour in [12, 17] {
                let at = hours.zone().to_timestamp(start.at(hour, 0, 0, 0)).unwrap();
                all.extend(
                    registered_on(&rule, &calendar, &hours, at)
                        .ok()
                        .map(|found| found.steps),
                );
            }
        }
    }
    all
}

#[test]
fn a_day_of_the_place_names_its_act() {
    let start = date(2026, 4, 11);
    let found = due(&rule("fz59.forward"), &place(), start).unwrap();
    assert_eq!(
        russian(&found.steps)[3..],
        [
            "Не считается 20 апреля 2026 года: местный выходной (закон области № 7-ОЗ).",
            "Не считается 21 апреля 2026 года: местный выходной (закон области № 7-ОЗ).",
            "7-й день — суббота, 18 апреля 2026 года, выходной: срок переносится на среду, 22 апреля 2026 года \
             (ст. 193 ГК РФ).",
            "Последний день срока — 22 апреля 2026 года (среда).",
        ]
    );
    let found = due(&rule("own.work_start"), &place(), date(2026, 4, 17)).unwrap();
    assert_eq!(
        russian(&found.steps)[2..],
        [
            "Не считаются дни с 18 апреля 2026 года по 19 апреля 2026 года: выходные.",
            "Не считаются дни с 20 апреля 2026 года по 21 апреля 2026 года: местные выходные (закон области № 7-ОЗ).",
            "1-й рабочий день — 22 апреля 2026 года. День объявлен нерабочим (закон области № 7-ОЗ), но в этот срок \
             входит.",
            "Рабочие дни 2–3: с 23 апреля 2026 года по 24 апреля 2026 года.",
            "Рабочие дни 4–5: с 25 апреля 2026 года по 26 апреля 2026 года. Здесь эти дни рабочие (закон области № \
             7-ОЗ).",
            "Последний день срока — 26 апреля 2026 года (воскресенье).",
        ]
    );
    let hours = AgencyHours::usual(jiff::tz::TimeZone::UTC);
    let evening = datetime(2026, 4, 23, 17, 30, 0, 0);
    let at = hours.zone().to_timestamp(evening).unwrap();
    let found = registered_on(&rule("fz59.registration"), &place(), &hours, at).unwrap();
    assert_eq!(
        russian(&found.steps)[1],
        "23 апреля 2026 года — здесь сокращённый рабочий день (закон области № 7-ОЗ)."
    );
}

#[test]
fn every_step_can_be_said_in_both_languages() {
    let all = many_explanations();
    let kinds: std::collections::BTreeSet<&str> = all.iter().flatten().map(Step::key).collect();
    assert_eq!(kinds.len(), 15, "not every kind of step occurs: {kinds:?}");
    for language in Language::both() {
        for step in all.iter().flatten() {
            let text = language.say(step.key(), step.args());
            assert!(
                text.ends_with('.')
                    && !text.contains("  ")
                    && !text.contains(" ,")
                    && !text.contains(" ."),
                "{text}"
            );
            assert!(!text.contains('{') && !text.contains('_'), "{text}");
            let cyrillic = text
                .chars()
                .any(|letter| matches!(letter, 'а'..='я' | 'А'..='Я'));
            assert_eq!(cyrillic, language.code == "ru", "{text}");
        }
    }
}

#[test]
fn every_error_and_name_can_be_said_in_both_languages() {
    let day = date(2025, 11, 20);
    let errors = [
        DueError::BeyondTime,
        DueError::PauseNotAllowed,
        DueError::PauseEndsBeforeItBegins {
            from: day,
            to: date(2025, 11, 19),
        },
        DueError::PausesOverlap { on: day },
        DueError::PausedTooLong {
            days: 91,
            max_days: 90,
        },
        DueError::ExtensionNotAllowed,
        DueError::ExtendedTooFar {
            days: 31,
            max_days: 30,
        },
        DueError::ExtendedTooLate {
            decided_on: day,
            due_on: date(2025, 11, 19),
        },
        DueError::UnknownGround("holiday".to_owned()),
        DueError::TooManyChanges,
        DueError::NoIntake,
    ];
    for language in Language::both() {
        for error in &errors {
            assert!(language.say(error.key(), error.args()).ends_with('.'));
        }
        for kind in [
            DayKind::Working,
            DayKind::Shortened,
            DayKind::WorkingWeekend,
            DayKind::Weekend,
            DayKind::Holiday,
            DayKind::MovedDayOff,
            DayKind::NonworkingByDecree,
            DayKind::LocalDayOff,
            DayKind::LocalWorkingDay,
        ] {
            assert!(!language.say(kind.key(), vec![]).is_empty());
        }
        for rule in Law::current().rules() {
            assert!(
                !language
                    .say(&format!("law-regime-{}", rule.regime), vec![])
                    .is_empty()
            );
        }
        for source in [Source::Confirmed, Source::Setting] {
            assert!(!language.say(source.key(), vec![]).is_empty());
        }
        for days in [0, 1, 2, 5, 21, -1, -3] {
            let left = law::DaysLeft {
                calendar_days: days,
                working_days: days,
            };
            assert!(
                !language
                    .say(left.key(), vec![("days", Arg::Number(left.days()))])
                    .is_empty()
            );
        }
    }
}
