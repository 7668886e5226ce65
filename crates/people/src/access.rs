//! Who may do what: one table, permission by role, each cell saying how far the role reaches.
//! Every slice asks [`allows`] or [`require`] and nothing else; the table is printed in the
//! documentation by [`markdown`] and tried for every route by the tests of the binary.
//!
//! A grant inside a unit reaches the units below it: sessions give an actor one grant per unit
//! reached, so that these functions are pure and need no tree.

use std::fmt::Write as _;

use base::id::{PersonId, UnitId};
use base::{Actor, Error, Result, Role, Scope, Who};

/// Something that can be permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// File an appeal; guests may too and get a return code.
    FileCase,
    /// Read one's own case with everything in it.
    ReadOwnCase,
    /// Write to the authority in one's own case.
    MessageAsApplicant,
    /// Register an appeal that somebody made by phone, on paper or in person.
    FileOnBehalf,
    /// Take up what a caller says about a case of the unit.
    HearCaller,
    /// Take one's own case back while it is open.
    CancelOwnCase,
    /// Read the public register: number, kind, body, category, dates, state.
    ReadRegister,
    /// Read the cases of a unit with the applicants' data.
    ReadUnitCases,
    /// Take a case of the unit's common queue on oneself.
    TakeCase,
    /// Give a case of the unit to somebody.
    AssignCase,
    /// Write to the applicant, ask for documents.
    MessageAsStaff,
    /// Write an answer and send it for agreement.
    DraftAnswer,
    /// Agree to an answer or return it for rework. Nobody agrees to an answer of their own; that
    /// rule is kept by the slice of cases.
    AgreeAnswer,
    /// Send a case to another unit.
    RedirectCase,
    /// Lengthen a term on the grounds that the law names.
    ExtendTerm,
    /// Sign an agreed answer, which delivers it.
    SignAnswer,
    /// Send a case to a body outside this installation.
    ForwardCase,
    /// Take up a closed case again.
    ReopenCase,
    /// Put the subject of a case right.
    CorrectCase,
    /// Keep the templates of answers of a unit.
    ManageTemplates,
    /// Give and take accounts and roles.
    ManageUsers,
    /// Change agencies, units and territories.
    ManageUnits,
    /// Change services, categories and routing rules.
    ManageCatalog,
    /// See how the installation runs and send given-up jobs off again.
    RunInstallation,
    /// Read entries of the journal beyond one's own cases.
    ReadJournal,
}

/// How far a role reaches with a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Not at all.
    Nothing,
    /// What is one's own.
    Own,
    /// What belongs to a unit inside the grant's scope.
    Unit,
    /// Everything, by a grant over the whole installation.
    Installation,
    /// Everything, for everybody, signed in or not.
    Anyone,
}

