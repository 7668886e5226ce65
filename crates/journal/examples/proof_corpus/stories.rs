//! The stories of the corpus: what was done to a file, and what a verifier must say of it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use journal::note::NoteKey;
use journal::proof::{Part, proof_file};
use journal::verdict::Verdict;

use crate::edits::{edited_json, edited_text};
use crate::receipts::receipts;
use crate::vectors;
use crate::world::{Lie, Random, World};

/// A file and the key to verify it with.
pub(crate) struct Sample {
    pub(crate) file: Vec<u8>,
    pub(crate) vkey: Option<String>,
}

/// A way to make a file; `round` counts how often the story was told before.
pub(crate) struct Story {
    pub(crate) name: &'static str,
    pub(crate) expected: &'static [Verdict],
    pub(crate) make: Make,
}

type Make = Box<dyn Fn(&mut Random, usize) -> Sample>;

pub(crate) const VALID: &[Verdict] = &[Verdict::Valid];
pub(crate) const INVALID: &[Verdict] = &[Verdict::Invalid];
pub(crate) const UNREADABLE: &[Verdict] = &[Verdict::Unreadable];
pub(crate) const UNSIGNED: &[Verdict] = &[Verdict::Unsigned];
pub(crate) const BROKEN: &[Verdict] = &[Verdict::Invalid, Verdict::Unreadable];

/// All stories; the corpus tells them in turn.
pub(crate) fn stories() -> Vec<Story> {
    let mut all = Vec::new();
    good(&mut all);
    lies(&mut all);
    edited_parts(&mut all);
    edited_checkpoints(&mut all);
    edited_json(&mut all);
    edited_text(&mut all);
    keys(&mut all);
    receipts(&mut all);
    accidents(&mut all);
    all
}

pub(crate) fn sample(file: impl Into<Vec<u8>>, key: &NoteKey) -> Sample {
    Sample {
        file: file.into(),
        vkey: Some(key.vkey()),
    }
}

pub(crate) fn tell(
    all: &mut Vec<Story>,
    name: &'static str,
    expected: &'static [Verdict],
    make: impl Fn(&mut Random, usize) -> Sample + 'static,
) {
    all.push(Story {
        name,
        expected,
        make: Box::new(make),
    });
}

fn good(all: &mut Vec<Story>) {
    for name in ["good", "good again", "good once more", "good still"] {
        tell(all, name, VALID, |random, _| {
            let world = World::honest(random);
            sample(world.file(random), &world.key)
        });
    }
    tell(all, "good without key", UNSIGNED, |random, _| {
        let world = World::honest(random);
        Sample {
            file: world.file(random).into(),
            vkey: None,
        }
    });
    tell(all, "good with witnesses", VALID, |random, _| {
        let world = World::honest(random);
        let text = world.head.text();
        let mut checkpoint = world.checkpoint();
        for name in ["witness.example", "свидетель", world.head.origin.as_str()] {
            let witness = NoteKey::new(name, &random.hash()).expect("a fit name");
            checkpoint += &witness.signature_line(if random.below(2) == 0 {
                &text
            } else {
                "other\n"
            });
        }
        sample(proof_file(&world.parts(random), &checkpoint), &world.key)
    });
    tell(all, "good with extension lines", VALID, |random, _| {
        let world = World::honest(random);
        let checkpoint = world
            .key
            .sign(&(world.head.text() + "extension\n\u{2028}more\u{85}\n"));
        sample(proof_file(&world.parts(random), &checkpoint), &world.key)
    });
    tell(all, "newest entries not shown", VALID, |random, _| {
        let world = World::long(random);
        let mut parts = world.parts(random);
        parts.pop();
        sample(proof_file(&parts, &world.checkpoint()), &world.key)
    });
}

