//! Letters of the mailbox for programs of operators: the list, one letter, and the two decisions
//! about what was set aside. The same services stand behind it as behind the pages.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, Moment, Number};
use people::{Permission, Visitor};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::api::{Asked, Asking, MOST_ROWS, OfDeed, OfEntry, OfList, ROWS, Refused, Sent};

use super::example;
use crate::Channels;
use crate::mailbox::model::{Fate, LetterLine, Reason};

pub(super) fn routes() -> OpenApiRouter<Channels> {
    OpenApiRouter::new()
        .routes(routes!(list_letters))
        .routes(routes!(read_letter))
        .routes(routes!(file_letter))
        .routes(routes!(leave_letter))
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MailboxFate)]
enum FateCode {
    Filed,
    Added,
    Aside,
    Left,
}

/// Why a letter was set aside.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MailboxReason)]
enum ReasonCode {
    Automatic,
    List,
    Bounce,
    MadeUp,
    Own,
    Nobody,
    Empty,
    TooBig,
    Unreadable,
    TooMany,
    Refused,
}

impl From<Fate> for FateCode {
    fn from(fate: Fate) -> Self {
        match fate {
            Fate::Filed => Self::Filed,
            Fate::Added => Self::Added,
            Fate::Aside => Self::Aside,
            Fate::Left => Self::Left,
        }
    }
}

impl From<Reason> for ReasonCode {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Automatic => Self::Automatic,
            Reason::List => Self::List,
            Reason::Bounce => Self::Bounce,
            Reason::MadeUp => Self::MadeUp,
            Reason::Own => Self::Own,
            Reason::Nobody => Self::Nobody,
            Reason::Empty => Self::Empty,
            Reason::TooBig => Self::TooBig,
            Reason::Unreadable => Self::Unreadable,
            Reason::TooMany => Self::TooMany,
            Reason::Refused => Self::Refused,
        }
    }
}

/// A letter that came to the mailbox.
#[derive(Serialize, ToSchema)]
#[schema(as = MailboxLetter)]
struct LetterRow {
    #[schema(format = "uuid")]
    id: String,
    /// When it was taken out of the mailbox.
    #[schema(format = "date-time")]
    came_at: String,
    /// Where it comes from, masked.
    from: String,
    subject: String,
    fate: FateCode,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ReasonCode>,
    /// The case that it became or belongs to.
    #[schema(nullable = false, pattern = "^\u{410}-[0-9]{4}-[0-9]{8}-[0-9]$")]
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// Another case that its subject names.
    #[schema(nullable = false, pattern = "^\u{410}-[0-9]{4}-[0-9]{8}-[0-9]$")]
    #[serde(skip_serializing_if = "Option::is_none")]
    named: Option<String>,
    /// Files that were not kept, each with the reason.
    #[schema(max_items = 21)]
    refused_files: Vec<String>,
    /// To whom a letter of the installation could not be delivered, masked.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    undelivered_to: Option<String>,
    /// Why it gets no answer, in the words of whoever decided it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    left_because: Option<String>,
    /// When somebody decided about it.
    #[schema(nullable = false, format = "date-time")]
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<String>,
    /// Whether the letter itself is still here, so that it can be filed.
    is_kept: bool,
}

impl LetterRow {
    fn of(letter: LetterLine) -> Self {
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        let number = |number: Option<Number>| number.map(|number| number.to_string());
        let reason = Reason::ALL
            .into_iter()
            .find(|reason| reason.code() == letter.reason);
        Self {
            id: letter.id.to_string(),
            came_at: letter.came_at.rfc3339(),
            from: letter.from,
            subject: letter.subject,
            fate: letter.fate.into(),
            reason: reason.map(Into::into),
            case: number(letter.case),
            named: number(letter.named),
            refused_files: letter.refused,
            undelivered_to: said(letter.undelivered_to),
            left_because: said(letter.left_because),
            decided_at: letter.decided_at.map(Moment::rfc3339),
            is_kept: letter.is_kept,
        }
    }
}

