//! What the applicant thinks of the work, once, and the reply to it.

use base::{Actor, Error, Number, Result};

use super::{MESSAGE_MOST, Told, checked};
use crate::Cases;
use crate::course::{self, RatingBody};
use crate::pass::Pass;
use crate::sql::{self, RatingRow};
use crate::states::Action;

impl Cases {
    /// The applicant rates the work by 1 to 5 stars, with a comment if they like.
    pub async fn rate(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        stars: u8,
        comment: &str,
    ) -> Result<()> {
        if !(1..=5).contains(&stars) {
            return Err(Error::field("stars", "error-choose-one"));
        }
        let comment = checked("comment", comment, 0, MESSAGE_MOST)?;
        self.act_either(actor, pass, number, Action::Rate, move |tx, at| {
            if sql::rating(tx, at.row.id)?.is_some() {
                return Err(Error::Conflict("case-error-rated"));
            }
            let body = RatingBody {
                comment: comment.clone(),
                reply: String::new(),
                replied_by: String::new(),
            };
            let row = RatingRow {
                stars: i64::from(stars),
                rated_at: tx.now(),
                replied_by: None,
                replied_at: None,
                body: course::seal(&at.key, at.row.id, "rating", at.row.id.0, &body)?,
            };
            sql::put_rating(tx, at.row.id, &row)?;
            let told = Told::new("case.rated").with("stars", stars.to_string());
            Ok((at.kept(tx)?, told))
        })
        .await
    }

    /// Staff reply to the rating.
    pub async fn reply_to_rating(&self, actor: &Actor, number: Number, words: &str) -> Result<()> {
        let words = checked("text", words, 3, MESSAGE_MOST)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::ReplyToRating, move |tx, at| {
            let mut row = sql::rating(tx, at.row.id)?
                .filter(|row| row.replied_at.is_none())
                .ok_or(Error::Conflict("case-error-no-rating"))?;
            let mut body: RatingBody =
                course::open(&at.key, at.row.id, "rating", at.row.id.0, &row.body)?;
            body.reply.clone_from(&words);
            body.replied_by.clone_from(&at.name);
            row.replied_by = Some(by);
            row.replied_at = Some(tx.now());
            row.body = course::seal(&at.key, at.row.id, "rating", at.row.id.0, &body)?;
            sql::put_rating(tx, at.row.id, &row)?;
            Ok((at.kept(tx)?, Told::new("case.rating_replied")))
        })
        .await
    }
}
