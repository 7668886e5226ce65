//! Setting: from a request to the bytes of a PDF. The world that typst is shown consists of the
//! request's virtual files and our fonts: there are no folders and no packages in it.

use fast_qr::convert::{Builder, Shape, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};
use typst::diag::{FileError, FileResult, PackageError, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::request::{MOST_PDF, Request};
use crate::{Error, Result, fonts, legible};

/// The most letters of a complaint about a template.
const MOST_COMPLAINT: usize = 2000;
/// The most pages of one paper: a history of a case with everything in it has a fraction of them.
const MOST_PAGES: usize = 1000;

struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    body: Source,
    letterhead: Source,
    data: (FileId, Bytes),
    code: Option<(FileId, Bytes)>,
    mark: Option<(FileId, Bytes)>,
    today: Datetime,
}

/// Sets one paper. Equal requests give equal bytes.
pub(crate) fn set(mut request: Request) -> Result<Vec<u8>> {
    let (year, month, day) = request.date;
    let today = Datetime::from_ymd(year, month, day)
        .ok_or_else(|| Error::Template("there is no such date".to_owned()))?;
    let fonts = fonts::all();
    legible::make(&mut request.data, &fonts);
    let data = serde_json::to_vec(&request.data).map_err(|e| Error::Broken(e.to_string()))?;
    let code = request.code.as_deref().map(square_code).transpose()?;
    let desk = Desk {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        body: Source::new(file("body.typ")?, request.body),
        letterhead: Source::new(file("letterhead.typ")?, request.letterhead),
        data: (file("data.json")?, Bytes::new(data)),
        code: match code {
            Some(svg) => Some((file("qr.svg")?, Bytes::from_string(svg))),
            None => None,
        },
        mark: match request.mark {
            Some(mark) => Some((file("mark")?, Bytes::new(mark.0))),
            None => None,
        },
        today,
    };
    let document = typst::compile(&desk)
        .output
        .map_err(|found| desk.complaint(&found))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a])
        .map_err(|error| Error::Broken(error.message().to_string()))?;
    let options = PdfOptions {
        creator: Smart::Custom(None),
        timestamp: Some(Timestamp::new_utc(today)),
        standards,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|found| desk.complaint(&found))?;
    if pdf.len() > MOST_PDF || document.pages().len() > MOST_PAGES {
        return Err(Error::TooLarge);
    }
    Ok(pdf)
}

/// The square code as a picture.
fn square_code(text: &str) -> Result<String> {
    let code = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|error| Error::Template(format!("the square code: {error}")))?;
    Ok(SvgBuilder::default()
        .margin(0)
        .shape(Shape::Square)
        .to_str(&code))
}