fn lies(all: &mut Vec<Story>) {
    let lies = [
        ("wrong prev", Lie::Prev),
        ("skipped version", Lie::Version),
        ("other entity", Lie::Entity),
        ("other kind", Lie::Kind),
        ("other origin in header", Lie::Origin),
        ("order in the log", Lie::Order),
    ];
    for (name, lie) in lies {
        for with_key in [true, false] {
            tell(all, name, INVALID, move |random, _| {
                let entries = 2 + random.below(4);
                let world = World::new(random, entries, 300, lie);
                let vkey = with_key.then(|| world.key.vkey());
                Sample {
                    file: world.file(random).into(),
                    vkey,
                }
            });
        }
    }
}

/// Stories that change the parts as values and write them properly again.
fn edited_parts(all: &mut Vec<Story>) {
    type Edit = fn(&mut Vec<Part>, &mut Random);
    let edits: [(&'static str, Edit); 21] = [
        ("header action", |p, r| {
            any(p, r).disclosure.header.action.push('x');
        }),
        ("header time", |p, r| {
            any(p, r).disclosure.header.recorded_at += 1;
        }),
        ("header told time", |p, r| {
            any(p, r).disclosure.header.occurred_at -= 1;
        }),
        ("header rows", |p, r| {
            any(p, r).disclosure.header.rows[0] ^= 1;
        }),
        ("header actor", |p, r| {
            any(p, r).disclosure.header.actor[31] ^= 1;
        }),
        ("header version", |p, r| {
            any(p, r).disclosure.header.version += 1;
        }),
        ("header prev", |p, r| {
            any(p, r).disclosure.header.prev = Some(r.hash());
        }),
        ("header fields root", |p, r| {
            any(p, r).disclosure.header.fields_root[5] ^= 1;
        }),
        ("field count", |p, r| {
            any(p, r).disclosure.header.fields += 1;
        }),
        ("field hash added", |p, r| {
            let hash = r.hash();
            any(p, r).disclosure.hashes.push(hash);
        }),
        ("wrong salt", |p, r| {
            any(p, r).disclosure.header_salt[0] ^= 1;
        }),
        ("path hash", |p, r| {
            let part = any(p, r);
            match part.path.first_mut() {
                Some(hash) => hash[7] ^= 0x10,
                None => part.path.push([0; 32]),
            }
        }),
        ("path longer", |p, r| any(p, r).path.push([0; 32])),
        ("path shorter", |p, r| {
            let part = any(p, r);
            if part.path.pop().is_none() {
                part.index = 1;
            }
        }),
        ("wrong index", |p, r| any(p, r).index ^= 1),
        ("index beyond size", |p, r| any(p, r).index += 1 << 40),
        ("largest index", |p, r| {
            any(p, r).index = journal::wire::MAX_NUMBER;
        }),
        ("parts swapped", |p, _| p.swap(0, 1)),
        ("first missing", |p, _| drop(p.remove(0))),
        ("gap", |p, r| {
            let last = p.len() - 1;
            if last < 2 {
                p.swap(0, last);
            } else {
                p.remove(1 + r.below(last - 1));
            }
        }),
        ("part twice", |p, _| p.push(p[0].clone())),
    ];
    for (name, edit) in edits {
        tell(all, name, INVALID, move |random, _| {
            let world = World::long(random);
            let mut parts = world.parts(random);
            edit(&mut parts, random);
            sample(proof_file(&parts, &world.checkpoint()), &world.key)
        });
    }
    let edits: [(&'static str, Edit); 3] = [
        ("field edited", |p, _| {
            p[0].disclosure.fields[0].field.value.push('!');
        }),
        ("field renamed", |p, _| {
            p[0].disclosure.fields[0].field.name.push('!');
        }),
        ("field salt", |p, _| p[0].disclosure.fields[0].salt[3] ^= 4),
    ];
    for (name, edit) in edits {
        tell(all, name, INVALID, move |random, _| {
            let (world, mut parts) = with_fields(random);
            edit(&mut parts, random);
            sample(proof_file(&parts, &world.checkpoint()), &world.key)
        });
    }
}

fn any<'p>(parts: &'p mut [Part], random: &mut Random) -> &'p mut Part {
    let place = random.below(parts.len());
    &mut parts[place]
}

