//! The dialogue on the portal: a page that is a form with buttons. It works without scripts; what was
//! said is kept sealed under a secret that only the browser has, for a day.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use axum::routing::get;
use base::Number;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cases::Pass;
use people::Visitor;
use web::cookies::{DIALOGUE, PASS};
use web::{Fields, Page, PageResult};

use crate::Channels;
use crate::dialogue::session::{KEPT_SECONDS, Kept, Talker, Way, id_of};
use crate::dialogue::sql;
use crate::dialogue::talk::Said;

/// The button that throws the dialogue away.
const FORGET: &str = "forget";
/// The page of a number, as replies name it.
const STATUS: &str = "/status?number=";
/// How long a browser keeps the pass to a case, in seconds.
const PASS_SECONDS: u32 = 12 * 3600;

pub(super) fn router() -> Router<Channels> {
    Router::new()
        .route("/dialogue", get(show).post(say))
        .route("/dialogue/consent", get(consent))
}

#[derive(Template)]
#[template(path = "dialogue.html")]
pub(super) struct DialoguePage {
    pub(super) page: Page,
    /// What was said before the last reply: who, and the words.
    pub(super) said: Vec<(bool, Vec<String>)>,
    /// What was said last by whoever talks: the reply is to this.
    pub(super) own: Vec<String>,
    /// The last reply.
    pub(super) reply: Vec<String>,
    /// Code and label.
    pub(super) choices: Vec<(String, String)>,
    /// Whether one of the choices is the answer: they come before the words then.
    pub(super) chooses: bool,
    /// Label and address.
    pub(super) links: Vec<(String, String)>,
    /// Which message comes next.
    pub(super) turn: u32,
    /// Words that an older page has sent: they are not lost.
    pub(super) words: String,
}

#[derive(Template)]
#[template(path = "dialogue-consent.html")]
pub(super) struct ConsentPage {
    pub(super) page: Page,
}

async fn consent(visitor: Visitor) -> PageResult {
    let request = &visitor.request;
    web::html(&ConsentPage {
        page: request.page(request.t("file-consent-title")),
    })
}

async fn show(visitor: Visitor, State(channels): State<Channels>) -> PageResult {
    let kept = match visitor.request.cookie(DIALOGUE) {
        Some(secret) => {
            let id = id_of(channels.cases.journal().keys(), Way::Portal, secret);
            channels.kept(id).await?
        }
        None => Kept::default(),
    };
    draw(&visitor, &channels, kept, "").await
}

/// Where nobody has said anything the beginning is drawn, and nothing is kept.
async fn greeted(visitor: &Visitor, channels: &Channels, kept: Kept) -> Result<Kept, base::Error> {
    if kept.turn > 0 {
        return Ok(kept);
    }
    let talker = talker(visitor, "", "");
    let taken = channels.take(&talker, kept, &Said::Begin).await?;
    Ok(Kept {
        turn: 0,
        lines: Vec::new(),
        ..taken.kept
    })
}

fn talker<'a>(visitor: &'a Visitor, key: &'a str, mark: &'a str) -> Talker<'a> {
    Talker {
        way: Way::Portal,
        key,
        actor: visitor.actor.clone(),
        shell: visitor.request.shell(),
        client: visitor.request.client,
        mark,
        danger: false,
    }
}

async fn draw(visitor: &Visitor, channels: &Channels, kept: Kept, words: &str) -> PageResult {
    let kept = greeted(visitor, channels, kept).await?;
    let request = &visitor.request;
    let mut said: Vec<(bool, Vec<String>)> = kept
        .lines
        .iter()
        .map(|(own, text)| (*own, text.lines().map(str::to_owned).collect()))
        .collect();
    // The last reply stands by itself.
    if said.last().is_some_and(|(own, _)| !own) {
        said.pop();
    }
    let own = match said.last() {
        Some((true, _)) => said.pop().map(|(_, lines)| lines),
        _ => None,
    };
    let origin = &request.shell().settings().origin;
    let mut links = Vec::new();
    for (label, address) in &kept.told.links {
        let path = address.strip_prefix(origin.as_str()).unwrap_or(address);
        let own = own_page(visitor, channels, path).await?;
        links.push(own.unwrap_or_else(|| (label.clone(), path.to_owned())));
    }
    web::html(&DialoguePage {
        page: request.page(request.t("dialogue-title")),
        said,
        own: own.unwrap_or_default(),
        reply: kept.told.lines.clone(),
        chooses: kept.told.choices.iter().any(|(code, _)| is_answer(code)),
        choices: kept.told.choices.clone(),
        links,
        turn: kept.turn,
        words: words.to_owned(),
    })
}

