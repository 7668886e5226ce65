//! Files of strangers: the first byte chooses which kinds are taken, the rest is the file. What is
//! taken has a copy that is taken, too.
#![no_main]

use files::{Kind, Limits, inspect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, file)) = bytes.split_first() else {
        return;
    };
    let kinds: Vec<Kind> = Kind::ALL
        .into_iter()
        .enumerate()
        .filter(|(at, _)| choice >> at & 1 == 1)
        .map(|(_, kind)| kind)
        .collect();
    // Small bounds keep one round short; what is searched for are hangs, panics and wrong verdicts.
    let limits = Limits {
        bytes: 1 << 20,
        pixels: 1 << 20,
        pages: 50,
        objects: 2_000,
    };
    if let Ok(taken) = inspect("file.pdf", file, &kinds, &limits) {
        assert!(kinds.contains(&taken.kind));
        let copy = inspect("copy.pdf", &taken.cleaned, &kinds, &Limits::default());
        assert_eq!(copy.map(|copy| copy.kind), Ok(taken.kind));
    }
});