/// Letters, newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = MailboxLetters)]
struct LettersBody {
    #[schema(max_items = 100)]
    items: Vec<LetterRow>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A letter with what it says.
#[derive(Serialize, ToSchema)]
#[schema(as = MailboxLetterCard)]
struct LetterBody {
    #[serde(flatten)]
    row: LetterRow,
    /// Its sender in full.
    sender: String,
    /// What it says, while it is kept.
    text: String,
    /// Names of its files.
    #[schema(max_items = 20)]
    files: Vec<String>,
}

/// The case that a letter became.
#[derive(Serialize, ToSchema)]
#[schema(as = MailboxLetterFiled)]
struct FiledBody {
    #[schema(pattern = "^\u{410}-[0-9]{4}-[0-9]{8}-[0-9]$")]
    number: String,
}

/// Why a letter gets no answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailboxDismissal)]
struct LeaveBody {
    #[schema(min_length = 3, max_length = 500)]
    reason: String,
}

/// Operators only: a guest signs in first.
fn require_operator(visitor: &Visitor) -> Result<(), Error> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, Permission::FileOnBehalf)
}

/// List letters
///
/// That came to the mailbox within thirty days, newest first; those that wait for a decision unless
/// `all` says otherwise.
#[utoipa::path(
    get,
    path = "/api/v1/reception/letters",
    tag = "reception",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("all" = inline(Option<bool>), Query, nullable = false, description = "Also those that need no decision"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = LettersBody), OfList)
)]
async fn list_letters(
    visitor: Visitor,
    State(channels): State<Channels>,
    asking: Asking,
) -> Result<Json<LettersBody>, Refused> {
    require_operator(&visitor)?;
    let mut asked = Asked::of(asking, &["all", "after", "limit"])?;
    let all = asked.known("all", |text| match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    });
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let waiting = !all.unwrap_or_default();
    let after = asked.get("after");
    let found = channels.letters(&visitor.actor, waiting, after, Some(limit));
    let found = found.await.map_err(|error| match error {
        Error::Malformed(_) => Error::field("after", "api-error-after"),
        other => other,
    })?;
    Ok(Json(LettersBody {
        items: found.items.into_iter().map(LetterRow::of).collect(),
        next: found.next.map(|next| next.as_str().to_owned()),
    }))
}

/// Read a letter
///
/// With what it says while somebody may still decide about it.
#[utoipa::path(
    get,
    path = "/api/v1/reception/letters/{letter}",
    tag = "reception",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(("letter" = String, Path, format = "uuid", description = "The letter")),
    responses((status = 200, description = "The letter", body = LetterBody), OfEntry)
)]
async fn read_letter(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(letter): Path<String>,
) -> Result<Json<LetterBody>, Refused> {
    require_operator(&visitor)?;
    let found = channels.letter(&visitor.actor, letter_in(&letter)?).await?;
    Ok(Json(LetterBody {
        row: LetterRow::of(found.line),
        sender: found.sender,
        text: found.text,
        files: found.files,
    }))
}

fn letter_in(text: &str) -> Result<Uuid, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// File a letter after all
///
/// One that was set aside and is still kept becomes a case; its sender is told. 409 when somebody has
/// decided about it, or when the letter is not kept.
#[utoipa::path(
    post,
    path = "/api/v1/reception/letters/{letter}/filing",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("letter" = String, Path, format = "uuid", description = "The letter")),
    responses(
        (status = 201, description = "The case", body = FiledBody, example = json!(example("letter_filed"))),
        OfDeed,
    )
)]
async fn file_letter(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(letter): Path<String>,
) -> Result<(StatusCode, Json<FiledBody>), Refused> {
    require_operator(&visitor)?;
    let shell = visitor.request.shell();
    let number = channels
        .file_letter(&visitor.actor, shell, letter_in(&letter)?)
        .await?;
    let body = FiledBody {
        number: number.to_string(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Leave a letter without an answer
///
/// One that was set aside; the reason stays in the log. 409 when somebody has decided about it.
#[utoipa::path(
    post,
    path = "/api/v1/reception/letters/{letter}/dismissal",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("letter" = String, Path, format = "uuid", description = "The letter")),
    request_body(content = LeaveBody, example = json!(example("leave_letter"))),
    responses((status = 200, description = "The letter then", body = LetterRow, example = json!(example("letter"))), OfDeed)
)]
async fn leave_letter(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(letter): Path<String>,
    Sent(body): Sent<LeaveBody>,
) -> Result<Json<LetterRow>, Refused> {
    require_operator(&visitor)?;
    let letter = letter_in(&letter)?;
    let actor = &visitor.actor;
    channels.leave_letter(actor, letter, &body.reason).await?;
    let left = channels.letter_line(actor, letter).await?;
    Ok(Json(LetterRow::of(left)))
}
