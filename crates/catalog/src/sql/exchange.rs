//! How services, subjects, routes and posts stand in an exchange with other systems.

use base::Result;
use store::Tx;
use store::forms::{Column, Form};

use super::{
    CATEGORY, CATEGORY_PROCESSING, DECISION_RULES, OFFICIAL, ROUTE_RULE, SERVICE, SERVICE_ORIGIN,
    SERVICE_VERSION,
};
use crate::decisions::MOST_BYTES;

const NAME: usize = 300;
const CODE: usize = 100;
const WORDS: usize = 4_000;
const POSITIONS: i64 = 1 << 31;
const DEFINITION: usize = 4 << 20;

/// Subjects.
pub const CATEGORIES: Form = Form {
    table: &CATEGORY,
    name: "categories",
    columns: &[
        Column::id("id"),
        Column::of("parent_id", "category").told("parent").or_none(),
        Column::text("code", CODE),
        Column::number("position", 0, POSITIONS - 1),
        Column::text("name_ru", NAME),
        Column::text("name_en", NAME),
        Column::code("state", &["active", "closed"]),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// How cases of a subject are handled.
pub const PROCESSING: Form = Form {
    table: &CATEGORY_PROCESSING,
    name: "processing",
    columns: &[
        Column::own("category_id"),
        Column::flag("offered"),
        Column::of("service_id", "service")
            .told("service")
            .or_none(),
        Column::of("unit_id", "unit").told("unit").or_none(),
        Column::code("priority", &["low", "usual", "high", "urgent"]).or_none(),
        Column::json("terms", 100_000),
    ],
    order: "category_id",
    only: "",
    personal: false,
};

/// Services as they are in force.
pub const SERVICES: Form = Form {
    table: &SERVICE,
    name: "services",
    columns: &[
        Column::id("id"),
        Column::text("code", CODE),
        Column::number("version", 1, POSITIONS - 1),
        Column::code("state", &["public", "suspended"]),
        Column::json("definition", DEFINITION),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// Every version of a service that was ever in force.
pub const VERSIONS: Form = Form {
    table: &SERVICE_VERSION,
    name: "versions",
    columns: &[
        Column::own("service_id"),
        Column::number("version", 1, POSITIONS - 1),
        Column::json("definition", DEFINITION),
    ],
    order: "version",
    only: "",
    personal: false,
};

/// Which version of what comes with the product each version is.
pub const ORIGINS: Form = Form {
    table: &SERVICE_ORIGIN,
    name: "origins",
    columns: &[
        Column::own("service_id"),
        Column::number("version", 1, POSITIONS - 1),
        Column::number("shipped", 1, POSITIONS - 1).or_none(),
    ],
    order: "version",
    only: "",
    personal: false,
};

/// Versions of the rules by which cases of a service are decided.
pub const RULES: Form = Form {
    table: &DECISION_RULES,
    name: "decision_rules",
    columns: &[
        Column::id("id"),
        Column::of("service_id", "service").told("service"),
        Column::number("version", 1, POSITIONS - 1),
        Column::code("state", &["draft", "proposed", "approved", "withdrawn"]),
        Column::text("text", MOST_BYTES),
        Column::number("shipped", 1, POSITIONS - 1).or_none(),
        Column::id("written_by").or_none(),
        Column::moment("written_at"),
        Column::of("unit_id", "unit").told("unit").or_none(),
        Column::day("valid_from").or_none(),
        Column::id("proposed_by").or_none(),
        Column::moment("proposed_at").or_none(),
        Column::id("approved_by").or_none(),
        Column::moment("approved_at").or_none(),
        Column::id("withdrawn_by").or_none(),
        Column::moment("withdrawn_at").or_none(),
        Column::day("withdrawn_on").or_none(),
        Column::text("reason", WORDS).or_none(),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// Which unit gets a case.
pub const ROUTES: Form = Form {
    table: &ROUTE_RULE,
    name: "routes",
    columns: &[
        Column::id("id"),
        Column::number("position", 0, i64::MAX),
        Column::of("category_id", "category")
            .told("category")
            .or_none(),
        Column::of("territory_id", "territory")
            .told("territory")
            .or_none(),
        Column::of("service_id", "service")
            .told("service")
            .or_none(),
        Column::of("unit_id", "unit").told("unit"),
        Column::text("reason_ru", WORDS),
        Column::text("reason_en", WORDS),
        Column::flag("valid"),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// Posts and their holders, to whom people can write.
pub const OFFICIALS: Form = Form {
    table: &OFFICIAL,
    name: "officials",
    columns: &[
        Column::id("id"),
        Column::text("code", CODE),
        Column::of("unit_id", "unit").told("unit"),
        Column::number("position", 0, POSITIONS - 1),
        Column::text("post_ru", NAME),
        Column::text("post_en", NAME),
        Column::text("holder_ru", NAME),
        Column::text("holder_en", NAME),
        Column::code("state", &["active", "closed"]),
    ],
    order: "id",
    only: "",
    personal: false,
};

/// Counts one more route, within the bound on them.
pub(crate) fn grew_routes(tx: &mut Tx<'_>) -> Result<()> {
    super::grow(tx, super::GROW_RULES, super::MOST_RULES)
}

/// Counts one more subject, within the bound on them.
pub(crate) fn grew_categories(tx: &mut Tx<'_>) -> Result<()> {
    super::grow(tx, super::GROW_CATEGORIES, super::MOST)
}
