//! A template is taken into the answer: its places are filled in for the case, and the words go after
//! what was typed already. Nothing is saved by that, and nothing typed is lost.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use base::{Error, FieldError, Result};
use people::Visitor;
use uuid::Uuid;
use web::{Choice, Fields, PageResult, Request};

use super::case_view::topic;
use super::desk::{Place, TypedWords, draw, open};
use super::desk_actions::{back, typed_in};
use super::names::Names;
use super::number_in;
use crate::model::{Applicant, Card};
use crate::states::Action;
use crate::templates::{Place as Named, Values, filled};
use crate::{Cases, REWRITTEN};

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/desk/{number}/template", get(back).post(take))
}

/// The templates that stand beside the answer of a case; none where its reader writes none. Those of
/// the units above tell whose they are.
pub(super) async fn offered(
    cases: &Cases,
    visitor: &Visitor,
    names: &Names,
    card: Option<&Card>,
) -> Result<Vec<Choice>> {
    let Some(card) = card.filter(|card| card.allows(Action::DraftAnswer)) else {
        return Ok(Vec::new());
    };
    let unit = card.case.unit;
    let found = cases.templates_for(&visitor.actor, unit).await?;
    let choice = |one: crate::templates::AnswerTemplate| {
        let label = if one.unit == unit {
            one.name
        } else {
            format!("{} \u{b7} {}", one.name, names.unit(one.unit))
        };
        Choice::new(one.id.to_string(), label)
    };
    Ok(found.into_iter().map(choice).collect())
}

async fn take(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let number = number_in(&number)?;
    let mut typed = typed_in(&fields);
    let card = open(&cases, &visitor, number).await?;
    let kept = card.open_answer();
    let kept = kept.map(|answer| answer.mark.as_str()).unwrap_or_default();
    let errors = if !card.allows(Action::DraftAnswer) {
        vec![FieldError::new("", "case-error-state")]
    } else if fields.get("mark").is_some_and(|seen| seen != kept) {
        // What another has saved meanwhile stands in the form, what was typed beside it.
        if typed.has_answer() {
            typed = typed.set_aside();
        }
        vec![FieldError::new("", REWRITTEN)]
    } else {
        match insert(&cases, &visitor, &card, &fields, &mut typed).await {
            Ok(()) => Vec::new(),
            Err(Error::Invalid(errors)) => errors,
            Err(other) => return Err(other.into()),
        }
    };
    draw(&cases, &visitor, &place, Some(&card), typed, errors).await
}

/// Puts the words of the chosen template after those that were typed.
async fn insert(
    cases: &Cases,
    visitor: &Visitor,
    card: &Card,
    fields: &Fields,
    typed: &mut TypedWords,
) -> Result<()> {
    let Ok(id) = fields.text("template").parse::<Uuid>() else {
        return Err(Error::field("template", "error-choose-one"));
    };
    let template = match cases.template_for(&visitor.actor, card.case.unit, id).await {
        Err(Error::NotFound) => return Err(Error::field("template", "template-error-gone")),
        found => found?,
    };
    let words = filled_for(cases, &visitor.request, card, &template.text).await?;
    let before = typed.answer.trim_end();
    typed.answer = if before.is_empty() {
        words
    } else {
        format!("{before}\n\n{words}")
    };
    if let Some(outcome) = template.outcome
        && typed.outcome.is_empty()
        && !typed.interim
    {
        outcome.code().clone_into(&mut typed.outcome);
    }
    typed.taken = true;
    Ok(())
}

/// The words of a template for a case; what the case lacks is a gap.
pub(crate) async fn filled_for(
    cases: &Cases,
    request: &Request,
    card: &Card,
    text: &str,
) -> Result<String> {
    let names = Names::load(cases, request.language).await?;
    let values = values(request, &names, card);
    Ok(filled(text, &values, &gap_in_words(request)))
}

/// What a gap in the place of a value is called.
pub(super) fn gap_in_words(request: &Request) -> impl Fn(Named) -> String {
    move |place| request.t(&place.gap_key()).into_owned()
}

fn values(request: &Request, names: &Names, card: &Card) -> Values {
    let row = &card.case;
    let words = request.shell().words();
    let zone = &request.shell().settings().zone;
    let name = called(&card.content.applicant);
    let greeting = if name.is_empty() {
        request.t("template-greeting-nobody").into_owned()
    } else {
        request.ta("template-greeting", &[("name", name.as_str().into())])
    };
    let filed_on = words.date_long(request.language, row.received_at.date(zone));
    Values::from([
        (Named::Greeting, greeting),
        (Named::Applicant, name),
        (Named::Number, row.number.to_string()),
        (Named::FiledOn, filed_on),
        (Named::Topic, topic(card, names, request)),
        (
            Named::Address,
            names.place(row.territory, &card.content.address),
        ),
        (Named::Unit, names.unit(row.unit)),
    ])
}

/// How an applicant is addressed: by name and patronymic.
fn called(applicant: &Applicant) -> String {
    let parts = [&*applicant.first_name, &*applicant.middle_name];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}
