//! What differs between two texts, line by line: what an administrator sees before publishing, and
//! what the entry of the change keeps.

use std::fmt::Write as _;

/// The most comparisons; texts that differ in more than that are told as replaced whole.
const MOST: usize = 4_000_000;

/// How many unchanged lines stand around a change.
const AROUND: usize = 2;

/// A line of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// In both.
    Same(&'a str),
    /// Only in the first.
    Gone(&'a str),
    /// Only in the second.
    New(&'a str),
    /// Unchanged lines that are left out.
    Skipped(usize),
}

impl Line<'_> {
    /// The sign before it.
    pub const fn sign(&self) -> &'static str {
        match self {
            Self::Same(_) => " ",
            Self::Gone(_) => "−",
            Self::New(_) => "+",
            Self::Skipped(_) => "…",
        }
    }

    /// Its words; empty for what is left out.
    pub const fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Gone(text) | Self::New(text) => text,
            Self::Skipped(_) => "",
        }
    }
}

/// The difference of two texts; empty when there is none.
pub fn difference<'a>(old: &'a str, new: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let pairs = old.iter().rev().zip(new.iter().rev());
    let tail = pairs.take(most).take_while(|(a, b)| a == b).count();
    let (gone, come) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    if gone.is_empty() && come.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<Line<'a>> = old[..head].iter().map(|line| Line::Same(line)).collect();
    lines.append(&mut middle(gone, come));
    lines.extend(old[old.len() - tail..].iter().map(|line| Line::Same(line)));
    near(&lines)
}

/// The longest common subsequence decides what stayed.
fn middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Line<'a>> {
    let width = new.len() + 1;
    if old.len().saturating_mul(new.len()) > MOST {
        let gone = old.iter().map(|line| Line::Gone(line));
        return gone.chain(new.iter().map(|line| Line::New(line))).collect();
    }
    let mut longest = vec![0u32; (old.len() + 1) * width];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            longest[at * width + to] = if old[at] == new[to] {
                longest[(at + 1) * width + to + 1] + 1
            } else {
                longest[(at + 1) * width + to].max(longest[at * width + to + 1])
            };
        }
    }
    let (mut at, mut to) = (0, 0);
    let mut lines = Vec::with_capacity(old.len() + new.len());
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            lines.push(Line::Same(old[at]));
            at += 1;
            to += 1;
        } else if to == new.len()
            || (at < old.len() && longest[(at + 1) * width + to] >= longest[at * width + to + 1])
        {
            lines.push(Line::Gone(old[at]));
            at += 1;
        } else {
            lines.push(Line::New(new[to]));
            to += 1;
        }
    }
    lines
}

/// Leaves out what lies far from every change.
fn near<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut kept = vec![false; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        if !matches!(line, Line::Same(_)) {
            let last = (at + AROUND).min(lines.len() - 1);
            kept[at.saturating_sub(AROUND)..=last].fill(true);
        }
    }
    let mut shown = Vec::new();
    let mut skipped = 0;
    for (line, kept) in lines.iter().zip(kept) {
        if !kept {
            skipped += 1;
            continue;
        }
        if skipped > 0 {
            shown.push(Line::Skipped(skipped));
            skipped = 0;
        }
        shown.push(*line);
    }
    if skipped > 0 {
        shown.push(Line::Skipped(skipped));
    }
    shown
}

/// A difference as one text.
pub fn written(lines: &[Line<'_>]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{} {}", line.sign(), line.text());
        text
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_changed_line_is_told_with_its_neighbours() {
        let told = difference("a\nb\nc\nd\ne\nf", "a\nb\nc\nX\ne\nf");
        let signs: String = told.iter().map(Line::sign).collect();
        assert_eq!(signs, "…  −+  ");
        assert_eq!(difference("a\nb", "a\nb"), []);
        assert_eq!(written(&difference("", "a")), "+ a\n");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_told_from_their_difference(
            old in prop::collection::vec("[ab]", 0..12),
            new in prop::collection::vec("[ab]", 0..12),
        ) {
            let whole: Vec<&str> = old.iter().map(String::as_str).collect();
            let other: Vec<&str> = new.iter().map(String::as_str).collect();
            let lines = middle(&whole, &other);
            let of = |first: bool| -> Vec<&str> {
                lines
                    .iter()
                    .filter(|line| match line {
                        Line::Gone(_) => first,
                        Line::New(_) => !first,
                        _ => true,
                    })
                    .map(Line::text)
                    .collect()
            };
            prop_assert_eq!(of(true), whole);
            prop_assert_eq!(of(false), other);
        }
    }
}
