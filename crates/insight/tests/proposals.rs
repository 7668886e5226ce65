//! A model as its users see it: learned from a small set that was made up, it proposes what is expected,
//! shows the words that are expected, survives being kept as bytes, and nothing that a person writes
//! makes it panic.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use std::sync::LazyLock;

use insight::{MOST_PROPOSED, MOST_SPOKE, Measure, Model, Training, TrainingError};
use proptest::prelude::*;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::train(&rows(), &Training::default()).unwrap());

/// Texts with their labels.
fn rows() -> Vec<(&'static str, &'static str)> {
    include_str!("../data/example.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
        .map(|(label, text)| (text, label))
        .collect()
}

/// The best label and the words that spoke for it.
fn best(text: &str) -> (&str, Vec<&str>) {
    let proposal = MODEL.propose(text).swap_remove(0);
    let words = proposal
        .spoke
        .iter()
        .map(|spoke| &text[spoke.from..spoke.to]);
    (proposal.label, words.collect())
}

#[test]
fn the_expected_label_wins_and_the_expected_words_spoke() {
    for (text, label, word) in [
        (
            "Здравствуйте! Огромная ЯМА перед нашим домом",
            "дороги",
            "ЯМА",
        ),
        (
            "по вечерам темно: ни один фонарь у нас не горит",
            "освещение",
            "фонарь",
        ),
        ("уберите, пожалуйста, мусор от дома", "мусор", "мусор"),
        ("Страшный гололед возле магазина", "снег", "гололед"),
        // A form of the word that was never seen is known by its letters.
        ("контейнерами заставлен проезд", "мусор", "контейнерами"),
    ] {
        let (found, words) = best(text);
        assert_eq!(found, label, "{text}");
        assert!(words[0].contains(word), "{text}: {words:?}");
    }
}

#[test]
fn neighbours_that_spoke_together_are_one_place_of_the_original() {
    let (label, words) = best("Опять не&nbsp;ГОРЯТ&nbsp;Фонари, примите меры");
    assert_eq!(label, "освещение");
    assert!(words[0].ends_with("ГОРЯТ&nbsp;Фонари"), "{words:?}");
}

#[test]
fn all_labels_share_one_confidence_and_the_best_comes_first() {
    let ranked = MODEL.rank("яма на дороге");
    assert_eq!(ranked.len(), MODEL.labels().len());
    assert!((ranked.iter().map(|one| one.confidence).sum::<f32>() - 1.0).abs() < 1e-5);
    assert!(ranked.is_sorted_by(|one, other| one.confidence >= other.confidence));
    let proposed = MODEL.propose("яма на дороге");
    assert_eq!(proposed[0].label, ranked[0].label);
    assert!(proposed[0].confidence > 0.5, "{}", proposed[0].confidence);
}

#[test]
fn nothing_is_proposed_for_what_nothing_is_known_of() {
    for text in ["", "  ", "!!!", "zzz qqq", "👍"] {
        assert_eq!(MODEL.propose(text), [], "{text}");
    }
}

#[test]
fn the_same_rows_give_the_same_model_and_bytes_keep_it() {
    let again = Model::train(&rows(), &Training::default()).unwrap();
    assert_eq!(again.to_bytes(), MODEL.to_bytes());
    assert_eq!(Model::from_bytes(&again.to_bytes()).unwrap(), *MODEL);
}

#[test]
fn a_model_knows_what_it_was_taught() {
    let measure = Measure::of(&MODEL, &rows());
    assert!(measure.accuracy() > 0.99, "{}", measure.accuracy());
}

#[test]
fn rows_that_teach_nothing_are_refused() {
    let train = |rows: &[(&str, &str)]| Model::train(rows, &Training::default()).unwrap_err();
    assert_eq!(train(&[]), TrainingError::FewLabels(0));
    assert_eq!(train(&[("яма", "дороги")]), TrainingError::FewLabels(1));
    assert_eq!(
        train(&[("яма", "дороги"), ("свет", "освещение")]),
        TrainingError::NothingInCommon
    );
    for cost in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let training = Training {
            cost,
            ..Training::default()
        };
        let refused = Model::train(&rows(), &training).unwrap_err();
        assert_eq!(refused, TrainingError::Effort);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn nothing_that_is_written_is_too_much(
        text in prop_oneof!["\\PC{0,200}", "[а-яё &;#x0-9\\n]{0,200}", ".{0,100}(яма|Фонарь|&nbsp;).{0,100}"]
    ) {
        let proposed = MODEL.propose(&text);
        prop_assert!(proposed.len() <= MOST_PROPOSED);
        for proposal in proposed {
            prop_assert!((0.0..=1.0).contains(&proposal.confidence));
            prop_assert!(proposal.spoke.len() <= MOST_SPOKE);
            for spoke in proposal.spoke {
                prop_assert!(spoke.share > 0.0 && spoke.share < 1.001);
                // The bytes are those of whole characters.
                prop_assert!(!text[spoke.from..spoke.to].is_empty());
            }
        }
    }

    #[test]
    fn any_rows_make_a_model_that_is_read_again_or_a_plain_refusal(
        rows in prop::collection::vec(("[абв &]{0,12}", "[а-в]{0,2}"), 0..60)
    ) {
        let training = Training { passes: 50, ..Training::default() };
        if let Ok(model) = Model::train(&rows, &training) {
            prop_assert_eq!(Model::from_bytes(&model.to_bytes()), Ok(model));
        }
    }
}
