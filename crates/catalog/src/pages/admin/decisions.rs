//! Rules by which cases are decided: the versions of a service, the text of its rules with what is
//! wrong and a replay over past cases, proposing, and the pages of officers, who approve and stop
//! them.

use std::collections::HashMap;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::id::AccountId;
use base::{Error, FieldError, Moment, Result};
use jiff::civil::Date;
use people::{People, Units, Visitor};
use web::{Choice, Fields, Page, PageResult, Request};

use super::in_words::{self, InWords};
use super::{unit_choices, unstored};
use crate::administration::{Administration, Changed, Fault, LookedAt, Proposal, Replay, Waiting};
use crate::decisions::{Decisions, Verdict};
use crate::rulings::{Stage, Version};

/// Height of the editor in lines.
const ROWS: usize = 30;
/// What a new text begins with.
const PATTERN: &str = include_str!("../../../services/rules/pattern.toml");

fn today(request: &Request) -> Date {
    request.now().date(&request.shell().settings().zone)
}

/// A version in words.
struct Line {
    number: u32,
    href: String,
    state: String,
    tone: &'static str,
    /// The service, in the list of an officer.
    service: String,
    /// Who wrote, proposed, approved and stopped it, each with the moment.
    told: Vec<String>,
    reason: String,
}

/// What lines are made with.
struct Painter<'a> {
    request: &'a Request,
    units: &'a Units,
    names: HashMap<AccountId, String>,
}

impl<'a> Painter<'a> {
    async fn new(
        request: &'a Request,
        units: &'a Units,
        admin: &Administration,
        versions: impl Iterator<Item = &Version>,
    ) -> Result<Self> {
        let accounts = versions.flat_map(|version| {
            [
                version.written_by,
                version.proposed_by,
                version.approved_by,
                version.withdrawn_by,
            ]
        });
        let mut accounts: Vec<AccountId> = accounts.flatten().collect();
        accounts.sort_unstable();
        accounts.dedup();
        Ok(Self {
            request,
            units,
            names: admin.names_of(accounts).await?,
        })
    }

    fn line(&self, version: &Version, in_force: bool, href: String) -> Line {
        let today = today(self.request);
        let (state, tone) = match version.stage {
            _ if in_force => ("catalog-rules-in-force", "good"),
            Stage::Draft => ("catalog-rules-draft", "calm"),
            Stage::Proposed => ("catalog-rules-proposed", "warn"),
            // Its day has come and it is not in force: a later one took its place.
            Stage::Approved if version.valid_from.is_some_and(|from| from <= today) => {
                ("catalog-rules-replaced", "calm")
            }
            Stage::Approved => ("catalog-rules-approved", "calm"),
            Stage::Withdrawn if version.approved_at.is_none() => {
                ("catalog-rules-turned-down", "bad")
            }
            Stage::Withdrawn => ("catalog-rules-withdrawn", "bad"),
        };
        Line {
            number: version.number,
            href,
            state: self.request.t(state).into_owned(),
            tone,
            service: String::new(),
            told: self.told(version),
            reason: version.reason.clone(),
        }
    }

    fn told(&self, version: &Version) -> Vec<String> {
        let request = self.request;
        let page = request.page("");
        let mut told = Vec::new();
        let mut say = |key: &str, by: Option<AccountId>, at: Option<Moment>| {
            let Some(at) = at else { return };
            let name = match by {
                Some(by) => self.names.get(&by).cloned().unwrap_or_default(),
                None => request.t("catalog-rules-product").into_owned(),
            };
            let facts = [("name", name.into()), ("at", page.moment(&at).into())];
            told.push(request.ta(key, &facts));
        };
        say(
            "catalog-rules-told-written",
            version.written_by,
            Some(version.written_at),
        );
        say(
            "catalog-rules-told-proposed",
            version.proposed_by,
            version.proposed_at,
        );
        say(
            "catalog-rules-told-approved",
            version.approved_by,
            version.approved_at,
        );
        say(
            match version.approved_at {
                Some(_) => "catalog-rules-told-withdrawn",
                None => "catalog-rules-told-turned-down",
            },
            version.withdrawn_by,
            version.withdrawn_at,
        );
        let unit = version.unit.and_then(|unit| self.units.unit(unit));
        if let Some(unit) = unit {
            let name = unit.name(request.language);
            told.push(request.ta("catalog-rules-told-unit", &[("unit", name.into())]));
        }
        if let Some(from) = version.valid_from {
            let date = request.shell().words().date_long(request.language, from);
            told.push(request.ta("catalog-rules-told-from", &[("date", date.into())]));
        }
        told
    }
}

#[derive(Template)]
#[template(path = "admin-rules.html")]
struct ListPage {
    page: Page,
    code: String,
    name: String,
    /// Whether the service may have rules at all.
    marked: bool,
    lines: Vec<Line>,
}

