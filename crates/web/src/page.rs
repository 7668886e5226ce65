//! One value with everything that the layout and its components ask for. Each page template holds
//! it as its field `page`; the rest of the template's fields are the page's own matter.

use std::borrow::Cow;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{FieldError, Language, Moment};
use jiff::civil::Date;

use crate::access::{self, Access};
use crate::cookies;
use crate::errors::PageResult;
use crate::help::{self, Topic};
use crate::request::{Begun, Request, Viewer};
use crate::shell::FooterFacts;
use crate::words::{WordArg, Words};

/// A wrong field as the summary shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongField {
    /// The name of the field; empty for the whole form.
    pub field: String,
    /// The field's label; empty when the page gave none.
    pub label: String,
    /// What is wrong and what to do.
    pub text: String,
}

/// The facts that a page template needs of its request.
#[derive(Clone, Debug)]
pub struct Page {
    request: Request,
    title: String,
    dense: bool,
    flash: Option<(String, &'static str)>,
    errors: Vec<FieldError>,
    labels: Vec<(String, String)>,
}

impl Page {
    pub(crate) fn new(request: Request, title: String) -> Self {
        let flash = request.take_flash();
        Self {
            request,
            title,
            dense: false,
            flash,
            errors: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// A page for staff: smaller type, full width.
    #[must_use]
    pub fn dense(mut self) -> Self {
        self.dense = true;
        self
    }

    /// The page of a form that was sent with mistakes.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Names a field in the summary of errors.
    #[must_use]
    pub fn with_label(mut self, field: impl Into<String>, label: impl Into<String>) -> Self {
        self.labels.push((field.into(), label.into()));
        self
    }

    /// The request that is answered.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The sentence of a key that takes no arguments.
    pub fn t(&self, key: &str) -> Cow<'_, str> {
        self.request.t(key)
    }

    /// The sentence of a key with its arguments.
    pub fn ta(&self, key: &str, args: &[(&str, WordArg<'_>)]) -> String {
        self.request.ta(key, args)
    }

    /// The sentence of a key with one argument.
    pub fn t1<'v>(&self, key: &str, name: &str, value: impl Into<WordArg<'v>>) -> String {
        self.request.ta(key, &[(name, value.into())])
    }

    /// The title with the name of the product.
    pub fn full_title(&self) -> String {
        let product = self.product();
        if self.title.is_empty() {
            product.into_owned()
        } else {
            format!("{} \u{2014} {product}", self.title)
        }
    }

    /// The name of the product.
    pub fn product(&self) -> Cow<'_, str> {
        match self.request.shell().settings().title.as_str() {
            "" => self.t("web-product"),
            title => Cow::Borrowed(title),
        }
    }

    /// Who runs the installation.
    pub fn operator(&self) -> &str {
        self.request
            .shell()
            .settings()
            .operator_in(self.request.language)
    }

    /// The title alone.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether the page is one for staff.
    pub fn is_dense(&self) -> bool {
        self.dense
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.request.language
    }

    /// The tag of the language.
    pub fn tag(&self) -> &'static str {
        self.request.language.tag()
    }

    /// The tag of the other language.
    pub fn other_tag(&self) -> &'static str {
        match self.request.language {
            Language::Ru => Language::En.tag(),
            Language::En => Language::Ru.tag(),
        }
    }

    /// The address of this page with its query, made safe to stand inside another address.
    pub fn here_encoded(&self) -> String {
        encoded(&self.here())
    }

    /// The address of the form of feedback about this page. It keeps no query, and where the address
    /// itself is a secret, a link of a letter, only what kind of page it is.
    pub fn feedback(&self) -> String {
        let secret = self.request.route.contains("{token}");
        let about = if secret {
            &self.request.route
        } else {
            &self.request.path
        };
        format!("/feedback?page={}", encoded(about))
    }

    /// The address of this page with its query.
    pub fn here(&self) -> String {
        if self.request.query.is_empty() {
            self.request.path.clone()
        } else {
            format!("{}?{}", self.request.path, self.request.query)
        }
    }

    /// `page` when the page lies under `path`, for `aria-current`.
    pub fn is_at(&self, path: &str) -> bool {
        self.request
            .path
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The person who is signed in.
    pub fn viewer(&self) -> Option<&Viewer> {
        self.request.viewer()
    }

    /// What the reader has begun in this browser and not sent.
    pub fn begun(&self) -> Option<&Begun> {
        self.request.begun()
    }

    /// The version for those who see badly, as this reader set it.
    pub fn access(&self) -> Access {
        Access::read(self.request.cookie(cookies::ACCESS).unwrap_or_default())
    }

    /// The topic of help about this page; a page that nobody filed under a topic has the general one.
    pub fn help(&self) -> &'static Topic {
        help::topic_of(&self.request.route).unwrap_or(&help::TOPICS[0])
    }