/// A world whose first part shows at least one field.
pub(crate) fn with_fields(random: &mut Random) -> (World, Vec<Part>) {
    loop {
        let world = World::honest(random);
        let parts = world.parts(random);
        if !parts[0].disclosure.fields.is_empty() {
            return (world, parts);
        }
    }
}

fn edited_checkpoints(all: &mut Vec<Story>) {
    tell(all, "root not of the entries", INVALID, |random, _| {
        let mut world = World::honest(random);
        let parts = world.parts(random);
        world.head.root[0] ^= 1;
        sample(proof_file(&parts, &world.checkpoint()), &world.key)
    });
    tell(
        all,
        "size edited, not signed again",
        INVALID,
        |random, _| {
            let mut world = World::honest(random);
            let (parts, before) = (world.parts(random), world.head.text());
            world.head.size += 1;
            let checkpoint = world.checkpoint();
            let edited = checkpoint
                .replace(&world.head.text(), "")
                .trim_start()
                .to_owned();
            let signature = world.key.signature_line(&before);
            sample(
                proof_file(&parts, &checkpoint.replace(&edited, &signature)),
                &world.key,
            )
        },
    );
    tell(all, "empty tree", INVALID, |random, _| {
        let mut world = World::honest(random);
        let parts = world.parts(random);
        world.head.size = 0;
        sample(proof_file(&parts, &world.checkpoint()), &world.key)
    });
    tell(all, "two checkpoints", INVALID, |random, _| {
        let world = World::long(random);
        let parts = world.parts(random);
        let other = world.key.sign(&(world.head.text() + "extension\n"));
        let last = parts.len() - 1;
        let file = proof_file(&parts[..last], &world.checkpoint()) + &parts[last].text(&other);
        sample(file, &world.key)
    });
    tell(all, "checkpoint of another log", INVALID, |random, _| {
        let mut world = World::honest(random);
        let parts = world.parts(random);
        world.head.origin = "other.example".into();
        sample(proof_file(&parts, &world.checkpoint()), &world.key)
    });
    for (name, edit) in [
        (
            "signature bit",
            (|s, r| s[4 + r.below(64)] ^= 1 << r.below(8)) as fn(&mut Vec<u8>, &mut Random),
        ),
        ("signature short", |s, _| s.truncate(67)),
        ("signature long", |s, _| s.push(0)),
        ("signature of zeros", |s, _| s[4..].fill(0)),
        ("signature scalar not reduced", |s, _| {
            vectors::add_group_order(&mut s[36..]);
        }),
    ] {
        tell(all, name, INVALID, move |random, _| {
            let world = World::honest(random);
            let mut bytes = signature_bytes(&world.checkpoint());
            edit(&mut bytes, random);
            let line = format!("— {} {}\n", world.key.name(), STANDARD.encode(bytes));
            let checkpoint = format!("{}\n{line}", world.head.text());
            sample(proof_file(&world.parts(random), &checkpoint), &world.key)
        });
    }
    tell(all, "good and bad signature", INVALID, |random, _| {
        let world = World::honest(random);
        let checkpoint = world.checkpoint() + &world.key.signature_line("other\n");
        sample(proof_file(&world.parts(random), &checkpoint), &world.key)
    });
}

fn signature_bytes(note: &str) -> Vec<u8> {
    let base64 = note.trim_end().rsplit(' ').next().unwrap_or_default();
    STANDARD.decode(base64).expect("a signature line")
}

