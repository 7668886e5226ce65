//! Stories of receipts.

use journal::note::NoteKey;

use crate::edits::without_line;
use crate::stories::{BROKEN, INVALID, Sample, Story, UNREADABLE, UNSIGNED, VALID, sample, tell};
use crate::world::World;

/// An edit of a receipt's text.
type Rewrite = fn(&str) -> String;

/// Receipts, good and broken.
pub(crate) fn receipts(all: &mut Vec<Story>) {
    tell(all, "receipt", VALID, |random, _| {
        let world = World::honest(random);
        sample(world.receipt().sign(&world.key), &world.key)
    });
    tell(all, "receipt without key", UNSIGNED, |random, _| {
        let world = World::honest(random);
        Sample {
            file: world.receipt().sign(&world.key).into(),
            vkey: None,
        }
    });
    tell(all, "receipt under another key", INVALID, |random, _| {
        let world = World::honest(random);
        let forger = NoteKey::new(world.key.name(), &random.hash()).expect("a fit name");
        sample(world.receipt().sign(&forger), &world.key)
    });
    let broken: [(&'static str, Rewrite); 3] = [
        ("receipt number edited", |f| f.replacen("-7\n", "-8\n", 1)),
        ("receipt commitment edited", |f| {
            f.replacen("commitment ", "commitment AAAA", 1)
        }),
        ("receipt origin edited", |f| {
            f.replacen("okno.receipt.v1\n", "okno.receipt.v1\nx", 1)
        }),
    ];
    for (name, edit) in broken {
        tell(all, name, BROKEN, move |random, _| {
            let world = World::honest(random);
            sample(edit(&world.receipt().sign(&world.key)), &world.key)
        });
    }
    let unreadable: [(&'static str, Rewrite); 9] = [
        ("receipt line more", |f| f.replacen("\n\n", "\nmore\n\n", 1)),
        ("receipt line less", |f| without_line(f, "id ")),
        ("receipt id upper-case", |f| {
            f.replacen("\nid ", "\nid ABCDEF", 1)
        }),
        ("receipt number empty", |f| {
            f.replacen("number А-2026-00000042-7", "number ", 1)
        }),
        ("receipt number with space", |f| {
            f.replacen("number А", "number А ", 1)
        }),
        ("receipt time leading zero", |f| {
            f.replacen("recorded_at ", "recorded_at 0", 1)
        }),
        ("receipt commitment short", |f| {
            f.replacen("commitment ", "commitment =", 1)
        }),
        ("receipt unsigned", |f| {
            f[..=f.find("\n\n").unwrap_or(0)].to_owned()
        }),
        ("receipt other type", |f| {
            f.replacen("receipt.v1", "receipt.v2", 1)
        }),
    ];
    for (name, edit) in unreadable {
        tell(all, name, UNREADABLE, move |random, _| {
            let world = World::honest(random);
            sample(edit(&world.receipt().sign(&world.key)), &world.key)
        });
    }
}
