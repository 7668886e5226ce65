//! What a comment is worth: whether it says something that an authority can answer, or is a nod, a
//! picture of a feeling or an advertisement. Nobody is judged by it for good: whatever is set aside
//! is listed, and a person may file it by hand.

/// Words that a message has at the least.
const FEWEST_WORDS: usize = 5;
/// Words beside a link that make it more than an advertisement.
const WORDS_BESIDE_A_LINK: usize = 8;

/// What became clear of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Something to answer: it is filed.
    Enough,
    /// A few words.
    Short,
    /// Links with little beside them.
    Links,
    /// Signs and pictures, hardly a word.
    Noise,
    /// No words are looked for: it was passed on.
    Repost,
    /// The form of the service does not take it as it is.
    Form,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 6] = [
        Self::Enough,
        Self::Short,
        Self::Links,
        Self::Noise,
        Self::Repost,
        Self::Form,
    ];

    /// Its name in the database and the interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Enough => "enough",
            Self::Short => "short",
            Self::Links => "links",
            Self::Noise => "noise",
            Self::Repost => "repost",
            Self::Form => "form",
        }
    }
}

/// Judges a text.
pub(crate) fn judge(text: &str) -> Verdict {
    let (mut words, mut links, mut letters, mut signs) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut seen = std::collections::HashSet::new();
    for piece in text.split_whitespace() {
        if is_link(piece) {
            links += 1;
            continue;
        }
        let own = piece.chars().filter(|c| c.is_alphanumeric()).count();
        letters += own;
        signs += piece.chars().count() - own;
        if piece.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
            // The same word again and again is one word.
            words += usize::from(seen.insert(piece.to_lowercase()));
        }
    }
    if links > 0 && (links > 2 || words < WORDS_BESIDE_A_LINK) {
        Verdict::Links
    } else if words == 0 || signs > letters {
        Verdict::Noise
    } else if words < FEWEST_WORDS {
        Verdict::Short
    } else {
        Verdict::Enough
    }
}

fn is_link(piece: &str) -> bool {
    let piece = piece.to_lowercase();
    piece.contains("://")
        || ["www.", "vk.cc/", "t.me/"]
            .iter()
            .any(|at| piece.contains(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_answered_is_told_from_nods_and_advertisements() {
        for (text, verdict) in [
            (
                "Когда наконец починят фонарь у школы на Садовой?",
                Verdict::Enough,
            ),
            (
                "[club7|Окно], третий день нет воды в доме 5",
                Verdict::Enough,
            ),
            ("Спасибо большое!", Verdict::Short),
            ("да да да да да да", Verdict::Short),
            ("👍👍👍 🔥", Verdict::Noise),
            ("!!! ??? ...", Verdict::Noise),
            ("", Verdict::Noise),
            ("ура!!!!!!!!!!!!!!!!!!!!", Verdict::Noise),
            ("Заработок тут https://vk.cc/abc", Verdict::Links),
            (
                "Вот снимок ямы на дороге у дома 7 по улице Лесной https://vk.com/photo1_2",
                Verdict::Enough,
            ),
            (
                "a http://a b http://b c http://c хочу много разных слов для вида здесь",
                Verdict::Links,
            ),
        ] {
            assert_eq!(judge(text), verdict, "{text}");
        }
    }
}
