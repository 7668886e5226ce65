//! Putting right a colleague's name or e-mail.

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use base::id::AccountId;
use base::{Error, FieldError};
use serde::Deserialize;
use web::{Form, Page, PageResult, html_with};

use super::staff::{account_in, link_page, page_with, status_of};
use crate::access::{Permission, require_somewhere};
use crate::correcting::works_here;
use crate::model::PersonName;
use crate::pages::unstored;
use crate::staffing::WayIn;
use crate::{People, Visitor};

#[derive(Template)]
#[template(path = "admin-corrections.html")]
struct CorrectionsPage {
    page: Page,
    account: AccountId,
    /// How the page leads back to the account.
    back: String,
    typed: NameForm,
    /// The e-mail as it is.
    present: String,
    /// The one that waits to be confirmed; empty when there is none.
    waits: String,
    email: String,
    /// Whether somebody has ever come in with this account.
    used: bool,
    sends_letters: bool,
}

#[derive(Clone, Default, Deserialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the fields of the form are called so"
)]
pub(super) struct NameForm {
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    middle_name: String,
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct EmailForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    current: String,
}

async fn corrections_page(
    visitor: &Visitor,
    people: &People,
    account: AccountId,
    name: Option<NameForm>,
    email: String,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    if visitor.actor.account() == Some(account) {
        return Err(Error::Conflict("people-error-own-account").into());
    }
    let card = people.card(&visitor.actor, account).await?;
    works_here(&card.grants)?;
    let title = request.t("people-corrections").into_owned();
    let page = page_with(visitor, title, errors);
    let as_it_is = NameForm {
        last_name: card.name.last.clone(),
        first_name: card.name.first.clone(),
        middle_name: card.name.middle.clone().unwrap_or_default(),
    };
    html_with(
        status_of(&page),
        &CorrectionsPage {
            page,
            account,
            back: card.name.full(),
            typed: name.unwrap_or(as_it_is),
            present: card.email,
            waits: card.new_email.unwrap_or_default(),
            email,
            used: card.has_password,
            sends_letters: people.sends_letters(),
        },
    )
    .map(unstored)
}

pub(super) async fn form(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(account): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUsers)?;
    let account = account_in(&account)?;
    corrections_page(&visitor, &people, account, None, String::new(), Vec::new()).await
}

pub(super) async fn name(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(account): Path<String>,
    Form(form): Form<NameForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let name = PersonName {
        last: form.last_name.clone(),
        first: form.first_name.clone(),
        middle: Some(form.middle_name.clone()),
    };
    match people.correct_name(&visitor.actor, account, &name).await {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying(&format!("/admin/staff/{account}"), "people-saved")),
        Err(Error::Invalid(errors)) => {
            corrections_page(
                &visitor,
                &people,
                account,
                Some(form),
                String::new(),
                errors,
            )
            .await
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn email(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(account): Path<String>,
    Form(form): Form<EmailForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let client = visitor.request.client;
    let corrected =
        people.correct_email(&visitor.actor, account, &form.email, &form.current, client);
    match corrected.await {
        Ok(WayIn::Letter) => Ok(visitor.request.redirect_saying(
            &format!("/admin/staff/{account}"),
            "people-email-correction-sent",
        )),
        Ok(WayIn::Link(link)) => link_page(&visitor, link, account),
        Err(Error::Invalid(errors)) => {
            corrections_page(&visitor, &people, account, None, form.email, errors).await
        }
        Err(other) => Err(other.into()),
    }
}
