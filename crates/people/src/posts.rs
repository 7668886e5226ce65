//! What somebody is where they have a role, «начальник отдела»: kept with the role, because one
//! person may be one thing here and another there. It stands under the answers that they sign.

use base::id::{AccountId, UnitId};
use base::text::{clean_line, length};
use base::{Actor, Error, FieldError, Result, Role};
use store::Db;
use uuid::Uuid;

use crate::access::{Permission, require};
use crate::staffing::{subject_of, told};
use crate::{People, sql};

/// The longest post, in characters.
pub const POST_MOST: usize = 200;

impl People {
    /// Says what somebody is where they have a role; nothing takes the post away.
    pub async fn change_post(
        &self,
        actor: &Actor,
        account: AccountId,
        grant: Uuid,
        post: &str,
    ) -> Result<()> {
        let all = self.units().await?;
        let post = checked(post)?;
        let asking = actor.clone();
        self.change_account(actor, account, move |people, tx, row, grants| {
            let (_, had) = *grants
                .iter()
                .find(|(id, had)| *id == grant && had.role != Role::Applicant)
                .ok_or(Error::NotFound)?;
            require(&asking, Permission::ManageUsers, &subject_of(had))?;
            let old = post_of(&sql::posts_of(tx, account)?, grant);
            if old == post {
                return Ok(());
            }
            sql::set_post(tx, grant, account, &post)?;
            let (before, after) = (told(&all, had, &old), told(&all, had, &post));
            people.record_on(tx, row, "person.post_changed", before, after)
        })
        .await
    }

    /// What somebody is in a unit, as their role there or the nearest above tells; empty when
    /// nobody has said. Within a reading or change that has its own right to it.
    pub fn post_in(db: &mut Db<'_>, account: AccountId, unit: UnitId) -> Result<String> {
        let posts = sql::posts_of(db, account)?;
        if posts.is_empty() {
            return Ok(String::new());
        }
        let way = Self::units_above(db, unit)?;
        let near = |unit: Option<UnitId>| match unit {
            Some(unit) => way.iter().position(|above| *above == unit),
            None => Some(usize::MAX),
        };
        Ok(posts
            .into_iter()
            .filter_map(|(_, unit, post)| Some((near(unit)?, post)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, post)| post)
            .unwrap_or_default())
    }
}

/// A post made clean.
pub(crate) fn checked(text: &str) -> Result<String> {
    let post = clean_line(text);
    if length(&post) > POST_MOST {
        let error = FieldError::new("post", "people-error-name-long").with("most", POST_MOST);
        return Err(Error::Invalid(vec![error]));
    }
    Ok(post)
}

/// The post of one role among those of an account.
pub(crate) fn post_of(posts: &[(Uuid, Option<UnitId>, String)], grant: Uuid) -> String {
    posts
        .iter()
        .find(|(id, _, _)| *id == grant)
        .map(|(_, _, post)| post.clone())
        .unwrap_or_default()
}
