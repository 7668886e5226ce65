//! Social networks for programs: notices, what came, and what becomes of it. The same deeds as on the
//! pages, by the same rules.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, Moment};
use people::Visitor;
use people::api::administration::{Administrator, Listing, PageOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::api::{Asking, OfDeed, OfList, OfMaking, Refused, Sent};

use super::{Draft, Item, Networks, Post};

/// The operations with their descriptions.
pub fn routes(networks: Networks) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_network_posts, make_network_post))
        .routes(routes!(withdraw_network_post))
        .routes(routes!(list_network_items))
        .routes(routes!(file_network_item))
        .routes(routes!(leave_network_item))
        .with_state(networks)
}

/// A notice about a service in a social network.
#[derive(Serialize, ToSchema)]
#[schema(as = NetworkPost)]
struct PostBody {
    id: Uuid,
    /// Code of the service.
    #[schema(example = "proposal")]
    service: String,
    /// The words as they stand on the wall.
    words: String,
    state: PostStateCode,
    #[schema(format = "date-time")]
    publish_at: String,
    #[schema(nullable = false, format = "date-time")]
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<String>,
    /// Why the network has not taken it yet; empty when nothing is wrong.
    #[schema(example = "busy")]
    problem: String,
    comments: i64,
    reposts: i64,
    likes: i64,
    views: i64,
}

/// How a notice stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NetworkPostState)]
enum PostStateCode {
    Planned,
    Published,
    Withdrawn,
}

impl PostBody {
    fn of(post: &Post) -> Self {
        Self {
            id: post.id,
            service: post.service.clone(),
            words: post.words.clone(),
            state: match post.state {
                super::PostState::Planned => PostStateCode::Planned,
                super::PostState::Published => PostStateCode::Published,
                super::PostState::Withdrawn => PostStateCode::Withdrawn,
            },
            publish_at: post.publish_at.rfc3339(),
            published_at: post.published_at.map(Moment::rfc3339),
            problem: post.problem.clone(),
            comments: post.comments,
            reposts: post.reposts,
            likes: post.likes,
            views: post.views,
        }
    }
}

/// A notice to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewNetworkPost)]
struct NewPostBody {
    /// Code of the service that it is about; the way to it is added below the words.
    #[schema(min_length = 1, max_length = 64, example = "proposal")]
    service: String,
    #[schema(
        min_length = 1,
        max_length = 4_000,
        example = "Proposals are taken on one page now."
    )]
    words: String,
    /// When; at once when absent.
    #[schema(format = "date-time")]
    publish_at: Option<String>,
}

/// Something that came out of a social network.
#[derive(Serialize, ToSchema)]
#[schema(as = NetworkItem)]
struct ItemBody {
    id: Uuid,
    kind: ItemKindCode,
    #[schema(format = "date-time")]
    came_at: String,
    state: ItemStateCode,
    /// What it was judged to be: `enough`, `short`, `links`, `noise`, `repost`, `form`; empty while
    /// nobody has looked and when it became a case by itself.
    verdict: String,
    /// The author's name; empty when unknown or thrown away.
    name: String,
    /// The words; empty when there were none or they were thrown away.
    text: String,
    /// Why it was set aside.
    reason: String,
    /// Number of its case.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
}

/// What came.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NetworkItemKind)]
enum ItemKindCode {
    Comment,
    Post,
    Repost,
    Message,
}

/// What became of it.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NetworkItemState)]
enum ItemStateCode {
    New,
    Counted,
    Filed,
    Left,
}

impl ItemBody {
    fn of(item: Item) -> Self {
        Self {
            id: item.id,
            kind: match item.kind {
                super::Kind::Comment => ItemKindCode::Comment,
                super::Kind::Post => ItemKindCode::Post,
                super::Kind::Repost => ItemKindCode::Repost,
                super::Kind::Message => ItemKindCode::Message,
            },
            came_at: item.came_at.rfc3339(),
            state: match item.state {
                super::ItemState::New => ItemStateCode::New,
                super::ItemState::Counted => ItemStateCode::Counted,
                super::ItemState::Filed => ItemStateCode::Filed,
                super::ItemState::Left => ItemStateCode::Left,
            },
            verdict: item.verdict.to_owned(),
            name: item.name,
            text: item.text,
            reason: item.reason,
            case: item.case,
        }
    }
}

/// Why something is set aside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NetworkLeaving)]
struct LeavingBody {
    #[schema(min_length = 1, max_length = 500, example = "An advertisement")]
    reason: String,
}

type Done<T> = std::result::Result<T, Refused>;

fn page_of<R, T: ToSchema>(
    mut rows: Vec<R>,
    limit: usize,
    id: impl Fn(&R) -> Uuid,
    body: impl Fn(R) -> T,
) -> PageOf<T> {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| id(row).to_string());
    PageOf {
        items: rows.into_iter().map(body).collect(),
        next,
    }
}

