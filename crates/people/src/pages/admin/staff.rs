//! Staff: the list, an invitation, and one account with its roles and ways in.

use std::str::FromStr as _;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use base::id::AccountId;
use base::{Error, FieldError, Grant, Role, Scope};
use serde::Deserialize;
use uuid::Uuid;
use web::{Choice, Form, Page, PageResult, html, html_with};

use super::{Frame, Work, chosen, unit_choices};
use crate::access::{Permission, Subject, allows, require_somewhere};
use crate::model::PersonName;
use crate::pages::unstored;
use crate::staffing::{Card, Invitation, WayIn};
use crate::trees::Units;
use crate::{People, Visitor};

const ROLES: [Role; 4] = [
    Role::Operator,
    Role::Specialist,
    Role::Head,
    Role::Administrator,
];

/// Accounts on one page of the list.
const PAGE: usize = 50;

fn role_word(request: &web::Request, role: Role) -> String {
    let key = format!("people-role-{}", role.code());
    request.t(&key).into_owned()
}

fn grant_words(request: &web::Request, all: &Units, grant: Grant) -> String {
    let role = role_word(request, grant.role);
    let place = match grant.scope {
        Scope::Own => return role,
        Scope::Installation => request.t("people-scope-installation").into_owned(),
        Scope::Unit(unit) => all
            .unit(unit)
            .map(|unit| unit.name(request.language).to_owned())
            .unwrap_or_default(),
    };
    format!("{role} · {place}")
}

fn role_choices(request: &web::Request) -> Vec<Choice> {
    ROLES
        .into_iter()
        .map(|role| Choice::new(role.code(), role_word(request, role)))
        .collect()
}

