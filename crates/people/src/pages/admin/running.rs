//! How the installation runs: what administrators changed, jobs that were given up, and the
//! settings that are in force. Nothing here shows personal data: of a job only its kind and the
//! trouble, of a setting never its secret.

use std::str::FromStr as _;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::Query;
use base::id::{AccountId, JobId, TerritoryId, UnitId};
use base::{Error, Result};
use serde::Deserialize;
use uuid::Uuid;
use web::{Choice, Form, Page, PageResult, html};

use super::Frame;
use crate::access::{Permission, Subject, require};
use crate::acts::{Asked, Done, KINDS};
use crate::pages::unstored;
use crate::trees::Units;
use crate::{People, Visitor};

/// A setting as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the settings file.
    pub name: &'static str,
    /// Its value; a secret is only «set» or empty.
    pub value: String,
}

/// Acts on one page of the list.
const PAGE: usize = 50;

#[derive(Clone, Default, Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    before: String,
}

#[derive(Template)]
#[template(path = "admin-log.html")]
struct LogPage {
    page: Page,
    acts: Vec<Done>,
    filter: Filter,
    kinds: Vec<Choice>,
    actors: Vec<Choice>,
    next: String,
    first: String,
    units: Arc<Units>,
}

impl LogPage {
    /// What was changed, by its name; none for what has a code alone.
    fn name<'a>(&'a self, act: &'a Done) -> Option<&'a str> {
        let language = self.page.language();
        match act.kind.as_str() {
            "unit" => self
                .units
                .unit(UnitId(act.entity))
                .map(|unit| unit.name(language)),
            "territory" => self
                .units
                .territory(TerritoryId(act.entity))
                .map(|place| place.name(language)),
            "person" => Some(act.subject.as_str()).filter(|name| !name.is_empty()),
            _ => None,
        }
    }

    /// The name of what was done; the code itself when another slice has given it no words.
    fn action(&self, act: &Done) -> String {
        word(
            &self.page,
            "people-act",
            &act.action.replace('.', "-"),
            &act.action,
        )
    }

    fn kind(&self, act: &Done) -> String {
        word(&self.page, "people-kind", &act.kind, &act.kind)
    }

    /// A value in words where it is a code, or a number with one.
    fn value(&self, act: &Done, name: &str, value: &str) -> String {
        let language = self.page.language();
        let unit = |code: &str| self.units.by_code(code).map(|unit| unit.name(language));
        let place = |code: &str| {
            let found = self.units.territory_by_code(code);
            found.map(|place| place.name(language))
        };
        let named = match (act.kind.as_str(), name) {
            (_, "unit") | ("unit", "parent") => unit(value),
            ("territory", "parent") | ("route_rule", "territory") => place(value),
            ("unit", "territories") => {
                let names: Vec<&str> = value
                    .split(", ")
                    .map(|code| place(code).unwrap_or(code))
                    .collect();
                return names.join(", ");
            }
            _ => None,
        };
        if let Some(named) = named {
            return named.to_owned();
        }
        if let Ok(day) = value.parse::<jiff::civil::Date>() {
            return self.page.date_long(&day);
        }
        let is_code = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if value.len() > 60 || !value.chars().all(|c| is_code(c) || c == ' ') {
            return value.to_owned();
        }
        let start = if name == "role" {
            "people-role"
        } else {
            "people-act-value"
        };
        // Only codes and numbers have words here: a name or a reason stays as somebody wrote it.
        let put = |part: &str| {
            let said = word(&self.page, start, &part.replace('_', "-"), "");
            let number = part.bytes().all(|byte| byte.is_ascii_digit());
            if said.is_empty() {
                number.then(|| part.to_owned())
            } else {
                Some(said)
            }
        };
        let words: Option<Vec<String>> = value.split(' ').map(put).collect();
        words.map_or_else(|| value.to_owned(), |words| words.join(" "))
    }

    /// Whether a change is a text, which keeps its lines.
    fn is_text(before: &str, after: &str) -> bool {
        Self::is_long(before, after) || before.contains('\n') || after.contains('\n')
    }

    /// Whether it is so long that it is folded away.
    fn is_long(before: &str, after: &str) -> bool {
        before.len().max(after.len()) > 800
    }

    fn field(&self, name: &str) -> String {
        word(
            &self.page,
            "people-act-field",
            &name.replace('_', "-"),
            name,
        )
    }
}

fn word(page: &Page, start: &str, code: &str, otherwise: &str) -> String {
    let key = format!("{start}-{code}");
    if page.request().shell().words().has(page.language(), &key) {
        page.t(&key).into_owned()
    } else {
        otherwise.to_owned()
    }
}

