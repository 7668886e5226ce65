//! Stories that rewrite a file below its grammar: the JSON of a part, or the text itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use journal::disclosure::Disclosure;
use journal::entry::MAX_FIELDS;
use journal::proof::{MAX_FILE, proof_file};

use crate::stories::{Story, UNREADABLE, VALID, sample, tell, with_fields};
use crate::world::{Lie, Random, World};

type JsonEdit = fn(&str) -> Vec<u8>;
type TextEdit = fn(&str, &mut Random) -> Vec<u8>;

/// Other spellings of the same JSON, other keys, broken characters.
const SPELLINGS: &[(&str, JsonEdit)] = &[
    ("json unknown key", |j| {
        j.replacen('{', "{\"x\":1,", 1).into()
    }),
    ("json unknown key at the end", |j| {
        format!("{},\"x\":1}}", &j[..j.len() - 1]).into()
    }),
    ("json key twice", |j| {
        format!("{},\"hashes\":[]}}", &j[..j.len() - 1]).into()
    }),
    ("json proto key", |j| {
        j.replacen('{', "{\"__proto__\":{},", 1).into()
    }),
    ("json other order", |j| {
        j.replacen("\"fields\":", "\"hashes\":", 1).into()
    }),
    ("json space", |j| j.replacen(':', ": ", 1).into()),
    ("json newline", |j| format!("{j}\n").into()),
    ("json mark before", |j| format!("\u{feff}{j}").into()),
    ("json escape upper-case", |j| {
        j.replacen("okno", "\\u006F", 1).into()
    }),
    ("json needless escape", |j| {
        j.replacen("okno", "\\u006fkno", 1).into()
    }),
    ("json slash escaped", |j| {
        j.replacen("\"i\"", "\"\\u0069\"", 1)
            .replace('/', "\\/")
            .into()
    }),
    ("json lone surrogate", |j| {
        j.replacen("\"value\":\"", "\"value\":\"\\ud800", 1).into()
    }),
    ("json lone surrogate in header", |j| {
        j.replacen("origin ", "origin \\udc00", 1).into()
    }),
    ("json not utf-8", |j| [j.as_bytes(), b"\xff"].concat()),
    ("json surrogate bytes", |j| {
        replaced(j, b"\"value\":\"", b"\"value\":\"\xed\xa0\x80")
    }),
];

/// The place of a field, as anything but its one number.
const PLACES: &[(&str, JsonEdit)] = &[
    ("json nan", |j| {
        j.replacen("\"i\":", "\"i\":NaN,\"i\":", 1).into()
    }),
    ("json place nan", |j| {
        j.replacen("\"i\":0", "\"i\":NaN", 1).into()
    }),
    ("json place minus zero", |j| {
        j.replacen("\"i\":0", "\"i\":-0", 1).into()
    }),
    ("json place negative", |j| {
        j.replacen("\"i\":0", "\"i\":-1", 1).into()
    }),
    ("json place float", |j| {
        j.replacen("\"i\":0", "\"i\":0.0", 1).into()
    }),
    ("json place exponent", |j| {
        j.replacen("\"i\":0", "\"i\":0e0", 1).into()
    }),
    ("json place true", |j| {
        j.replacen("\"i\":0", "\"i\":true", 1).into()
    }),
    ("json place false", |j| {
        j.replacen("\"i\":0", "\"i\":false", 1).into()
    }),
    ("json place text", |j| {
        j.replacen("\"i\":0", "\"i\":\"0\"", 1).into()
    }),
    ("json place leading zero", |j| {
        j.replacen("\"i\":0", "\"i\":00", 1).into()
    }),
    ("json place huge", |j| {
        j.replacen("\"i\":0", "\"i\":18446744073709551616", 1)
            .into()
    }),
    ("json place endless", |j| {
        j.replacen("\"i\":0", &format!("\"i\":{}", "9".repeat(5000)), 1)
            .into()
    }),
    ("json place beyond", |j| {
        j.replacen("\"i\":0", "\"i\":10", 1).into()
    }),
    ("json place infinite", |j| {
        j.replacen("\"i\":0", "\"i\":1e999", 1).into()
    }),
];