/// List notices in the social network
#[utoipa::path(
    get,
    path = "/api/v1/admin/network-posts",
    operation_id = "list_network_posts",
    tag = "administration",
    description = "The newest first, each with how it stands and how it is met: comments, reposts, likes, views.",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<PostBody>), OfList)
)]
async fn list_network_posts(
    Administrator(visitor): Administrator,
    State(networks): State<Networks>,
    asking: Asking,
) -> Done<Json<PageOf<PostBody>>> {
    let (limit, after) = Listing::of(asking, &[])?.place(str::parse::<Uuid>)?;
    let posts = networks.posts(&visitor.actor, after, limit + 1).await?;
    let of = |post: Post| PostBody::of(&post);
    Ok(Json(page_of(posts, limit, |post| post.id, of)))
}

/// Publish a notice about a service
///
/// At once or at an hour. It stands on the wall once, however often the network has to be asked. 409
/// when no community is set.
#[utoipa::path(
    post,
    path = "/api/v1/admin/network-posts",
    operation_id = "make_network_post",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    request_body(content = NewPostBody, example = json!({"service": "proposal", "words": "Proposals are taken on one page now."})),
    responses((status = 201, description = "The notice, to be published", body = PostBody), OfMaking)
)]
async fn make_network_post(
    Administrator(visitor): Administrator,
    State(networks): State<Networks>,
    Sent(body): Sent<NewPostBody>,
) -> Done<(StatusCode, Json<PostBody>)> {
    let publish_at = match body.publish_at.as_deref() {
        Some(text) => {
            let at: jiff::Timestamp = text
                .parse()
                .map_err(|_| Error::field("publish_at", "network-error-hour"))?;
            Some(Moment::from(at))
        }
        None => None,
    };
    let draft = Draft {
        service: body.service,
        words: body.words,
        publish_at,
    };
    let origin = &visitor.request.shell().settings().origin;
    let post = networks.make_post(&visitor.actor, &draft, origin).await?;
    Ok((StatusCode::CREATED, Json(PostBody::of(&post))))
}

/// Take a notice back that is not out
#[utoipa::path(
    post,
    path = "/api/v1/admin/network-posts/{post}/withdrawal",
    operation_id = "withdraw_network_post",
    tag = "administration",
    description = "409 when it is out or was taken back.",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("post" = Uuid, Path, description = "Identifier of the notice")),
    responses((status = 200, description = "The notice then", body = PostBody), OfDeed)
)]
async fn withdraw_network_post(
    Administrator(visitor): Administrator,
    State(networks): State<Networks>,
    Path(post): Path<String>,
) -> Done<Json<PostBody>> {
    let id = post.parse().map_err(|_| Error::NotFound)?;
    let post = networks.withdraw_post(&visitor.actor, id).await?;
    Ok(Json(PostBody::of(&post)))
}

/// List what came out of the social network
#[utoipa::path(
    get,
    path = "/api/v1/reception/network-items",
    operation_id = "list_network_items",
    tag = "reception",
    description = "Comments, reposts, posts and messages, the newest first, each with what became of it.",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<ItemBody>), OfList)
)]
async fn list_network_items(
    visitor: Visitor,
    State(networks): State<Networks>,
    asking: Asking,
) -> Done<Json<PageOf<ItemBody>>> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, super::MODERATE)?;
    let (limit, after) = Listing::of(asking, &[])?.place(str::parse::<Uuid>)?;
    let items = networks.items(&visitor.actor, after, limit + 1).await?;
    Ok(Json(page_of(items, limit, |item| item.id, ItemBody::of)))
}

/// Make a case of what came
#[utoipa::path(
    post,
    path = "/api/v1/reception/network-items/{item}/filing",
    operation_id = "file_network_item",
    tag = "reception",
    description = "A case of feedback, once; its author is told the number in the network. 409 when the words were thrown away.",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("item" = Uuid, Path, description = "Identifier of what came")),
    responses((status = 200, description = "What became of it", body = ItemBody), OfDeed)
)]
async fn file_network_item(
    visitor: Visitor,
    State(networks): State<Networks>,
    Path(item): Path<String>,
) -> Done<Json<ItemBody>> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, super::MODERATE)?;
    let id = item.parse().map_err(|_| Error::NotFound)?;
    let item = networks.file_item(&visitor.actor, id).await?;
    Ok(Json(ItemBody::of(item)))
}

/// Set aside what came
#[utoipa::path(
    post,
    path = "/api/v1/reception/network-items/{item}/leaving",
    operation_id = "leave_network_item",
    tag = "reception",
    description = "With a reason. Who wrote it and what is thrown away a week later. 409 when it was decided already.",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("item" = Uuid, Path, description = "Identifier of what came")),
    request_body(content = LeavingBody, example = json!({"reason": "An advertisement"})),
    responses((status = 200, description = "What became of it", body = ItemBody), OfDeed)
)]
async fn leave_network_item(
    visitor: Visitor,
    State(networks): State<Networks>,
    Path(item): Path<String>,
    Sent(body): Sent<LeavingBody>,
) -> Done<Json<ItemBody>> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, super::MODERATE)?;
    let id = item.parse().map_err(|_| Error::NotFound)?;
    let item = networks
        .leave_item(&visitor.actor, id, &body.reason)
        .await?;
    Ok(Json(ItemBody::of(item)))
}
