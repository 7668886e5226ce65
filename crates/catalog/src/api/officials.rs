//! Officials for programs: who can be written to, a new post, and a change of its holder.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::{Actor, Error, Result};
use people::Units;
use people::api::administration::{Administrator, Listing, PageOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{Asking, IfMatch, OfChange, OfEntry, OfList, OfMaking, Refused, Sent};

use crate::administration::{Administration, OfficialWish};
use crate::officials::Official;
use crate::phrase::Phrase;

/// A post to which people can write, and whoever holds it.
#[derive(Serialize, ToSchema)]
#[schema(as = Official)]
pub(super) struct OfficialBody {
    #[schema(example = "minister-roads")]
    code: String,
    /// Code of the unit that gets what is written to them.
    unit: String,
    /// Place in lists, the smallest first.
    position: u32,
    post_ru: String,
    post_en: String,
    /// Empty while nobody holds it.
    holder_ru: String,
    holder_en: String,
    /// Whether new appeals may be addressed to it.
    open: bool,
}

impl OfficialBody {
    fn of(official: &Official, units: &Units) -> Self {
        let unit = units.unit(official.unit);
        Self {
            code: official.code.clone(),
            unit: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
            position: official.position,
            post_ru: official.post.ru.clone(),
            post_en: official.post.en.clone(),
            holder_ru: official.holder.ru.clone(),
            holder_en: official.holder.en.clone(),
            open: official.active,
        }
    }
}

/// A post to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewOfficial)]
pub(super) struct NewBody {
    /// Small Latin letters, digits, dots, dashes and underscores; it never changes.
    #[schema(
        min_length = 1,
        max_length = 64,
        pattern = "^[a-z0-9._-]+$",
        example = "minister-bridges"
    )]
    code: String,
    /// Code of the unit that gets what is written to them.
    #[schema(max_length = 64, example = "roads")]
    unit: String,
    #[schema(maximum = 1_000_000, example = 10)]
    position: u32,
    #[schema(min_length = 1, max_length = 300)]
    post_ru: String,
    #[schema(min_length = 1, max_length = 300, example = "Minister of bridges")]
    post_en: String,
    /// Empty while nobody holds it; in both languages or in none.
    #[schema(max_length = 300)]
    #[serde(default)]
    holder_ru: String,
    #[schema(max_length = 300)]
    #[serde(default)]
    holder_en: String,
    /// Whether new appeals may be addressed to it.
    open: bool,
}

/// A post as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfficialWish)]
pub(super) struct WishBody {
    /// Code of the unit that gets what is written to them.
    #[schema(max_length = 64, example = "roads")]
    unit: String,
    #[schema(maximum = 1_000_000, example = 10)]
    position: u32,
    #[schema(min_length = 1, max_length = 300)]
    post_ru: String,
    #[schema(min_length = 1, max_length = 300, example = "Minister of bridges")]
    post_en: String,
    /// Empty while nobody holds it; in both languages or in none.
    #[schema(max_length = 300)]
    #[serde(default)]
    holder_ru: String,
    #[schema(max_length = 300)]
    #[serde(default)]
    holder_en: String,
    /// Whether new appeals may be addressed to it.
    open: bool,
}

impl WishBody {
    fn wish(self) -> OfficialWish {
        OfficialWish {
            unit: self.unit,
            position: self.position,
            post: Phrase::new(self.post_ru, self.post_en),
            holder: Phrase::new(self.holder_ru, self.holder_en),
            open: self.open,
        }
    }
}

async fn card(admin: &Administration, actor: &Actor, code: &str) -> Result<OfficialBody> {
    let contents = admin.contents(actor).await?;
    let units = admin.units().await?;
    let official = contents.officials().by_code(code).ok_or(Error::NotFound)?;
    Ok(OfficialBody::of(official, &units))
}

/// List the officials
///
/// In the order in which they are offered, closed posts too.
#[utoipa::path(
    get,
    path = "/api/v1/admin/officials",
    operation_id = "list_officials",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<OfficialBody>), OfList)
)]
pub(super) async fn list_officials(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    asking: Asking,
) -> std::result::Result<Json<PageOf<OfficialBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let contents = admin.contents(&visitor.actor).await?;
    let units = admin.units().await?;
    Ok(Json(listing.page(
        contents.officials().all(),
        |official| official.code.clone(),
        |official| OfficialBody::of(official, &units),
    )?))
}

/// Make a post
#[utoipa::path(
    post,
    path = "/api/v1/admin/officials",
    operation_id = "add_official",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    request_body(content = NewBody, example = json!(super::example("add_official"))),
    responses(
        (status = 201, description = "The post", body = OfficialBody, headers(("Location" = String, description = "Its address"))),
        OfMaking,
    )
)]
pub(super) async fn add_official(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Sent(body): Sent<NewBody>,
) -> std::result::Result<Response, Refused> {
    let wish = OfficialWish {
        unit: body.unit,
        position: body.position,
        post: Phrase::new(body.post_ru, body.post_en),
        holder: Phrase::new(body.holder_ru, body.holder_en),
        open: body.open,
    };
    admin.add_official(&visitor.actor, &body.code, wish).await?;
    let made = card(&admin, &visitor.actor, &body.code).await?;
    let place = [(LOCATION, format!("/api/v1/admin/officials/{}", body.code))];
    Ok((StatusCode::CREATED, place, Json(made)).into_response())
}

/// Read a post
#[utoipa::path(
    get,
    path = "/api/v1/admin/officials/{code}",
    operation_id = "read_official",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the post")),
    responses((status = 200, description = "The post", body = OfficialBody), OfEntry)
)]
pub(super) async fn read_official(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> std::result::Result<Json<OfficialBody>, Refused> {
    Ok(Json(card(&admin, &visitor.actor, &code).await?))
}

/// Change a post
///
/// A new holder, another unit, a closed post. The body is the whole of it.
#[utoipa::path(
    put,
    path = "/api/v1/admin/officials/{code}",
    operation_id = "change_official",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the post")),
    request_body(content = WishBody, example = json!(super::example("change_official"))),
    responses((status = 200, description = "The post as it is now", body = OfficialBody), OfChange)
)]
pub(super) async fn change_official(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    held: IfMatch,
    Sent(body): Sent<WishBody>,
) -> std::result::Result<Json<OfficialBody>, Refused> {
    held.check(&card(&admin, &visitor.actor, &code).await?)?;
    admin
        .save_official(&visitor.actor, &code, body.wish())
        .await?;
    Ok(Json(card(&admin, &visitor.actor, &code).await?))
}
