//! What a telephone shares with the installed application: a photograph out of its gallery begins a
//! message with it attached. The draft is that of any other form; nothing is filed here.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::routing::post;
use base::text::clean_text;
use catalog::Answers;
use catalog::form::FieldKind;
use people::Visitor;
use web::PageResult;

use super::filing::{Filling, opening};
use super::{attaching, multipart, pass_of};
use crate::Cases;
use crate::documents::{NotKept, kinds, labels};

/// The service that a message about something seen belongs to.
const SERVICE: &str = "complaint";
/// The field that takes words shared beside the photograph.
const WORDS: &str = "description";

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/app/share", post(take).layer(DefaultBodyLimit::disable()))
}

/// Begins a draft with what was shared, and leads to it.
async fn take(visitor: Visitor, State(cases): State<Cases>, form: Multipart) -> PageResult {
    let filling = Filling::of(&cases, &visitor, SERVICE).await?;
    let attachments = &filling.definition().attachments;
    let formats = labels(&kinds(attachments));
    let sent = multipart::read(&cases, form, &formats).await?;
    let answers = words(&filling, sent.text("title"), sent.text("text"));
    let pass = pass_of(&cases, &visitor.request);
    let id = cases
        .save_draft(&visitor.actor, &pass, None, SERVICE, answers)
        .await?;
    let pass = pass.with_draft(id);
    let draft = cases.draft(&visitor.actor, &pass, id).await?;
    let mut all_taken = sent.refused.is_empty();
    for upload in &sent.files {
        cases.slow_down_uploads(&visitor.request)?;
        match cases.attach(&draft, attachments, "", upload).await {
            Ok(()) => {}
            Err(NotKept::Refused(_) | NotKept::Down) => all_taken = false,
            Err(NotKept::Other(error)) => return Err(error.into()),
        }
    }
    let (step, said) = if all_taken {
        (filling.first()?, "app-shared")
    } else {
        (attaching::STEP, "app-error-shared")
    };
    let address = filling.address(id, step);
    let response = visitor.request.redirect_saying(&address, said);
    Ok(opening(response, &cases, &visitor, id))
}

/// The words that came along, where the form has a place for them.
fn words(filling: &Filling, title: &str, text: &str) -> Answers {
    let field = filling.definition().form.field(WORDS);
    let most = match field.map(|field| &field.kind) {
        Some(FieldKind::Text { max, .. }) => usize::try_from(*max).unwrap_or(usize::MAX),
        _ => return Answers::new(),
    };
    let words: String = clean_text(&format!("{title}\n{text}"))
        .trim()
        .chars()
        .take(most)
        .collect();
    if words.is_empty() {
        return Answers::new();
    }
    Answers::from_iter([(WORDS.to_owned(), words.into())])
}
