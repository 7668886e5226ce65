//! Officials: who can be written to, a new post, and a change of its holder.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, FieldError, Result};
use people::{People, Units, Visitor};
use web::{Choice, Fields, Page, PageResult};

use super::{is_overtaken, mark, overtaken, unit_choices, unstored};
use crate::administration::{Administration, OfficialWish};
use crate::officials::Official;
use crate::phrase::Phrase;

struct Line {
    code: String,
    name: String,
    unit: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "admin-officials.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
}

pub(super) async fn list(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let language = visitor.request.language;
    let all = contents.officials().all().iter();
    let lines = all
        .map(|official| Line {
            code: official.code.clone(),
            name: official.name(language),
            unit: units
                .unit(official.unit)
                .map(|unit| unit.name(language).to_owned())
                .unwrap_or_default(),
            active: official.active,
        })
        .collect();
    let title = visitor.request.t("catalog-admin-officials");
    unstored(web::html(&ListPage {
        page: visitor.request.page(title).dense(),
        lines,
    }))
}

#[derive(Clone, Debug, Default, Hash)]
struct Typed {
    code: String,
    unit: String,
    position: String,
    post_ru: String,
    post_en: String,
    holder_ru: String,
    holder_en: String,
    open: bool,
}

impl Typed {
    fn read(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).trim().to_owned();
        Self {
            code: text("code"),
            unit: text("unit"),
            position: text("position"),
            post_ru: text("post_ru"),
            post_en: text("post_en"),
            holder_ru: text("holder_ru"),
            holder_en: text("holder_en"),
            open: fields.get("open").is_some(),
        }
    }

    fn of(official: &Official, units: &Units) -> Self {
        Self {
            code: official.code.clone(),
            unit: units
                .unit(official.unit)
                .map(|unit| unit.code.clone())
                .unwrap_or_default(),
            position: official.position.to_string(),
            post_ru: official.post.ru.clone(),
            post_en: official.post.en.clone(),
            holder_ru: official.holder.ru.clone(),
            holder_en: official.holder.en.clone(),
            open: official.active,
        }
    }

    fn wish(&self) -> Result<OfficialWish> {
        let position = self.position.parse();
        Ok(OfficialWish {
            unit: self.unit.clone(),
            position: position.map_err(|_| Error::field("position", "catalog-error-position"))?,
            post: Phrase::new(self.post_ru.as_str(), self.post_en.as_str()),
            holder: Phrase::new(self.holder_ru.as_str(), self.holder_en.as_str()),
            open: self.open,
        })
    }
}

#[derive(Template)]
#[template(path = "admin-official.html")]
struct OfficialPage {
    page: Page,
    /// The mark of what was shown; empty for a new one.
    seen: String,
    typed: Typed,
    known: bool,
    units: Vec<Choice>,
}

fn draw(
    visitor: &Visitor,
    units: &Units,
    typed: Typed,
    seen: Option<String>,
    errors: Vec<FieldError>,
) -> PageResult {
    let known = seen.is_some();
    let request = &visitor.request;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = if known {
        Phrase::new(typed.post_ru.as_str(), typed.post_en.as_str())
            .text(request.language)
            .to_owned()
    } else {
        request.t("catalog-admin-official-new").into_owned()
    };
    let labels = [
        ("code", "catalog-admin-code"),
        ("post_ru", "catalog-admin-post-ru"),
        ("post_en", "catalog-admin-post-en"),
        ("holder_ru", "catalog-admin-holder-ru"),
        ("holder_en", "catalog-admin-holder-en"),
        ("unit", "catalog-admin-official-unit"),
        ("position", "catalog-admin-position"),
    ];
    let page = request.page(title).dense().with_errors(errors);
    let page = labels.into_iter().fold(page, |page, (field, key)| {
        page.with_label(field, request.t(key))
    });
    unstored(web::html_with(
        status,
        &OfficialPage {
            page,
            seen: seen.unwrap_or_default(),
            typed,
            known,
            units: unit_choices(units, request.language),
        },
    ))
}

pub(super) async fn new_form(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let last = contents.officials().all().iter().map(|one| one.position);
    let typed = Typed {
        position: last.max().unwrap_or(0).saturating_add(10).to_string(),
        open: true,
        ..Typed::default()
    };
    draw(&visitor, &units, typed, None, Vec::new())
}

pub(super) async fn add(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    fields: Fields,
) -> PageResult {
    admin.contents(&visitor.actor).await?;
    let typed = Typed::read(&fields);
    put(&visitor, &admin, &people, typed, None).await
}

pub(super) async fn show(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path(code): Path<String>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let official = contents.officials().by_code(&code).ok_or(Error::NotFound)?;
    let typed = Typed::of(official, &units);
    let seen = mark(&typed);
    draw(&visitor, &units, typed, Some(seen), Vec::new())
}

pub(super) async fn save(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path(code): Path<String>,
    fields: Fields,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let official = contents.officials().by_code(&code).ok_or(Error::NotFound)?;
    let units = people.units().await?;
    let now = mark(&Typed::of(official, &units));
    let typed = Typed {
        code,
        ..Typed::read(&fields)
    };
    let seen = fields.text("seen");
    if is_overtaken(seen, &now, &mark(&typed))
        && let Error::Invalid(errors) = overtaken()
    {
        return draw(&visitor, &units, typed, Some(now), errors);
    }
    put(&visitor, &admin, &people, typed, Some(seen.to_owned())).await
}

async fn put(
    visitor: &Visitor,
    admin: &Administration,
    people: &People,
    typed: Typed,
    seen: Option<String>,
) -> PageResult {
    let units = people.units().await?;
    let done = async {
        let wish = typed.wish()?;
        if seen.is_some() {
            admin.save_official(&visitor.actor, &typed.code, wish).await
        } else {
            admin.add_official(&visitor.actor, &typed.code, wish).await
        }
    }
    .await;
    match done {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying("/admin/officials", "catalog-admin-saved")),
        Err(Error::Invalid(errors)) => draw(visitor, &units, typed, seen, errors),
        Err(other) => Err(other.into()),
    }
}
