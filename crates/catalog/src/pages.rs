//! The catalogue for people: what can be asked for, what fits the words that somebody typed, and
//! what each service is.

pub mod admin;
mod live;
pub mod map;
mod regulation;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use base::{Error, Language};
use law::Law;
use web::{Fields, Page, PageResult, Request};

use crate::catalog::{Catalog, Contents};
use crate::model::{Access, Definition, MESSAGE_RULE, Section};
use crate::search::Question;

/// The most characters of a question that are shown again.
const MOST_TYPED: usize = 200;

/// The pages of this slice.
pub fn router(catalog: Catalog) -> Router {
    Router::new()
        .route("/services", get(services))
        .route("/services/{code}", get(service))
        .route("/regulation", get(regulation::regulation))
        .route("/map.svg", get(map::draw))
        .route("/services/{code}/check/{step}", post(live::check))
        .with_state(catalog)
}

/// What the pages tell of a service.
struct ServiceView {
    code: String,
    name: String,
    summary: String,
    action: String,
    who: String,
    needed: Vec<String>,
    happens: Vec<String>,
    /// What it is by law for somebody whose name is known.
    formal: String,
    /// Its term.
    term: TermView,
    /// When work on it begins, where the house has promised that.
    start: Option<TermView>,
    /// The term of the plain message that it is for a guest; none when nobody files it as a guest,
    /// or the reader is signed in.
    message: Option<TermView>,
    /// Whether nobody files it without an account.
    must_sign_in: bool,
}

/// When an answer comes.
struct TermView {
    /// In how many days; empty when no rule says so.
    days: String,
    /// Where it is written.
    article: String,
}

/// A subject that may be meant.
struct TopicView {
    href: String,
    /// The service that it opens.
    service: String,
    name: String,
    /// The sections above it.
    above: String,
}

#[derive(Template)]
#[template(path = "services.html")]
struct ServicesPage {
    page: Page,
    /// What somebody typed.
    typed: String,
    topics: Vec<TopicView>,
    /// The services that fit what was typed.
    fitting: Vec<ServiceView>,
    sections: Vec<SectionView>,
}

/// A section of the catalogue.
struct SectionView {
    /// Key of its name, which is its anchor too.
    key: &'static str,
    services: Vec<ServiceView>,
}

#[derive(Template)]
#[template(path = "service.html")]
struct ServicePage {
    page: Page,
    service: ServiceView,
}

async fn services(
    request: Request,
    State(catalog): State<Catalog>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    let contents = catalog.contents().await?;
    let typed: String = Fields(query).text("q").chars().take(MOST_TYPED).collect();
    let typed = base::text::clean_line(&typed);
    let question = Question::new(&typed);
    let meant = question.services(contents.services());
    let topics = topics(&request, &contents, &question);
    let fitting = meant
        .iter()
        .map(|service| view(&request, &service.definition))
        .collect();
    let sections = Section::ALL
        .into_iter()
        .map(|section| SectionView {
            key: section.key(),
            services: contents
                .services()
                .filter(|service| service.definition.kind.section() == section)
                .map(|service| view(&request, &service.definition))
                .collect(),
        })
        .filter(|section| !section.services.is_empty())
        .collect();
    let page = request.page(request.t("catalog-services"));
    web::for_everybody(web::html(&ServicesPage {
        page,
        typed,
        topics,
        fitting,
        sections,
    }))
}

/// The subjects that fit, each leading into the form that it belongs to.
fn topics(request: &Request, contents: &Contents, question: &Question) -> Vec<TopicView> {
    let tree = contents.categories();
    let leads = question.leads(contents).into_iter();
    leads
        .map(|lead| TopicView {
            href: lead.address(),
            service: lead.service.definition.name(request.language).to_owned(),
            name: lead.subject.name.text(request.language).to_owned(),
            above: lead
                .subject
                .parent
                .map(|above| tree.path(above, request.language))
                .unwrap_or_default(),
        })
        .collect()
}

async fn service(
    request: Request,
    State(catalog): State<Catalog>,
    Path(code): Path<String>,
) -> PageResult {
    let contents = catalog.contents().await?;
    let Some(service) = contents.service(&code).cloned() else {
        // Whoever kept the address, in a bookmark or on a leaflet, has made no mistake.
        let known = contents.known_service(&code);
        let error = if known.is_some_and(|service| !service.public) {
            Error::Conflict("catalog-error-withdrawn")
        } else {
            Error::NotFound
        };
        return Err(error.into());
    };
    let page = request.page(service.definition.name(request.language));
    let service = view(&request, &service.definition);
    web::for_everybody(web::html(&ServicePage { page, service }))
}

fn view(request: &Request, definition: &Definition) -> ServiceView {
    let language = request.language;
    let texts = |phrases: &[crate::phrase::Phrase]| {
        phrases
            .iter()
            .map(|phrase| phrase.text(language).to_owned())
            .collect()
    };
    // Where signing in makes no other order of it there is nothing to tell apart.
    let as_guest = request.viewer().is_none()
        && definition.access == Access::Guest
        && definition.answer_rule() != MESSAGE_RULE;
    ServiceView {
        code: definition.code.clone(),
        name: definition.name(language).to_owned(),
        summary: definition.summary.text(language).to_owned(),
        action: definition.action.text(language).to_owned(),
        who: definition.help.who.text(language).to_owned(),
        needed: texts(&definition.help.needed),
        happens: texts(&definition.help.happens),
        formal: formal(request, definition),
        term: term(request, definition.answer_rule(), ANSWER_DAYS),
        start: definition
            .rule_of("work_start")
            .map(|rule| term(request, rule, START_DAYS)),
        must_sign_in: definition.access == Access::SignedIn,
        message: as_guest.then(|| term(request, MESSAGE_RULE, ANSWER_DAYS)),
    }
}

/// What a service is by law: «обращение по 59-ФЗ».
pub fn formal(request: &Request, definition: &Definition) -> String {
    let key = format!("law-regime-{}", definition.regime);
    if request.shell().words().has(request.language, &key) {
        request.t(&key).into_owned()
    } else {
        definition.name(request.language).to_owned()
    }
}

/// The sentences on a term in calendar and in working days.
type Sentences = (&'static str, &'static str);
const ANSWER_DAYS: Sentences = ("catalog-service-days", "catalog-service-working-days");
const START_DAYS: Sentences = (
    "catalog-service-start-days",
    "catalog-service-start-working-days",
);

/// A term and where it comes from.
fn term(request: &Request, (regime, term): (&str, &str), sentences: Sentences) -> TermView {
    let today = request.now().date(&request.shell().settings().zone);
    let Some(rule) = Law::current().rule(regime, term, today) else {
        return TermView {
            days: String::new(),
            article: String::new(),
        };
    };
    let key = match rule.limit.unit {
        law::Unit::CalendarDays => sentences.0,
        law::Unit::WorkingDays => sentences.1,
    };
    let article = match request.language {
        Language::Ru => &rule.article.ru,
        Language::En => rule.article.en.as_ref().unwrap_or(&rule.article.ru),
    };
    TermView {
        days: request.ta(key, &[("days", rule.limit.length.into())]),
        article: article.clone(),
    }
}
