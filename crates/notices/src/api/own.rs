//! One's own notices for programs: the list, what was read, and what one wants to be told where.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::Error;
use people::Visitor;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::api::{
    Asked, Asking, IfMatch, MOST_ROWS, OfBareDeed, OfChange, OfList, OfMaking, ROWS, Refused, Sent,
};

use crate::kinds::{Channel, Kind};
use crate::pages::cabinet::line;
use crate::pages::settings::shown;
use crate::{Notice, Notices, Wishes};

/// The operations of one's own notices.
pub fn routes(notices: Notices) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_notices))
        .routes(routes!(read_notice))
        .routes(routes!(read_all_notices))
        .routes(routes!(list_wishes, change_wishes))
        .with_state(notices)
}

fn kinds() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(Kind::ALL.map(Kind::code)))
        .build()
}

/// A notice.
#[derive(Serialize, ToSchema)]
struct NoticeBody {
    #[schema(format = "uuid")]
    id: String,
    /// Its place, for `upto` of `read_all_notices`.
    place: i64,
    #[schema(schema_with = kinds)]
    kind: &'static str,
    /// Number of the case that it is about.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// What it says, in a line.
    title: String,
    /// And in more words.
    texts: Vec<String>,
    /// Documents that are asked for.
    items: Vec<String>,
    #[schema(format = "date-time")]
    made_at: String,
    read: bool,
}

/// A page of notices.
#[derive(Serialize, ToSchema)]
struct NoticesBody {
    items: Vec<NoticeBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Up to where notices are marked as read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReadUpTo {
    /// `place` of the newest notice that was shown.
    #[schema(minimum = 0)]
    upto: i64,
}

/// What one wants to be told of a kind, and where.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WishBody {
    #[schema(schema_with = kinds)]
    kind: String,
    /// On the page of notices.
    cabinet: bool,
    /// By letter.
    email: bool,
    /// Whether the law wants it told, whatever somebody wishes; not to be changed.
    #[serde(default)]
    owed: bool,
}

/// Everything one can be told of.
#[derive(Serialize, ToSchema)]
struct WishesBody {
    items: Vec<WishBody>,
}

/// What changes; kinds that are left out stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WishesChange {
    #[schema(min_items = 1, max_items = 100)]
    items: Vec<WishBody>,
}

fn body_of(visitor: &Visitor, notice: &Notice) -> NoticeBody {
    let line = line(&visitor.request, notice);
    NoticeBody {
        id: notice.id.to_string(),
        place: notice.idx,
        kind: notice.kind.code(),
        number: Some(notice.facts.number.clone()).filter(|number| !number.is_empty()),
        title: line.title,
        texts: line.texts,
        items: line.items,
        made_at: notice.made_at.rfc3339(),
        read: notice.read,
    }
}

fn example() -> serde_json::Value {
    json!({
        "id": "0193a1f4-7c1e-7b5a-9d39-2f6c1a0e4b77", "place": 42, "kind": "answer",
        "number": "\u{410}-2026-00000042-5", "title": "The answer is ready", "texts": ["Outcome: satisfied"],
        "items": [], "made_at": "2026-12-01T09:00:00Z", "read": false,
    })
}

/// List one's notices
///
/// Newest first. Listing them marks none as read.
#[utoipa::path(
    get,
    path = "/api/v1/notices",
    operation_id = "list_notices",
    tag = "profile",
    security(("token" = ["cases:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = NoticesBody, example = json!({"items": [example()]})), OfList)
)]
async fn list_notices(
    visitor: Visitor,
    State(notices): State<Notices>,
    asking: Asking,
) -> Result<Json<NoticesBody>, Refused> {
    visitor.require_sign_in()?;
    let mut asked = Asked::of(asking, &["after", "limit"])?;
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let page = notices
        .list_some(&visitor.actor, asked.get("after"), limit)
        .await
        .map_err(|error| match error {
            Error::Malformed(_) => Error::field("after", "api-error-after"),
            other => other,
        })?;
    Ok(Json(NoticesBody {
        items: page
            .items
            .iter()
            .map(|notice| body_of(&visitor, notice))
            .collect(),
        next: page.next.map(|next| next.as_str().to_owned()),
    }))
}

/// Mark a notice as read
#[utoipa::path(
    post,
    path = "/api/v1/notices/{notice}/reading",
    operation_id = "read_notice",
    tag = "profile",
    security(("token" = ["cases:write"]), ("session" = [])),
    params(("notice" = String, Path, format = "uuid", description = "The notice")),
    responses((status = 200, description = "The notice", body = NoticeBody, example = json!(example())), OfBareDeed)
)]
async fn read_notice(
    visitor: Visitor,
    State(notices): State<Notices>,
    Path(notice): Path<String>,
) -> Result<Json<NoticeBody>, Refused> {
    visitor.require_sign_in()?;
    let id = notice.parse().map_err(|_| Error::NotFound)?;
    let notice = notices.open(&visitor.actor, id).await?;
    Ok(Json(body_of(&visitor, &notice)))
}

