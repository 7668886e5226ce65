mod common;
use common::*;
use std::time::Instant;
#[test]
fn speed() {
    for log in Log::all() {
        let id = log.new_thing("x");
        let t = Instant::now();
        for _ in 0..10 {
            let journal = log.journal.clone();
            log.store().change_blocking(&ACTOR, move |tx| { for _ in 0..2000 { rename(&journal, tx, id, "ещё")?; } Ok(()) }).unwrap();
        }
        println!("{} record 20000: {:?}", log.name(), t.elapsed());
        let t = Instant::now();
        let n = log.place();
        println!("{} place {n}: {:?}", log.name(), t.elapsed());
        for batch in [1usize, 10, 100, 1000] {
            let journal = log.journal.clone();
            log.store().change_blocking(&ACTOR, move |tx| { for _ in 0..batch { rename(&journal, tx, id, "ещё")?; } Ok(()) }).unwrap();
            let t = Instant::now();
            log.place();
            println!("{} place {batch}: {:?}", log.name(), t.elapsed());
        }
        let t = Instant::now();
        log.seal();
        println!("{} seal first 20k: {:?}", log.name(), t.elapsed());
        log.change(id, "a"); log.place();
        let t = Instant::now();
        log.seal();
        println!("{} seal +1: {:?}", log.name(), t.elapsed());
        let t = Instant::now();
        log.assert_sound();
        println!("{} fsck: {:?}", log.name(), t.elapsed());
    }
}
