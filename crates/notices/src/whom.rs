//! Who is told of what concerns more than one: a co-applicant who was named, a unit that gets a case
//! or loses it, those who answer for a term that has passed.

use base::Result;
use base::id::{AccountId, PersonId, UnitId};
use cases::{Cases, Happening};
use people::People;
use store::Tx;

use crate::facts::Facts;
use crate::following::{Addressee, NoticesFollower};
use crate::kinds::Kind;

/// A rating of so many stars or fewer is told to heads too.
const BAD_STARS: u8 = 2;

impl NoticesFollower {
    /// What a kind becomes by the day on which it is told: nothing is in danger that has passed.
    pub(crate) fn dated(&self, kind: Kind, happening: &Happening, facts: &mut Facts) -> Kind {
        if !matches!(kind, Kind::Escalated | Kind::Late) {
            return kind;
        }
        let told = happening.entry.field("due_on");
        let due_on = told.and_then(|day| day.parse().ok()).or(facts.due_on);
        let today = (happening.entry.recorded_at).date(&self.shell.settings().zone);
        match due_on {
            Some(due_on) if due_on < today => {
                facts.due_on = Some(due_on);
                facts.days = Some(i64::from((today - due_on).get_days()));
                Kind::Late
            }
            _ => kind,
        }
    }

    /// Everybody whom this kind concerns.
    pub(crate) fn whom(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        happening: &Happening,
    ) -> Result<Vec<Addressee>> {
        let entry = &happening.entry;
        let account = |field: &str| {
            let id = entry.field(field).and_then(|id| id.parse().ok());
            id.map(AccountId)
        };
        match kind {
            Kind::Named | Kind::NamedFor => self.newly_named(tx, happening),
            // It is the business of the one who has named them.
            Kind::Declined => {
                let mut found = self.addressees(tx, kind, happening)?;
                found.truncate(1);
                Ok(found)
            }
            Kind::Late if entry.action == "case.escalated" => {
                self.addressees(tx, Kind::Escalated, happening)
            }
            Kind::Late | Kind::Objected => self.with_heads(tx, happening, happening.unit),
            Kind::Rated => {
                let stars = entry.field("stars").and_then(|stars| stars.parse().ok());
                if stars.is_some_and(|stars: u8| stars <= BAD_STARS) {
                    self.with_heads(tx, happening, happening.unit)
                } else {
                    self.addressees(tx, kind, happening)
                }
            }
            Kind::Gone => {
                let mut found = match account("was_with") {
                    Some(had) => self.one(tx, had)?,
                    None => Vec::new(),
                };
                if let Some(code) = entry.field("from_unit")
                    && let Some(unit) = people::units::find(tx, code)?
                {
                    found.extend(self.heads(tx, unit)?);
                }
                Self::but_the_doer(tx, account("doer"), found)
            }
            Kind::Arrived => {
                let found = self.heads(tx, happening.unit)?;
                Self::but_the_doer(tx, account("doer"), found)
            }
            Kind::WorksReported => self.who_confirms(tx, happening),
            Kind::TaskGiven | Kind::TaskBack => self.who_does(tx, kind, happening),
            Kind::ToSign => self.signers(tx, happening.unit, account("doer")),
            _ => self.addressees(tx, kind, happening),
        }
    }

    /// Whoever has the task that an entry names; its heads too when it is late or said not to be done.
    pub(crate) fn task_doers(
        &self,
        tx: &mut Tx<'_>,
        happening: &Happening,
    ) -> Result<Vec<Addressee>> {
        let Some(number) = task_of(happening) else {
            return Ok(Vec::new());
        };
        let Some((owner, unit)) = Cases::owner_of_task(tx, number)? else {
            return Ok(Vec::new());
        };
        let mut found = self.specialist(tx, owner, unit)?;
        if happening.entry.action != "case.task_reminded" {
            for head in self.heads(tx, unit)? {
                if found.iter().all(|known| known.id != head.id) {
                    found.push(head);
                }
            }
        }
        Ok(found)
    }