/// Other values than the format has.
const SHAPES: &[(&str, JsonEdit)] = &[
    ("json key missing", |j| {
        j.replacen("\"header_salt\":", "\"hs\":", 1).into()
    }),
    ("json salt null", |j| {
        j.replacen("\"salt\":\"", "\"salt\":null,\"s\":\"", 1)
            .into()
    }),
    ("json hashes of numbers", |j| {
        j.replacen("\"hashes\":[", "\"hashes\":[1,", 1).into()
    }),
    ("json fields an object", |j| {
        cut_at_fields(j, "{},\"hashes\":[]}")
    }),
    ("json fields null", |j| {
        cut_at_fields(j, "null,\"hashes\":[]}")
    }),
    ("json hashes an object", |j| {
        cut_at_fields(j, "[],\"hashes\":{}}")
    }),
    ("json hashes text", |j| {
        cut_at_fields(j, "[],\"hashes\":\"\"}")
    }),
    ("json too many hashes", |j| {
        let hash = "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"";
        let hashes = vec![hash; MAX_FIELDS + 1].join(",");
        cut_at_fields(j, &format!("[],\"hashes\":[{hashes}]}}"))
    }),
    ("json null", |_| b"null".to_vec()),
    ("json array", |_| b"[\"\",\"\",[],[]]".to_vec()),
    ("json header a number", |_| {
        br#"{"header":1,"header_salt":"","fields":[],"hashes":[]}"#.to_vec()
    }),
    ("json empty", |_| Vec::new()),
    ("json deep", |_| deep().into()),
    ("json field deep", |j| {
        j.replacen("\"fields\":[", &format!("\"fields\":[{}", deep()), 1)
            .into()
    }),
];

/// Malformed headers in well-formed JSON.
const HEADERS: &[(&str, JsonEdit)] = &[
    ("header line more", |j| {
        j.replacen("\\nfields", "\\nx y\\nfields", 1).into()
    }),
    ("header line less", |j| {
        j.replacen("\\nkind case", "", 1).into()
    }),
    ("header carriage returns", |j| {
        j.replace("\\n", "\\r\\n").into()
    }),
    ("header name with space", |j| {
        j.replacen("origin ", "origin \u{2003}", 1).into()
    }),
    ("header name with next line", |j| {
        j.replacen("origin ", "origin \u{85}", 1).into()
    }),
    ("header version zero", |j| {
        j.replacen("version 1", "version 0", 1).into()
    }),
    ("header version leading zero", |j| {
        j.replacen("version 1", "version 01", 1).into()
    }),
    ("header version arabic digits", |j| {
        j.replacen("version 1", "version ١", 1).into()
    }),
    ("header time huge", |j| {
        j.replacen("recorded_at ", "recorded_at 99999999", 1).into()
    }),
    ("header action capital", |j| {
        j.replacen("action case", "action Case", 1).into()
    }),
    ("header action newline", |j| {
        j.replacen("action case", "action \\ncase", 1).into()
    }),
    ("header kind cyrillic", |j| {
        j.replacen("kind case", "kind дело", 1).into()
    }),
    ("header id braces", |j| {
        j.replacen("\\nid ", "\\nid {", 1).into()
    }),
    ("header other type", |j| {
        j.replacen("okno.entry.v1", "okno.entry.v2", 1).into()
    }),
    ("header prev padded", |j| {
        j.replacen("prev -", "prev -=", 1).into()
    }),
];

/// The JSON up to the value of `fields`, and what is to follow instead.
fn cut_at_fields(json: &str, rest: &str) -> Vec<u8> {
    let end = json.find("\"fields\":").unwrap_or(0);
    format!("{}\"fields\":{rest}", &json[..end]).into()
}

