//! How people, units and territories stand in an exchange with other systems.

use base::Result;
use base::id::AccountId;
use store::forms::{Column, Form};
use store::{Db, args};

use super::{
    ACCOUNT, ACCOUNT_CONFIRMED, CONSENT, CONSENT_TEXT, GRANT_ROLE, PERSON, TERRITORY, UNIT,
    UNIT_DETAIL, UNIT_TERRITORY,
};

const NAME: usize = 300;
const CODE: usize = 100;
const WORDS: usize = 4_000;

/// Territories.
pub const TERRITORIES: Form = Form {
    table: &TERRITORY,
    name: "territories",
    columns: &[
        Column::id("id"),
        Column::of("parent_id", "territory")
            .told("parent")
            .or_none(),
        Column::text("code", CODE),
        Column::text("name_ru", NAME),
        Column::text("name_en", NAME),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// Agencies and their units.
pub const UNITS: Form = Form {
    table: &UNIT,
    name: "units",
    columns: &[
        Column::id("id"),
        Column::of("parent_id", "unit").told("parent").or_none(),
        Column::code("kind", &["agency", "unit"]),
        Column::text("code", CODE),
        Column::text("name_ru", NAME),
        Column::text("name_en", NAME),
        Column::code("state", &["active", "closed"]),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// Territories of a unit.
pub const UNIT_TERRITORIES: Form = Form {
    table: &UNIT_TERRITORY,
    name: "territories",
    columns: &[
        Column::own("unit_id"),
        Column::of("territory_id", "territory").told("territory"),
    ],
    order: "territory_id",
    only: "",
    personal: false,
};

/// How a unit is reached and what stands on its letters.
pub const UNIT_DETAILS: Form = Form {
    table: &UNIT_DETAIL,
    name: "details",
    columns: &[
        Column::own("unit_id"),
        Column::text("address", WORDS),
        Column::text("phone", WORDS),
        Column::text("email", WORDS),
        Column::text("hours", WORDS),
        Column::text("letter_head", WORDS),
        Column::text("letter_foot", WORDS),
        Column::text("site", WORDS).or_none(),
        Column::text("letter_head_en", WORDS).or_none(),
        Column::text("letter_foot_en", WORDS).or_none(),
        Column::bytes("letter_mark", 1 << 20).or_none(),
    ],
    order: "unit_id",
    only: "",
    personal: false,
};

/// Texts that people agreed to.
pub const CONSENT_TEXTS: Form = Form {
    table: &CONSENT_TEXT,
    name: "consent_texts",
    columns: &[
        Column::id("id"),
        Column::text("kind", CODE),
        Column::text("version", CODE),
        Column::text("language", 10),
        Column::text("text", 100_000),
        Column::moment("since"),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// People, staff and applicants.
pub const PERSONS: Form = Form {
    table: &PERSON,
    name: "persons",
    columns: &[
        Column::id("id"),
        Column::own("data_key_id"),
        Column::sealed("name", "name"),
        Column::sealed("contacts", "contacts"),
        Column::moment("created_at"),
    ],
    order: "id",
    only: "",
    personal: true,
};

/// The account of a person. Passwords, second factors and recovery codes are never told.
pub const ACCOUNTS: Form = Form {
    table: &ACCOUNT,
    name: "accounts",
    columns: &[
        Column::id("id"),
        Column::own("person_id"),
        Column::own("email_blind"),
        Column::own("password_hash"),
        Column::code("state", &["active", "closed"]),
        Column::moment("created_at"),
    ],
    order: "id",
    only: "",
    personal: true,
};

/// The roles of an account.
pub const GRANTS: Form = Form {
    table: &GRANT_ROLE,
    name: "roles",
    columns: &[
        Column::id("id"),
        Column::own("account_id"),
        Column::code(
            "role",
            &[
                "applicant",
                "operator",
                "specialist",
                "head",
                "administrator",
            ],
        ),
        Column::code("scope", &["own", "unit", "installation"]),
        Column::of("unit_id", "unit").told("unit").or_none(),
        Column::text("post", NAME).or_none(),
    ],
    order: "id",
    only: "",
    personal: true,
};

/// That the present e-mail of an account is its owner's.
pub const CONFIRMED: Form = Form {
    table: &ACCOUNT_CONFIRMED,
    name: "confirmed",
    columns: &[
        Column::own("account_id"),
        Column::own("email_blind"),
        Column::moment("confirmed_at"),
    ],
    order: "account_id",
    only: "EXISTS (SELECT 1 FROM account a WHERE a.id = account_confirmed.account_id \
           AND a.email_blind = account_confirmed.email_blind)",
    personal: true,
};

/// What a person agreed to.
pub const CONSENTS: Form = Form {
    table: &CONSENT,
    name: "consents",
    columns: &[
        Column::id("id"),
        Column::own("person_id"),
        Column::id("text_id").told("text"),
        Column::moment("given_at"),
        Column::moment("withdrawn_at").or_none(),
    ],
    order: "id",
    only: "",
    personal: true,
};

const IS_ADMINISTRATOR: &str = "SELECT 1 FROM grant_role WHERE account_id = $1 AND role = 'administrator' AND scope = 'installation' LIMIT 1";

/// Whether an account has the role of an administrator of everything.
pub(crate) fn exchange_is_administrator(db: &mut Db<'_>, account: AccountId) -> Result<bool> {
    let found = db.first(IS_ADMINISTRATOR, args![account], |_| Ok(()))?;
    Ok(found.is_some())
}
