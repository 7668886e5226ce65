//! A second opinion on JSON Schema: just the keywords that forms are described with, written from
//! the specification (draft 2020-12) and knowing nothing of the validator. A keyword that it has
//! never heard of fails the test.

use jiff::civil::Date;
use serde_json::{Map, Value};

/// Whether `value` satisfies `schema`. `today` is what `x-okno-not-after: "today"` means.
pub(crate) fn accepts(schema: &Value, value: &Value, today: Date) -> bool {
    let rules = match schema {
        Value::Bool(all) => return *all,
        Value::Object(rules) => rules,
        other => panic!("{other} is no schema"),
    };
    rules
        .iter()
        .all(|(keyword, rule)| holds(rules, keyword, rule, value, today))
}

fn holds(
    rules: &Map<String, Value>,
    keyword: &str,
    rule: &Value,
    value: &Value,
    today: Date,
) -> bool {
    let text = value.as_str();
    let length = text.map(|text| text.chars().count() as u64);
    let object = value.as_object();
    let day = |text: &str| text.parse::<Date>().ok();
    match keyword {
        // Annotations; `then` is read with its `if`.
        "$schema" | "title" | "description" | "then" => true,
        "type" => match rule.as_str().expect("a type") {
            "object" => value.is_object(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "integer" => {
                value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|f| f.fract() == 0.0)
            }
            other => panic!("type {other}"),
        },
        "const" => value == rule,
        "enum" => rule.as_array().expect("a list").contains(value),
        "minLength" => length.is_none_or(|length| length >= rule.as_u64().expect("a number")),
        "maxLength" => length.is_none_or(|length| length <= rule.as_u64().expect("a number")),
        "minimum" => value
            .as_f64()
            .is_none_or(|f| f >= rule.as_f64().expect("a number")),
        "maximum" => value
            .as_f64()
            .is_none_or(|f| f <= rule.as_f64().expect("a number")),
        "pattern" => text.is_none_or(|text| matches(rule.as_str().expect("a pattern"), text)),
        "format" => match rule.as_str().expect("a format") {
            "date" => text.is_none_or(|text| day(text).is_some()),
            "email" => true,
            other => panic!("format {other}"),
        },
        "x-okno-check" => match rule.as_str().expect("a check") {
            "case-number" => text.is_none_or(|text| text.parse::<base::Number>().is_ok()),
            register => {
                let register = catalog::form::Registered::ALL
                    .into_iter()
                    .find(|known| known.code() == register)
                    .expect("a check");
                text.is_none_or(|text| register.holds(text))
            }
        },
        "x-okno-not-after" => text.and_then(day).is_none_or(|given| given <= today),
        "x-okno-not-before" => {
            let earliest = match rule.as_str().expect("a date") {
                "today" => today,
                date => day(date).expect("a date"),
            };
            text.and_then(day).is_none_or(|given| given >= earliest)
        }
        "properties" => object.is_none_or(|object| {
            rule.as_object()
                .expect("schemas")
                .iter()
                .all(|(name, inner)| {
                    object
                        .get(name)
                        .is_none_or(|value| accepts(inner, value, today))
                })
        }),
        "additionalProperties" => {
            assert_eq!(rule, &Value::Bool(false));
            let known = rules["properties"].as_object().expect("schemas");
            object.is_none_or(|object| object.keys().all(|name| known.contains_key(name)))
        }
        "required" => object.is_none_or(|object| {
            rule.as_array()
                .expect("names")
                .iter()
                .all(|name| object.contains_key(name.as_str().expect("a name")))
        }),
        "minItems" => value
            .as_array()
            .is_none_or(|list| list.len() as u64 >= rule.as_u64().expect("a number")),
        "maxItems" => value
            .as_array()
            .is_none_or(|list| list.len() as u64 <= rule.as_u64().expect("a number")),
        "items" => value
            .as_array()
            .is_none_or(|list| list.iter().all(|one| accepts(rule, one, today))),
        "maxProperties" => {
            object.is_none_or(|object| object.len() as u64 <= rule.as_u64().expect("a number"))
        }
        "allOf" => rule
            .as_array()
            .expect("schemas")
            .iter()
            .all(|inner| accepts(inner, value, today)),
        "anyOf" => rule
            .as_array()
            .expect("schemas")
            .iter()
            .any(|inner| accepts(inner, value, today)),
        "if" => !accepts(rule, value, today) || accepts(&rules["then"], value, today),
        other => panic!("the keyword {other} is not known here"),
    }
}

/// One atom of a pattern with how often it may come.
struct Atom {
    what: What,
    least: usize,
    most: usize,
}

enum What {
    Group(Vec<Atom>),
    Class { not: bool, members: Vec<Member> },
}

enum Member {
    Range(char, char),
    Letter,
    Digit,
    White,
}

