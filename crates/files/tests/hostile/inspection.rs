//! What good files become and how hostile ones are refused.

use crate::corpus::{
    acting_pdf, exif, jpeg, packed_pdf, pdf, pdf_with, picture, pixel_bomb_jpeg, pixel_bomb_png,
    png, telling_pdf, with_segment, zip,
};
use files::{Inspected, Kind, Limits, Refusal, What, inspect};
use image::GenericImageView;
use lopdf::{Object, Stream, dictionary};

fn judged(name: &str, bytes: &[u8]) -> Result<Inspected, Refusal> {
    inspect(name, bytes, &Kind::ALL, &Limits::default())
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn honest_files_are_taken_and_named_by_their_content() {
    let photo = judged("двор.JPEG", &jpeg(640, 480)).unwrap();
    assert_eq!((photo.kind, photo.name.as_str()), (Kind::Jpeg, "двор.jpg"));
    let small = image::load_from_memory(&photo.thumbnail.unwrap()).unwrap();
    assert_eq!(small.dimensions(), (320, 240));
    let tiny = judged("a.jpg", &jpeg(60, 40)).unwrap().thumbnail.unwrap();
    let tiny = image::load_from_memory(&tiny).unwrap();
    assert_eq!(tiny.dimensions(), (60, 40), "small ones are not blown up");
    let scan = judged("справка.pdf", &pdf(3)).unwrap();
    assert_eq!((scan.kind, scan.pages), (Kind::Pdf, Some(3)));
    let drawing = judged("план.png", &png(50, 400)).unwrap();
    assert_eq!(drawing.kind, Kind::Png);
    // The wrong ending is put right, because the content counts.
    assert_eq!(judged("скан.pdf", &jpeg(8, 8)).unwrap().name, "скан.jpg");
    assert_eq!(judged("a.pdf.exe", &pdf(1)).unwrap().name, "a.pdf");
}

#[test]
fn a_picture_loses_its_remarks_and_stands_upright() {
    let mut photo = with_segment(&jpeg(64, 32), 0xe1, &exif(6, *b"Klavdia\0"));
    photo = with_segment(&photo, 0xfe, b"remark of Klavdia");
    let taken = judged("a.jpg", &photo).unwrap();
    assert!(holds(&photo, b"Klavdia") && !holds(&taken.cleaned, b"Klavdia"));
    assert!(!holds(&taken.cleaned, b"Exif"));
    let upright = image::load_from_memory(&taken.cleaned).unwrap();
    assert_eq!(upright.dimensions(), (32, 64), "turned as the camera said");
    // Turned by a quarter to the right, what was on top is on the right.
    let right = upright.get_pixel(28, 32);
    assert!(right[0] > 150 && right[2] < 100, "{right:?}");
    assert_eq!(picture(64, 32).dimensions(), (64, 32));
}

#[test]
fn a_document_loses_its_author_and_stays_readable() {
    let told = telling_pdf();
    let taken = judged("a.pdf", &told).unwrap();
    for name in [&b"Klavdia"[..], b"xmpmeta", b"Exif"] {
        assert!(holds(&told, name), "the sample lacks {name:?}");
        assert!(!holds(&taken.cleaned, name), "the copy tells {name:?}");
    }
    let copy = judged("copy.pdf", &taken.cleaned).unwrap();
    assert_eq!(copy.pages, Some(1));
}

#[test]
fn what_is_not_what_it_says_is_named() {
    for (name, bytes, what) in [
        ("scan.pdf", zip("bomb.txt", &[0; 5000]), What::Archive),
        ("scan.pdf", zip("word/document.xml", b"<w/>"), What::Office),
        ("photo.jpg", b"MZ\x90\0\x03".to_vec(), What::Program),
        ("photo.png", b"<svg onload=alert(1)>".to_vec(), What::Page),
        ("a.pdf", b"<html><script>1</script>".to_vec(), What::Page),
        ("a.pdf", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), What::Heic),
        ("a.pdf", "Жалоба".as_bytes().to_vec(), What::Text),
        ("a.pdf", b"  \n%PDF-1.7\n%%EOF".to_vec(), What::Text),
        ("a.pdf", vec![0; 100], What::Unknown),
    ] {
        assert_eq!(judged(name, &bytes), Err(Refusal::NotAllowed(what)));
    }
    let only_pdf = inspect("a.pdf", &jpeg(8, 8), &[Kind::Pdf], &Limits::default());
    assert_eq!(only_pdf, Err(Refusal::NotAllowed(What::Good(Kind::Jpeg))));
}

