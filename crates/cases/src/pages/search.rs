//! Search: for anybody, what can be asked for, what others asked for and how it ended, and what to
//! do next; for staff, the cases of their own units by what applicants wrote.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use base::Number;
use base::id::CategoryId;
use catalog::Question;
use people::Visitor;
use serde::Deserialize;
use web::help::Part;
use web::{Page, PageResult};

use super::desk_view::{Lines, QueueLine};
use super::names::{self, Names};
use super::register_view::{EntryView, entry};
use super::{address, parameter};
use crate::Cases;
use crate::searching::{Piece, Similar};

/// Subjects that similar cases are looked for under.
const MOST_SUBJECTS: usize = 2;
/// Services that are offered by their names.
const MOST_SERVICES: usize = 4;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/find", get(find))
        .route("/desk/search", get(desk))
}

/// Something that can be asked for.
pub(super) struct Offer {
    pub(super) href: String,
    pub(super) name: String,
    /// What it is part of, or what it is.
    pub(super) about: String,
}

/// A page of help that was found.
pub(super) struct ToldLine {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) short: String,
}

#[derive(Template)]
#[template(path = "find.html")]
pub(super) struct FindPage {
    pub(super) page: Page,
    pub(super) typed: String,
    /// What may have been meant, with its address.
    pub(super) meant: Option<(String, String)>,
    /// Subjects, each leading into a form.
    pub(super) topics: Vec<Offer>,
    pub(super) services: Vec<Offer>,
    pub(super) similar: Vec<EntryView>,
    /// The register by the likeliest subject.
    pub(super) similar_all: String,
    pub(super) told: Vec<ToldLine>,
    /// Where one writes in one's own words.
    pub(super) write: &'static str,
}

impl FindPage {
    /// Whether somebody who asks this should call for help first.
    fn danger(&self) -> bool {
        base::danger::is_told(&self.typed)
    }

    fn found_nothing(&self) -> bool {
        self.topics.is_empty()
            && self.services.is_empty()
            && self.similar.is_empty()
            && self.told.is_empty()
    }
}

/// A case that was found.
pub(super) struct FoundLine {
    pub(super) line: QueueLine,
    pub(super) topic: Vec<Piece>,
    pub(super) state: String,
    pub(super) tone: &'static str,
}

#[derive(Template)]
#[template(path = "desk-search.html")]
pub(super) struct DeskSearch {
    pub(super) page: Page,
    pub(super) typed: String,
    pub(super) meant: Option<(String, String)>,
    pub(super) rows: Vec<FoundLine>,
    pub(super) next: String,
    pub(super) first: String,
    /// Whether old cases cannot be found yet.
    pub(super) readying: bool,
}

#[derive(Deserialize)]
struct Asked {
    q: Option<String>,
    after: Option<String>,
}

