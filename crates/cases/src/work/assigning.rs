//! Who works on a case: taking it, checking what was sent, giving it to a specialist.

use base::id::AccountId;
use base::{Actor, Error, Number, Result};

use super::Told;
use crate::Cases;
use crate::colleagues::GIVEN_TO;
use crate::sql::{self, Moved};
use crate::states::Action;

impl Cases {
    /// A specialist takes a case that nobody has.
    pub async fn take(&self, actor: &Actor, number: Number) -> Result<()> {
        self.take_for(actor, number, Action::Take, "case.taken")
            .await
    }

    /// A specialist takes a case to check what was sent before the work begins.
    pub async fn start_check(&self, actor: &Actor, number: Number) -> Result<()> {
        self.take_for(actor, number, Action::StartCheck, "case.check_started")
            .await
    }

    async fn take_for(
        &self,
        actor: &Actor,
        number: Number,
        action: Action,
        entry: &'static str,
    ) -> Result<()> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, action, move |tx, at| {
            sql::insert_assignment(tx, at.row.id, at.row.unit, account, account)?;
            let moved = Moved {
                assignee: Some(account),
                ..at.moved()
            };
            Ok((moved, Told::new(entry).with("specialist", at.name.clone())))
        })
        .await
    }

    /// What was sent is in order: the work begins.
    pub async fn begin_work(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::BeginWork, |_, at| {
            Ok((at.moved(), Told::new("case.work_begun")))
        })
        .await
    }

    /// The one who has a case, or a head, gives it back to the common queue of its unit.
    pub async fn release(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::Release, |tx, at| {
            if at.row.assignee.is_none() {
                return Err(Error::Conflict("case-error-nobodys"));
            }
            sql::end_assignments(tx, at.row.id)?;
            sql::set_planned(tx, at.row.id, None)?;
            let moved = Moved {
                assignee: None,
                ..at.moved()
            };
            Ok((moved, at.taken_from(Told::new("case.released"), None)))
        })
        .await
    }

    /// A head gives a case to a specialist of a unit that the head is over.
    pub async fn assign(&self, actor: &Actor, number: Number, to: AccountId) -> Result<()> {
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        let staff = self.0.people.staff(actor).await?;
        let chosen = staff.into_iter().find(|member| member.account == to);
        let units = self.0.people.units().await?;
        let chosen = chosen.map(|chosen| (chosen.name, units.within(chosen.unit)));
        self.act(actor, number, Action::Assign, move |tx, at| {
            // Whoever cannot open the case must not get it.
            let chosen = chosen.as_ref();
            let (name, _) = chosen
                .filter(|(_, reaches)| reaches.contains(&at.row.unit))
                .ok_or_else(|| Error::field("account", "case-error-no-specialist"))?;
            sql::end_assignments(tx, at.row.id)?;
            sql::insert_assignment(tx, at.row.id, at.row.unit, to, by)?;
            let moved = Moved {
                assignee: Some(to),
                ..at.moved()
            };
            let told = Told::new("case.assigned")
                .with("specialist", name.short())
                .with(GIVEN_TO, name.initials());
            Ok((moved, at.taken_from(told, Some(to))))
        })
        .await
    }
}
