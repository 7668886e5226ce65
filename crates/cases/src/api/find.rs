//! What anybody finds by words, and whether a paper is genuine.

use axum::Json;
use axum::extract::State;
use base::{Error, Number};
use catalog::Question;
use people::Visitor;
use serde::Serialize;
use utoipa::ToSchema;
use web::api::{Asked, Asking, OfList, Refused};

use super::desk::inside::Called;
use super::shapes::{Named, PublicCase, one_of, outcomes};
use super::{Api, examples, latin};
use crate::model::{AnswerKind, Outcome};
use crate::printing::outgoing;
use crate::searching::Similar;

/// Subjects that similar cases are looked for under.
const MOST_SUBJECTS: usize = 2;
/// Services that are offered by their names.
const MOST_SERVICES: usize = 4;

/// Something that can be asked for.
#[derive(Serialize, ToSchema)]
pub(super) struct OfferBody {
    service: Named,
    /// The subject that the words lead to; absent when they name the service itself.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Named>,
}

/// A page of help.
#[derive(Serialize, ToSchema)]
pub(super) struct TopicBody {
    title: String,
    short: String,
    /// Its address on this installation.
    page: String,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub(super) struct FindBody {
    /// What can be asked for, the likeliest first; at most 30.
    offers: Vec<OfferBody>,
    /// Cases of the register that are about the same; at most 10.
    similar: Vec<PublicCase>,
    /// Help; at most 10.
    help: Vec<TopicBody>,
    /// What may have been meant.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    meant: Option<String>,
    /// The number of a case, when the words are one.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
}

/// What is known of a paper.
#[derive(Serialize, ToSchema)]
pub(super) struct GenuineBody {
    /// Whether this installation issued it.
    genuine: bool,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<IssuedBody>,
}

/// A paper that was issued.
#[derive(Serialize, ToSchema)]
pub(super) struct IssuedBody {
    /// Number of its case.
    number: String,
    /// Its own outgoing number.
    outgoing: String,
    /// Who answered.
    unit: Named,
    #[schema(format = "date-time")]
    delivered_at: String,
    #[schema(schema_with = answer_kinds)]
    kind: &'static str,
    #[schema(schema_with = outcomes)]
    outcome: &'static str,
    /// Whether a later answer of the same case was issued.
    followed: bool,
    /// Where the public proof is.
    proof: String,
}

fn answer_kinds() -> utoipa::openapi::schema::Object {
    one_of([AnswerKind::Final, AnswerKind::Interim].map(AnswerKind::code))
}

/// Find what can be asked for
///
/// By words: subjects and services, how others asked and how it ended, and help.
#[utoipa::path(
    get,
    path = "/api/v1/find",
    operation_id = "find",
    tag = "register",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(("q" = String, Query, min_length = 1, max_length = 400, description = "Words, or the number of a case", example = "\u{441}\u{43d}\u{435}\u{433}")),
    responses((status = 200, description = "What was found", body = FindBody, example = json!(examples::found())), OfList)
)]
pub(super) async fn find(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<FindBody>, Refused> {
    let mut asked = Asked::of(asking, &["q"])?;
    asked.refuse()?;
    let typed = asked.get("q").unwrap_or_default().trim().to_owned();
    if typed.is_empty() {
        return Err(Error::field("q", "error-required").into());
    }
    let typed: String = typed.chars().take(400).collect();
    let cases = &api.cases;
    let request = &visitor.request;
    let language = request.language;
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let question = Question::new(&typed);
    let named = |service: &catalog::Service| Named {
        code: service.definition.code.clone(),
        name: service.definition.name(language).to_owned(),
    };
    let (offers, subjects) = {
        let leads = question.leads(&contents);
        let offers = leads.iter().map(|lead| OfferBody {
            service: named(lead.service),
            category: Some(Named {
                code: lead.subject.code.clone(),
                name: lead.subject.name.text(language).to_owned(),
            }),
        });
        let services = question.services(contents.services());
        let services = services.into_iter().take(MOST_SERVICES);
        let offers: Vec<OfferBody> = offers
            .chain(services.map(|service| OfferBody {
                service: named(service),
                category: None,
            }))
            .take(30)
            .collect();
        let subjects = leads.iter().take(MOST_SUBJECTS);
        let subjects: Vec<_> = subjects.map(|lead| lead.subject.id).collect();
        (offers, subjects)
    };
    // The answer stands without its index too: it may be full of others' questions.
    let Similar { rows, told, meant } = cases
        .search_public(&typed, subjects)
        .await
        .unwrap_or_default();
    let similar = rows.iter().take(10);
    Ok(Json(FindBody {
        offers,
        similar: similar
            .map(|row| PublicCase::of(row, &contents, &units, language))
            .collect(),
        help: told
            .into_iter()
            .take(10)
            .map(|told| TopicBody {
                title: request.t(&told.title).into_owned(),
                short: request.t(&told.short).into_owned(),
                page: told.href,
            })
            .collect(),
        meant,
        number: typed
            .parse::<Number>()
            .ok()
            .map(|number| number.to_string()),
    }))
}

/// Check whether a paper is genuine
///
/// By the number and the short code that stand on it, or by the SHA-256 of the file. Told is that it was
/// issued, by whom, when and how it decided; never to whom, nor a word of its text.
#[utoipa::path(
    get,
    path = "/api/v1/genuine",
    operation_id = "check_paper",
    tag = "journal",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("number" = inline(Option<String>), Query, nullable = false, max_length = 64, description = "Number of the case, with `code`", example = "A-2026-00000042-5"),
        ("code" = inline(Option<String>), Query, nullable = false, max_length = 64, description = "The short code on the paper"),
        ("sha256" = inline(Option<String>), Query, nullable = false, pattern = "^[0-9a-f]{64}$", description = "The hash of the file, alone"),
    ),
    responses((status = 200, description = "What is known of it", body = GenuineBody, example = json!(examples::genuine())), OfList)
)]
pub(super) async fn check_paper(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<GenuineBody>, Refused> {
    let mut asked = Asked::of(asking, &["number", "code", "sha256"])?;
    let hash = asked.known("sha256", hash_in);
    let number = asked.known("number", |text| text.parse::<Number>().ok());
    asked.refuse()?;
    let (cases, request) = (&api.cases, &visitor.request);
    let issued = match (hash, number, asked.get("code")) {
        (Some(hash), None, None) => cases.genuine_by_hash(hash, request.client).await?,
        (None, Some(number), Some(code)) => {
            cases.genuine_by_code(number, code, request.client).await?
        }
        (Some(_), ..) => return Err(Error::field("sha256", "api-error-alone").into()),
        (None, Some(_), None) => return Err(Error::field("code", "error-required").into()),
        (None, None, _) => return Err(Error::field("number", "error-required").into()),
    };
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let called = Called {
        request,
        contents: &contents,
        units: &units,
    };
    Ok(Json(GenuineBody {
        genuine: issued.is_some(),
        issued: issued.map(|issued| IssuedBody {
            number: issued.number.to_string(),
            outgoing: outgoing(issued.number, issued.place),
            unit: called.unit(issued.unit),
            delivered_at: issued.delivered_at.rfc3339(),
            kind: issued.kind.code(),
            outcome: Outcome::code(issued.outcome),
            followed: issued.is_followed,
            proof: format!("/api/v1/cases/{}/proof", latin(issued.number)),
        }),
    }))
}

fn hash_in(text: &str) -> Option<[u8; 32]> {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != 64 || !text.bytes().all(is_hex) {
        return None;
    }
    let mut hash = [0; 32];
    for (place, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_hash_is_read() {
        assert_eq!(hash_in(&"0f".repeat(32)), Some([15; 32]));
        for wrong in [
            "",
            "0f",
            &"zz".repeat(32),
            &"+1".repeat(32),
            &"ы".repeat(32),
        ] {
            assert_eq!(hash_in(wrong), None);
        }
    }
}
