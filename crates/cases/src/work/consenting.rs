//! Somebody with an account who was named beside the applicant answers for themselves: they agree to
//! stand in the case, or it is not them. Who has declined has left, and is not named there again.

use base::{Actor, Error, Number, Result};
use people::People;
use store::Tx;

use super::Told;
use crate::Cases;
use crate::model::{CaseRow, PartyRole};
use crate::sql;

impl Cases {
    /// A party agrees to stand in the case. Agreed twice is agreed.
    pub async fn agree_to_stand(&self, actor: &Actor, number: Number) -> Result<()> {
        self.answer_to_name(actor, number, true).await
    }

    /// A party declines, or leaves a case that they had agreed to.
    pub async fn decline_to_stand(&self, actor: &Actor, number: Number) -> Result<()> {
        self.answer_to_name(actor, number, false).await
    }

    async fn answer_to_name(&self, actor: &Actor, number: Number, agrees: bool) -> Result<()> {
        let this = self.clone();
        self.0
            .journal
            .store()
            .change(actor, move |tx| {
                let row = Self::locked(tx, number)?;
                let person = tx.actor().person().ok_or(Error::Unauthenticated)?;
                let role_in = |all: &[(_, PartyRole)]| {
                    let mut all = all.iter();
                    all.find(|(who, _)| *who == person).map(|(_, role)| *role)
                };
                let asked = role_in(&row.shared.asked);
                let stands = role_in(&row.shared.persons);
                let Some(role) = asked.or(stands) else {
                    return Err(Error::NotFound);
                };
                if agrees && asked.is_none() {
                    return Ok(());
                }
                this.expect(tx, &row)?;
                if agrees {
                    sql::agree_party(tx, row.id, person)?;
                } else {
                    sql::decline_party(tx, row.id, person)?;
                }
                let before = if asked.is_some() { "asked" } else { "agreed" };
                this.tell_answer(tx, &row, role, before, agrees)
            })
            .await
    }

    fn tell_answer(
        &self,
        tx: &mut Tx<'_>,
        row: &CaseRow,
        role: PartyRole,
        before: &str,
        agrees: bool,
    ) -> Result<()> {
        let key = self.0.journal.keys().load(tx, row.data_key)?;
        let person = tx.actor().person().ok_or(Error::Unauthenticated)?;
        let name = People::name_of(tx, &self.0.journal, person)?.full();
        let (action, after) = if agrees {
            ("case.party_agreed", "agreed")
        } else {
            ("case.party_declined", "declined")
        };
        let mut told = Told::new(action)
            .with("role", role.code())
            .with("before", before)
            .with("after", after)
            .with("author", name);
        if let Some(account) = tx.actor().account() {
            told = told.with("doer", account.0.to_string());
        }
        self.tell(tx, row, row.state, key, told)
    }
}