#[test]
fn too_much_is_refused_before_it_is_unpacked() {
    assert_eq!(judged("a.pdf", b""), Err(Refusal::Empty));
    let mut huge = pdf(1);
    huge.resize(50 * 1024 * 1024, b' ');
    let refused = Err(Refusal::TooLarge { megabytes: 25 });
    assert_eq!(judged("a.pdf", &huge), refused);
    let refused = Err(Refusal::TooManyPixels { megapixels: 60 });
    assert_eq!(judged("a.png", &pixel_bomb_png(60_000, 60_000)), refused);
    assert_eq!(judged("a.png", &pixel_bomb_png(9_000, 9_000)), refused);
    assert_eq!(judged("a.jpg", &pixel_bomb_jpeg(65_500, 65_500)), refused);
    let refused = Err(Refusal::TooManyPages { pages: 500 });
    assert_eq!(judged("a.pdf", &pdf(10_000)), refused);
    let few = Limits {
        objects: 50,
        ..Limits::default()
    };
    let judged = inspect("a.pdf", &pdf(60), &Kind::ALL, &few);
    assert_eq!(judged, Err(Refusal::TooComplex));
}

#[test]
fn a_document_that_swells_is_refused() {
    let bomb = packed_pdf("900 0 ", &vec![b' '; 40 * 1024 * 1024]);
    assert!(bomb.len() < 100_000, "it is small before");
    assert_eq!(judged("a.pdf", &bomb), Err(Refusal::TooComplex));
}

#[test]
fn what_runs_by_itself_is_refused() {
    let js = || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    let launch = dictionary! { "S" => "Launch", "F" => Object::string_literal("cmd.exe") };
    let uri = dictionary! { "S" => "URI", "URI" => Object::string_literal("http://a.example") };
    let form = dictionary! { "S" => "SubmitForm", "F" => Object::string_literal("http://a") };
    let active = Err(Refusal::Active);
    for action in [js(), launch, uri, form] {
        assert_eq!(judged("a.pdf", &acting_pdf(action)), active);
    }
    // A name may be written in numbers.
    let hidden = acting_pdf(js());
    let plain = b"/JavaScript";
    let at = hidden
        .windows(plain.len())
        .position(|w| w == plain)
        .unwrap();
    let spelled = [&hidden[..at], b"/J#61vaScript", &hidden[at + plain.len()..]].concat();
    assert_eq!(judged("a.pdf", &spelled), active);
    // Packed away where no search of the bytes finds it.
    let packed = packed_pdf("900 0 ", b"<</S/JavaScript/JS(app.alert\\(1\\))>>");
    assert_eq!(judged("a.pdf", &packed), active);
    let rich = pdf_with(1, |document, catalog| {
        let note = document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "RichMedia" });
        catalog.set("Kept", note);
    });
    assert_eq!(judged("a.pdf", &rich), active);
    let turning = pdf_with(1, |_, catalog| {
        let uri = dictionary! { "S" => "URI", "URI" => Object::string_literal("http://a") };
        catalog.set("AA", dictionary! { "O" => uri });
    });
    assert_eq!(judged("a.pdf", &turning), active);
    // Showing the first page in full width is what honest programs write.
    let place = dictionary! { "S" => "GoTo", "D" => vec![0.into(), "Fit".into()] };
    assert!(judged("a.pdf", &acting_pdf(place)).is_ok());
}

#[test]
fn passwords_and_files_inside_are_refused() {
    let locked = pdf_with(1, |document, _| {
        let lock = document.add_object(dictionary! { "Filter" => "Standard", "V" => 2, "R" => 3 });
        document.trailer.set("Encrypt", lock);
    });
    assert_eq!(judged("a.pdf", &locked), Err(Refusal::Encrypted));
    let carrying = pdf_with(1, |document, catalog| {
        let file = document.add_object(Stream::new(
            dictionary! { "Type" => "EmbeddedFile" },
            b"MZ".to_vec(),
        ));
        catalog.set("Kept", dictionary! { "EF" => dictionary! { "F" => file } });
    });
    assert_eq!(judged("a.pdf", &carrying), Err(Refusal::Attachments));
}

