//! An answer on paper: who is owed one, and that it was posted or lies ready to be collected. Until
//! somebody says so, the case stands in a list of its own.

use base::{Actor, Error, Number, Result};
use jiff::civil::Date;
use store::Tx;

use super::{At, NAME_MOST, Told, checked_line};
use crate::Cases;
use crate::model::{Dispatch, TurnKind};
use crate::sql;
use crate::states::Action;

/// The longest number of a post item, in characters.
const ITEM_MOST: usize = 40;
/// How long before it is written down an answer may have been posted, in days.
const OLDEST: i32 = 60;

impl Cases {
    /// Staff say that the answer was posted, or that it lies ready to be collected.
    pub async fn post_answer(&self, actor: &Actor, number: Number, sent: &Dispatch) -> Result<()> {
        let sent = sound(sent, self.today())?;
        self.act(actor, number, Action::PostAnswer, move |tx, at| {
            if !at.row.to_post {
                return Err(Error::Conflict("case-error-nothing-to-post"));
            }
            sql::set_paper_since(tx, at.row.id, None)?;
            at.turn(tx, TurnKind::from(sent.clone()), "")?;
            let told = match &sent {
                Dispatch::Posted { on, to, item } => Told::new("case.answer_posted")
                    .with("posted_on", on.to_string())
                    .with("to", to.clone())
                    .with("post_item", item.clone()),
                Dispatch::Ready { place, hours } => Told::new("case.answer_ready")
                    .with("to", place.clone())
                    .with("hours", hours.clone()),
            };
            Ok((at.kept(tx)?, told))
        })
        .await
    }
}

impl At<'_> {
    /// Lays an answer that was just delivered among those to be posted, where it is owed on paper.
    pub(super) fn lay_out(&self, tx: &mut Tx<'_>) -> Result<()> {
        let inside = sql::inside(tx, self.row.id)?;
        let content = Cases::open_content(&self.key, self.row.id, &inside.content)?;
        if content.is_owed_on_paper(&self.row) {
            let now = tx.now();
            sql::set_paper_since(tx, self.row.id, Some(now))?;
        }
        Ok(())
    }
}

/// How it went out, made clean; what is wrong with it is named field by field.
fn sound(sent: &Dispatch, today: Date) -> Result<Dispatch> {
    match sent {
        Dispatch::Posted { on, to, item } => {
            if *on > today {
                return Err(Error::field("posted_on", "case-error-future-day"));
            }
            if today.since(*on).map_or(0, |span| span.get_days()) > OLDEST {
                return Err(Error::field("posted_on", "case-error-old-day"));
            }
            Ok(Dispatch::Posted {
                on: *on,
                to: checked_line("to", to, 3, NAME_MOST)?,
                item: checked_line("post_item", item, 0, ITEM_MOST)?,
            })
        }
        Dispatch::Ready { place, hours } => Ok(Dispatch::Ready {
            place: checked_line("place", place, 3, NAME_MOST)?,
            hours: checked_line("hours", hours, 0, NAME_MOST)?,
        }),
    }
}