/// Mark all notices up to one as read
#[utoipa::path(
    post,
    path = "/api/v1/notices/reading",
    operation_id = "read_all_notices",
    tag = "profile",
    security(("token" = ["cases:write"]), ("session" = [])),
    request_body(content = ReadUpTo, example = json!({"upto": 42})),
    responses((status = 204, description = "They are read"), OfMaking)
)]
async fn read_all_notices(
    visitor: Visitor,
    State(notices): State<Notices>,
    Sent(body): Sent<ReadUpTo>,
) -> Result<StatusCode, Refused> {
    visitor.require_sign_in()?;
    notices.open_all(&visitor.actor, body.upto).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn wishes_of(notices: &Notices, visitor: &Visitor) -> Result<WishesBody, Error> {
    let wishes = notices.wishes(&visitor.actor).await?;
    let items = shown(visitor.actor.is_staff()).map(|kind| WishBody {
        kind: kind.code().to_owned(),
        cabinet: wishes.wants(kind, Channel::Cabinet),
        email: wishes.wants(kind, Channel::Email),
        owed: kind.is_owed(),
    });
    Ok(WishesBody {
        items: items.collect(),
    })
}

/// List what one wants to be told
#[utoipa::path(
    get,
    path = "/api/v1/notices/wishes",
    operation_id = "list_wishes",
    tag = "profile",
    security(("token" = ["cases:read"]), ("session" = [])),
    responses((status = 200, description = "Every kind", body = WishesBody,
        example = json!({"items": [{"kind": "state", "cabinet": true, "email": false, "owed": false}]})))
)]
async fn list_wishes(
    visitor: Visitor,
    State(notices): State<Notices>,
) -> Result<Json<WishesBody>, Refused> {
    visitor.require_sign_in()?;
    Ok(Json(wishes_of(&notices, &visitor).await?))
}

/// Change what one wants to be told
///
/// What is owed by law is told all the same.
#[utoipa::path(
    put,
    path = "/api/v1/notices/wishes",
    operation_id = "change_wishes",
    tag = "profile",
    security(("token" = ["cases:write"]), ("session" = [])),
    request_body(content = WishesChange, example = json!({"items": [{"kind": "state", "cabinet": true, "email": false}]})),
    responses((status = 200, description = "Every kind then", body = WishesBody,
        example = json!({"items": [{"kind": "state", "cabinet": true, "email": false, "owed": false}]})), OfChange)
)]
async fn change_wishes(
    visitor: Visitor,
    State(notices): State<Notices>,
    version: IfMatch,
    Sent(body): Sent<WishesChange>,
) -> Result<Json<WishesBody>, Refused> {
    visitor.require_sign_in()?;
    if version.is_given() {
        version.check(&wishes_of(&notices, &visitor).await?)?;
    }
    let mut wishes: Wishes = notices.wishes(&visitor.actor).await?;
    let known = wishes.clone();
    let staff = visitor.actor.is_staff();
    for item in &body.items {
        let kind = shown(staff)
            .find(|kind| kind.code() == item.kind)
            .ok_or_else(|| Error::field("items", "error-unknown-value"))?;
        wishes.set(kind, Channel::Cabinet, item.cabinet);
        wishes.set(kind, Channel::Email, item.email);
    }
    if wishes != known {
        notices.wish(&visitor.actor, wishes).await?;
    }
    Ok(Json(wishes_of(&notices, &visitor).await?))
}
