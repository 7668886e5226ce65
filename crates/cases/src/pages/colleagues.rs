//! Colleagues in forms: a list by name and, where they are many, a field that takes a part of a name
//! or of an e-mail. Who fits alone is the one; of several the page shows those alone. Works without
//! scripts.

use base::id::AccountId;
use base::{Error, Result, text};
use people::{StaffMember, Visitor};
use web::{Choice, Fields};

use super::names::Names;
use crate::Cases;

/// So many are found in a list at a glance.
const FEW: usize = 10;
/// The most that a list names.
const SHOWN: usize = 200;
/// The most letters that are looked for.
const WORDS_MOST: usize = 200;

/// Those whom somebody can give work to, as a form offers them.
#[derive(Clone, Debug, Default)]
pub(super) struct Colleagues {
    /// Those to choose from.
    pub(super) choices: Vec<Choice>,
    /// Whether a part of a name is asked for beside the list.
    pub(super) many: bool,
}

impl Colleagues {
    /// Everybody, or those who fit what was typed when there are any.
    pub(super) fn of(staff: &[StaffMember], names: &Names, who: &str) -> Self {
        let who = words(who);
        let many = staff.len() > FEW;
        let fitting = staff.iter().filter(|member| member.fits(&who));
        let fitting: Vec<&StaffMember> = fitting.collect();
        let shown = if fitting.is_empty() {
            staff.iter().collect()
        } else {
            fitting
        };
        let mut choices: Vec<Choice> = Vec::new();
        for member in shown {
            let account = member.account.to_string();
            if choices.len() < SHOWN && !choices.iter().any(|known| known.is(&account)) {
                let name = member.name.initials();
                let label = format!("{name} \u{b7} {}", names.unit(member.unit));
                choices.push(Choice::new(account, label));
            }
        }
        Self { choices, many }
    }
}

/// Whom a form means: the one chosen in the list, or the only one who fits what was typed. None when
/// neither was said.
pub(super) async fn named(
    cases: &Cases,
    visitor: &Visitor,
    fields: &Fields,
) -> Result<Option<AccountId>> {
    if let Ok(account) = fields.text("account").parse() {
        return Ok(Some(account));
    }
    let who = words(fields.text("who"));
    if who.is_empty() {
        return Ok(None);
    }
    let staff = cases.people().staff(&visitor.actor).await?;
    let fitting = staff.into_iter().filter(|member| member.fits(&who));
    let mut accounts: Vec<AccountId> = fitting.map(|member| member.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    match accounts[..] {
        [account] => Ok(Some(account)),
        [] => Err(Error::field("who", "desk-who-none")),
        _ => Err(Error::field("who", "desk-who-many")),
    }
}

/// The same where somebody has to be named.
pub(super) async fn chosen(cases: &Cases, visitor: &Visitor, fields: &Fields) -> Result<AccountId> {
    let named = named(cases, visitor, fields).await?;
    named.ok_or_else(|| Error::field("account", "error-choose-one"))
}

fn words(typed: &str) -> String {
    let bounded: String = typed.chars().take(WORDS_MOST).collect();
    text::clean_line(&bounded)
}
