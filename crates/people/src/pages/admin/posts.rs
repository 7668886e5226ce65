//! The post of somebody in one of their roles.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, PageResult};

use super::Frame;
use super::staff::{account_in, back};
use crate::{People, Visitor};

#[derive(Deserialize)]
pub(super) struct PostForm {
    #[serde(default)]
    grant: Uuid,
    #[serde(default)]
    post: String,
}

pub(super) async fn change_post(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(account): Path<String>,
    Form(form): Form<PostForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let changed = people
        .change_post(&visitor.actor, account, form.grant, &form.post)
        .await;
    back(
        &visitor,
        &people,
        &frame.work,
        account,
        changed,
        "people-saved",
    )
    .await
}
