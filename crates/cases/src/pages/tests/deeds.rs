//! The deeds: every form is drawn, and every one of them has its words.

use base::Language;
use web::{Choice, Request};

use super::super::deed_forms::DeedField;
use super::super::deeds::{Deed, OF_APPLICANT, OF_STAFF, key};
use super::super::verify_view::ACTIONS;
use super::samples::{answer, sent_back, wrong};
use super::{EVIL, evil, in_request, looked_at, words};
use crate::model::Side;

fn deed(request: &Request, fields: Vec<DeedField>) -> Deed {
    Deed {
        page: wrong(request.page(EVIL), "area"),
        number: evil(),
        title: evil(),
        topic: evil(),
        question: evil(),
        leads: vec![evil(), evil()],
        fields,
        action: evil(),
        back: evil(),
        button: evil(),
        answer: Some(answer()),
        mark: evil(),
        before: Some(sent_back()),
        gone: false,
    }
}

#[tokio::test]
async fn a_deed_draws_every_kind_of_field() {
    for language in Language::ALL {
        in_request(language, |request| {
            let fields = ["area", "select", "radios", "date", "email", "text"]
                .map(|kind| DeedField {
                    kind,
                    name: kind,
                    label: evil(),
                    hint: evil(),
                    value: evil(),
                    options: vec![Choice::new(EVIL, EVIL).with_hint(EVIL)],
                    max: 300,
                    required: kind != "text",
                })
                .into_iter()
                .collect();
            looked_at("a deed", &deed(request, fields));
            looked_at("a deed without fields", &deed(request, Vec::new()));
            let gone = Deed {
                gone: true,
                ..deed(request, Vec::new())
            };
            looked_at("a deed that cannot be done any more", &gone);
        })
        .await;
    }
}

#[test]
fn every_deed_has_its_words_and_every_entry_its_sentence() {
    let words = words();
    let staff = OF_STAFF.map(|action| key(Side::Staff, action));
    let applicant = OF_APPLICANT.map(|action| key(Side::Applicant, action));
    for language in Language::ALL {
        for deed in staff.iter().chain(&applicant) {
            for part in ["title", "lead", "do", "said"] {
                let word = format!("deed-{deed}-{part}");
                assert!(words.has(language, &word), "{word} in {language:?}");
            }
        }
        for action in ACTIONS {
            let word = format!("case-did-{}", action.replace('.', "-"));
            assert!(words.has(language, &word), "{word} in {language:?}");
        }
    }
}
