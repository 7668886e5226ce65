//! The templates of answers: their list, a new one, one that is there and one that was put aside.

use base::Language;
use web::{Choice, Request};

use super::super::templates::{Listed, PlaceLine, Shown, TemplateLine, Written};
use super::samples::wrong;
use super::{EVIL, NOW, evil, in_request, looked_at};

fn choices() -> Vec<Choice> {
    vec![Choice::new(EVIL, EVIL)]
}

fn listed(request: &Request, full: bool) -> Listed {
    let lines = if full { 2 } else { 0 };
    Listed {
        page: request.page(EVIL),
        units: if full { choices() } else { Vec::new() },
        unit: evil(),
        new: evil(),
        lines: std::iter::repeat_with(|| TemplateLine {
            href: evil(),
            name: evil(),
            unit: evil(),
            outcome: evil(),
            aside: full,
            changed_at: NOW,
        })
        .take(lines)
        .collect(),
        next: evil(),
        first: evil(),
    }
}

fn shown(request: &Request, known: bool, aside: bool) -> Shown {
    Shown {
        page: wrong(request.page(EVIL).dense(), "text"),
        title: evil(),
        action: evil(),
        unit: if known { evil() } else { String::new() },
        units: choices(),
        outcomes: choices(),
        written: Written {
            unit: evil(),
            name: evil(),
            outcome: evil(),
            text: evil(),
            seen: evil(),
            act: String::new(),
        },
        name_most: 100,
        text_most: 8_000,
        places: vec![PlaceLine {
            code: evil(),
            meaning: evil(),
        }],
        preview: evil(),
        known,
        aside,
    }
}

#[tokio::test]
async fn templates_of_answers_say_everything_and_let_no_script_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            looked_at("templates", &listed(request, true));
            looked_at("no templates", &listed(request, false));
            looked_at("a new template", &shown(request, false, false));
            looked_at("a template", &shown(request, true, false));
            looked_at("a template put aside", &shown(request, true, true));
        })
        .await;
    }
}
