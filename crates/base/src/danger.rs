//! Whether words tell of a danger just now: whoever writes them to an authority, in a dialogue, in
//! the search or in a form, is told to call 112 first. Pure lists of beginnings of words.

/// Phrases of danger, by the beginnings of their words; a blank at the end makes the last word whole.
const TOLD: &[&str] = &[
    "пожар",
    "загорел",
    "горит дом",
    "горит квартир",
    "дом горит",
    "квартира горит",
    "утечка газ",
    "запах газ",
    "пахнет газ",
    "газом пахнет",
    "взрыв",
    "взорвал",
    "тонет человек",
    "человек тонет",
    "люди тонут",
    "тону ",
    "без сознани",
    "не дышит",
    "истекает кров",
    "сердечный приступ",
    "скорая не ед",
    "скорая не приех",
    "скорая не приезж",
    "бьют ребен",
    "бьет ребен",
    "убива",
    "напали на",
    "нападени",
    "стреля",
    "террорист",
    "бомб",
    "заложник",
    "под завал",
    "хочу умереть",
    "покончить с собой",
    "суицид",
    "on fire",
    "gas leak",
    "smell of gas",
    "smell gas",
    "explosion",
    "drowning",
    "unconscious",
    "not breathing",
    "heart attack",
    "shooting",
    "being attacked",
    "hostage",
    "kill myself",
    "suicide",
];
/// Words that begin like those and mean no danger.
const HARMLESS: &[&str] = &["пожарн", "бомбоубежищ", "бомбил", "взрывчат"];
/// The most words that are looked at.
const MOST_WORDS: usize = 400;

/// Whether words tell of a danger just now. Case, signs and «yo» do not matter.
pub fn is_told(text: &str) -> bool {
    let small = text.to_lowercase().replace('\u{451}', "\u{435}");
    let words: Vec<&str> = small
        .split(|c: char| !(c.is_alphanumeric() || "/-".contains(c)))
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .filter(|word| !HARMLESS.iter().any(|harmless| word.starts_with(*harmless)))
        .collect();
    TOLD.iter().any(|phrase| {
        let whole = phrase.ends_with(' ');
        let parts: Vec<&str> = phrase.split_whitespace().collect();
        words.windows(parts.len()).any(|row| {
            let mut pairs = row.iter().zip(&parts);
            pairs.all(|(word, part)| word.starts_with(*part) && (!whole || word == part))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_danger_is_heard_and_a_lamp_that_does_not_burn_is_none() {
        for danger in [
            "У нас пожар!",
            "В подъезде пахнет газом",
            "Горит дом на Лесной",
            "человек без сознания",
            "Скорая не едет второй час",
            "сосед бьёт ребёнка",
            "There is a gas leak",
            "помогите, тону",
        ] {
            assert!(is_told(danger), "{danger}");
        }
        for harmless in [
            "Не горит фонарь у дома 7",
            "Пожарная лестница сломана",
            "тонут машины в яме",
            "тонут ботинки в грязи",
            "нет горячей воды",
            "скорая помощь приехала быстро",
            "",
            "🔥",
        ] {
            assert!(!is_told(harmless), "{harmless}");
        }
    }
}