impl Reach {
    /// The reach's name in the printed table.
    pub const fn code(self) -> &'static str {
        match self {
            Reach::Nothing => "–",
            Reach::Own => "own",
            Reach::Unit => "unit",
            Reach::Installation => "installation",
            Reach::Anyone => "anyone",
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// What is permitted.
    pub permission: Permission,
    /// The permission's name in the documentation and in word keys
    /// (`people-permission-<code>`).
    pub code: &'static str,
    /// Somebody not signed in.
    pub guest: Reach,
    /// The role of the same name.
    pub applicant: Reach,
    /// The role of the same name.
    pub operator: Reach,
    /// The role of the same name.
    pub specialist: Reach,
    /// The role of the same name.
    pub head: Reach,
    /// The role of the same name.
    pub administrator: Reach,
}

impl Right {
    /// How far `role` reaches.
    pub const fn reach(&self, role: Role) -> Reach {
        match role {
            Role::Applicant => self.applicant,
            Role::Operator => self.operator,
            Role::Specialist => self.specialist,
            Role::Head => self.head,
            Role::Administrator => self.administrator,
        }
    }
}

const fn right(permission: Permission, code: &'static str, reach: [Reach; 6]) -> Right {
    let [guest, applicant, operator, specialist, head, administrator] = reach;
    Right {
        permission,
        code,
        guest,
        applicant,
        operator,
        specialist,
        head,
        administrator,
    }
}

/// The table. Administrators run the installation and see no case by that.
#[rustfmt::skip] // a table is read by its columns
const TABLE: [Right; 25] = {
    use Permission as P;
    use Reach::{Anyone, Installation, Nothing, Own, Unit};
    [
        //                                                      guest    applicant operator specialist head  administrator
        right(P::FileCase, "file-case",                         [Anyone,  Anyone,  Anyone,  Anyone,  Anyone,  Anyone]),
        right(P::ReadOwnCase, "read-own-case",                  [Nothing, Own,     Own,     Own,     Own,     Own]),
        right(P::MessageAsApplicant, "message-as-applicant",    [Nothing, Own,     Own,     Own,     Own,     Own]),
        right(P::FileOnBehalf, "file-on-behalf",                [Nothing, Nothing, Unit,    Nothing, Nothing, Nothing]),
        right(P::HearCaller, "hear-caller",                     [Nothing, Nothing, Unit,    Nothing, Nothing, Nothing]),
        right(P::CancelOwnCase, "cancel-own-case",              [Nothing, Own,     Own,     Own,     Own,     Own]),
        right(P::ReadRegister, "read-register",                 [Anyone,  Anyone,  Anyone,  Anyone,  Anyone,  Anyone]),
        right(P::ReadUnitCases, "read-unit-cases",              [Nothing, Nothing, Nothing, Unit,    Unit,    Nothing]),
        right(P::TakeCase, "take-case",                         [Nothing, Nothing, Nothing, Unit,    Unit,    Nothing]),
        right(P::AssignCase, "assign-case",                     [Nothing, Nothing, Nothing, Nothing, Unit,    Nothing]),
        right(P::MessageAsStaff, "message-as-staff",            [Nothing, Nothing, Nothing, Unit,    Unit,    Nothing]),
        right(P::DraftAnswer, "draft-answer",                   [Nothing, Nothing, Nothing, Unit,    Unit,    Nothing]),
        right(P::AgreeAnswer, "agree-answer",                   [Nothing, Nothing, Nothing, Nothing, Unit,    Nothing]),
        right(P::RedirectCase, "redirect-case",                 [Nothing, Nothing, Nothing, Unit,    Unit,    Nothing]),
        right(P::ExtendTerm, "extend-term",                     [Nothing, Nothing, Nothing, Nothing, Unit,    Nothing]),
        right(P::SignAnswer, "sign-answer",                     [Nothing, Nothing, Nothing, Nothing, Unit,    Nothing]),
        right(P::ForwardCase, "forward-case",                   [Nothing, Nothing, Nothing, Nothing, Unit,    Nothing]),
        right(P::ReopenCase, "reopen-case",                     [Nothing, Nothing, Nothing, Nothing, Unit,    Nothing]),
        right(P::CorrectCase, "correct-case",                   [Nothing, Nothing, Nothing, Unit,    Unit,    Nothing]),
        right(P::ManageTemplates, "manage-templates",           [Nothing, Nothing, Nothing, Nothing, Unit,    Unit]),
        right(P::ManageUsers, "manage-users",                   [Nothing, Nothing, Nothing, Nothing, Nothing, Unit]),
        right(P::ManageUnits, "manage-units",                   [Nothing, Nothing, Nothing, Nothing, Nothing, Unit]),
        right(P::ManageCatalog, "manage-catalog",               [Nothing, Nothing, Nothing, Nothing, Nothing, Installation]),
        right(P::RunInstallation, "run-installation",           [Nothing, Nothing, Nothing, Nothing, Nothing, Installation]),
        right(P::ReadJournal, "read-journal",                   [Nothing, Nothing, Nothing, Nothing, Nothing, Installation]),
    ]
};

/// What an act is done to: whose it is and which unit has it. Leave out what there is none of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Whose it is.
    pub owner: Option<PersonId>,
    /// The unit that has it.
    pub unit: Option<UnitId>,
}

impl Subject {
    /// Something that belongs to a person alone.
    pub const fn of(owner: PersonId) -> Self {
        Self {
            owner: Some(owner),
            unit: None,
        }
    }

    /// Something that a unit has.
    pub const fn in_unit(unit: UnitId) -> Self {
        Self {
            owner: None,
            unit: Some(unit),
        }
    }
}

/// The whole table, in the order in which it is printed.
pub const fn table() -> &'static [Right] {
    &TABLE
}

fn right_of(permission: Permission) -> &'static Right {
    // Every permission has its line; a test walks them all.
    TABLE
        .iter()
        .find(|right| right.permission == permission)
        .unwrap_or(&TABLE[0])
}