/// The page of a case instead of that of its number, for whoever may open it.
async fn own_page(
    visitor: &Visitor,
    channels: &Channels,
    path: &str,
) -> Result<Option<(String, String)>, base::Error> {
    let number = path.strip_prefix(STATUS).map(str::parse::<Number>);
    let Some(Ok(number)) = number else {
        return Ok(None);
    };
    let request = &visitor.request;
    let keys = channels.cases.journal().keys();
    let pass = Pass::read(keys, request.cookie(PASS), request.now());
    let own = channels
        .cases
        .own_case(&visitor.actor, &pass, number)
        .await?;
    Ok(own.map(|_| {
        (
            request.t("case-open").into_owned(),
            format!("/cases/{number}"),
        )
    }))
}

/// Whether a button answers what was asked, and does not only lead elsewhere.
fn is_answer(code: &str) -> bool {
    code.contains(':') || ["send", "yes", "go_on"].contains(&code)
}

/// What a browser has sent: a button, or words.
fn said(fields: &Fields) -> Said {
    match fields.text("code") {
        "" => Said::Words(fields.text("words").to_owned()),
        code => Said::Pressed(code.to_owned()),
    }
}

async fn say(visitor: Visitor, State(channels): State<Channels>, fields: Fields) -> PageResult {
    let request = &visitor.request;
    channels.limits.said.check(&request.client.to_string())?;
    let known = request.cookie(DIALOGUE).filter(|secret| secret.len() <= 64);
    let fresh = || URL_SAFE_NO_PAD.encode(base::id::random::<32>());
    let secret = known.map_or_else(fresh, str::to_owned);
    let journal = channels.cases.journal();
    let id = id_of(journal.keys(), Way::Portal, &secret);
    if fields.text("code") == FORGET {
        let store = journal.store();
        store
            .housekeeping(move |tx| sql::drop_dialogue(tx, id))
            .await?;
        let mut response = request.redirect_saying("/dialogue", "dialogue-forgotten");
        let gone = web::cookies::remove(request.shell(), DIALOGUE);
        response.headers_mut().append(SET_COOKIE, gone);
        return Ok(response);
    }
    let mut kept = channels.kept(id).await?;
    let again = with_secret(request.redirect("/dialogue"), &visitor, &secret);
    let sent: u32 = fields.text("turn").parse().unwrap_or_default();
    if kept.turn != sent {
        // The same page was sent twice, or an older one: what stands now is shown, and new words are
        // given back.
        let said = said(&fields);
        let last = kept.lines.iter().rev().find(|(own, _)| *own);
        return match &said {
            Said::Words(words) if last.is_none_or(|(_, last)| last != words) => {
                draw(&visitor, &channels, kept, words).await
            }
            _ => Ok(again),
        };
    }
    let known = kept.talk.filed_here();
    // A filing keeps the mark of the message with which it began, so that sending twice is one case.
    let mark = format!("{secret}:{}", request.now().micros());
    if kept.turn == 0 {
        // The first page greeted without a dialogue.
        let begun = channels
            .take(&talker(&visitor, &secret, &mark), kept, &Said::Begin)
            .await?;
        kept = Kept {
            turn: 0,
            ..begun.kept
        };
    }
    let talker = talker(&visitor, &secret, &mark);
    let taken = channels.take(&talker, kept, &said(&fields)).await?;
    let sealed = channels.sealed(id, &taken.kept)?;
    journal
        .store()
        .housekeeping(move |tx| sql::put_dialogue(tx, id, Way::Portal.code(), &sealed))
        .await?;
    // What was filed here, or opened with its code, opens on its page, too.
    let mut opened = taken.kept.talk.filed_here();
    opened.retain(|case| !known.contains(case));
    if opened.is_empty() || visitor.viewer.is_some() {
        return Ok(again);
    }
    let keys = journal.keys();
    let mut pass = Pass::read(keys, request.cookie(PASS), request.now());
    for case in &opened {
        pass = pass.with_opened(case);
    }
    let value = pass.cookie(keys, request.now());
    let cookie = web::cookies::set(request.shell(), PASS, &value, PASS_SECONDS);
    let mut response = again;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// Gives the browser the secret of its dialogue.
fn with_secret(mut response: Response, visitor: &Visitor, secret: &str) -> Response {
    let seconds = u32::try_from(KEPT_SECONDS).unwrap_or(u32::MAX);
    let cookie = web::cookies::set(visitor.request.shell(), DIALOGUE, secret, seconds);
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}