#[test]
fn two_files_in_one_are_refused() {
    let archive = zip("evil.html", b"<b>");
    let hidden = Err(Refusal::Polyglot);
    let joined = |first: Vec<u8>, second: &[u8]| [&first[..], second].concat();
    for (name, bytes) in [
        ("a.jpg", joined(jpeg(8, 8), &archive)),
        ("a.png", joined(png(8, 8), &archive)),
        ("a.pdf", joined(pdf(1), &archive)),
        ("a.jpg", joined(jpeg(8, 8), b"<script>alert(1)</script>")),
        ("a.jpg", joined(jpeg(8, 8), &pdf(1))),
        ("a.jpg", joined(jpeg(8, 8), &vec![1; 100_000])),
        ("a.png", joined(png(8, 8), &vec![1; 5_000])),
        ("a.pdf", joined(pdf(1), &vec![1; 5_000])),
        (
            "a.jpg",
            with_segment(&jpeg(8, 8), 0xfe, b"<?php system(1); ?>"),
        ),
        (
            "a.jpg",
            with_segment(&jpeg(8, 8), 0xfe, b"<!DocType html><body>"),
        ),
        ("a.jpg", with_segment(&jpeg(8, 8), 0xfe, b"%PDF-1.7")),
        ("a.jpg", with_segment(&jpeg(8, 8), 0xfe, &archive)),
        (
            "a.pdf",
            joined(b"%PDF-1.7\n<html><script>1</script>\n".to_vec(), &pdf(1)),
        ),
    ] {
        assert_eq!(
            judged(name, &bytes),
            hidden,
            "{name} of {} bytes",
            bytes.len()
        );
    }
    // Telephones put a second, smaller picture and a short film behind the first.
    let preview = joined(jpeg(64, 64), &jpeg(8, 8));
    let mut film = b"\0\0\0\x10ftypmp42\0\0\0\0".to_vec();
    film.extend(200_008u32.to_be_bytes());
    film.extend(b"mdat");
    film.resize(film.len() + 200_000, 7);
    let lively = judged("a.jpg", &joined(preview, &film)).unwrap();
    assert!(
        lively.cleaned.len() < 10_000,
        "the copy has the picture alone"
    );
}

#[test]
fn what_breaks_off_is_refused() {
    for (name, whole) in [
        ("a.jpg", jpeg(200, 200)),
        ("a.png", png(200, 200)),
        ("a.pdf", pdf(3)),
    ] {
        for part in [1, 3, 5, 7, 9] {
            let cut = &whole[..whole.len() * part / 10];
            let judged = judged(name, cut);
            assert_eq!(judged, Err(Refusal::Unreadable), "{name} cut at {part}/10");
        }
    }
}

#[test]
fn nothing_that_is_sent_makes_the_inspection_panic() {
    // What a parser panics with is caught; this looks for hangs and for what escapes.
    let samples = [
        jpeg(40, 30),
        with_segment(&jpeg(40, 30), 0xe1, &exif(6, *b"Klavdia\0")),
        png(40, 30),
        pdf(3),
        telling_pdf(),
        acting_pdf(dictionary! { "S" => "GoTo" }),
        zip("a.txt", b"abc"),
    ];
    let mut dice = crate::corpus::Dice(0x0b5e_55ed_c0ff_ee01);
    let rounds = if std::env::var_os("OKNO_LONG").is_some() {
        20_000
    } else {
        600
    };
    let mut taken = 0;
    for _ in 0..rounds {
        let mut bytes = samples[dice.throw(samples.len())].clone();
        for _ in 0..=dice.throw(8) {
            let at = dice.throw(bytes.len());
            match dice.throw(4) {
                0 => bytes[at] = u8::try_from(dice.throw(256)).unwrap(),
                1 => bytes.truncate(at.max(1)),
                2 => {
                    let from = dice.throw(bytes.len());
                    let part = bytes[from..(from + dice.throw(64)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, part);
                }
                _ => {
                    bytes.drain(at..(at + dice.throw(32)).min(bytes.len()));
                    if bytes.is_empty() {
                        bytes.push(0);
                    }
                }
            }
        }
        if let Ok(good) = judged("a.pdf", &bytes) {
            taken += 1;
            let copy = judged("copy.pdf", &good.cleaned).map(|copy| copy.kind);
            assert_eq!(copy, Ok(good.kind), "the copy of what is taken is taken");
        }
    }
    assert!(taken > 0, "mutations that do no harm are taken");
}