/// Whether `actor` may do this to `subject`. Okno's own parts may do everything: what they do is
/// decided by the code that they run.
pub fn allows(actor: &Actor, permission: Permission, subject: &Subject) -> bool {
    let right = right_of(permission);
    match &actor.who {
        Who::System(_) => true,
        Who::Guest => right.guest == Reach::Anyone,
        Who::Account { person, grants, .. } => {
            grants.iter().any(|grant| match right.reach(grant.role) {
                Reach::Nothing => false,
                Reach::Anyone => true,
                Reach::Own => subject.owner == Some(*person),
                Reach::Unit => match grant.scope {
                    Scope::Installation => true,
                    Scope::Unit(unit) => subject.unit == Some(unit),
                    Scope::Own => false,
                },
                Reach::Installation => grant.scope == Scope::Installation,
            })
        }
    }
}

/// Whether there is anything at all that `actor` may do this to: what menus and lists ask before
/// there is a subject.
pub fn allows_somewhere(actor: &Actor, permission: Permission) -> bool {
    let right = right_of(permission);
    match &actor.who {
        Who::System(_) => true,
        Who::Guest => right.guest == Reach::Anyone,
        Who::Account { grants, .. } => grants.iter().any(|grant| match right.reach(grant.role) {
            Reach::Nothing => false,
            Reach::Anyone | Reach::Own => true,
            Reach::Unit => grant.scope != Scope::Own,
            Reach::Installation => grant.scope == Scope::Installation,
        }),
    }
}

/// [`allows`] as a result: a guest is asked to sign in, anybody else is refused.
pub fn require(actor: &Actor, permission: Permission, subject: &Subject) -> Result<()> {
    refuse_unless(actor, allows(actor, permission, subject))
}

/// [`allows_somewhere`] as a result.
pub fn require_somewhere(actor: &Actor, permission: Permission) -> Result<()> {
    refuse_unless(actor, allows_somewhere(actor, permission))
}

fn refuse_unless(actor: &Actor, allowed: bool) -> Result<()> {
    match (&actor.who, allowed) {
        (_, true) => Ok(()),
        (Who::Guest, false) => Err(Error::Unauthenticated),
        (_, false) => Err(Error::Forbidden),
    }
}

