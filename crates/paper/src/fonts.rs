//! The fonts that every paper is set in: PT Serif, which was drawn for the languages of Russia
//! (licence in `fonts/OFL.txt`). They are a part of the binary; none is looked for outside.

use typst::foundations::Bytes;
use typst::text::Font;

const FILES: [&[u8]; 3] = [
    include_bytes!("../fonts/PTSerif-Regular.ttf"),
    include_bytes!("../fonts/PTSerif-Bold.ttf"),
    include_bytes!("../fonts/PTSerif-Italic.ttf"),
];

/// All of them.
pub(crate) fn all() -> Vec<Font> {
    FILES
        .into_iter()
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect()
}