fn file(name: &str) -> Result<FileId> {
    let path = VirtualPath::new(name).map_err(|error| Error::Broken(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Desk {
    /// What typst complains of, with the place, for the template's author.
    fn complaint(&self, found: &[SourceDiagnostic]) -> Error {
        let lines = found.iter().take(5).map(|diagnostic| {
            let place = diagnostic.span.id().and_then(|id| {
                let source = self.source(id).ok()?;
                let at = self.range(diagnostic.span)?.start;
                let line = source.lines().byte_to_line(at)? + 1;
                Some(format!("{}:{line}: ", id.get().vpath().get_without_slash()))
            });
            format!("{}{}", place.unwrap_or_default(), diagnostic.message)
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        Error::Template(text.chars().take(MOST_COMPLAINT).collect())
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.body.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.body, &self.letterhead]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Ok(source) = self.source(id) {
            return Ok(Bytes::from_string(source.text().to_owned()));
        }
        std::iter::once(&self.data)
            .chain(&self.code)
            .chain(&self.mark)
            .find(|(known, _)| *known == id)
            .map(|(_, bytes)| bytes.clone())
            .ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Some(self.today)
    }
}

/// The world holds nothing but the request's own files.
fn absent(id: FileId) -> FileError {
    match id.get().root() {
        VirtualRoot::Package(package) => {
            FileError::Package(PackageError::NotFound(package.clone()))
        }
        VirtualRoot::Project => FileError::NotFound(id.get().vpath().get_with_slash().into()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use serde_json::{Value, json};

    use super::*;
    use crate::{ANSWER, HISTORY, LETTERHEAD, RECEIPT};

    fn samples() -> Value {
        serde_json::from_str(include_str!("../tests/samples.json")).unwrap()
    }

    fn request(body: &str, data: Value) -> Request {
        Request {
            letterhead: LETTERHEAD.to_owned(),
            body: body.to_owned(),
            data,
            code: Some("https://okno.example/genuine/A-2026-00000042-1/7KQ2-M8XT".to_owned()),
            mark: None,
            date: (2026, 11, 25),
        }
    }

    /// What somebody reads in a file; none where the reader is not installed.
    fn read(pdf: &[u8]) -> Option<String> {
        let reader = Command::new("pdftotext")
            .args(["-layout", "-", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut reader) = reader else {
            println!("skipped: pdftotext is not installed");
            return None;
        };
        reader.stdin.take().unwrap().write_all(pdf).unwrap();
        let read = reader.wait_with_output().unwrap();
        Some(String::from_utf8(read.stdout).unwrap())
    }

    fn refused(body: &str) -> String {
        match set(request(body, json!({}))) {
            Err(Error::Template(complaint)) => complaint,
            other => panic!("{body}: {:?}", other.map(|pdf| pdf.len())),
        }
    }

    #[test]
    fn a_letter_can_be_read_and_is_for_the_archive() {
        let pdf = set(request(ANSWER, samples()["answer"].clone())).unwrap();
        let raw = String::from_utf8_lossy(&pdf);
        assert!(raw.contains("<pdfaid:part>2</pdfaid:part>"), "PDF/A-2");
        assert!(raw.contains("PTSerif-Regular"), "its font is in the file");
        let Some(text) = read(&pdf) else { return };
        for part in [
            "Управление благоустройства и дорожного хозяйства",
            "Семёновой Анне Викторовне",
            "На № А-2026-000123-4",
            "глубиной 9 см подтверждено",
            "На каком основании",
            "П. С. Орлов",
            "7KQ2-M8XT",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }

    /// A black square of two by two points, as a drawing program saves it.
    const MARK: &[u8] =
        b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x02\
        \x00\x00\x00\x02\x08\x00\x00\x00\x00\x57\xdd\x52\xf8\x00\x00\x00\x0b\x49\x44\x41\
        \x54\x78\x9c\x63\x60\x00\x01\x00\x00\x06\x00\x01\xfe\x8c\x67\xc8\x00\x00\x00\x00\
        \x49\x45\x4e\x44\xae\x42\x60\x82";

    #[test]
    fn a_letterhead_of_its_own_has_lines_contacts_a_foot_and_a_mark() {
        let mut data = samples()["answer"].clone();
        data["agency"] = json!({
            "above": "", "name": "Отдел", "below": "Сектор мостов",
            "lines": ["Приозёрская область", "Отдел дорог"],
            "contacts": "602267, ул. Садовая, 1 · +7 48000 2-00-00",
            "foot": "ИНН 4800000000", "mark": "Герб: Отдел",
        });
        let mut whole = request(ANSWER, data);
        whole.mark = Some(crate::Mark(MARK.to_vec()));
        let back: Request = serde_json::from_slice(&serde_json::to_vec(&whole).unwrap()).unwrap();
        assert_eq!(back, whole, "the mark survives the way to the process");
        let pdf = set(whole).unwrap();
        assert!(String::from_utf8_lossy(&pdf).contains("/Subtype/Image"));
        let Some(text) = read(&pdf) else { return };
        for part in [
            "Приозёрская область",
            "Отдел дорог",
            "Сектор мостов",
            "+7 48000 2-00-00",
            "ИНН 4800000000",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }

    #[test]
    fn the_same_paper_is_the_same_file() {
        for (name, body) in [
            ("answer", ANSWER),
            ("receipt", RECEIPT),
            ("history", HISTORY),
        ] {
            let print = || set(request(body, samples()[name].clone())).unwrap();
            assert_eq!(print(), print(), "{name}");
        }
    }

    #[test]
    fn what_people_wrote_is_shown_and_never_run() {
        let mut data = samples()["answer"].clone();
        let evil = "#read(\"/etc/passwd\") $x$ *bold* = heading @key \\ 🏠 \u{202E}abc \u{7} // no";
        data["paragraphs"] = json!([evil, "#panic()"]);
        data["to"]["name"] = json!(evil);
        data["sections"] = json!([{"title": evil, "paragraphs": [evil]}]);
        let pdf = set(request(ANSWER, data)).unwrap();
        let Some(text) = read(&pdf) else { return };
        assert!(text.contains("#read(\"/etc/passwd\") $x$ *bold*"), "{text}");
        assert!(text.contains("#panic()"), "{text}");
    }

    #[test]
    fn a_long_letter_goes_over_to_other_pages() {
        let mut data = samples()["answer"].clone();
        data["paragraphs"] = json!(vec!["Слово и дело. ".repeat(60); 12]);
        let pdf = set(request(ANSWER, data)).unwrap();
        let Some(text) = read(&pdf) else { return };
        assert!(
            text.matches('\u{c}').count() > 1,
            "pages end with a form feed"
        );
    }

    #[test]
    fn a_template_finds_no_file_and_no_package() {
        assert!(refused("#read(\"/etc/passwd\")").contains("not found"));
        assert!(refused("#read(\"../../../etc/passwd\")").contains("body.typ:1"));
        assert!(refused("#image(\"/proc/self/environ\")").contains("not found"));
        assert!(refused("#import \"@preview/cetz:0.3.1\"").contains("package"));
        assert!(refused("#let x = (").starts_with("body.typ:1: "));
    }
}
