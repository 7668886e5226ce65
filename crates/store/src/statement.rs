//! Statements as each engine wants them. The one text has `$1…$n`; SQLite would number those by
//! first appearance, so there they become `?1…?n`.

/// The text for SQLite: `$n` becomes `?n` outside literals, quoted names and comments.
pub(crate) fn for_sqlite(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find(['\'', '"', '-', '/', '$']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes() {
            [b'\'', ..] => quoted(rest, '\''),
            [b'"', ..] => quoted(rest, '"'),
            [b'-', b'-', ..] => rest.find('\n').unwrap_or(rest.len()),
            [b'/', b'*', ..] => rest.find("*/").map_or(rest.len(), |end| end + 2),
            [b'$', digit, ..] if digit.is_ascii_digit() => {
                out.push('?');
                rest = &rest[1..];
                continue;
            }
            _ => 1,
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// Length of the quoted piece that `text` begins with; a doubled quote inside is read as the end
/// and the beginning of the next piece, which comes to the same.
fn quoted(text: &str, quote: char) -> usize {
    text[1..].find(quote).map_or(text.len(), |end| end + 2)
}

/// Whether a statement writes rows. A text that only mentions such a word is none the worse: in
/// a change it asks for an entry that should be there anyhow.
pub(crate) fn writes(sql: &str) -> bool {
    const VERBS: [&str; 5] = ["INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE"];
    let mut words = sql
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    let verb = |word: &str| VERBS.iter().any(|verb| word.eq_ignore_ascii_case(verb));
    match words.next() {
        Some(first) if first.eq_ignore_ascii_case("WITH") => words.any(verb),
        Some(first) => verb(first),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_keep_their_numbers() {
        assert_eq!(
            for_sqlite("SELECT $2, $1, $10 FROM t WHERE a=$2"),
            "SELECT ?2, ?1, ?10 FROM t WHERE a=?2"
        );
    }

    #[test]
    fn what_writes_is_known_by_its_verb() {
        assert!(writes(" insert INTO t VALUES (1)"));
        assert!(writes("WITH a AS (SELECT 1) UPDATE t SET b = 1"));
        assert!(!writes("SELECT updated FROM t"));
        assert!(!writes("WITH a AS (SELECT 1) SELECT deleted_at FROM a"));
        assert!(!writes(""));
    }

    #[test]
    fn literals_names_and_comments_stay_as_they_are() {
        for same in [
            "SELECT 'cost: $1, it''s $2?'",
            "SELECT \"$1\" FROM t",
            "SELECT 1 -- $1 and 'quote",
            "SELECT 1 /* $1 ' */ - 2 / 1",
            "SELECT 'unclosed $1",
        ] {
            assert_eq!(for_sqlite(same), same);
        }
        assert_eq!(
            for_sqlite("SELECT 'Ж''$1', $1 -- $2\n, $2"),
            "SELECT 'Ж''$1', ?1 -- $2\n, ?2"
        );
    }
}