/// A number is sent to its status; words are answered here.
async fn find(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let request = &visitor.request;
    let typed = parameter(asked.q.as_deref());
    let number = match typed.parse::<Number>() {
        Ok(number) => Some(number.to_string()),
        Err(_) => looks_like_a_number(&typed).then(|| typed.clone()),
    };
    if let Some(number) = number {
        return Ok(request.redirect(&address("/status", &[("number", &number)])));
    }
    if typed.is_empty() {
        return Ok(request.redirect("/services"));
    }
    let language = request.language;
    let names = Names::load(&cases, language).await?;
    let contents = names.contents();
    let leads_somewhere = |question: &Question| {
        !question.leads(contents).is_empty() || !question.services(contents.services()).is_empty()
    };
    // A guess is shown where nothing was found for the words as they stand, with what it leads to.
    let mut question = Question::new(&typed);
    let mut meant = None;
    if !leads_somewhere(&question) {
        meant = cases.did_you_mean(&typed);
        let guess = meant.as_deref().map(Question::new).unwrap_or_default();
        if leads_somewhere(&guess) {
            question = guess;
        } else {
            meant = None;
        }
    }
    let leads = question.leads(contents);
    let subjects: Vec<CategoryId> = leads
        .iter()
        .take(MOST_SUBJECTS)
        .map(|lead| lead.subject.id)
        .collect();
    let similar_all = leads
        .first()
        .map(|lead| address("/register", &[("category", &lead.subject.code)]))
        .unwrap_or_default();
    let topics = leads
        .iter()
        .map(|lead| Offer {
            href: lead.address(),
            name: lead.subject.name.text(language).to_owned(),
            about: lead.service.definition.name(language).to_owned(),
        })
        .collect();
    let services = question
        .services(contents.services())
        .into_iter()
        .take(MOST_SERVICES)
        .map(|service| Offer {
            href: format!("/services/{}", service.definition.code),
            name: service.definition.name(language).to_owned(),
            about: service.definition.summary.text(language).to_owned(),
        })
        .collect();
    // The page stands without its index too: it may be full of others' questions.
    let Similar { rows, told, .. } = cases
        .search_public(&typed, subjects)
        .await
        .unwrap_or_default();
    // Chapters for those who work here are nothing to a citizen.
    let staff = visitor.viewer.as_ref().is_some_and(|viewer| viewer.staff);
    let today = cases.today();
    let page = request.page(typed.clone());
    let other = contents.service("other");
    web::html(&FindPage {
        write: other.map_or("/file", |_| "/file/other"),
        meant: meant.map(|meant| (address("/find", &[("q", &meant)]), meant)),
        topics,
        services,
        similar: rows
            .iter()
            .map(|row| entry(request, &names, row, today))
            .collect(),
        similar_all,
        told: told
            .into_iter()
            .filter(|told| staff || !is_for_staff(&told.href))
            .map(|told| ToldLine {
                title: request.t(&told.title).into_owned(),
                short: request.t(&told.short).into_owned(),
                href: told.href,
            })
            .collect(),
        page,
        typed,
    })
}

/// Whether a page of help stands in a part of the book for those who work here.
fn is_for_staff(href: &str) -> bool {
    href.strip_prefix("/help/").is_some_and(|name| {
        let topic = web::help::TOPICS.iter().find(|topic| topic.name == name);
        topic.is_some_and(|topic| matches!(topic.part, Part::Desk | Part::Admin))
    })
}

/// A letter and mostly digits: somebody mistyped a number.
fn looks_like_a_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 6 && letters <= 1
}

/// The cases of one's units that have the words. A row shows what the queue shows; that somebody
/// read a case is written down when it is opened.
async fn desk(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let typed = parameter(asked.q.as_deref());
    let after = asked.after.as_deref().filter(|after| !after.is_empty());
    let found = cases
        .search_texts(&visitor.actor, &typed, after, None)
        .await?;
    let names = Names::load(&cases, request.language).await?;
    let nothing = found.items.is_empty();
    let meant = nothing.then(|| cases.did_you_mean(&typed)).flatten();
    let here = |after: &str| address("/desk/search", &[("q", &typed), ("after", after)]);
    let next = found.next.as_ref().map(|next| here(next.as_str()));
    let holders = Lines::holders(found.items.iter().map(|found| &found.row));
    let lines = Lines::of(&cases, &visitor, &names, holders).await?;
    let rows = found
        .items
        .into_iter()
        .map(|found| FoundLine {
            line: lines.line(&found.row, "view=unit", false),
            topic: found.topic,
            state: names::state_of(request, &found.row.case),
            tone: names::tone_of(&found.row.case),
        })
        .collect();
    let page = request.page(request.t("find-desk")).dense();
    web::html(&DeskSearch {
        meant: meant.map(|meant| (address("/desk/search", &[("q", &meant)]), meant)),
        rows,
        next: next.unwrap_or_default(),
        first: after.map(|_| here("")).unwrap_or_default(),
        readying: !cases.finds_everything(),
        page,
        typed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_for_staff_is_known_by_its_address() {
        for (href, expected) in [
            ("/help/desk", true),
            ("/help/reception", true),
            ("/help/receipt", false),
            ("/glossary#term-code", false),
        ] {
            assert_eq!(is_for_staff(href), expected, "{href}");
        }
    }

    #[test]
    fn a_mistyped_number_is_still_taken_for_a_number() {
        for (text, expected) in [
            ("А-2026-00000042-8", true),
            ("A2026000000421", true),
            ("дом 12 по улице Лесной", false),
            ("справка 2026", false),
            ("", false),
        ] {
            assert_eq!(looks_like_a_number(text), expected, "{text}");
        }
    }
}