/// Whether the whole of `text` matches a pattern of atoms, classes, groups and counts, anchored
/// at both ends: all that forms use.
fn matches(pattern: &str, text: &str) -> bool {
    let inner = pattern
        .strip_prefix('^')
        .and_then(|rest| rest.strip_suffix('$'))
        .expect("an anchored pattern");
    let mut rest: Vec<char> = inner.chars().rev().collect();
    let atoms = sequence(&mut rest);
    let text: Vec<char> = text.chars().collect();
    run(&atoms, &text, vec![0]).contains(&text.len())
}

fn sequence(rest: &mut Vec<char>) -> Vec<Atom> {
    let mut atoms = Vec::new();
    while let Some(c) = rest.pop() {
        let what = match c {
            ')' => break,
            '(' => {
                assert_eq!((rest.pop(), rest.pop()), (Some('?'), Some(':')));
                What::Group(sequence(rest))
            }
            '[' => class(rest),
            '\\' => What::Class {
                not: false,
                members: vec![escape(rest)],
            },
            other => What::Class {
                not: false,
                members: vec![Member::Range(other, other)],
            },
        };
        let (least, most) = count(rest);
        atoms.push(Atom { what, least, most });
    }
    atoms
}

fn escape(rest: &mut Vec<char>) -> Member {
    match rest.pop().expect("an escaped character") {
        's' => Member::White,
        'p' => {
            let name: String = (0..3).filter_map(|_| rest.pop()).collect();
            match name.as_str() {
                "{L}" => Member::Letter,
                "{N}" => Member::Digit,
                other => panic!("class {other}"),
            }
        }
        other => Member::Range(other, other),
    }
}

fn class(rest: &mut Vec<char>) -> What {
    let not = rest.last() == Some(&'^');
    if not {
        rest.pop();
    }
    let mut members = Vec::new();
    while let Some(c) = rest.pop() {
        match c {
            ']' => break,
            '\\' => members.push(escape(rest)),
            from if rest.last() == Some(&'-') && rest.get(rest.len() - 2) != Some(&']') => {
                rest.pop();
                members.push(Member::Range(from, rest.pop().expect("the end of a range")));
            }
            one => members.push(Member::Range(one, one)),
        }
    }
    What::Class { not, members }
}

fn count(rest: &mut Vec<char>) -> (usize, usize) {
    let found = match rest.last() {
        Some('?') => (0, 1),
        Some('*') => (0, usize::MAX),
        Some('+') => (1, usize::MAX),
        Some('{') => {
            rest.pop();
            let mut inside = String::new();
            while let Some(c) = rest.pop().filter(|c| *c != '}') {
                inside.push(c);
            }
            let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
            return (
                least.parse().expect("a number"),
                most.parse().expect("a number"),
            );
        }
        _ => return (1, 1),
    };
    rest.pop();
    found
}

/// The places in `text` where the atoms can end when they begin at one of `at`.
fn run(atoms: &[Atom], text: &[char], mut at: Vec<usize>) -> Vec<usize> {
    for atom in atoms {
        let mut ends = if atom.least == 0 {
            at.clone()
        } else {
            Vec::new()
        };
        let mut here = at;
        let mut times = 0;
        while times < atom.most && !here.is_empty() {
            let mut next: Vec<usize> = match &atom.what {
                What::Group(inner) => run(inner, text, here.clone()),
                What::Class { not, members } => here
                    .iter()
                    .filter(|at| text.get(**at).is_some_and(|c| is_in(*c, members) != *not))
                    .map(|at| at + 1)
                    .collect(),
            };
            next.sort_unstable();
            next.dedup();
            times += 1;
            if times >= atom.least {
                let before = ends.len();
                ends.extend(next.iter().copied());
                ends.sort_unstable();
                ends.dedup();
                if ends.len() == before && times > atom.least {
                    break;
                }
            }
            here = next;
        }
        at = ends;
    }
    at
}

fn is_in(c: char, members: &[Member]) -> bool {
    members.iter().any(|member| match member {
        Member::Range(from, to) => (*from..=*to).contains(&c),
        Member::Letter => c.is_alphabetic(),
        Member::Digit => c.is_numeric(),
        Member::White => c.is_whitespace(),
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn the_second_opinion_reads_patterns() {
        assert!(matches(r"^[0-9]{4}-[0-9]{2}$", "2026-11"));
        assert!(!matches(r"^[0-9]{4}-[0-9]{2}$", "2026-1"));
        assert!(matches(
            r"^\+?(?:[ ()-]*[0-9]){5,15}[ ()-]*$",
            "+7 (900) 123-45-67"
        ));
        assert!(!matches(r"^\+?(?:[ ()-]*[0-9]){5,15}[ ()-]*$", "1234"));
        assert!(matches(r"^(?:a[\p{L}-]*\.)+b$", "aж-.a.b"));
        assert!(!matches(r"^(?:a[\p{L}-]*\.)+b$", "b"));
    }
}
