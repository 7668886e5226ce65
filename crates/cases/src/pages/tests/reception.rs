//! The pages of the reception with a script in every text.

use base::Language;
use jiff::civil::date;
use web::Choice;

use super::super::cabinet::DraftLine;
use super::super::intake_view::{IntakeView, heard, taken};
use super::super::reception::{
    Coupon, NewCard, OwnCard, Reception, ReceptionCase, TakenLine, WayLink,
};
use super::samples::{entry, line, wrong};
use super::{NOW, evil, in_request, looked_at};
use crate::model::{Heard, Intake, Source, TakenIn};

pub(super) fn intake() -> IntakeView {
    IntakeView {
        came: evil(),
        order: evil(),
        confirm: evil(),
    }
}

#[tokio::test]
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
                state: evil(),
                tone: "calm",
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
                    },
                );
                let own = OwnCard {
                    came: evil(),
                    applicant: evil(),
                    lines: vec![line()],
                };
                looked_at(
                    "reception-case",
                    &ReceptionCase {
                        page: wrong(request.page(evil()), "text"),
                        found: entry(),
                        own: some.then_some(own),
                        hears: some,
                        ways: vec![Choice::new("phone", evil())],
                        way: evil(),
                        text: evil(),
                        known_by: evil(),
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
                        code: some.then(evil),
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
                },
            );
            assert_eq!(heard.contains("телефону"), russian, "{heard}");
        })
        .await;
    }
}
