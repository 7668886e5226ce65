//! Makes the texts of the data such that the fonts can show them. A paper for the archive may hold
//! no sign without a shape, and a letter must be printed whatever signs people put into it.

use serde_json::Value;
use typst::text::Font;

/// Stands for a sign that no font has.
const UNKNOWN: char = '\u{25A1}';

/// Changes every text inside `data`, the names of fields apart.
pub(crate) fn make(data: &mut Value, fonts: &[Font]) {
    match data {
        Value::String(text) => {
            let unknown = if shown(UNKNOWN, fonts) { UNKNOWN } else { '?' };
            *text = text
                .chars()
                .filter_map(|sign| sign_for(sign, unknown, fonts))
                .collect();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make(item, fonts)),
        Value::Object(fields) => fields.values_mut().for_each(|value| make(value, fonts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn sign_for(sign: char, unknown: char, fonts: &[Font]) -> Option<char> {
    match sign {
        '\n' | '\u{A0}' | '\u{AD}' => Some(sign),
        '\u{2010}' | '\u{2011}' => Some('-'),
        // Signs that turn or join their neighbours have no shape and can hide what is written.
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => None,
        sign if sign.is_whitespace() => Some(' '),
        sign if sign.is_control() => None,
        sign if shown(sign, fonts) && !is_private(sign) => Some(sign),
        _ => Some(unknown),
    }
}

/// Whether every font has a shape for it.
fn shown(sign: char, fonts: &[Font]) -> bool {
    fonts
        .iter()
        .all(|font| font.info().coverage.contains(u32::from(sign)))
}

/// Signs whose meaning is not agreed upon; the archive's format refuses them.
fn is_private(sign: char) -> bool {
    matches!(u32::from(sign), 0xE000..=0xF8FF | 0xF_0000..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn made(mut data: Value) -> Value {
        make(&mut data, &crate::fonts::all());
        data
    }

    #[test]
    fn what_people_write_in_russian_stays_as_it_is() {
        let text = "Ответ № 5 — «по существу», 1 200 ₽; ёж, ЪЫ: §7…";
        assert_eq!(made(json!({"a": [text]})), json!({"a": [text]}));
    }

    #[test]
    fn a_sign_without_a_shape_is_shown_as_an_unknown_one() {
        assert!(
            !made(json!("дом 🏠 好"))
                .as_str()
                .unwrap()
                .contains(['🏠', '好'])
        );
        assert_eq!(made(json!("а\u{202E}б\u{7}в\u{2009}г")), json!("абв г"));
    }
}
