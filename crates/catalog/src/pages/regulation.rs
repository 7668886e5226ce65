//! The regulation: every term of every service in plain words, with the article that sets it, made
//! from the rules that cases are counted by. For anybody to read and to print.

use askama::Template;
use axum::extract::State;
use law::{Count, Law, Rule, Source, Unit};
use web::{Page, PageResult, Request};

use super::formal;
use crate::catalog::Catalog;
use crate::model::{Access, Definition, MESSAGE_RULE};

/// A term.
struct Line {
    what: String,
    length: String,
    article: String,
    /// Whether the installation set it, not a law.
    own: bool,
}

/// A service with its terms.
struct ServiceLines {
    code: String,
    name: String,
    formal: String,
    lines: Vec<Line>,
    /// The terms of the plain message that it is for a guest; empty where nobody files it as one.
    guest: Vec<Line>,
}

#[derive(Template)]
#[template(path = "regulation.html")]
struct Regulation {
    page: Page,
    services: Vec<ServiceLines>,
    /// What holds for every service.
    common: Vec<Line>,
}

/// What the house keeps beside the law, whatever the service.
const OWN: [&str; 3] = ["documents_window", "return_window", "arbiter"];

pub(super) async fn regulation(request: Request, State(catalog): State<Catalog>) -> PageResult {
    let contents = catalog.contents().await?;
    let terms = Terms::of(&request);
    let services = contents
        .services()
        .map(|service| {
            let definition = &service.definition;
            let guest =
                definition.access == Access::Guest && definition.answer_rule() != MESSAGE_RULE;
            ServiceLines {
                code: definition.code.clone(),
                name: definition.name(request.language).to_owned(),
                formal: formal(&request, definition),
                lines: terms.of_service(definition),
                guest: if guest {
                    terms.of_rules(MESSAGE_RULE.0, MESSAGE_RULE.1)
                } else {
                    Vec::new()
                },
            }
        })
        .collect();
    let common = OWN
        .into_iter()
        .filter_map(|term| terms.rule("own", term))
        .map(|rule| terms.line(rule))
        .collect();
    web::html(&Regulation {
        page: request.page(request.t("catalog-regulation")),
        services,
        common,
    })
}

/// The rules of a day, told to a reader.
struct Terms<'a> {
    request: &'a Request,
    today: jiff::civil::Date,
}

impl<'a> Terms<'a> {
    fn of(request: &'a Request) -> Self {
        let today = request.now().date(&request.shell().settings().zone);
        Self { request, today }
    }

    fn rule(&self, regime: &str, term: &str) -> Option<&'static Rule> {
        Law::current().rule(regime, term, self.today)
    }

    fn of_service(&self, definition: &Definition) -> Vec<Line> {
        let (regime, answer) = definition.answer_rule();
        let mut lines = self.of_rules(regime, answer);
        let start = definition.rule_of("work_start");
        let start = start.and_then(|(regime, term)| self.rule(regime, term));
        // After the registration, which comes first.
        let place = lines.len().min(1);
        if let Some(rule) = start {
            lines.insert(place, self.line(rule));
        }
        lines
    }

    /// The terms of an order: registration, forwarding, the answer, and what may change that.
    fn of_rules(&self, regime: &str, answer: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        lines.extend(
            self.rule(regime, "registration")
                .map(|rule| self.line(rule)),
        );
        lines.extend(self.rule(regime, "forward").map(|rule| self.line(rule)));
        let Some(rule) = self.rule(regime, answer) else {
            return lines;
        };
        lines.push(self.line(rule));
        if let Some(extension) = &rule.extension {
            lines.push(Line {
                what: self.request.t("catalog-regulation-extension").into_owned(),
                length: self.days(
                    "catalog-regulation-at-most",
                    extension.max_days,
                    rule.limit.unit,
                ),
                article: self.words(&extension.article),
                own: false,
            });
        }
        if let Some(pause) = &rule.pause {
            lines.push(Line {
                what: self.request.t("catalog-regulation-pause").into_owned(),
                length: self.days(
                    "catalog-regulation-at-most",
                    pause.max_days,
                    Unit::CalendarDays,
                ),
                article: self.words(&pause.article),
                own: false,
            });
        }
        lines
    }

    fn line(&self, rule: &Rule) -> Line {
        let Count { length, unit, .. } = rule.limit;
        Line {
            what: self.words(&rule.title),
            length: if length == 0 {
                self.request.t("catalog-regulation-at-once").into_owned()
            } else {
                self.days("catalog-regulation-within", length, unit)
            },
            article: self.words(&rule.article),
            own: rule.source == Source::Setting,
        }
    }

    /// «не позже чем через 30 календарных дней».
    fn days(&self, key: &str, days: u32, unit: Unit) -> String {
        let length = match unit {
            Unit::CalendarDays => "catalog-admin-days",
            Unit::WorkingDays => "catalog-admin-working-days",
        };
        let length = self.request.ta(length, &[("days", days.into())]);
        self.request.ta(key, &[("length", length.into())])
    }

    fn words(&self, words: &law::Words) -> String {
        words.in_language(self.request.language.tag()).to_owned()
    }
}