fn deep() -> String {
    "[".repeat(200_000)
}

/// Stories that rewrite the JSON of one part without its writer.
pub(crate) fn edited_json(all: &mut Vec<Story>) {
    for (name, edit) in SPELLINGS
        .iter()
        .chain(PLACES)
        .chain(SHAPES)
        .chain(HEADERS)
        .copied()
    {
        tell(all, name, UNREADABLE, move |random, _| {
            loop {
                let (world, parts) = with_fields(random);
                let json = parts[0].disclosure.to_json();
                let edited = edit(&json);
                // Some edits need a first field in clear; try another world until they bite.
                if edited != json.as_bytes() {
                    let file = proof_file(&parts, &world.checkpoint());
                    return sample(
                        file.replacen(&STANDARD.encode(json), &STANDARD.encode(edited), 1),
                        &world.key,
                    );
                }
            }
        });
    }
}

fn replaced(text: &str, from: &[u8], to: &[u8]) -> Vec<u8> {
    let bytes = text.as_bytes();
    match bytes.windows(from.len()).position(|window| window == from) {
        Some(at) => [&bytes[..at], to, &bytes[at + from.len()..]].concat(),
        None => bytes.to_vec(),
    }
}

/// Malformed files.
const TEXTS: &[(&str, TextEdit)] = &[
    ("empty", |_, _| Vec::new()),
    ("only first line", |_, _| {
        b"c2sp.org/tlog-proof@v1\n".to_vec()
    }),
    ("first line without newline", |_, _| {
        b"c2sp.org/tlog-proof@v1".to_vec()
    }),
    ("other first line", |f, _| {
        f.replacen("@v1", "@v2", 1).into()
    }),
    ("mark before", |f, _| format!("\u{feff}{f}").into()),
    ("empty line before", |f, _| format!("\n{f}").into()),
    ("carriage returns", |f, _| f.replace('\n', "\r\n").into()),
    ("one carriage return", |f, _| {
        f.replacen("\nindex", "\r\nindex", 1).into()
    }),
    ("truncated", |f, r| {
        let start = f.rfind("c2sp.org/tlog-proof").unwrap_or(0);
        f.as_bytes()[..start + 1 + r.below(f.len() - start - 1)].to_vec()
    }),
    ("last newline missing", |f, _| f.trim_end().into()),
    ("newline after", |f, _| format!("{f}\n").into()),
    ("word after", |f, _| format!("{f}rubbish\n").into()),
    ("zero byte after", |f, _| format!("{f}\0").into()),
    ("paragraph after", |f, _| format!("{f}\nrubbish\n").into()),
    ("signature paragraph after", |f, _| {
        format!("{f}\n— a AAAAAAE=\n").into()
    }),
    ("empty part after", |f, _| {
        format!("{f}c2sp.org/tlog-proof@v1\n").into()
    }),
    ("part begun after", |f, _| {
        format!("{f}c2sp.org/tlog-proof@v1\nindex 0\n").into()
    }),
    ("first line twice", |f, _| {
        format!("c2sp.org/tlog-proof@v1\n{f}").into()
    }),
    ("not utf-8", |f, _| [f.as_bytes(), b"\xc3\n"].concat()),
    ("overlong utf-8", |f, _| {
        replaced(f, b"index ", b"index \xc0\xb0")
    }),
    ("tab", |f, _| f.replacen("index ", "index\t", 1).into()),
    ("escape character", |f, _| {
        f.replacen("\n\n", "\n\u{1b}\n", 1).into()
    }),
    ("extra missing", |f, _| without_line(f, "extra ").into()),
    ("index missing", |f, _| without_line(f, "index ").into()),
    ("extra twice", |f, _| twice_line(f, "extra ").into()),
    ("index twice", |f, _| twice_line(f, "index ").into()),
    ("index leading zero", |f, _| {
        f.replacen("index ", "index 0", 1)
            .replacen("index 00\n", "index 000\n", 1)
            .into()
    }),
    ("index plus", |f, _| {
        f.replacen("index ", "index +", 1).into()
    }),
    ("index huge", |f, _| {
        f.replacen("index ", "index 900719925474099200", 1).into()
    }),
    ("index just too large", |f, _| {
        f.replacen("index ", "index 9007199254740992\nindex ", 1)
            .into()
    }),
    ("index space after", |f, _| space_after(f, "index ").into()),
    ("extra padding missing", |f, _| {
        f.replacen("\nindex", "=\nindex", 1).into()
    }),
    ("extra with space", |f, _| {
        f.replacen("extra ", "extra  ", 1).into()
    }),
    ("extra in url alphabet", |f, _| {
        f.replacen("extra ey", "extra e-", 1).into()
    }),
    ("path with 65 hashes", |f, _| {
        let line = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        f.replacen("\n\n", &format!("\n{}\n", line.repeat(65)), 1)
            .into()
    }),
    ("path hash spare bits", |f, _| {
        f.replacen(
            "\n\n",
            "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n\n",
            1,
        )
        .into()
    }),
    ("path hash short", |f, _| {
        f.replacen("\n\n", "\nAAAA\n\n", 1).into()
    }),
    ("no empty line", |f, _| f.replacen("\n\n", "\n", 1).into()),
    ("no signature", |f, _| f[..f.rfind('—').unwrap_or(0)].into()),
    ("signature of no bytes", |f, _| {
        format!("{f}— a AAAAAA==\n").into()
    }),
    ("hyphen for dash", |f, _| f.replace('—', "-").into()),
    ("65 signatures", |f, _| {
        let more = "— a AAAAAAE=\n".repeat(64);
        format!("{f}{more}").into()
    }),
];

