//! Staff as programs send and are told of them: accounts with their roles, an invitation, ways in.

use base::{Grant, Role, Scope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::former::Former;
use crate::model::masked_email;
use crate::staffing::Card;
use crate::trees::Units;

/// A role of somebody who works for an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StaffRole {
    Operator,
    Specialist,
    Head,
    Administrator,
}

impl StaffRole {
    /// The role; none for whoever only applies.
    const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Applicant => None,
            Role::Operator => Some(Self::Operator),
            Role::Specialist => Some(Self::Specialist),
            Role::Head => Some(Self::Head),
            Role::Administrator => Some(Self::Administrator),
        }
    }

    pub(super) const fn role(self) -> Role {
        match self {
            Self::Operator => Role::Operator,
            Self::Specialist => Role::Specialist,
            Self::Head => Role::Head,
            Self::Administrator => Role::Administrator,
        }
    }
}

/// A role that somebody has.
#[derive(Serialize, ToSchema)]
pub(super) struct GivenRole {
    /// By this it is taken away.
    pub(super) id: Uuid,
    pub(super) role: StaffRole,
    /// Code of the unit; absent for the whole installation.
    #[schema(nullable = false, example = "roads")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<String>,
    /// What they are there; it stands under answers that they sign. Only told of one account.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) post: Option<String>,
}

/// Whether somebody can sign in.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AccountState {
    Active,
    Blocked,
}

/// Somebody who works for an authority.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffMember)]
pub(super) struct StaffBody {
    pub(super) account: Uuid,
    pub(super) last_name: String,
    pub(super) first_name: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) middle_name: Option<String>,
    /// Masked when they have no role.
    pub(super) email: String,
    /// The e-mail that an administrator gave and its owner has not confirmed yet. Only told of one account.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new_email: Option<String>,
    pub(super) state: AccountState,
    /// Whether they have a second factor.
    pub(super) second_factor: bool,
    pub(super) roles: Vec<GivenRole>,
}

impl StaffBody {
    pub(super) fn of(card: Card, all: &Units) -> Self {
        let given = |id: &Uuid, grant: &Grant| {
            let unit = match grant.scope {
                Scope::Unit(unit) => all.unit(unit).map(|unit| unit.code.clone()),
                Scope::Own | Scope::Installation => None,
            };
            Some(GivenRole {
                id: *id,
                role: StaffRole::of(grant.role)?,
                unit,
                post: Some(card.post(id)).filter(|post| !post.is_empty()),
            })
        };
        let grants = card.grants.iter();
        let roles = grants.filter_map(|(id, grant)| given(id, grant)).collect();
        let email = if card.is_staff() {
            card.email
        } else {
            masked_email(&card.email)
        };
        Self {
            account: card.account.0,
            roles,
            new_email: card.new_email,
            last_name: card.name.last,
            first_name: card.name.first,
            middle_name: card.name.middle,
            email,
            state: if card.active {
                AccountState::Active
            } else {
                AccountState::Blocked
            },
            second_factor: card.second_factor,
        }
    }
}

/// Somebody to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Invitation)]
pub(super) struct InvitationBody {
    #[schema(min_length = 1, max_length = 100, example = "Kovalyov")]
    pub(super) last_name: String,
    #[schema(min_length = 1, max_length = 100, example = "Boris")]
    pub(super) first_name: String,
    #[schema(max_length = 100)]
    pub(super) middle_name: Option<String>,
    #[schema(max_length = 254, format = "email", example = "boris@example.org")]
    pub(super) email: String,
    pub(super) role: StaffRole,
    /// Code of the unit. Only an administrator of the whole installation has none.
    #[schema(max_length = 64, example = "roads")]
    pub(super) unit: Option<String>,
    /// What they are there; it stands under answers that they sign.
    #[schema(max_length = 200)]
    #[serde(default)]
    pub(super) post: String,
}

/// How somebody gets in.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum WayCode {
    Letter,
    Link,
}

/// Somebody who was invited.
#[derive(Serialize, ToSchema)]
#[schema(as = Invited)]
pub(super) struct InvitedBody {
    /// Whether a letter is on its way, or the link below is to be handed over.
    pub(super) way: WayCode,
    /// The link, told this once.
    #[schema(nullable = false, format = "uri")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) link: Option<String>,
    pub(super) person: StaffBody,
}

/// A role to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RoleWish)]
pub(super) struct RoleBody {
    pub(super) role: StaffRole,
    /// Code of the unit. Only an administrator of the whole installation has none.
    #[schema(max_length = 64, example = "roads")]
    pub(super) unit: Option<String>,
    /// What they are there.
    #[schema(max_length = 200)]
    #[serde(default)]
    pub(super) post: String,
}

/// What somebody is in a role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PostWish)]
pub(super) struct PostBody {
    /// Nothing takes the post away.
    #[schema(max_length = 200)]
    pub(super) post: String,
}

/// An e-mail to look for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StaffSearch)]
pub(super) struct SearchBody {
    #[schema(max_length = 254, format = "email", example = "boris@example.org")]
    pub(super) email: String,
}

/// The administrator's own password, asked for again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OwnPassword)]
pub(super) struct CurrentBody {
    /// The password of whoever asks.
    #[schema(min_length = 1, max_length = 1000, format = "password")]
    pub(super) current: String,
}

/// A way in.
#[derive(Serialize, ToSchema)]
#[schema(as = OneTimeLink)]
pub(super) struct LinkBody {
    /// Good once; told this once.
    #[schema(format = "uri")]
    pub(super) link: String,
}

/// Somebody who once worked for an authority and has no role now.
#[derive(Serialize, ToSchema)]
#[schema(as = FormerStaffMember)]
pub(super) struct FormerBody {
    pub(super) account: Uuid,
    /// Last name and initials.
    pub(super) name: String,
    /// Masked.
    pub(super) email: String,
    pub(super) state: AccountState,
    /// When the last role was taken.
    #[schema(format = "date-time")]
    pub(super) role_taken_at: String,
}

impl FormerBody {
    pub(super) fn of(former: &Former) -> Self {
        Self {
            account: former.account.0,
            name: former.name.initials(),
            email: former.email.clone(),
            state: if former.active {
                AccountState::Active
            } else {
                AccountState::Blocked
            },
            role_taken_at: former.since.rfc3339(),
        }
    }
}

/// A name to put in the place of a colleague's.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NameCorrection)]
#[expect(
    clippy::struct_field_names,
    reason = "the names that a person has in every other body"
)]
pub(super) struct NameWish {
    #[schema(min_length = 1, max_length = 100)]
    pub(super) last_name: String,
    #[schema(min_length = 1, max_length = 100)]
    pub(super) first_name: String,
    #[schema(max_length = 100)]
    pub(super) middle_name: Option<String>,
}

/// An e-mail to put in the place of a colleague's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailCorrection)]
pub(super) struct EmailWish {
    #[schema(max_length = 254, format = "email")]
    pub(super) email: String,
    /// The password of whoever asks.
    #[schema(min_length = 1, max_length = 1000, format = "password")]
    pub(super) current: String,
}

/// How the owner of a new e-mail confirms it.
#[derive(Serialize, ToSchema)]
#[schema(as = EmailConfirmation)]
pub(super) struct CorrectedBody {
    /// Whether a letter is on its way, or the link below is to be handed over.
    pub(super) way: WayCode,
    /// The link, told this once.
    #[schema(nullable = false, format = "uri")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) link: Option<String>,
    pub(super) person: StaffBody,
}
