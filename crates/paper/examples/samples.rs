//! Prints a sample of every paper into a folder: `cargo run -p paper --example samples -- FOLDER`.
//! For whoever changes a template and wants to see it. Prints as the server does, in a confined
//! process, which is this program again.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use paper::{ANSWER, HISTORY, LETTERHEAD, Printer, RECEIPT, Request};

const WORD: &str = "print-worker";

fn main() -> ExitCode {
    match std::env::args().nth(1) {
        Some(word) if word == WORD => paper::work(),
        Some(folder) => print(Path::new(&folder)),
        None => {
            eprintln!("Name a folder.");
            ExitCode::from(2)
        }
    }
}

#[tokio::main]
async fn print(folder: &Path) -> ExitCode {
    let printer = Printer::new("/proc/self/exe".into(), WORD);
    let samples = include_str!("../tests/samples.json");
    let samples: serde_json::Value = serde_json::from_str(samples).expect("the samples are JSON");
    for (name, body) in [
        ("answer", ANSWER),
        ("receipt", RECEIPT),
        ("history", HISTORY),
    ] {
        let began = Instant::now();
        let request = Request {
            letterhead: LETTERHEAD.to_owned(),
            body: body.to_owned(),
            data: samples[name].clone(),
            code: samples[name]["check"]["rows"][0][1]
                .as_str()
                .map(str::to_owned),
            mark: None,
            date: (2026, 11, 22),
        };
        match printer.print(&request).await {
            Ok(pdf) => {
                let path = folder.join(format!("{name}.pdf"));
                let size = pdf.len();
                if let Err(error) = std::fs::write(&path, pdf) {
                    eprintln!("{}: {error}", path.display());
                    return ExitCode::FAILURE;
                }
                println!("{name}: {size} bytes in {} ms", began.elapsed().as_millis());
            }
            Err(error) => {
                eprintln!("{name}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
