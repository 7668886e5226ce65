//! Every component of the pages at one address, to be looked at while the stylesheet changes:
//! `cargo run -p web --example gallery`, then `http://127.0.0.1:8090/` and `/desk`, `/nothing`,
//! `/broken`. `?theme=dark` and `?look=contrast` show them as those who chose so see them.

mod page;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::COOKIE;
use axum::middleware::{Next, from_fn};
use axum::response::{Html, Response};
use axum::routing::get;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let shell = page::shell();
    let router = web::router()
        .route("/", get(page::citizen))
        .route("/desk", get(page::desk))
        .route("/broken", get(page::broken));
    let narrow = Router::new().route("/narrow", get(|| async { Html(NARROW) }));
    let router = web::layers(router, &shell)
        .layer(from_fn(choices_from_the_query))
        .merge(narrow);
    let listener = TcpListener::bind("127.0.0.1:8090").await?;
    axum::serve(listener, router).await
}

/// Browsers refuse to be narrower than some 500 pixels; a frame does not. `/narrow?320#/desk` shows
/// a page 320 pixels wide and says in its title how wide the page would like to be.
const NARROW: &str = "<!doctype html><title></title><body style='margin:0'>\
    <iframe id=f style='border:0;height:100vh'></iframe>\
    <script>f.style.width=(location.search.slice(1)||360)+'px';\
    f.onload=()=>document.title=f.contentDocument.documentElement.scrollWidth;\
    f.src=location.hash.slice(1)</script>";

async fn choices_from_the_query(mut request: Request, next: Next) -> Response {
    let cookies = request.uri().query().unwrap_or_default().replace('&', "; ");
    if let Ok(value) = HeaderValue::from_str(&cookies) {
        request.headers_mut().append(COOKIE, value);
    }
    let mut response = next.run(request).await;
    // The narrow page shows the others in a frame.
    response.headers_mut().remove("content-security-policy");
    response
}
