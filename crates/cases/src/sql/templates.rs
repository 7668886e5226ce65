//! Templates of answers.

use base::Result;
use base::id::UnitId;
use store::{Arg, Db, Row, Table, ToArg, Tx, args};
use uuid::Uuid;

use super::course::broken;
use super::lists::push_in;
use crate::model::Outcome;
use crate::templates::AnswerTemplate;

/// Templates of answers.
pub(crate) const ANSWER_TEMPLATE: Table = Table {
    name: "answer_template",
    key: &["id"],
};

/// The most templates that one case is offered, those of the units above its own among them.
const MOST_OFFERED: i64 = 1_000;

const TEMPLATE_COLUMNS: &str = "id, unit_id, name, outcome, text, made_at, changed_at, archived_at";

fn template_row(row: &Row<'_>) -> Result<AnswerTemplate> {
    let outcome = match row.get::<Option<String>>(3)? {
        Some(code) => Some(Outcome::from_code(&code).ok_or_else(|| broken("answer_template"))?),
        None => None,
    };
    Ok(AnswerTemplate {
        id: row.get(0)?,
        unit: row.get(1)?,
        name: row.get(2)?,
        outcome,
        text: row.get(4)?,
        made_at: row.get(5)?,
        changed_at: row.get(6)?,
        archived_at: row.get(7)?,
    })
}

/// Writes a template down, anew or as it now stands.
pub(crate) fn put_answer_template(tx: &mut Tx<'_>, template: &AnswerTemplate) -> Result<()> {
    tx.write(
        &ANSWER_TEMPLATE,
        "INSERT INTO answer_template (id, unit_id, name, outcome, text, made_at, changed_at, archived_at) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT (id) DO UPDATE SET name = excluded.name, \
         outcome = excluded.outcome, text = excluded.text, changed_at = excluded.changed_at, \
         archived_at = excluded.archived_at",
        args![
            template.id,
            template.unit,
            template.name,
            template.outcome.map(Outcome::code),
            template.text,
            template.made_at,
            template.changed_at,
            template.archived_at
        ],
    )?;
    Ok(())
}

pub(crate) fn answer_template(db: &mut Db<'_>, id: Uuid) -> Result<Option<AnswerTemplate>> {
    let sql = format!("SELECT {TEMPLATE_COLUMNS} FROM answer_template WHERE id = $1");
    db.first(&sql, args![id], template_row)
}

/// Templates in the order in which they were made, those put aside too; of these units, or of all.
pub(crate) fn answer_templates(
    db: &mut Db<'_>,
    units: Option<&[UnitId]>,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<AnswerTemplate>> {
    let after = after.unwrap_or_default();
    let mut args: Vec<Arg<'_>> = vec![after.to_arg(), limit.to_arg()];
    let mut sql = format!("SELECT {TEMPLATE_COLUMNS} FROM answer_template WHERE id > $1");
    if let Some(units) = units {
        push_in(&mut sql, "unit_id", units.len(), args.len());
        args.extend(units.iter().map(ToArg::to_arg));
    }
    sql.push_str(" ORDER BY id LIMIT $2");
    db.query(&sql, &args, template_row)
}

/// The templates that units offer: those that nobody has put aside.
pub(crate) fn templates_offered(db: &mut Db<'_>, units: &[UnitId]) -> Result<Vec<AnswerTemplate>> {
    let mut args: Vec<Arg<'_>> = vec![MOST_OFFERED.to_arg()];
    let mut sql =
        format!("SELECT {TEMPLATE_COLUMNS} FROM answer_template WHERE archived_at IS NULL");
    push_in(&mut sql, "unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" ORDER BY id LIMIT $1");
    db.query(&sql, &args, template_row)
}