    /// The heads one of whom confirms a task that was told as done. They hear of it once, however many
    /// cases it concerns.
    fn who_confirms(&self, tx: &mut Tx<'_>, happening: &Happening) -> Result<Vec<Addressee>> {
        let Some(number) = task_of(happening) else {
            return Ok(Vec::new());
        };
        match Cases::told_task(tx, number)? {
            Some(task) if task.first == Some(happening.case) => {
                let found = self.heads(tx, task.unit)?;
                Self::but_the_doer(tx, task.told_by, found)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Whoever has a task, or the heads of its unit, without the one who set it. They hear of it once,
    /// however many cases it concerns.
    fn who_does(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        happening: &Happening,
    ) -> Result<Vec<Addressee>> {
        let Some(number) = task_of(happening) else {
            return Ok(Vec::new());
        };
        match Cases::told_task(tx, number)? {
            Some(task) if task.first == Some(happening.case) => {
                let found = self.specialist(tx, task.owner, task.unit)?;
                let doer = (kind == Kind::TaskGiven).then_some(task.set_by);
                Self::but_the_doer(tx, doer, found)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Whoever has the case, and the heads of a unit.
    fn with_heads(
        &self,
        tx: &mut Tx<'_>,
        happening: &Happening,
        unit: UnitId,
    ) -> Result<Vec<Addressee>> {
        let mut found = self.specialist(tx, happening.assignee, happening.unit)?;
        for head in self.heads(tx, unit)? {
            if found.iter().all(|known| known.id != head.id) {
                found.push(head);
            }
        }
        Ok(found)
    }

    /// Those who were named as co-applicants when the case was filed, or the one who was added.
    fn newly_named(&self, tx: &mut Tx<'_>, happening: &Happening) -> Result<Vec<Addressee>> {
        let mut found = Vec::new();
        if happening.entry.action == "case.party_added" {
            let party = happening.entry.field("party");
            let party = party.and_then(|id| id.parse().ok());
            let Some(party) = party else {
                return Ok(found);
            };
            match self.cases.party_of(tx, happening.case, party)? {
                Some((Some(person), _)) => {
                    found.extend(self.person(tx, person, happening.language)?);
                }
                Some((None, email)) if !email.is_empty() && self.mail.is_configured() => {
                    found.push(self.unknown(happening, email));
                }
                _ => {}
            }
            return Ok(found);
        }
        for other in happening.others.iter().chain(&happening.asked) {
            found.extend(self.person(tx, *other, happening.language)?);
        }
        if self.mail.is_configured() {
            let mut all = self.addressees(tx, Kind::Filed, happening)?;
            all.append(&mut found);
            self.add_named(tx, happening, &mut all)?;
            // The one who filed was told that it was received.
            all.remove(0);
            return Ok(all);
        }
        Ok(found)
    }

    /// The heads nearest to a unit, one of whom is not the one who agreed.
    fn signers(
        &self,
        tx: &mut Tx<'_>,
        unit: UnitId,
        agreed: Option<AccountId>,
    ) -> Result<Vec<Addressee>> {
        for above in People::units_above(tx, unit)? {
            let mut found = Vec::new();
            for head in People::heads_of(tx, above)? {
                found.extend(self.person(tx, head, self.shell.settings().language)?);
            }
            let found = Self::but_the_doer(tx, agreed, found)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn one(&self, tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Addressee>> {
        let Some(person) = People::person_of(tx, account)? else {
            return Ok(Vec::new());
        };
        let language = self.shell.settings().language;
        Ok(self.person(tx, person, language)?.into_iter().collect())
    }

    /// Without the one who did it.
    fn but_the_doer(
        tx: &mut Tx<'_>,
        doer: Option<AccountId>,
        mut found: Vec<Addressee>,
    ) -> Result<Vec<Addressee>> {
        let doer: Option<PersonId> = match doer {
            Some(doer) => People::person_of(tx, doer)?,
            None => None,
        };
        if doer.is_some() {
            found.retain(|one| one.person != doer);
        }
        Ok(found)
    }
}

/// The number of the task that an entry names.
fn task_of(happening: &Happening) -> Option<i64> {
    happening.entry.field("task")?.parse().ok()
}
