//! The version for those who see badly: what can be chosen in it, how the choice is kept in a
//! cookie, the bar that stands on every page while it is on, and its page of settings `/access`.
//! Everything is a form or a link; the stylesheet reads the choice from attributes of the root.

use askama::Template;
use axum::Router;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use crate::cookies;
use crate::errors::PageResult;
use crate::form::{Choice, Form};
use crate::page::{Page, encoded, html};
use crate::request::{Request, local_path};

/// One thing that can be chosen. Its words are `access-<name>` and `access-<name>-<value>`.
#[derive(Debug, PartialEq, Eq)]
pub struct Knob {
    /// Its name in forms, and `data-<name>` in the root of the page.
    pub name: &'static str,
    /// What it can be set to.
    pub values: &'static [&'static str],
    /// What stands when nobody chose.
    pub usual: &'static str,
}

/// Everything that can be chosen, in the order of the page.
pub const KNOBS: [Knob; 6] = [
    Knob {
        name: "size",
        values: &["100", "150", "200"],
        usual: "150",
    },
    Knob {
        name: "scheme",
        values: &["bw", "wb", "blue", "yellow", "beige", "green"],
        usual: "bw",
    },
    Knob {
        name: "letters",
        values: &["normal", "wide", "widest"],
        usual: "normal",
    },
    Knob {
        name: "lines",
        values: &["normal", "wide", "widest"],
        usual: "normal",
    },
    Knob {
        name: "face",
        values: &["sans", "serif"],
        usual: "sans",
    },
    Knob {
        name: "pictures",
        values: &["shown", "hidden"],
        usual: "shown",
    },
];

/// The choice of one reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    on: bool,
    values: [&'static str; KNOBS.len()],
}

impl Default for Access {
    fn default() -> Self {
        Self {
            on: false,
            values: KNOBS.map(|knob| knob.usual),
        }
    }
}

impl Access {
    /// Reads the cookie; what it lacks or what nobody knows is as usual.
    pub fn read(cookie: &str) -> Self {
        let mut access = Self::default();
        let mut parts = cookie.split('.');
        access.on = parts.next() == Some("on");
        for (place, part) in parts.enumerate().take(KNOBS.len()) {
            access.set(place, part);
        }
        access
    }

    /// The cookie. The choice outlives the version's being off, so that one press brings it back.
    pub fn cookie(&self) -> String {
        let state = if self.on { "on" } else { "off" };
        let mut parts = vec![state];
        parts.extend(self.values);
        parts.join(".")
    }

    /// Whether the version is on.
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// What `name` is set to; empty when there is no such thing.
    pub fn value(&self, name: &str) -> &'static str {
        KNOBS
            .iter()
            .zip(self.values)
            .find(|(knob, _)| knob.name == name)
            .map_or("", |(_, value)| value)
    }

    /// What the root of a page carries: names and values, nothing while the version is off.
    pub fn marks(&self) -> Vec<(&'static str, &'static str)> {
        if !self.on {
            return Vec::new();
        }
        KNOBS
            .iter()
            .map(|knob| knob.name)
            .zip(self.values)
            .collect()
    }

    fn set(&mut self, place: usize, wish: &str) {
        let known = KNOBS[place].values.iter().find(|value| **value == wish);
        if let Some(value) = known {
            self.values[place] = value;
        }
    }
}

/// A group of buttons of the bar.
#[derive(Debug)]
pub struct Group {
    /// The name of its knob.
    pub name: &'static str,
    /// What it sets.
    pub title: String,
    /// The letter on its buttons.
    pub letter: String,
    /// One button for each value.
    pub buttons: Vec<Button>,
}

/// A button of the bar.
#[derive(Debug)]
pub struct Button {
    /// What it sets its knob to.
    pub value: &'static str,
    /// What that is called.
    pub label: String,
    /// Whether it is so already.
    pub pressed: bool,
}

/// The bar holds what is changed most; the rest stands on the page of settings.
pub(crate) fn bar(request: &Request, access: Access) -> Vec<Group> {
    KNOBS[..2]
        .iter()
        .map(|knob| Group {
            name: knob.name,
            title: title(request, knob),
            letter: request
                .t(&format!("access-letter-{}", knob.name))
                .into_owned(),
            buttons: knob
                .values
                .iter()
                .map(|value| Button {
                    value,
                    label: label(request, knob, value),
                    pressed: access.value(knob.name) == *value,
                })
                .collect(),
        })
        .collect()
}

