//! Opening a case marks what its reader was told of it as read: whoever has the page before them
//! needs no notice of it any more.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use base::Number;
use cases::Cases;

use crate::Notices;

/// Goes around the pages of cases, inside the layer that knows who is signed in.
pub fn seen(router: Router, notices: Notices) -> Router {
    router.layer(from_fn_with_state(notices, mark))
}

async fn mark(State(notices): State<Notices>, request: Request, next: Next) -> Response {
    let opens = (request.method() == Method::GET)
        .then(|| case_of(request.uri().path()))
        .flatten();
    let facts = request.extensions().get::<web::Request>().cloned();
    let answer = next.run(request).await;
    if let Some(number) = opens
        && let Some(facts) = facts
        && facts.viewer().is_some_and(|viewer| viewer.unread > 0)
        && answer.status().is_success()
        && let Err(error) = notices.seen(&facts.actor(), number).await
    {
        // The page is there; its notices stay new until it is opened again.
        tracing::warn!(%error, "notices of an opened case were not marked as read");
    }
    answer
}

/// The case whose page this is, for its applicant or for staff.
fn case_of(path: &str) -> Option<Number> {
    let number = (path.strip_prefix("/cases/")).or_else(|| path.strip_prefix("/desk/"))?;
    // The letter of a number comes as it is written: Latin, or Cyrillic and so encoded.
    let number = number.replace("%D0%90", "A").replace("%d0%90", "A");
    number.parse().ok()
}

impl Notices {
    /// Marks what the actor was told of a case as read.
    async fn seen(&self, actor: &base::Actor, number: Number) -> base::Result<()> {
        let Some(person) = actor.person() else {
            return Ok(());
        };
        self.store()
            .housekeeping(move |tx| {
                if let Some(case) = Cases::numbered(tx, number)? {
                    crate::sql::mark_case_read(tx, person, case)?;
                }
                Ok(())
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::case_of;

    #[test]
    fn the_page_of_a_case_is_told_from_what_lies_below_it() {
        let number = "A-2026-00000042-5".parse().ok();
        for path in [
            "/cases/A-2026-00000042-5",
            "/desk/A-2026-00000042-5",
            "/desk/%D0%90-2026-00000042-5",
        ] {
            assert_eq!(case_of(path), number, "{path}");
        }
        for path in [
            "/desk",
            "/desk/terms",
            "/cases/A-2026-00000042-5/history",
            "/register/A-2026-00000042-5",
        ] {
            assert_eq!(case_of(path), None, "{path}");
        }
    }
}
