//! Files good and hostile, made on the spot: nothing of them lies in the repository.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Rgb, RgbImage};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A picture whose upper half is red and whose lower half is blue.
pub(crate) fn picture(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |_, y| {
        if y < height / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    }))
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    picture(width, height)
        .write_with_encoder(JpegEncoder::new_with_quality(&mut out, 85))
        .unwrap();
    out
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    picture(width, height)
        .write_to(&mut out, image::ImageFormat::Png)
        .unwrap();
    out.into_inner()
}

/// The JPEG with a segment put right after its start.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, marker]);
    out.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
    out.extend(content);
    out.extend(&jpeg[2..]);
    out
}

/// Remarks of a camera: an orientation and a text (EXIF 2.3, little endian).
pub(crate) fn exif(orientation: u16, maker: [u8; 8]) -> Vec<u8> {
    let mut out = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    out.extend([0x0f, 0x01, 2, 0, 8, 0, 0, 0, 38, 0, 0, 0]);
    out.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0]);
    out.extend(orientation.to_le_bytes());
    out.extend([0, 0, 0, 0, 0, 0]);
    out.extend(maker);
    out
}

/// A PDF of so many pages; `change` may spoil it.
pub(crate) fn pdf_with(
    pages: usize,
    change: impl FnOnce(&mut Document, &mut Dictionary),
) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let kids: Vec<Object> = (0..pages)
        .map(|_| {
            document
                .add_object(dictionary! {
                    "Type" => "Page",
                    "Parent" => tree,
                    "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                })
                .into()
        })
        .collect();
    document.objects.insert(
        tree,
        dictionary! {
            "Type" => "Pages",
            "Count" => i64::try_from(pages).unwrap(),
            "Kids" => kids,
        }
        .into(),
    );
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
    change(&mut document, &mut catalog);
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

pub(crate) fn pdf(pages: usize) -> Vec<u8> {
    pdf_with(pages, |_, _| {})
}

/// A PDF of one page with one more object, written by hand: `head` are the entries of a stream,
/// `content` what it holds.
pub(crate) fn pdf_with_stream(head: &str, content: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    let mut add = |object: &[u8]| {
        offsets.push(out.len());
        out.extend(object);
        out.extend(b"\nendobj\n");
    };
    add(b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/Kept 4 0 R>>");
    add(b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>");
    add(b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>");
    let length = content.len();
    let head = format!("4 0 obj\n<<{head}/Length {length}>>\nstream\n");
    add(&[head.as_bytes(), content, b"\nendstream"].concat());
    let table = out.len();
    out.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n");
    out.extend(format!("{table}\n%%EOF\n").bytes());
    out
}

/// An object stream with `members` behind its index, packed.
pub(crate) fn packed_pdf(index: &str, members: &[u8]) -> Vec<u8> {
    let mut stream = Stream::new(Dictionary::new(), [index.as_bytes(), members].concat());
    stream.compress().unwrap();
    let first = index.len();
    let head = format!("/Type/ObjStm/N 1/First {first}/Filter/FlateDecode");
    pdf_with_stream(&head, &stream.content)
}

/// A PDF that tells who made it, in three places.
pub(crate) fn telling_pdf() -> Vec<u8> {
    pdf_with(1, |document, catalog| {
        let info = document.add_object(dictionary! {
            "Author" => Object::string_literal("Klavdia Podsnezhnikova"),
        });
        document.trailer.set("Info", info);
        let metadata = document.add_object(Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            b"<x:xmpmeta>Klavdia Podsnezhnikova</x:xmpmeta>".to_vec(),
        ));
        catalog.set("Metadata", metadata);
        let photo = with_segment(&jpeg(40, 30), 0xe1, &exif(1, *b"Klavdia\0"));
        let picture = document.add_object(Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Image", "Filter" => "DCTDecode" },
            photo,
        ));
        catalog.set("Kept", picture);
    })
}

/// A PDF whose one action is `action`, run at opening.
pub(crate) fn acting_pdf(action: Dictionary) -> Vec<u8> {
    pdf_with(1, |document, catalog| {
        let action = document.add_object(action);
        catalog.set("OpenAction", action);
    })
}

/// An archive with one stored file.
pub(crate) fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
    let mut out = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    out.extend(length);
    out.extend(length);
    out.extend(name_length);
    out.extend([0, 0]);
    out.extend(name.as_bytes());
    out.extend(content);
    let directory = u32::try_from(out.len()).unwrap().to_le_bytes();
    let begins = out.len();
    out.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
    out.extend(length);
    out.extend(length);
    out.extend(name_length);
    out.extend([0; 16]);
    out.extend(name.as_bytes());
    let size = u32::try_from(out.len() - begins).unwrap().to_le_bytes();
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(size);
    out.extend(directory);
    out.extend([0, 0]);
    out
}

/// A PNG that says it is so large, and is not.
pub(crate) fn pixel_bomb_png(width: u32, height: u32) -> Vec<u8> {
    let mut out = png(8, 8);
    out[16..20].copy_from_slice(&width.to_be_bytes());
    out[20..24].copy_from_slice(&height.to_be_bytes());
    let check = crc(&out[12..29]);
    out[29..33].copy_from_slice(&check.to_be_bytes());
    out
}

/// A JPEG that says it is so large, and is not.
pub(crate) fn pixel_bomb_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut out = jpeg(8, 8);
    let frame = out
        .windows(2)
        .position(|two| two == [0xff, 0xc0])
        .expect("a baseline picture has a frame");
    out[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    out[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    out
}

/// CRC-32 as PNG has it (RFC 2083, section 15).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                0xedb8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            }
        })
    })
}

/// Numbers that look random and come again with the same seed (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % sides.max(1)
    }
}