fn title(request: &Request, knob: &Knob) -> String {
    request.t(&format!("access-{}", knob.name)).into_owned()
}

fn label(request: &Request, knob: &Knob, value: &str) -> String {
    request
        .t(&format!("access-{}-{value}", knob.name))
        .into_owned()
}

/// What a form of the bar or of the page sends: any part of a choice.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    state: String,
    size: String,
    scheme: String,
    letters: String,
    lines: String,
    face: String,
    pictures: String,
    next: String,
}

impl Wish {
    /// Whoever chooses something wants to see it: the version is on afterwards unless told otherwise.
    fn applied_to(&self, mut access: Access) -> Access {
        let wishes = [
            &self.size,
            &self.scheme,
            &self.letters,
            &self.lines,
            &self.face,
            &self.pictures,
        ];
        for (place, wish) in wishes.into_iter().enumerate() {
            access.set(place, wish);
        }
        access.on = self.state != "off";
        access
    }
}

/// One knob as the page of settings shows it.
struct Shown {
    name: &'static str,
    title: String,
    options: Vec<Choice>,
    value: &'static str,
}

#[derive(Template)]
#[template(path = "access.html")]
struct Settings {
    page: Page,
    knobs: Vec<Shown>,
    /// Where the reader came from.
    next: String,
    /// This page, with the way back kept.
    here: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct From {
    next: String,
}

pub(crate) fn router() -> Router {
    Router::new().route("/access", get(show).post(choose))
}

async fn show(
    request: Request,
    from: Result<axum::extract::Query<From>, axum::extract::rejection::QueryRejection>,
) -> PageResult {
    let page = request.page(request.t("access-title"));
    let access = page.access();
    let knobs = KNOBS
        .iter()
        .map(|knob| Shown {
            name: knob.name,
            title: title(&request, knob),
            options: knob
                .values
                .iter()
                .map(|value| Choice::new(*value, label(&request, knob, value)))
                .collect(),
            value: access.value(knob.name),
        })
        .collect();
    let next = from.map(|from| from.0.next).unwrap_or_default();
    let next = local_path(&next).to_owned();
    html(&Settings {
        page,
        knobs,
        here: format!("/access?next={}", encoded(&next)),
        next,
    })
}

async fn choose(request: Request, Form(wish): Form<Wish>) -> Response {
    let before = Access::read(request.cookie(cookies::ACCESS).unwrap_or_default());
    let shell = request.shell();
    let cookie = wish.applied_to(before).cookie();
    let mut response = request.redirect(local_path(&wish.next));
    response.headers_mut().append(
        SET_COOKIE,
        cookies::set(shell, cookies::ACCESS, &cookie, cookies::YEAR),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back_from_its_cookie() {
        let wish = Wish {
            size: "200".to_owned(),
            scheme: "yellow".to_owned(),
            pictures: "hidden".to_owned(),
            ..Wish::default()
        };
        let access = wish.applied_to(Access::default());
        assert!(access.is_on());
        assert_eq!(access.cookie(), "on.200.yellow.normal.normal.sans.hidden");
        assert_eq!(Access::read(&access.cookie()), access);
    }

    #[test]
    fn turning_it_off_and_on_again_keeps_the_choice() {
        let chosen = Access::read("on.200.wb.wide.wide.serif.shown");
        let off = Wish {
            state: "off".to_owned(),
            ..Wish::default()
        }
        .applied_to(chosen);
        assert!(!off.is_on());
        assert_eq!(off.marks(), []);
        let on = Wish {
            state: "on".to_owned(),
            ..Wish::default()
        }
        .applied_to(Access::read(&off.cookie()));
        assert_eq!(on, chosen);
    }

    #[test]
    fn a_cookie_that_nobody_wrote_is_as_usual() {
        for cookie in [
            "",
            "on",
            "on.900.\"><script>.x",
            "off.1.2.3.4.5.6.7.8.9",
            "....",
            "да",
        ] {
            let access = Access::read(cookie);
            assert_eq!(access.values, Access::default().values, "{cookie}");
            assert_eq!(access.is_on(), cookie.starts_with("on"), "{cookie}");
        }
    }
}
