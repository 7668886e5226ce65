//! What a caller is told about a case that an operator took in for them: what is asked of them and
//! what was answered, as the applicant would see it. Whoever has no way to the site has the telephone
//! and the reception alone.

use base::{Actor, Error, Number, Result};
use people::Permission;

use crate::Cases;
use crate::model::{Card, Side};
use crate::sql;

impl Cases {
    /// A case that the operator took in, as its applicant sees it. The reading is written down first.
    pub async fn card_to_tell(&self, actor: &Actor, number: Number) -> Result<Card> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let (this, reader) = (self.clone(), actor.clone());
        let card = self
            .0
            .journal
            .store()
            .read(move |db| {
                let row = Self::row(db, number)?;
                let taken = sql::intake(db, row.id)?;
                taken
                    .filter(|taken| taken.operator == account)
                    .ok_or(Error::NotFound)?;
                this.open_card(db, &reader, row, Side::Applicant)
            })
            .await?;
        self.log_reading(account, card.case.id).await?;
        Ok(card)
    }
}