pub(super) async fn list(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path(code): Path<String>,
) -> PageResult {
    let request = &visitor.request;
    let service = admin.service(&visitor.actor, &code).await?;
    let listed = admin
        .rule_versions(&visitor.actor, &code, today(request))
        .await?;
    let units = people.units().await?;
    let versions = listed.iter().map(|one| &one.version);
    let painter = Painter::new(request, &units, &admin, versions).await?;
    let lines = listed.iter().map(|one| {
        let href = format!("/admin/services/{code}/rules/{}", one.version.number);
        painter.line(&one.version, one.in_force, href)
    });
    unstored(web::html(&ListPage {
        page: request.page(request.t("catalog-rules")).dense(),
        lines: lines.collect(),
        name: service.definition.name(request.language).to_owned(),
        marked: service.definition.decision.is_some(),
        code,
    }))
}

/// A mistake with its line.
struct FaultView {
    line: usize,
    sentence: String,
}

/// What a replay found, in words.
struct ReplayView {
    /// Whether there were cases at all.
    any: bool,
    lead: String,
    by_rule: Vec<(String, String)>,
    by_person: String,
    saved: String,
    differ: String,
    differences: Vec<[String; 4]>,
}

impl ReplayView {
    fn new(request: &Request, replay: &Replay, text: &str) -> Self {
        let decisions = Decisions::from_toml(text).ok();
        let title = |code: &str| {
            let rule = decisions.as_ref().and_then(|all| all.rule(code));
            rule.map_or_else(
                || code.to_owned(),
                |(_, rule)| rule.title.text(request.language).to_owned(),
            )
        };
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let verdict = |verdict: Option<Verdict>| {
            let key = verdict.map_or("catalog-rules-verdict-other", in_words::verdict);
            request.t(key).into_owned()
        };
        let hours = replay.saved_seconds / 3_600;
        Self {
            any: replay.tried > 0,
            lead: request.ta(
                "catalog-rules-replayed",
                &[("tried", count(replay.tried).into())],
            ),
            by_rule: replay
                .by_rule
                .iter()
                .map(|(code, cases)| {
                    (
                        title(code),
                        web::Words::number(request.language, count(*cases)),
                    )
                })
                .collect(),
            by_person: web::Words::number(request.language, count(replay.by_person)),
            saved: request.ta(
                "catalog-rules-saved",
                &[
                    ("count", count(replay.sooner).into()),
                    ("hours", hours.into()),
                ],
            ),
            differ: request.ta(
                "catalog-rules-differ",
                &[("count", count(replay.differ).into())],
            ),
            differences: replay
                .differences
                .iter()
                .map(|one| {
                    [
                        one.number.clone(),
                        title(&one.rule),
                        verdict(Some(one.verdict)),
                        verdict(one.decided),
                    ]
                })
                .collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "admin-rules-edit.html")]
struct EditPage<'a> {
    page: Page,
    code: String,
    name: String,
    seen: String,
    written: &'a str,
    rows: usize,
    faults: Vec<FaultView>,
    good: bool,
    changed: Vec<Changed>,
    replay: Option<ReplayView>,
}

/// What the editor shows beside the text.
#[derive(Default)]
struct Looked {
    faults: Vec<Fault>,
    good: bool,
    changed: Vec<Changed>,
    replay: Option<Replay>,
}

async fn draw(
    visitor: &Visitor,
    admin: &Administration,
    code: &str,
    (text, seen): (&str, &str),
    looked: Looked,
) -> PageResult {
    let request = &visitor.request;
    let service = admin.service(&visitor.actor, code).await?;
    let status = if looked.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let faults = looked.faults.iter().map(|fault| FaultView {
        line: fault.said.line.unwrap_or_default(),
        sentence: fault.said.text(request.shell().words(), request.language),
    });
    unstored(web::html_with(
        status,
        &EditPage {
            page: request.page(request.t("catalog-rules-edit")).dense(),
            code: code.to_owned(),
            name: service.definition.name(request.language).to_owned(),
            seen: seen.to_owned(),
            written: text,
            rows: ROWS,
            faults: faults.collect(),
            good: looked.good,
            changed: looked.changed,
            replay: looked
                .replay
                .as_ref()
                .map(|replay| ReplayView::new(request, replay, text)),
        },
    ))
}

