//! Tokens for programs: the list with what each may do and when it was last used, a form for a new
//! one, and the page that shows its text, once.

use askama::Template;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Extension, Router};
use base::{Error, FieldError};
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;
use web::api::{TokenScope, TokenScopes};
use web::{Choice, Fields, Form, Page, PageResult, html, html_with};

use super::unstored;
use crate::People;
use crate::personal_tokens::{PersonalToken, TOKEN_DAYS_MOST, TokenWish, scopes_of};
use crate::visitor::Visitor;

const TOKENS: &str = "/profile/tokens";

pub(super) fn router() -> Router {
    Router::new()
        .route("/profile/tokens", get(tokens).post(make))
        .route("/profile/tokens/revoke", post(revoke))
}

#[derive(Template)]
#[template(path = "people-tokens.html")]
struct TokensPage {
    page: Page,
    tokens: Vec<Line>,
    called: String,
    scopes: Vec<Scope>,
    until: String,
    first: String,
    last: String,
}

/// A token of the list, its scopes in words.
struct Line {
    token: PersonalToken,
    scopes: Vec<String>,
}

/// A scope that may be chosen.
struct Scope {
    choice: Choice,
    chosen: bool,
}

/// What was typed into the form.
#[derive(Default)]
struct Typed {
    name: String,
    scopes: TokenScopes,
    until: String,
}

async fn shown(
    visitor: &Visitor,
    people: &People,
    typed: Typed,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let word = |scope: TokenScope| {
        request
            .t(&format!("people-token-scope-{}", scope.word()))
            .into_owned()
    };
    let today = request.now().date(&jiff::tz::TimeZone::UTC);
    let last = today
        .checked_add(jiff::Span::new().days(TOKEN_DAYS_MOST))
        .map_err(Error::internal)?;
    let tokens = people.personal_tokens(&visitor.actor).await?;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = [
        ("name", "people-token-name"),
        ("scope", "people-token-scopes"),
        ("until", "people-token-until"),
        ("current", "people-current-password"),
    ]
    .into_iter()
    .fold(
        request
            .page(request.t("people-tokens-title"))
            .with_errors(errors),
        |page, (field, key)| page.with_label(field, request.t(key)),
    );
    html_with(
        status,
        &TokensPage {
            page,
            tokens: tokens
                .into_iter()
                .map(|token| Line {
                    scopes: token.scopes.iter().map(word).collect(),
                    token,
                })
                .collect(),
            called: typed.name,
            scopes: scopes_of(&visitor.actor)
                .iter()
                .map(|scope| Scope {
                    choice: Choice::new(scope.code(), word(scope)),
                    chosen: typed.scopes.holds(scope),
                })
                .collect(),
            until: typed.until,
            first: today.to_string(),
            last: last.to_string(),
        },
    )
    .map(unstored)
}

async fn tokens(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    visitor.require_sign_in()?;
    shown(&visitor, &people, Typed::default(), Vec::new()).await
}

#[derive(Template)]
#[template(path = "people-token-made.html")]
struct MadePage {
    page: Page,
    text: String,
}

async fn make(
    visitor: Visitor,
    Extension(people): Extension<People>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let typed = Typed {
        name: text("name"),
        scopes: fields
            .all("scope")
            .filter_map(TokenScope::from_code)
            .collect(),
        until: text("until"),
    };
    let wish = TokenWish {
        name: typed.name.clone(),
        scopes: typed.scopes,
        until: typed.until.parse::<Date>().ok(),
    };
    // A page that is sent a second time, by a reload say, makes no second token.
    let name = base::text::clean_line(&typed.name);
    let own = people.personal_tokens(&visitor.actor).await?;
    if own.iter().any(|known| known.name == name) {
        let error = FieldError::new("name", "people-error-token-name-taken");
        return shown(&visitor, &people, typed, vec![error]).await;
    }
    match people
        .make_token(&visitor.actor, wish, &text("current"), request.client)
        .await
    {
        // Shown in the answer itself: it is kept nowhere from which it could be shown again.
        Ok(made) => html(&MadePage {
            page: request.page(request.t("people-token-made-title")),
            text: made.as_str().to_owned(),
        })
        .map(unstored),
        Err(Error::Invalid(errors)) => shown(&visitor, &people, typed, errors).await,
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize)]
struct RevokeForm {
    #[serde(default)]
    token: Uuid,
}

async fn revoke(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<RevokeForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    people.revoke_token(&visitor.actor, form.token).await?;
    Ok(visitor
        .request
        .redirect_saying(TOKENS, "people-token-revoked"))
}