/// The table in Markdown, as it stands in the documentation; `text` gives the words of a key.
pub fn markdown(text: impl Fn(&str) -> String) -> String {
    let mut page = String::from("| | guest |");
    for role in Role::ALL {
        let _ = write!(page, " {} |", role.code());
    }
    page.push_str("\n|---|---|---|---|---|---|---|\n");
    for right in &TABLE {
        let sentence = text(&format!("people-permission-{}", right.code));
        let _ = write!(
            page,
            "| `{}` {sentence} | {} |",
            right.code,
            right.guest.code()
        );
        for role in Role::ALL {
            let _ = write!(page, " {} |", right.reach(role).code());
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use base::id::AccountId;
    use base::{Grant, Language, Moment};

    use super::*;

    fn unit(n: u128) -> UnitId {
        UnitId(uuid::Uuid::from_u128(n))
    }

    fn actor(person: PersonId, grants: &[(Role, Scope)]) -> Actor {
        Actor {
            who: Who::Account {
                account: AccountId::new(Moment::from_micros(1)),
                person,
                grants: grants
                    .iter()
                    .map(|&(role, scope)| Grant { role, scope })
                    .collect(),
                units: Vec::new(),
            },
            language: Language::Ru,
        }
    }

    fn somebody(n: u128) -> PersonId {
        PersonId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn every_permission_has_exactly_its_own_line() {
        for (at, right) in TABLE.iter().enumerate() {
            assert_eq!(right_of(right.permission), right);
            // The order of the table is the order of the type, so that no permission is without a line.
            assert_eq!(right.permission as usize, at, "{}", right.code);
        }
        assert_eq!(Permission::ReadJournal as usize + 1, TABLE.len());
    }

    #[test]
    fn guest_may_file_but_reads_no_case() {
        let guest = Actor::guest(Language::Ru);
        assert!(allows(&guest, Permission::FileCase, &Subject::default()));
        let subject = Subject {
            owner: Some(somebody(1)),
            unit: Some(unit(1)),
        };
        assert!(matches!(
            require(&guest, Permission::ReadOwnCase, &subject),
            Err(Error::Unauthenticated)
        ));
        assert!(matches!(
            require(&guest, Permission::ReadUnitCases, &subject),
            Err(Error::Unauthenticated)
        ));
    }

    #[test]
    fn applicant_reads_own_case_and_no_other() {
        let anna = actor(somebody(1), &[(Role::Applicant, Scope::Own)]);
        assert!(allows(
            &anna,
            Permission::ReadOwnCase,
            &Subject::of(somebody(1))
        ));
        assert!(matches!(
            require(&anna, Permission::ReadOwnCase, &Subject::of(somebody(2))),
            Err(Error::Forbidden)
        ));
        assert!(!allows(&anna, Permission::ReadOwnCase, &Subject::default()));
        assert!(!allows(
            &anna,
            Permission::ReadUnitCases,
            &Subject::in_unit(unit(1))
        ));
    }

    #[test]
    fn specialist_works_in_own_unit_only_and_agrees_to_nothing() {
        let boris = actor(somebody(2), &[(Role::Specialist, Scope::Unit(unit(1)))]);
        assert!(allows(
            &boris,
            Permission::DraftAnswer,
            &Subject::in_unit(unit(1))
        ));
        assert!(!allows(
            &boris,
            Permission::DraftAnswer,
            &Subject::in_unit(unit(2))
        ));
        assert!(!allows(
            &boris,
            Permission::DraftAnswer,
            &Subject::default()
        ));
        assert!(!allows(
            &boris,
            Permission::AgreeAnswer,
            &Subject::in_unit(unit(1))
        ));
    }

    #[test]
    fn a_role_in_one_unit_does_not_spill_into_another() {
        let vera = actor(
            somebody(3),
            &[
                (Role::Head, Scope::Unit(unit(1))),
                (Role::Specialist, Scope::Unit(unit(2))),
            ],
        );
        assert!(allows(
            &vera,
            Permission::AgreeAnswer,
            &Subject::in_unit(unit(1))
        ));
        assert!(!allows(
            &vera,
            Permission::AgreeAnswer,
            &Subject::in_unit(unit(2))
        ));
        assert!(allows(
            &vera,
            Permission::DraftAnswer,
            &Subject::in_unit(unit(2))
        ));
    }

    #[test]
    fn operator_registers_for_others_and_reads_no_queue() {
        let olga = actor(somebody(6), &[(Role::Operator, Scope::Unit(unit(1)))]);
        assert!(allows_somewhere(&olga, Permission::FileOnBehalf));
        assert!(allows(
            &olga,
            Permission::HearCaller,
            &Subject::in_unit(unit(1))
        ));
        assert!(!allows(
            &olga,
            Permission::HearCaller,
            &Subject::in_unit(unit(2))
        ));
        assert!(!allows_somewhere(&olga, Permission::ReadUnitCases));
        let boris = actor(somebody(2), &[(Role::Specialist, Scope::Unit(unit(1)))]);
        assert!(!allows_somewhere(&boris, Permission::FileOnBehalf));
    }

    #[test]
    fn administrator_sees_no_case() {
        let galina = actor(somebody(4), &[(Role::Administrator, Scope::Installation)]);
        assert!(allows(
            &galina,
            Permission::ManageCatalog,
            &Subject::default()
        ));
        assert!(!allows(
            &galina,
            Permission::ReadUnitCases,
            &Subject::in_unit(unit(1))
        ));
    }

    #[test]
    fn administrator_of_one_unit_does_not_change_the_catalogue() {
        let dina = actor(somebody(5), &[(Role::Administrator, Scope::Unit(unit(1)))]);
        assert!(!allows(
            &dina,
            Permission::ManageCatalog,
            &Subject::in_unit(unit(1))
        ));
        assert!(allows(
            &dina,
            Permission::ManageUsers,
            &Subject::in_unit(unit(1))
        ));
        assert!(!allows(
            &dina,
            Permission::ManageUsers,
            &Subject::in_unit(unit(2))
        ));
    }

    #[test]
    fn menus_ask_before_there_is_a_subject() {
        let boris = actor(somebody(2), &[(Role::Specialist, Scope::Unit(unit(1)))]);
        assert!(allows_somewhere(&boris, Permission::ReadUnitCases));
        assert!(!allows_somewhere(&boris, Permission::ManageUsers));
        assert!(require_somewhere(&boris, Permission::ManageUsers).is_err());
    }

    #[test]
    fn the_printed_table_has_every_permission() {
        let page = markdown(str::to_owned);
        assert_eq!(page.lines().count(), TABLE.len() + 2);
        assert!(page.contains(
            "| `agree-answer` people-permission-agree-answer | – | – | – | – | unit | – |"
        ));
    }
}
