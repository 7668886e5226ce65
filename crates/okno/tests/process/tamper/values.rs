//! Values of any column, as literals and a little different, for edits by raw SQL.

use crate::support::Dice;

/// A value, as texts of this test carry it, as a literal.
pub(super) fn literal(value: Option<&str>, kind: &str) -> String {
    match (value, kind) {
        (None, _) => "NULL".to_owned(),
        (Some(hex), "blob") => format!("X'{hex}'"),
        (Some(text), "text" | "uuid" | "bytea" | "xid8" | "json" | "jsonb") => {
            format!("'{}'", text.replace('\'', "''"))
        }
        (Some(number), _) => number.to_owned(),
    }
}

/// Another value of the same kind.
pub(super) fn changed(value: Option<&str>, kind: &str, dice: &mut Dice) -> Option<String> {
    let Some(value) = value else {
        return Some(match kind {
            "blob" => "01".to_owned(),
            "bytea" => "\\x01".to_owned(),
            "uuid" => "00000000-0000-7000-8000-000000000000".to_owned(),
            "text" => "x".to_owned(),
            _ => "1".to_owned(),
        });
    };
    match kind {
        "blob" => Some(hex_changed(value, "", dice)),
        "bytea" => Some(hex_changed(value.trim_start_matches("\\x"), "\\x", dice)),
        "uuid" => {
            let at = *dice.pick(&[0, 5, 20, 35]);
            let other = if value.as_bytes()[at] == b'a' {
                "b"
            } else {
                "a"
            };
            Some(format!("{}{other}{}", &value[..at], &value[at + 1..]))
        }
        "text" | "json" | "jsonb" => Some(text_changed(value, dice)),
        _ => {
            let number: i64 = value.parse().ok()?;
            let by = 1 + i64::try_from(dice.roll() % 1000).unwrap();
            Some(
                if dice.one_in(2) {
                    number + 1
                } else {
                    number - by
                }
                .to_string(),
            )
        }
    }
}

fn hex_changed(hex: &str, before: &str, dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("{before}{hex}00"),
        1 if hex.len() >= 2 => format!("{before}{}", &hex[..hex.len() - 2]),
        _ if hex.is_empty() => format!("{before}01"),
        _ => {
            let at = dice.below(hex.len());
            let other = if hex.as_bytes()[at] == b'a' { "b" } else { "a" };
            format!("{before}{}{other}{}", &hex[..at], &hex[at + 1..])
        }
    }
}

fn text_changed(text: &str, dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => format!("{text}."),
        1 => text.chars().skip(1).collect(),
        _ => {
            let place = dice.below(text.chars().count().max(1));
            let other = |(at, c)| {
                if at == place {
                    if c == 'x' { 'y' } else { 'x' }
                } else {
                    c
                }
            };
            text.chars().enumerate().map(other).collect()
        }
    }
}
