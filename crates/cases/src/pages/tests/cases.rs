//! Filing, the case and what explains it.

use base::{FieldError, Language};
use jiff::civil::date;
use jiff::tz::TimeZone;
use web::Request;

use super::super::case::{CaseShow, History, ProofWait, ReceiptPage, Why};
use super::super::case_view;
use super::super::documents_view::SlotLine;
use super::super::filing::FilingStep;
use super::super::history_view::HistoryLine;
use super::super::review::{FilingReview, Missing, Part};
use super::super::term;
use super::reception::intake;
use super::samples::{case, line, wrong};
use super::works::case_works;
use super::{EVIL, NOW, evil, in_request, looked_at};
use crate::model::{PauseCut, Term};

#[tokio::test]
async fn filing_says_everything_and_lets_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            let definition = catalog::Definition::from_toml(catalog::BUILT_IN[0]).unwrap();
            let categories = catalog::Categories::default();
            let units = people::Units::default();
            let officials = catalog::Officials::default();
            let shown = catalog::Shown {
                language: request.language,
                words: request.shell().words(),
                categories: &categories,
                units: &units,
                officials: &officials,
                map: None,
            };
            let answers: catalog::Answers = [("subject", EVIL), ("description", EVIL)]
                .map(|(k, v)| (k.to_owned(), v.into()))
                .into_iter()
                .collect();
            for (at, step) in definition.form.steps.iter().enumerate() {
                let view = catalog::StepView::new(
                    &definition.form,
                    step,
                    &answers,
                    date(2026, 11, 21),
                    &shown,
                );
                for guest in [true, false] {
                    let page = view.dress(
                        request.page(EVIL),
                        vec![FieldError::new("subject", "error-required")],
                    );
                    looked_at(
                        &step.id,
                        &FilingStep {
                            page,
                            step: view.clone(),
                            steps: vec![evil(), evil()],
                            at: at + 1,
                            service: evil(),
                            action: evil(),
                            check: evil(),
                            back: evil(),
                            later: if guest { String::new() } else { evil() },
                            drop: if at > 0 { evil() } else { String::new() },
                            saved: (at > 0).then_some(NOW),
                            guest,
                            is_operators_own: guest,
                            intake: (!guest).then(intake),
                            formal: evil(),
                            may_attach: !guest,
                        },
                    );
                }
            }
            for (complete, guest) in [(true, true), (true, false), (false, true)] {
                let missing = Missing {
                    href: evil(),
                    label: evil(),
                    text: evil(),
                };
                let part = |lines| Part {
                    title: evil(),
                    href: evil(),
                    lines,
                };
                looked_at(
                    "review",
                    &FilingReview {
                        page: wrong(request.page(EVIL), "consent"),
                        steps: vec![evil()],
                        at: 1,
                        service: evil(),
                        back: evil(),
                        later: evil(),
                        drop: evil(),
                        action: evil(),
                        action_word: evil(),
                        parts_of_form: vec![part(vec![line()]), part(Vec::new())],
                        attached: Some(Part {
                            title: evil(),
                            href: evil(),
                            lines: vec![line()],
                        }),
                        missing: if complete { Vec::new() } else { vec![missing] },
                        consent: complete,
                        guest,
                        intake: (!guest).then(intake),
                        provisional: complete,
                        formal: evil(),
                    },
                );
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_case_says_everything_and_lets_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            for answered in [true, false] {
                let page = wrong(request.page(EVIL), "text");
                looked_at(
                    "case",
                    &CaseShow {
                        page,
                        case: case(answered),
                        text: evil(),
                        own: answered,
                        has_filed: !answered,
                        leaves: if answered { evil() } else { String::new() },
                        acts: vec![HistoryLine {
                            at: NOW,
                            written: Some(NOW),
                            what: evil(),
                            detail: evil(),
                            who: evil(),
                            service: evil(),
                        }],
                        slots: vec![SlotLine {
                            title: evil(),
                            hint: evil(),
                            state: evil(),
                            tone: "warn",
                            reason: evil(),
                        }],
                        documents: vec![evil()],
                        works: case_works(),
                    },
                );
                looked_at(
                    "receipt",
                    &ReceiptPage {
                        page: request.page(EVIL),
                        number: evil(),
                        due: answered.then(|| date(2026, 12, 21)),
                        code: answered.then(evil),
                        unit: evil(),
                        by_rule: answered,
                    },
                );
            }
            looked_at(
                "history",
                &History {
                    page: request.page(EVIL),
                    number: evil(),
                    back: evil(),
                    carried_over: Some(NOW),
                    lines: vec![HistoryLine {
                        at: NOW,
                        written: Some(NOW),
                        what: evil(),
                        detail: evil(),
                        who: evil(),
                        service: evil(),
                    }],
                },
            );
            let page = request.page(EVIL);
            looked_at(
                "proof",
                &ProofWait {
                    page,
                    number: evil(),
                },
            );
        })
        .await;
    }
}

#[tokio::test]
async fn why_is_told_in_words_for_every_built_in_term() {
    for language in Language::ALL {
        in_request(language, |request| {
            let hours = law::AgencyHours::usual(TimeZone::fixed(jiff::tz::offset(3)));
            for (regime, rule) in [("fz59", "answer"), ("pos", "answer"), ("fz8", "answer")] {
                let (_, term) = crate::term::term(regime, rule, &hours, NOW).unwrap();
                let steps = term::steps(request, &term);
                assert!(steps.len() >= 3, "{regime}");
                looked_at("why", &why(request, &term, steps));
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_pause_that_was_too_long_says_what_of_it_counts() {
    for language in Language::ALL {
        in_request(language, |request| {
            let start = date(2026, 11, 20);
            let rule = law::Law::current().rule("service", "certificate", start);
            let rule = rule.unwrap();
            let pause = law::Pause {
                from: date(2026, 11, 25),
                to: date(2027, 2, 23),
                ground: "documents".to_owned(),
            };
            let changes = law::Changes {
                pauses: vec![pause],
                extensions: Vec::new(),
            };
            let counted = changes.cut_to(rule);
            let due = law::due_with(rule, law::Calendar::russia(), start, &counted).unwrap();
            let term = Term {
                registration: Vec::new(),
                due,
                cut: Some(PauseCut {
                    days: 91,
                    counted: 90,
                }),
            };
            let mut steps = term::steps(request, &term).into_iter();
            let said = |step: &String| step.contains("90") && step.contains("91");
            assert_eq!(steps.clone().filter(said).count(), 1);
            assert!(steps.all(|step| !step.contains("case-pause-cut")));
        })
        .await;
    }
}

fn why(request: &Request, term: &Term, steps: Vec<String>) -> Why {
    Why {
        page: request.page(EVIL),
        number: evil(),
        due: Some(term.due.due_on),
        steps,
        regime: case_view::regime(request, &term.due.rule.regime),
        version: evil(),
        source: evil(),
        unit: evil(),
        route: evil(),
    }
}