pub(super) fn status_of(page: &Page) -> StatusCode {
    if page.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

pub(super) fn page_with(visitor: &Visitor, title: String, errors: Vec<FieldError>) -> Page {
    let request = &visitor.request;
    [
        ("last_name", "people-last-name"),
        ("first_name", "people-first-name"),
        ("middle_name", "people-middle-name"),
        ("email", "people-email"),
        ("words", "people-staff-find"),
        ("role", "people-role"),
        ("unit", "people-unit"),
        ("post", "people-post"),
        ("current", "people-own-password"),
    ]
    .into_iter()
    .fold(
        request.page(title).dense().with_errors(errors),
        |page, (field, key)| page.with_label(field, request.t(key)),
    )
}

struct Line {
    card: Card,
    roles: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin-staff.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
    /// What was looked for; empty when everybody is shown.
    words: String,
    /// The account after which the next page begins; empty on the last.
    next: String,
    first: String,
    /// Whether those who have no role any more are shown to this administrator.
    over_all: bool,
}

impl ListPage {
    /// The address of the next page while everybody is shown.
    fn further(&self) -> String {
        match &*self.next {
            "" => String::new(),
            next => format!("/admin/staff?after={next}"),
        }
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Place {
    after: Option<String>,
}

/// Whether somebody manages people of the whole installation, those without a role too.
fn over_all(visitor: &Visitor) -> bool {
    allows(&visitor.actor, Permission::ManageUsers, &Subject::default())
}

/// What people are put in the order of the alphabet by.
fn by_name(name: &PersonName) -> [String; 3] {
    let middle = name.middle.as_deref().unwrap_or_default();
    [&*name.last, &*name.first, middle].map(|part| {
        let small = part.to_lowercase();
        small.replace('\u{451}', "\u{435}")
    })
}

async fn list_page(
    visitor: &Visitor,
    people: &People,
    after: Option<AccountId>,
    words: String,
) -> PageResult {
    let request = &visitor.request;
    let found = people.staff_cards(&visitor.actor, &words, after, PAGE);
    let (found, errors) = match found.await {
        Ok(found) => (found, Vec::new()),
        Err(Error::Invalid(errors)) => ((Vec::new(), None), errors),
        Err(other) => return Err(other.into()),
    };
    let (mut cards, next) = found;
    // Names are sealed, so the store cannot put them in order; whoever fits on one page is put here.
    if after.is_none() && next.is_none() {
        cards.sort_by_cached_key(|card| by_name(&card.name));
    }
    let all = people.units().await?;
    let lines = cards
        .into_iter()
        .map(|card| Line {
            roles: card
                .grants
                .iter()
                .filter(|(_, grant)| grant.role != Role::Applicant)
                .map(|(_, grant)| grant_words(request, &all, *grant))
                .collect(),
            card,
        })
        .collect();
    let page = page_with(
        visitor,
        request.t("people-admin-staff").into_owned(),
        errors,
    );
    html_with(
        status_of(&page),
        &ListPage {
            page,
            lines,
            words,
            next: next.map(|next| next.to_string()).unwrap_or_default(),
            first: after.map(|_| "/admin/staff".to_owned()).unwrap_or_default(),
            over_all: over_all(visitor),
        },
    )
    .map(unstored)
}

pub(super) async fn list(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Query(place): Query<Place>,
) -> PageResult {
    visitor.require_sign_in()?;
    let after = place
        .after
        .and_then(|account| AccountId::from_str(&account).ok());
    list_page(&visitor, &people, after, String::new()).await
}

#[derive(Deserialize)]
pub(super) struct FindForm {
    #[serde(default)]
    words: String,
    #[serde(default)]
    after: String,
}

/// Finds by parts of a name or an e-mail; by POST, so that neither stands in a history or a log. A
/// whole e-mail or a number leads to its account at once, also to one that has no role.
pub(super) async fn find(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<FindForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    match people.account_of(&visitor.actor, &form.words).await {
        Ok(account) => Ok(visitor.request.redirect(&format!("/admin/staff/{account}"))),
        Err(Error::Invalid(_)) => {
            let after = AccountId::from_str(&form.after).ok();
            let words = base::text::clean_line(&form.words);
            list_page(&visitor, &people, after, words).await
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct InviteForm {
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    middle_name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    post: String,
}

#[derive(Template)]
#[template(path = "admin-staff-new.html")]
struct NewPage {
    page: Page,
    typed: InviteForm,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    sends_letters: bool,
}

async fn new_page(
    visitor: &Visitor,
    people: &People,
    typed: InviteForm,
    errors: Vec<FieldError>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUsers)?;
    let request = &visitor.request;
    let all = people.units().await?;
    let page = page_with(visitor, request.t("people-staff-new").into_owned(), errors);
    html_with(
        status_of(&page),
        &NewPage {
            page,
            typed,
            roles: role_choices(request),
            units: unit_choices(&all, &visitor.actor, Permission::ManageUsers, request),
            sends_letters: people.sends_letters(),
        },
    )
    .map(unstored)
}

pub(super) async fn new_form(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    let typed = InviteForm {
        role: Role::Specialist.code().to_owned(),
        ..InviteForm::default()
    };
    new_page(&visitor, &people, typed, Vec::new()).await
}

#[derive(Template)]
#[template(path = "admin-link.html")]
struct LinkPage {
    page: Page,
    link: String,
    back: String,
}

/// A link that the administrator hands over, shown once.
pub(super) fn link_page(visitor: &Visitor, link: String, account: AccountId) -> PageResult {
    let request = &visitor.request;
    html(&LinkPage {
        page: request.page(request.t("people-link-title")).dense(),
        link,
        back: format!("/admin/staff/{account}"),
    })
    .map(unstored)
}

pub(super) async fn invite(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<InviteForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let invited = async {
        let invitation = Invitation {
            name: PersonName {
                last: form.last_name.clone(),
                first: form.first_name.clone(),
                middle: Some(form.middle_name.clone()),
            },
            email: form.email.clone(),
            role: role_of(&form.role)?,
            unit: chosen(&form.unit, "unit")?,
            post: form.post.clone(),
        };
        people.invite(&visitor.actor, invitation).await
    }
    .await;
    match invited {
        Ok((account, WayIn::Letter)) => Ok(visitor
            .request
            .redirect_saying(&format!("/admin/staff/{account}"), "people-invited")),
        Ok((account, WayIn::Link(link))) => link_page(&visitor, link, account),
        Err(Error::Invalid(errors)) => new_page(&visitor, &people, form, errors).await,
        // Only an administrator of everything leaves it empty; what was typed stays.
        Err(Error::Forbidden) if form.unit.is_empty() => {
            let error = FieldError::new("unit", "people-error-unit-missing");
            new_page(&visitor, &people, form, vec![error]).await
        }
        Err(other) => Err(other.into()),
    }
}

fn role_of(code: &str) -> base::Result<Role> {
    Role::from_code(code).ok_or_else(|| Error::field("role", "people-error-role"))
}

struct Had {
    id: Uuid,
    words: String,
    post: String,
    /// Where cases that this account has can be given to somebody else.
    may_take: bool,
}

#[derive(Template)]
#[template(path = "admin-account.html")]
struct AccountPage {
    page: Page,
    card: Card,
    had: Vec<Had>,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    own: bool,
    /// Open cases that they work on.
    open: u64,
    /// Who can hand those to somebody else.
    heads: String,
    /// Whether this administrator may read what administrators did.
    reads_log: bool,
}

async fn account_page(
    visitor: &Visitor,
    people: &People,
    work: &Work,
    account: AccountId,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let card = people.card(&visitor.actor, account).await?;
    let all = people.units().await?;
    let had = card
        .grants
        .iter()
        .map(|(id, grant)| {
            let subject = match grant.scope {
                Scope::Unit(unit) => Subject::in_unit(unit),
                Scope::Own | Scope::Installation => Subject::default(),
            };
            Had {
                id: *id,
                words: grant_words(request, &all, *grant),
                post: card.post(id),
                may_take: grant.role != Role::Applicant
                    && allows(&visitor.actor, Permission::ManageUsers, &subject),
            }
        })
        .collect();
    let open = work.with(account).await?;
    let places = card
        .grants
        .iter()
        .filter_map(|(_, grant)| match grant.scope {
            Scope::Unit(unit) => Some(unit),
            Scope::Own | Scope::Installation => None,
        });
    let heads = match open {
        0 => Vec::new(),
        _ => people.heads_over(places.collect(), account).await?,
    };
    let page = page_with(visitor, card.name.full(), errors);
    html_with(
        status_of(&page),
        &AccountPage {
            page,
            card,
            had,
            roles: role_choices(request),
            units: unit_choices(&all, &visitor.actor, Permission::ManageUsers, request),
            own: visitor.actor.account() == Some(account),
            open,
            heads: heads.join(", "),
            reads_log: allows(&visitor.actor, Permission::ReadJournal, &Subject::default()),
        },
    )
    .map(unstored)
}

pub(super) fn account_in(text: &str) -> base::Result<AccountId> {
    AccountId::from_str(text).map_err(|_| Error::NotFound)
}

pub(super) async fn show(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(account): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUsers)?;
    let account = account_in(&account)?;
    account_page(&visitor, &people, &frame.work, account, Vec::new()).await
}

/// Back to the account with a sentence, or with the mistakes of the form.
pub(super) async fn back(
    visitor: &Visitor,
    people: &People,
    work: &Work,
    account: AccountId,
    done: base::Result<()>,
    said: &str,
) -> PageResult {
    match done {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying(&format!("/admin/staff/{account}"), said)),
        Err(Error::Invalid(errors)) => account_page(visitor, people, work, account, errors).await,
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct RoleForm {
    #[serde(default)]
    role: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    post: String,
}

pub(super) async fn give_role(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(account): Path<String>,
    Form(form): Form<RoleForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let given = async {
        let (role, unit) = (role_of(&form.role)?, chosen(&form.unit, "unit")?);
        people
            .give_role(&visitor.actor, account, role, unit, &form.post)
            .await
    }
    .await;
    back(
        &visitor,
        &people,
        &frame.work,
        account,
        given,
        "people-role-given",
    )
    .await
}

#[derive(Deserialize)]
pub(super) struct TakeForm {
    #[serde(default)]
    grant: Uuid,
}

pub(super) async fn take_role(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(account): Path<String>,
    Form(form): Form<TakeForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let taken = people.take_role(&visitor.actor, account, form.grant).await;
    back(
        &visitor,
        &people,
        &frame.work,
        account,
        taken,
        "people-role-taken",
    )
    .await
}

#[derive(Deserialize)]
pub(super) struct SwitchForm {
    #[serde(default)]
    active: String,
}

pub(super) async fn switch(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(account): Path<String>,
    Form(form): Form<SwitchForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let active = form.active == "yes";
    let done = people.switch_account(&visitor.actor, account, active).await;
    let said = if active {
        "people-switched-on"
    } else {
        "people-switched-off"
    };
    back(&visitor, &people, &frame.work, account, done, said).await
}

#[derive(Deserialize)]
pub(super) struct CurrentForm {
    #[serde(default)]
    current: String,
}

pub(super) async fn link(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(account): Path<String>,
    Form(form): Form<CurrentForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let made = people
        .one_time_link(
            &visitor.actor,
            account,
            &form.current,
            visitor.request.client,
        )
        .await;
    match made {
        Ok(link) => link_page(&visitor, link, account),
        Err(Error::Invalid(errors)) => {
            account_page(&visitor, &people, &frame.work, account, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn drop_second_factor(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(account): Path<String>,
    Form(form): Form<CurrentForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let dropped = people
        .drop_second_factor(
            &visitor.actor,
            account,
            &form.current,
            visitor.request.client,
        )
        .await;
    back(
        &visitor,
        &people,
        &frame.work,
        account,
        dropped,
        "people-second-factor-taken",
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_stand_in_the_order_of_the_alphabet() {
        let person = |last: &str, first: &str| PersonName {
            last: last.to_owned(),
            first: first.to_owned(),
            middle: None,
        };
        let mut people = [
            person("Яковлев", "Пётр"),
            person("еремин", "Олег"),
            person("Ёлкин", "Иван"),
            person("Еремин", "Анна"),
            person("Жуков", "Яков"),
        ];
        people.sort_by_cached_key(by_name);
        let last: Vec<_> = people
            .iter()
            .map(|name| (&*name.last, &*name.first))
            .collect();
        assert_eq!(
            last,
            [
                ("Ёлкин", "Иван"),
                ("Еремин", "Анна"),
                ("еремин", "Олег"),
                ("Жуков", "Яков"),
                ("Яковлев", "Пётр"),
            ]
        );
    }
}