fn keys(all: &mut Vec<Story>) {
    tell(all, "forged under another key", INVALID, |random, _| {
        let world = World::honest(random);
        let ours = NoteKey::new(world.key.name(), &random.hash()).expect("a fit name");
        Sample {
            file: world.file(random).into(),
            vkey: Some(ours.vkey()),
        }
    });
    tell(
        all,
        "forged under another key, no key given",
        UNSIGNED,
        |random, _| {
            let mut world = World::honest(random);
            world.key = NoteKey::new(world.key.name(), &random.hash()).expect("a fit name");
            Sample {
                file: world.file(random).into(),
                vkey: None,
            }
        },
    );
    tell(all, "our key under another name", INVALID, |random, _| {
        let mut world = World::honest(random);
        let seed = random.hash();
        world.key = NoteKey::new(world.key.name(), &seed).expect("a fit name");
        let other = NoteKey::new("other.example", &seed).expect("a fit name");
        Sample {
            file: world.file(random).into(),
            vkey: Some(other.vkey()),
        }
    });
    tell(
        all,
        "signed by a key of another name",
        INVALID,
        |random, _| {
            let world = World::honest(random);
            let other = NoteKey::new("other.example", &random.hash()).expect("a fit name");
            let checkpoint = other.sign(&world.head.text());
            sample(proof_file(&world.parts(random), &checkpoint), &other)
        },
    );
    tell(all, "unreadable key", UNREADABLE, |random, round| {
        let world = World::honest(random);
        let vkey = world.key.vkey();
        let wrong = [
            vkey.to_lowercase(),
            vkey.replacen('+', "", 1),
            vkey.replacen('+', "+0", 1),
            format!("{vkey}="),
            format!("{vkey} "),
            format!("x{vkey}"),
            vkey[..vkey.len() - 4].to_owned(),
            "key".to_owned(),
            "++".to_owned(),
            vkey.replacen("+A", "+B", 1),
        ];
        let wrong = wrong[round % wrong.len()].clone();
        // A key may be in lower case by chance only; then the story is told with another.
        let wrong = if wrong == vkey {
            "key".to_owned()
        } else {
            wrong
        };
        Sample {
            file: world.file(random).into(),
            vkey: Some(wrong),
        }
    });
    tell(all, "weak key", UNREADABLE, |random, round| {
        let world = World::honest(random);
        let vkey = vectors::weak_vkey(world.key.name(), round);
        Sample {
            file: world.file(random).into(),
            vkey: Some(vkey),
        }
    });
    tell(all, "weak points in signature", INVALID, |_, round| {
        vectors::weak_signature(round)
    });
    tell(all, "odd key, good signature", VALID, |_, _| {
        vectors::odd_signature()
    });
}

/// Blind damage to bytes and lines: whatever comes of it, it must not pass.
fn accidents(all: &mut Vec<Story>) {
    type Damage = fn(&mut Vec<u8>, &mut Random);
    let damages: [(&'static str, Damage); 7] = [
        ("bit flipped", |f, r| {
            let at = r.below(f.len());
            f[at] ^= 1 << r.below(8);
        }),
        ("byte changed", |f, r| {
            let at = r.below(f.len());
            f[at] = f[at].wrapping_add(1 + u8::try_from(r.below(255)).unwrap_or(0));
        }),
        ("byte lost", |f, r| {
            f.remove(r.below(f.len()));
        }),
        ("byte put in", |f, r| {
            let byte = u8::try_from(r.below(256)).unwrap_or(0);
            f.insert(r.below(f.len()), byte);
        }),
        ("stretch lost", |f, r| {
            let at = r.below(f.len() - 40);
            f.drain(at..at + 1 + r.below(40));
        }),
        ("stretch doubled", |f, r| {
            let at = r.below(f.len() - 40);
            let stretch = f[at..at + 1 + r.below(40)].to_vec();
            f.splice(at..at, stretch);
        }),
        ("letter case", |f, r| {
            let letters: Vec<_> = (0..f.len())
                .filter(|at| f[*at].is_ascii_alphabetic())
                .collect();
            f[letters[r.below(letters.len())]] ^= 0x20;
        }),
    ];
    for (name, damage) in damages {
        for kind in ["proof", "receipt"] {
            tell(all, name, BROKEN, move |random, _| {
                let world = World::honest(random);
                let good = if kind == "proof" {
                    world.file(random)
                } else {
                    world.receipt().sign(&world.key)
                };
                let mut file = good.clone().into_bytes();
                while file == good.as_bytes() {
                    damage(&mut file, random);
                }
                sample(file, &world.key)
            });
        }
    }
}
