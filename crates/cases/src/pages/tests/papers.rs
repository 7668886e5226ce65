//! Papers: whole in both languages, the same for whoever prints them, written down once, and known
//! again by their hash and by their code.

use std::net::{IpAddr, Ipv4Addr};

use base::{Actor, Error, Language};
use sha2::{Digest, Sha256};

use super::super::case_view::Painter;
use super::super::genuine::{Genuine, Verdict};
use super::super::names::Names;
use super::super::paper_view::Clerk;
use super::history::lived;
use super::house::houses;
use super::samples::{line, wrong};
use super::{evil, in_request, looked_at};
use crate::model::{AnswerKind, Outcome};
use crate::printing::{Paper, Printed, Printer, answer_code};

/// Prints the words as they are.
#[derive(Debug)]
pub(super) struct Plain;

impl Printer for Plain {
    fn print(&self, paper: Paper) -> Printed<'_> {
        Box::pin(async move { serde_json::to_vec(&paper.data).map_err(Error::internal) })
    }
}

/// Every word of a paper is there; a lacking one shows as its key.
fn whole(paper: &Paper) {
    let text = paper.data.to_string();
    let lacking = text.split('\u{ab}').skip(1).find(|after| {
        let key: String = after.chars().take_while(|c| *c != '\u{bb}').collect();
        key.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    });
    assert_eq!(lacking, None, "{text}");
}

#[tokio::test]
async fn papers_are_whole_in_both_languages_and_alike_for_all() {
    for house in houses() {
        let [anna, olga] = lived(&house).await;
        for language in Language::ALL {
            let names = Names::load(&house.cases, language).await.unwrap();
            let (cases, anna, olga) = (house.cases.clone(), anna.clone(), olga.clone());
            in_request(language, move |request| {
                let painter = Painter {
                    request,
                    names: &names,
                    today: cases.today(),
                };
                let clerk = Clerk {
                    request,
                    names: &names,
                    cases: &cases,
                    letterhead: None,
                };
                let answer = |card: &crate::model::Card| {
                    let answer = card.answers.last().unwrap();
                    clerk.answer(card, answer, 1).unwrap()
                };
                whole(&answer(&anna));
                assert_eq!(
                    answer(&anna),
                    answer(&olga),
                    "one letter, whoever prints it"
                );
                whole(&clerk.receipt(&anna, Some(evil())).unwrap());
                let told = painter.history(&olga);
                whole(&clerk.history(&olga, &told).unwrap());
            })
            .await;
        }
    }
}

#[tokio::test]
async fn a_printed_answer_is_written_down_once_and_known_again() {
    let client = IpAddr::V4(Ipv4Addr::LOCALHOST);
    for house in houses() {
        let cases = &house.cases;
        let [card, _] = lived(&house).await;
        let (number, answer) = (card.case.number, card.answers.last().unwrap().id);
        let paper = Paper {
            kind: crate::printing::Kind::Answer,
            data: "letter".into(),
            code: String::new(),
            mark: None,
            date: cases.today(),
        };
        let guest = Actor::guest(Language::Ru);
        for _ in 0..2 {
            let place = (1, answer);
            let printed = cases.print_answer(&guest, card.side, number, place, paper.clone());
            assert_eq!(printed.await.unwrap(), b"\"letter\"");
        }
        let told = cases.journal().store().read({
            let (journal, id) = (cases.journal().clone(), card.case.id.0);
            move |db| journal.history(db, id)
        });
        let told = told.await.unwrap();
        let printed = told
            .iter()
            .filter(|told| told.action == "case.answer_printed");
        assert_eq!(printed.count(), 1);

        let hash = |text: &[u8]| -> [u8; 32] { Sha256::digest(text).into() };
        let by_hash = cases
            .genuine_by_hash(hash(b"\"letter\""), client)
            .await
            .unwrap();
        let issued = by_hash.expect("it was printed");
        assert_eq!((issued.number, issued.place), (number, 1));
        assert_eq!(issued.outcome, Outcome::Satisfied);
        assert_eq!(issued.kind, AnswerKind::Final);
        assert_eq!(
            cases.genuine_by_hash(hash(b"other"), client).await.unwrap(),
            None
        );

        let code = answer_code(cases.journal().keys(), answer);
        assert_eq!(code.len(), 9);
        let typed = code.to_lowercase().replace('-', " ");
        let by_code = cases.genuine_by_code(number, &typed, client).await.unwrap();
        assert_eq!(by_code, Some(issued));
        assert_eq!(
            cases
                .genuine_by_code(number, "0000-0000", client)
                .await
                .unwrap(),
            None
        );
    }
}

#[tokio::test]
async fn the_page_of_genuineness_lets_no_markup_through() {
    let found = || Verdict {
        tone: "good",
        title: evil(),
        text: evil(),
        facts: vec![line()],
        case: evil(),
    };
    for language in Language::ALL {
        in_request(language, move |request| {
            for found in [None, Some(found())] {
                for field in ["number", "code", "file"] {
                    let genuine = Genuine {
                        page: wrong(request.page("x"), field),
                        number: evil(),
                        code: evil(),
                        found: found.clone(),
                    };
                    looked_at("genuine", &genuine);
                }
            }
        })
        .await;
    }
}
