//! The words that spoke for a label. A margin is a sum over features, so each word of the text can be
//! told what it added: itself, the runs of letters in it, and half of each pair that it stands in.

use crate::vocabulary::Reading;
use crate::weights::Weights;

/// The most places of a text that are told for one label.
pub const MOST_SPOKE: usize = 5;

/// A word that added less than this part of what the best one added is not told.
const LEAST: f32 = 0.2;

/// A place of a text that spoke for a label: a word, or neighbours that spoke together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spoke {
    /// Its first byte in the text.
    pub from: usize,
    /// The byte after its last one.
    pub to: usize,
    /// Its part, from 0 to 1, in all that spoke for the label.
    pub share: f32,
}

/// The places that spoke for a label, the loudest first. `spans` are the bytes of the words.
pub(crate) fn spoke(
    weights: &Weights,
    label: u16,
    reading: &Reading,
    spans: &[(usize, usize)],
) -> Vec<Spoke> {
    let said: Vec<f32> = reading
        .row
        .iter()
        .map(|share| share.value * weights.of(share.feature, label) / share.times)
        .collect();
    let mut words = vec![0.0_f32; spans.len()];
    // What the pair that begins with a word said.
    let mut pairs = vec![0.0_f32; spans.len()];
    for place in &reading.places {
        match place.words {
            0 => {}
            1 => words[place.word] += said[place.share],
            _ => {
                pairs[place.word] += said[place.share];
                words[place.word] += said[place.share] / 2.0;
                words[place.word + 1] += said[place.share] / 2.0;
            }
        }
    }
    let all: f32 = words.iter().filter(|said| **said > 0.0).sum();
    let best = words.iter().copied().fold(0.0, f32::max);
    let mut loud: Vec<usize> = (0..words.len())
        .filter(|word| words[*word] > 0.0 && words[*word] >= best * LEAST)
        .collect();
    loud.sort_by(|one, other| words[*other].total_cmp(&words[*one]));
    loud.truncate(MOST_SPOKE);
    loud.sort_unstable();
    let mut found: Vec<(usize, Spoke)> = Vec::new();
    for word in loud {
        let share = words[word] / all;
        match found.last_mut() {
            Some((last, spoke)) if *last + 1 == word && pairs[*last] > 0.0 => {
                *last = word;
                spoke.to = spans[word].1;
                spoke.share += share;
            }
            _ => found.push((
                word,
                Spoke {
                    from: spans[word].0,
                    to: spans[word].1,
                    share,
                },
            )),
        }
    }
    found.sort_by(|one, other| other.1.share.total_cmp(&one.1.share));
    found.into_iter().map(|(_, spoke)| spoke).collect()
}
