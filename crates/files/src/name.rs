//! Names of files: shown to people and given back as the name of a download, and nothing else; a
//! file is never kept under its name.

use crate::Kind;

/// The most letters of a name before its ending.
const MOST: usize = 100;

/// The name as it may be shown: without folders, control signs and signs that turn the direction
/// of writing, of bearable length, ending as the content does whatever it ended with.
pub fn clean_name(name: &str, kind: Kind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last
        .chars()
        .take(4 * MOST)
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .map(|c| if "<>:\"|?*".contains(c) { ' ' } else { c })
        .collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut stem = line.trim_matches(['.', ' ']);
    // «фото.jpg.exe» ends in more than one ending; all of them go.
    while let Some((before, ending)) = stem.rsplit_once('.')
        && is_ending(ending)
    {
        stem = before.trim_end_matches(['.', ' ']);
    }
    let stem: String = stem.chars().take(MOST).collect();
    let stem = if stem.is_empty() { "file" } else { &stem };
    format!("{stem}.{}", kind.extension())
}

/// Marks of direction, joiners and other signs without a shape, by which one name passes for
/// another (Unicode 16, general category Cf).
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}'
    )
}

/// Whether this is how names of files end, and no part of a date or of a sentence.
fn is_ending(text: &str) -> bool {
    (2..=5).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_the_content_is() {
        for (name, kind, expected) in [
            ("скан.pdf", Kind::Pdf, "скан.pdf"),
            ("scan.PDF", Kind::Jpeg, "scan.jpg"),
            ("photo.jpg.exe", Kind::Jpeg, "photo.jpg"),
            (
                "Справка от 01.02.2026",
                Kind::Pdf,
                "Справка от 01.02.2026.pdf",
            ),
            ("C:\\Users\\Anna\\фото 1.jpeg", Kind::Jpeg, "фото 1.jpg"),
            ("../../etc/passwd", Kind::Png, "passwd.png"),
            ("photo\u{202e}gpj.exe", Kind::Jpeg, "photogpj.jpg"),
            ("a\r\nSet-Cookie: x.pdf", Kind::Pdf, "aSet-Cookie x.pdf"),
            ("", Kind::Pdf, "file.pdf"),
            ("....", Kind::Pdf, "file.pdf"),
            (".pdf", Kind::Pdf, "pdf.pdf"),
        ] {
            assert_eq!(clean_name(name, kind), expected, "{name:?}");
        }
        let long = clean_name(&"ы".repeat(5000), Kind::Pdf);
        assert_eq!(long.chars().count(), MOST + 4);
    }
}
