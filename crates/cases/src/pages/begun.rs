//! What a guest has begun in this browser is offered again where filing begins: on the home page, in
//! the catalogue, and at the first step of the same service.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use base::Result;
use web::Begun;

use super::pass_of;
use crate::Cases;

/// The pages that offer any draft; a service offers its own.
const PAGES: [&str; 2] = ["/", "/services"];

/// Puts the offer around the pages of every slice.
pub fn begun(pages: Router, cases: Cases) -> Router {
    pages.layer(from_fn_with_state(cases, offer))
}

async fn offer(State(cases): State<Cases>, asked: Request, next: Next) -> Response {
    let known = asked.extensions().get::<web::Request>().cloned();
    if let Some(request) = known
        && asked.method() == Method::GET
        && PAGES.contains(&request.path.as_str())
        // The page stands without it too.
        && let Err(error) = offer_in(&cases, &request, None).await
    {
        tracing::warn!(%error, "the drafts of a guest could not be read");
    }
    next.run(asked).await
}

/// Offers the guest what this browser has begun, of one service or of any.
pub(super) async fn offer_in(
    cases: &Cases,
    request: &web::Request,
    service: Option<&str>,
) -> Result<()> {
    if request.viewer().is_some() || request.cookie(web::cookies::PASS).is_none() {
        return Ok(());
    }
    let pass = pass_of(cases, request);
    let Some(draft) = cases.newest_begun(&pass, service).await? else {
        return Ok(());
    };
    let contents = cases.catalog().contents().await?;
    if let Some(known) = contents.known_service(&draft.service) {
        request.offer(Begun {
            href: format!("/file/{}/{}", draft.service, draft.id),
            service: known.definition.name(request.language).to_owned(),
            saved_at: draft.saved_at,
        });
    }
    Ok(())
}
