//! Rules of the house that a reader would otherwise have to watch over: no words for people in the
//! code, and colours that can be read in every theme.

use std::collections::HashMap;
use std::path::Path;

#[test]
fn words_for_people_stand_in_the_word_files_alone() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = std::fs::read_dir(&source)
        .unwrap()
        .chain(std::fs::read_dir(source.join("api")).unwrap());
    for entry in files {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in code.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            let cyrillic = line.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
            assert!(
                is_comment || !cyrillic,
                "{}:{} holds words for people",
                path.display(),
                number + 1
            );
        }
    }
}

#[test]
fn words_in_templates_stand_in_the_word_files_alone() {
    for template in [
        include_str!("../templates/layout.html"),
        include_str!("../templates/error.html"),
        include_str!("../templates/parts.html"),
    ] {
        assert!(
            !template
                .chars()
                .any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
        );
    }
}

type Colours = HashMap<String, [f64; 3]>;

/// Relative luminance (WCAG 2.2).
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|c| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn colour(text: &str) -> Option<[f64; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    let long = match digits.len() {
        3 => digits.chars().flat_map(|c| [c, c]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let part = |at: usize| Some(f64::from(u8::from_str_radix(&long[at..at + 2], 16).ok()?) / 255.0);
    Some([part(0)?, part(2)?, part(4)?])
}

/// The tokens of the rule that begins with `selector`; `which` chooses of a pair.
fn tokens(sheet: &str, selector: &str, which: usize) -> Colours {
    let (_, rest) = sheet.split_once(selector).expect("the sheet has the rule");
    let (rule, _) = rest.split_once('}').expect("the rule ends");
    rule.split(';')
        .filter_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            let value = value.trim();
            let text = match value.strip_prefix("light-dark(") {
                Some(pair) => pair.trim_end_matches(')').split(',').nth(which)?,
                None => value,
            };
            Some((name.trim().to_owned(), colour(text)?))
        })
        .collect()
}

#[test]
fn every_pair_of_colours_can_be_read() {
    let sheet = include_str!("../assets/style.css");
    let themed = "@supports (color:light-dark(#000,#fff)){:root{";
    for (theme, colours) in [
        ("old browsers", tokens(sheet, ":root{", 0)),
        ("light", tokens(sheet, themed, 0)),
        ("dark", tokens(sheet, themed, 1)),
    ] {
        for (ink, papers, least) in [
            (
                "--ink",
                "--paper --ground --accent-l --good-l --warn-l --bad-l",
                4.5,
            ),
            ("--ink2", "--paper --ground --calm-l --accent-l", 4.5),
            (
                "--accent",
                "--paper --ground --accent-l --warn-l --good-l",
                4.5,
            ),
            ("--accent-d", "--paper --ground --accent-l", 4.5),
            ("--on-accent", "--accent --accent-d", 4.5),
            ("--good-d", "--good-l --paper", 4.5),
            ("--warn-d", "--warn-l --paper --ground", 4.5),
            ("--bad-d", "--bad-l --paper", 4.5),
            ("--bad", "--paper --ground --bad-l", 4.5),
            // Edges of controls and bars: WCAG 1.4.11.
            ("--edge", "--paper --ground", 3.0),
            ("--good", "--paper --ground", 3.0),
            ("--warn", "--paper --ground", 3.0),
        ] {
            for paper in papers.split(' ') {
                let ratio = contrast(colours[ink], colours[paper]);
                assert!(
                    ratio >= least,
                    "{theme}: {ink} on {paper} is {ratio:.2}, needs {least}"
                );
            }
        }
    }
}

/// The version for those who see badly has two colours in each scheme, and everything is told in
/// them: WCAG 2.2 level AAA asks for 7.
#[test]
fn every_scheme_for_poor_eyesight_is_of_the_highest_contrast() {
    let sheet = include_str!("../assets/style.css");
    let scheme = web::access::KNOBS
        .iter()
        .find(|knob| knob.name == "scheme")
        .unwrap();
    for name in scheme.values {
        let colours = tokens(sheet, &format!(".scheme-{name}{{"), 0);
        let ratio = contrast(colours["--a"], colours["--b"]);
        assert!(ratio >= 7.0, "{name} is {ratio:.2}");
    }
    let (_, rule) = sheet
        .split_once(":root[data-look=large]{color-scheme:light;")
        .unwrap();
    let (rule, _) = rule.split_once('}').unwrap();
    let usual = tokens(sheet, ":root{", 0);
    for token in usual.keys() {
        let told = rule.split(';').any(|declaration| {
            declaration == format!("{token}:var(--a)") || declaration == format!("{token}:var(--b)")
        });
        assert!(told, "{token} keeps its usual colour in large print");
    }
}
