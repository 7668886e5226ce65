//! The catalogue for people: what can be asked for, and what each service is.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use base::Language;
use jiff::civil::Date;
use law::Law;
use web::{Page, PageResult, Request};

use crate::catalog::Catalog;
use crate::model::Definition;

/// The pages of this slice.
pub fn router(catalog: Catalog) -> Router {
    Router::new()
        .route("/services", get(services))
        .route("/services/{code}", get(service))
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
    /// In how many days the answer comes; empty when no rule says so.
    term: String,
    article: String,
}

#[derive(Template)]
#[template(path = "services.html")]
struct ServicesPage {
    page: Page,
    services: Vec<ServiceView>,
}

#[derive(Template)]
#[template(path = "service.html")]
struct ServicePage {
    page: Page,
    service: ServiceView,
}

async fn services(request: Request, State(catalog): State<Catalog>) -> PageResult {
    let contents = catalog.contents().await?;
    let services = contents
        .services()
        .map(|service| view(&request, &service.definition))
        .collect();
    let page = request.page(request.t("catalog-services"));
    web::html(&ServicesPage { page, services })
}

async fn service(
    request: Request,
    State(catalog): State<Catalog>,
    Path(code): Path<String>,
) -> PageResult {
    let service = catalog.service(&code).await?;
    let page = request.page(service.definition.name(request.language));
    let service = view(&request, &service.definition);
    web::html(&ServicePage { page, service })
}

fn view(request: &Request, definition: &Definition) -> ServiceView {
    let language = request.language;
    let today = request.now().date(&request.shell().settings().zone);
    let (term, article) = term(request, definition, language, today);
    let texts = |phrases: &[crate::phrase::Phrase]| {
        phrases
            .iter()
            .map(|phrase| phrase.text(language).to_owned())
            .collect()
    };
    ServiceView {
        code: definition.code.clone(),
        name: definition.name(language).to_owned(),
        summary: definition.summary.text(language).to_owned(),
        action: definition.action.text(language).to_owned(),
        who: definition.help.who.text(language).to_owned(),
        needed: texts(&definition.help.needed),
        happens: texts(&definition.help.happens),
        term,
        article,
    }
}

/// The term of the answer and where it comes from.
fn term(
    request: &Request,
    definition: &Definition,
    language: Language,
    today: Date,
) -> (String, String) {
    let (regime, term) = definition.answer_rule();
    let Some(rule) = Law::current().rule(regime, term, today) else {
        return (String::new(), String::new());
    };
    let key = match rule.limit.unit {
        law::Unit::CalendarDays => "catalog-service-days",
        law::Unit::WorkingDays => "catalog-service-working-days",
    };
    let article = match language {
        Language::Ru => &rule.article.ru,
        Language::En => rule.article.en.as_ref().unwrap_or(&rule.article.ru),
    };
    (
        request.ta(key, &[("days", rule.limit.length.into())]),
        article.clone(),
    )
}