pub(super) async fn edit(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> PageResult {
    let today = today(&visitor.request);
    let listed = admin.rule_versions(&visitor.actor, &code, today).await?;
    let newest = listed.first().map(|one| &one.version);
    let draft = newest.filter(|version| version.stage == Stage::Draft);
    let seen = draft.map(|draft| draft.written_at.micros().to_string());
    let text = newest.map_or(PATTERN, |version| version.text.as_str());
    let seen = seen.unwrap_or_default();
    draw(&visitor, &admin, &code, (text, &seen), Looked::default()).await
}

pub(super) async fn save(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    fields: Fields,
) -> PageResult {
    let (actor, request) = (&visitor.actor, &visitor.request);
    let today = today(request);
    // Browsers send line ends as CR LF.
    let text = fields.text("written").replace("\r\n", "\n");
    let seen = fields.text("seen");
    let LookedAt { faults, changes } = admin.look_at_rules(actor, &code, &text, today).await?;
    let mut looked = Looked {
        good: faults.is_empty(),
        faults,
        changed: changes,
        replay: None,
    };
    if looked.good && fields.text("do") == "save" {
        let known = match seen {
            "" => None,
            seen => {
                let micros = seen
                    .parse()
                    .map_err(|_| Error::Conflict("catalog-error-overtaken"))?;
                Some(Moment::from_micros(micros))
            }
        };
        let number = admin.write_rules(actor, &code, &text, known, today).await?;
        let page = format!("/admin/services/{code}/rules/{number}");
        return Ok(request.redirect_saying(&page, "catalog-admin-saved"));
    }
    if looked.good && fields.text("do") == "replay" {
        looked.replay = Some(admin.replay_rules(actor, &code, &text, today).await?);
    }
    draw(&visitor, &admin, &code, (&text, seen), looked).await
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether a part of the page is there"
)]
#[derive(Template)]
#[template(path = "admin-rules-version.html")]
struct VersionPage {
    page: Page,
    code: String,
    name: String,
    officer: bool,
    /// Where the forms are sent.
    action: String,
    line: Line,
    /// What the rules say; none when their text cannot be read.
    in_words: Option<InWords>,
    text: String,
    units: Vec<Choice>,
    unit: String,
    valid_from: String,
    /// Whether the rules propose and do not decide.
    advisory: bool,
    /// That another version decides now, and what becomes of it; empty where people decide.
    replaces: String,
    may_propose: bool,
    may_approve: bool,
    /// Whether the rules are in force or will be, and can be stopped.
    may_stop: bool,
    /// Whether they wait for approval, and can be turned down.
    may_turn_down: bool,
    /// Whether the officer may not approve because they wrote or proposed it.
    own: bool,
    typed_reason: String,
}

/// What the page of a version is drawn for.
struct Shown<'a> {
    visitor: &'a Visitor,
    admin: &'a Administration,
    people: &'a People,
    code: &'a str,
    number: u32,
    officer: bool,
}

