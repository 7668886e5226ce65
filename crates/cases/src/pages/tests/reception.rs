//! The pages of the reception with a script in every text.

use base::Language;
use jiff::civil::date;
use web::Choice;

use super::super::cabinet::DraftLine;
use super::super::documents_view::DocumentLine;
use super::super::intake_view::{IntakeView, heard, taken};
use super::super::reception::{
    Coupon, NewCard, OwnCard, Reception, ReceptionCase, TakenLine, WayLink,
};
use super::super::renewing::NewCode;
use super::super::scans::ScanForm;
use super::super::telling::ToldView;
use super::samples::{answer, case, entry, line, wrong};
use super::{NOW, evil, in_request, looked_at};
use crate::model::{Heard, Intake, Source, TakenIn};

pub(super) fn document_line() -> DocumentLine {
    DocumentLine {
        id: evil(),
        name: evil(),
        facts: evil(),
        from: evil(),
        slot: evil(),
        state: evil(),
        tone: "calm",
        reason: evil(),
        href: evil(),
        view: evil(),
        small: evil(),
        can_check: false,
        is_copy: true,
    }
}

pub(super) fn intake() -> IntakeView {
    IntakeView {
        came: evil(),
        order: evil(),
        confirm: evil(),
    }
}

fn told() -> ToldView {
    let shown = case(true);
    ToldView {
        course: shown.course,
        planned: Some(date(2026, 12, 10)),
        messages: shown.messages,
        answers: vec![answer()],
        send_to: evil(),
        call: evil(),
    }
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "every page of the reception, one after the other"
)]
async fn the_pages_of_an_operator_let_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            let way = || WayLink {
                href: evil(),
                name: evil(),
                hint: evil(),
            };
            let row = || TakenLine {
                href: evil(),
                number: evil(),
                topic: evil(),
                applicant: evil(),
                way: evil(),
                at: NOW,
                state: evil(),
                tone: "calm",
                to_print: true,
                due: evil(),
            };
            let draft = || DraftLine {
                href: evil(),
                topic: evil(),
                service: evil(),
                saved_at: NOW,
            };
            for some in [true, false] {
                looked_at(
                    "reception",
                    &Reception {
                        page: wrong(request.page(evil()), "number"),
                        ways: vec![way(), way()],
                        number: evil(),
                        begun: if some { vec![draft()] } else { Vec::new() },
                        rows: if some { vec![row()] } else { Vec::new() },
                        on: evil(),
                        today: evil(),
                        totals: vec![line()],
                        next: if some { evil() } else { String::new() },
                        first: String::new(),
                    },
                );
                looked_at(
                    "reception-new",
                    &NewCard {
                        page: wrong(request.page(evil()), "service"),
                        way: evil(),
                        title: evil(),
                        order: evil(),
                        letter: some,
                        services: vec![Choice::new(evil(), evil()).with_hint(evil())],
                        service: evil(),
                        came_on: evil(),
                        today: evil(),
                        outgoing: evil(),
                        others: evil(),
                        contact: evil(),
                    },
                );
                let own = OwnCard {
                    came: evil(),
                    applicant: evil(),
                    lines: vec![line()],
                    documents: if some {
                        vec![document_line()]
                    } else {
                        Vec::new()
                    },
                    scan: some.then(|| ScanForm {
                        formats: evil(),
                        accept: evil(),
                        most: 100,
                        megabytes: 10,
                    }),
                };
                looked_at(
                    "reception-case",
                    &ReceptionCase {
                        page: wrong(request.page(evil()), "text"),
                        found: entry(),
                        own: some.then_some(own),
                        told: some.then(told),
                        hears: some,
                        ways: vec![Choice::new("phone", evil())],
                        way: evil(),
                        text: evil(),
                        handed: evil(),
                        known_by: evil(),
                        code_turn: some.then_some(1),
                        stated: evil(),
                        code_known_by: evil(),
                    },
                );
                looked_at(
                    "reception-code",
                    &NewCode {
                        page: request.page(evil()),
                        number: evil(),
                        code: evil(),
                        site: evil(),
                    },
                );
                looked_at(
                    "reception-coupon",
                    &Coupon {
                        page: request.page(evil()),
                        number: evil(),
                        service: evil(),
                        applicant: evil(),
                        came: evil(),
                        unit: evil(),
                        registered: date(2026, 11, 21),
                        due: some.then(|| date(2026, 12, 21)),
                        answered: some,
                        code: some.then(evil),
                        site: evil(),
                        again: evil(),
                    },
                );
            }
        })
        .await;
    }
}

#[tokio::test]
async fn how_it_came_is_said_in_both_languages() {
    for language in Language::ALL {
        in_request(language, move |request| {
            let russian = language == Language::Ru;
            for way in Source::BY_HAND {
                let intake = Intake {
                    way,
                    came_on: way.is_letter().then(|| date(2026, 11, 18)),
                    outgoing: "15/3".to_owned(),
                    others: vec!["Ivan".to_owned()],
                };
                let view = IntakeView::of(request, &intake);
                for text in [&view.came, &view.order, &view.confirm] {
                    assert!(!text.contains('\u{ab}'), "{way:?} lacks words: {text}");
                }
                let said = taken(
                    request,
                    &TakenIn {
                        intake,
                        account: base::id::AccountId::new(NOW),
                        operator: "Olga".to_owned(),
                        at: NOW,
                    },
                );
                assert!(said.contains("15/3") && said.contains("Ivan") && said.contains("Olga"));
                assert_eq!(said.contains("2026"), way.is_letter(), "{said}");
            }
            let heard = heard(
                request,
                &Heard {
                    way: Source::Phone,
                    operator: "Olga".to_owned(),
                    handed: evil(),
                },
            );
            assert_eq!(heard.contains("телефону"), russian, "{heard}");
        })
        .await;
    }
}