    /// The title of that topic.
    pub fn help_title(&self) -> Cow<'_, str> {
        self.t(&self.help().title())
    }

    /// What it says in a sentence or two.
    pub fn help_short(&self) -> Cow<'_, str> {
        self.t(&self.help().short())
    }

    /// The groups of buttons of the bar that stands over the page while the version for those who
    /// see badly is on.
    pub fn access_bar(&self) -> Vec<access::Group> {
        access::bar(&self.request, self.access())
    }

    /// The full address of this page, for paper.
    pub fn address(&self) -> String {
        format!("{}{}", self.request.shell().settings().origin, self.here())
    }

    /// Now, for paper.
    pub fn printed(&self) -> String {
        self.moment(&self.request.now())
    }

    /// The chosen theme: `light`, `dark` or nothing.
    pub fn theme(&self) -> &'static str {
        match self.request.cookie(cookies::THEME) {
            Some("light") => "light",
            Some("dark") => "dark",
            _ => "",
        }
    }

    /// The address of an embedded file.
    pub fn asset<'a>(&'a self, name: &'a str) -> &'a str {
        self.request.shell().assets().address(name)
    }

    /// The sentence that the page before asked to show, and its tone: good, or warn when it says
    /// that something was not done.
    pub fn flash(&self) -> Option<(&str, &'static str)> {
        let (said, tone) = self.flash.as_ref()?;
        Some((said, tone))
    }

    /// Whether the store takes no changes just now.
    pub fn read_only(&self) -> bool {
        !self.request.shell().takes_changes()
    }

    /// What the footer tells of the journal.
    pub fn journal(&self) -> Option<FooterFacts> {
        self.request.shell().footer()
    }

    /// The footer's sentence of the journal.
    pub fn journal_line(&self, facts: &FooterFacts) -> String {
        let seconds = self.request.now().seconds_since(facts.sealed).max(0);
        let ago = match seconds {
            0..60 => self.t1("web-ago-seconds", "count", seconds),
            60..3600 => self.t1("web-ago-minutes", "count", seconds / 60),
            3600..86_400 => self.t1("web-ago-hours", "count", seconds / 3600),
            _ => self.t1("web-ago-days", "count", seconds / 86_400),
        };
        self.ta(
            "web-journal",
            &[
                ("ago", ago.into()),
                ("size", facts.size.into()),
                ("checkpoint", facts.checkpoint.as_str().into()),
            ],
        )
    }

    /// Key of the heading over the summary of mistakes: nothing can be corrected where no field is
    /// named.
    pub fn errors_heading(&self) -> &'static str {
        if self
            .wrong_fields()
            .iter()
            .all(|wrong| wrong.field.is_empty())
        {
            "web-failed"
        } else {
            "web-errors"
        }
    }

    /// Whether the form was sent with mistakes.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What is wrong with `field`.
    pub fn error_of(&self, field: &str) -> Option<String> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| sentence(self.request.shell().words(), self.request.language, error))
    }

    /// Every mistake, for the summary.
    pub fn wrong_fields(&self) -> Vec<WrongField> {
        self.errors
            .iter()
            .map(|error| WrongField {
                field: error.field.clone(),
                label: self
                    .labels
                    .iter()
                    .find(|(field, _)| *field == error.field)
                    .map(|(_, label)| label.clone())
                    .unwrap_or_default(),
                text: sentence(self.request.shell().words(), self.request.language, error),
            })
            .collect()
    }

    /// `12 декабря 2026 года`.
    pub fn date_long(&self, date: &Date) -> String {
        self.request
            .shell()
            .words()
            .date_long(self.request.language, *date)
    }

    /// `12 декабря`.
    pub fn date_short(&self, date: &Date) -> String {
        self.request
            .shell()
            .words()
            .date_short(self.request.language, *date)
    }

    /// `пт`.
    pub fn weekday(&self, date: &Date) -> String {
        self.request
            .shell()
            .words()
            .weekday(self.request.language, *date)
    }

    /// `до пятницы, 12 декабря`.
    pub fn until(&self, date: &Date) -> String {
        self.request
            .shell()
            .words()
            .until(self.request.language, *date)
    }

    /// `21 ноября, 10:42`, with the year when it is not the present one.
    pub fn moment(&self, moment: &Moment) -> String {
        let shell = self.request.shell();
        let zone = &shell.settings().zone;
        let year = self.request.now().date(zone).year();
        shell
            .words()
            .moment(self.request.language, *moment, zone, Some(year))
    }

    /// A whole number with its digits grouped.
    pub fn number<'v>(&self, number: impl Into<WordArg<'v>>) -> String {
        match number.into() {
            WordArg::Number(number) => Words::number(self.request.language, number),
            WordArg::Text(text) => text.into_owned(),
        }
    }
}

/// What a field error says; an argument that is a whole number chooses plural forms.
/// The sentence of what is wrong with a field.
pub fn sentence(words: &Words, language: Language, error: &FieldError) -> String {
    let args: Vec<(&str, WordArg<'_>)> = error
        .args
        .iter()
        .map(|(name, value)| {
            let number = value.parse::<i64>().ok().filter(|_| value.len() <= 15);
            (
                *name,
                number.map_or_else(|| value.as_str().into(), WordArg::Number),
            )
        })
        .collect();
    words.text(language, error.key, &args)
}

/// `text` as a value inside a query.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes every text");
        }
    }
    out
}

/// Answers with a page.
pub fn html(template: &impl askama::Template) -> PageResult {
    html_with(StatusCode::OK, template)
}

/// Answers with a page and a status.
pub fn html_with(status: StatusCode, template: &impl askama::Template) -> PageResult {
    let text = template.render().map_err(base::Error::internal)?;
    Ok(html_text(status, text))
}

pub(crate) fn html_text(status: StatusCode, text: String) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(CONTENT_TYPE, kind)], text).into_response()
}