pub(super) async fn log(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Query(filter): Query<Filter>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let kind = Some(filter.kind.clone()).filter(|kind| KINDS.contains(&kind.as_str()));
    let asked = Asked {
        actor: AccountId::from_str(&filter.actor).ok(),
        kind: kind.clone(),
        before: Uuid::parse_str(&filter.before).ok(),
    };
    let by = asked.actor;
    let paged = asked.before.is_some();
    let (acts, next) = people.acts(&visitor.actor, asked, PAGE).await?;
    let actors = people
        .actors(&visitor.actor)
        .await?
        .into_iter()
        .map(|(account, name)| Choice::new(account.to_string(), name.initials()))
        .collect();
    let page = request.page(request.t("people-admin-log")).dense();
    let kinds = KINDS
        .into_iter()
        .map(|kind| Choice::new(kind, word(&page, "people-kind", kind, kind)))
        .collect();
    let here = format!(
        "/admin/log?kind={}&actor={}",
        kind.unwrap_or_default(),
        by.map(|account| account.to_string()).unwrap_or_default()
    );
    html(&LogPage {
        units: people.units().await?,
        page,
        acts,
        filter,
        kinds,
        actors,
        next: next
            .map(|before| format!("{here}&before={before}"))
            .unwrap_or_default(),
        first: if paged { here } else { String::new() },
    })
    .map(unstored)
}

#[derive(Template)]
#[template(path = "admin-jobs.html")]
struct JobsPage {
    page: Page,
    dead: Vec<journal::jobs::DeadJob>,
    waiting: Vec<journal::jobs::Waiting>,
}

impl JobsPage {
    /// Whether something that waits has failed before: a mail server that is away, say.
    fn is_troubled(&self) -> bool {
        self.waiting.iter().any(|job| job.tried > 0)
    }

    /// What was in the way: in words where the mail server refused for good.
    fn problem(&self, problem: &str) -> String {
        match problem.strip_prefix("the mail server answered 5") {
            Some(_) => format!("{} ({problem})", self.page.t("people-job-mail-refused")),
            None => problem.to_owned(),
        }
    }

    fn kind(&self, kind: &str) -> String {
        word(
            &self.page,
            "people-job",
            &kind.replace(['.', '_'], "-"),
            kind,
        )
    }
}

fn may_run(visitor: &Visitor) -> Result<()> {
    visitor.require_sign_in()?;
    require(
        &visitor.actor,
        Permission::RunInstallation,
        &Subject::default(),
    )
}

pub(super) async fn jobs(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    may_run(&visitor)?;
    let request = &visitor.request;
    html(&JobsPage {
        page: request.page(request.t("people-admin-jobs")).dense(),
        dead: people.dead_letters(&visitor.actor).await?,
        waiting: people.waiting_jobs(&visitor.actor).await?,
    })
    .map(unstored)
}

#[derive(Deserialize)]
pub(super) struct ReviveForm {
    #[serde(default)]
    job: String,
}

pub(super) async fn revive(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<ReviveForm>,
) -> PageResult {
    may_run(&visitor)?;
    let job = JobId::from_str(&form.job).map_err(|_| Error::NotFound)?;
    people.revive_job(&visitor.actor, job).await?;
    Ok(visitor
        .request
        .redirect_saying("/admin/jobs", "people-job-revived"))
}

#[derive(Template)]
#[template(path = "admin-settings.html")]
struct SettingsPage {
    page: Page,
    settings: Vec<Setting>,
}

impl SettingsPage {
    /// What a setting is about, in words.
    fn meaning(&self, setting: &Setting) -> String {
        word(
            &self.page,
            "people-setting",
            &setting.name.replace('_', "-"),
            "",
        )
    }

    /// Its value, in words where it is none to be typed back.
    fn value(&self, setting: &Setting) -> String {
        match (setting.name, setting.value.as_str()) {
            ("backup", "") => self.page.t("people-setting-backup-none").into_owned(),
            ("mail", "") => self.page.t("people-setting-mail-none").into_owned(),
            ("mail", "folder") => self.page.t("people-setting-mail-folder").into_owned(),
            (_, "") => "—".to_owned(),
            (_, "true" | "false") => word(
                &self.page,
                "people-act-value",
                &setting.value,
                &setting.value,
            ),
            (_, value) => value.to_owned(),
        }
    }
}

pub(super) async fn settings(
    visitor: Visitor,
    Extension(frame): Extension<Arc<Frame>>,
) -> PageResult {
    may_run(&visitor)?;
    let request = &visitor.request;
    html(&SettingsPage {
        page: request.page(request.t("people-admin-settings")).dense(),
        settings: frame.settings.clone(),
    })
    .map(unstored)
}