/// Stories that edit the text of the file.
pub(crate) fn edited_text(all: &mut Vec<Story>) {
    for (name, edit) in TEXTS.iter().copied() {
        tell(all, name, UNREADABLE, move |random, _| {
            let world = World::honest(random);
            let file = world.file(random);
            sample(edit(&file, random), &world.key)
        });
    }
    tell(all, "64 signatures", VALID, |random, _| {
        let world = World::honest(random);
        let checkpoint = world.checkpoint() + &"— a AAAAAAE=\n".repeat(63);
        sample(proof_file(&world.parts(random), &checkpoint), &world.key)
    });
    tell(all, "larger than allowed", UNREADABLE, |random, round| {
        // Told in full once only: such files are big.
        let lie = if round == 0 { Lie::Huge } else { Lie::None };
        let world = World::new(random, 1, 300, lie);
        let mut parts = world.parts(random);
        parts[0].disclosure = Disclosure::of(&world.records[0], |_| true);
        let file = proof_file(&parts, &world.checkpoint());
        let file = if round == 0 { file } else { file + "\n" };
        assert_eq!(file.len() > MAX_FILE, round == 0, "the size is the story");
        sample(file, &world.key)
    });
    tell(
        all,
        "checkpoint longer than allowed",
        UNREADABLE,
        |random, round| {
            let world = World::honest(random);
            let line = if round < 3 {
                "x".repeat(256 * 1024)
            } else {
                String::new()
            };
            let checkpoint = world.key.sign(&format!("{}{line}\n", world.head.text()));
            sample(proof_file(&world.parts(random), &checkpoint), &world.key)
        },
    );
}

pub(crate) fn without_line(file: &str, prefix: &str) -> String {
    file.split_inclusive('\n')
        .filter(|line| !line.starts_with(prefix))
        .collect()
}

fn twice_line(file: &str, prefix: &str) -> String {
    file.split_inclusive('\n')
        .map(|line| line.repeat(1 + usize::from(line.starts_with(prefix))))
        .collect()
}

fn space_after(file: &str, prefix: &str) -> String {
    file.split('\n')
        .map(|line| {
            if line.starts_with(prefix) {
                format!("{line} ")
            } else {
                line.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join("\n")
}