impl Shown<'_> {
    fn address(&self) -> String {
        if self.officer {
            format!("/desk/rules/{}/{}", self.code, self.number)
        } else {
            format!("/admin/services/{}/rules/{}", self.code, self.number)
        }
    }

    async fn draw(&self, typed: Option<&Fields>, errors: Vec<FieldError>) -> PageResult {
        let (visitor, request) = (self.visitor, &self.visitor.request);
        let version = self
            .admin
            .rule_version(&visitor.actor, self.code, self.number)
            .await?;
        let contents = self.admin.catalog().contents().await?;
        let service = contents.known_service(self.code).ok_or(Error::NotFound)?;
        let units = self.people.units().await?;
        let painter = Painter::new(request, &units, self.admin, std::iter::once(&version)).await?;
        let day = today(request);
        let deciding = contents.decisions_on(service.id, day);
        let in_force = deciding.is_some_and(|one| one.version.id == version.id);
        let replaced = deciding.filter(|one| one.version.id != version.id);
        let sentence = replaced.map(|one| {
            let facts = [("version", one.version.number.into())];
            request.ta("catalog-rules-replaces", &facts)
        });
        let in_words = InWords::of(
            request,
            (&contents, &units),
            &service.definition.form,
            &version.text,
        );
        let account = visitor.actor.account();
        let own = version.written_by == account || version.proposed_by == account;
        let typed_text = |name: &str| typed.map(|typed| typed.text(name).to_owned());
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let title = request.ta("catalog-rules-version", &[("version", self.number.into())]);
        let page = request.page(title).dense().with_errors(errors);
        let page = [
            ("unit", "catalog-rules-unit"),
            ("valid_from", "catalog-rules-from"),
            ("reason", "catalog-rules-reason"),
        ]
        .into_iter()
        .fold(page, |page, (field, key)| {
            page.with_label(field, request.t(key))
        });
        unstored(web::html_with(
            status,
            &VersionPage {
                page,
                name: service.definition.name(request.language).to_owned(),
                officer: self.officer,
                action: self.address(),
                line: painter.line(&version, in_force, String::new()),
                units: unit_choices(&units, request.language),
                unit: typed_text("unit").unwrap_or_default(),
                valid_from: typed_text("valid_from").unwrap_or_else(|| day.to_string()),
                may_propose: !self.officer && version.stage == Stage::Draft,
                may_approve: self.officer && version.stage == Stage::Proposed && !own,
                may_stop: version.stage == Stage::Approved,
                may_turn_down: version.stage == Stage::Proposed,
                own: self.officer && own && version.stage == Stage::Proposed,
                typed_reason: typed_text("reason").unwrap_or_default(),
                advisory: in_words.as_ref().is_some_and(|said| said.advisory),
                replaces: sentence.unwrap_or_default(),
                in_words,
                text: version.text,
                code: self.code.to_owned(),
            },
        ))
    }

    async fn carry_out(&self, fields: &Fields) -> PageResult {
        let (actor, request) = (&self.visitor.actor, &self.visitor.request);
        let day = today(request);
        let (done, said) = match fields.text("do") {
            "propose" if !self.officer => {
                let from = match fields.text("valid_from").trim() {
                    "" => Ok(None),
                    text => text
                        .parse()
                        .map(Some)
                        .map_err(|_| Error::field("valid_from", "catalog-rules-error-day")),
                };
                let unit = Some(fields.text("unit").to_owned()).filter(|unit| !unit.is_empty());
                let done = match from {
                    Ok(from) => {
                        let proposal = Proposal { unit, from };
                        self.admin
                            .propose_rules(actor, self.code, self.number, &proposal, day)
                            .await
                    }
                    Err(wrong) => Err(wrong),
                };
                (done, "catalog-rules-said-proposed")
            }
            "approve" if self.officer => {
                let done = self.admin.approve_rules(actor, self.code, self.number, day);
                (done.await, "catalog-rules-said-approved")
            }
            what @ ("stop" | "turn_down") => {
                let reason = fields.text("reason");
                let done = self
                    .admin
                    .withdraw_rules(actor, self.code, self.number, reason, day);
                let said = match what {
                    "stop" => "catalog-rules-said-stopped",
                    _ => "catalog-rules-said-turned-down",
                };
                (done.await, said)
            }
            _ => return Err(Error::field("do", "catalog-error-choice").into()),
        };
        match done {
            Ok(()) => Ok(request.redirect_saying(&self.address(), said)),
            Err(Error::Invalid(errors)) => self.draw(Some(fields), errors).await,
            Err(Error::Conflict(key)) => {
                self.draw(Some(fields), vec![FieldError::new("", key)])
                    .await
            }
            Err(other) => Err(other.into()),
        }
    }
}

fn number_in(text: &str) -> Result<u32> {
    text.parse().map_err(|_| Error::NotFound)
}

pub(super) async fn version(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path((code, number)): Path<(String, String)>,
) -> PageResult {
    admin.service(&visitor.actor, &code).await?;
    let shown = Shown {
        visitor: &visitor,
        admin: &admin,
        people: &people,
        code: &code,
        number: number_in(&number)?,
        officer: false,
    };
    shown.draw(None, Vec::new()).await
}

pub(super) async fn act(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path((code, number)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    admin.service(&visitor.actor, &code).await?;
    let shown = Shown {
        visitor: &visitor,
        admin: &admin,
        people: &people,
        code: &code,
        number: number_in(&number)?,
        officer: false,
    };
    shown.carry_out(&fields).await
}

#[derive(Template)]
#[template(path = "desk-rules.html")]
struct DeskPage {
    page: Page,
    lines: Vec<Line>,
}

/// What an officer has to look at.
pub(super) async fn desk(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let waiting = admin.rules_to_sign(&visitor.actor, today(request)).await?;
    let units = people.units().await?;
    let versions = waiting.iter().map(|one| &one.version);
    let painter = Painter::new(request, &units, &admin, versions).await?;
    let lines = waiting.iter().map(|one: &Waiting| {
        let definition = &one.service.definition;
        let href = format!("/desk/rules/{}/{}", definition.code, one.version.number);
        Line {
            service: definition.name(request.language).to_owned(),
            ..painter.line(&one.version, one.in_force, href)
        }
    });
    unstored(web::html(&DeskPage {
        page: request.page(request.t("catalog-rules-desk")).dense(),
        lines: lines.collect(),
    }))
}

pub(super) async fn desk_version(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path((code, number)): Path<(String, String)>,
) -> PageResult {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, people::Permission::SignAnswer)?;
    let shown = Shown {
        visitor: &visitor,
        admin: &admin,
        people: &people,
        code: &code,
        number: number_in(&number)?,
        officer: true,
    };
    shown.draw(None, Vec::new()).await
}

pub(super) async fn desk_act(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path((code, number)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, people::Permission::SignAnswer)?;
    let shown = Shown {
        visitor: &visitor,
        admin: &admin,
        people: &people,
        code: &code,
        number: number_in(&number)?,
        officer: true,
    };
    shown.carry_out(&fields).await
}
