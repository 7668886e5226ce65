//! Pictures: measured by their headers before a single point is decoded, then drawn anew. The copy
//! has the points and nothing else: no place, no device, no remarks, no colour profile, and the
//! right way up.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError};

use crate::{Kind, Limits, Looked, Refusal};

/// The longer side of the small picture.
const SMALL: u32 = 320;
const QUALITY: u8 = 90;
const SMALL_QUALITY: u8 = 80;
/// What decoding may take of memory.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// Longer pictures are not photographs.
const LONGEST: u32 = 30_000;

pub(crate) fn look(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Looked, Refusal> {
    let source = Cursor::new(bytes);
    let (picture, orientation) = match kind {
        Kind::Png => decoded(PngDecoder::new(source).map_err(refused)?, limits)?,
        _ => decoded(JpegDecoder::new(source).map_err(refused)?, limits)?,
    };
    // A picture goes out in eight bits a colour, which is all that a screen shows.
    let mut picture = if kind == Kind::Png && picture.color().has_alpha() {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    };
    picture.apply_orientation(orientation);
    // A picture that is small already is not blown up.
    let small = if picture.width().max(picture.height()) > SMALL {
        picture.thumbnail(SMALL, SMALL)
    } else {
        picture.clone()
    };
    Ok(Looked {
        pages: None,
        cleaned: encoded(kind, &picture, QUALITY)?,
        thumbnail: Some(encoded(kind, &small, SMALL_QUALITY)?),
    })
}

fn decoded(
    mut decoder: impl ImageDecoder,
    limits: &Limits,
) -> Result<(DynamicImage, Orientation), Refusal> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Refusal::Unreadable);
    }
    if pixels > limits.pixels || width.max(height) > LONGEST || decoder.total_bytes() > MOST_MEMORY
    {
        return Err(Refusal::TooManyPixels {
            megapixels: limits.pixels / 1_000_000,
        });
    }
    let mut bounds = image::Limits::no_limits();
    bounds.max_image_width = Some(LONGEST);
    bounds.max_image_height = Some(LONGEST);
    bounds.max_alloc = Some(2 * MOST_MEMORY);
    decoder.set_limits(bounds).map_err(refused)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    Ok((picture, orientation))
}

fn encoded(kind: Kind, picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let written = if kind == Kind::Png {
        picture.write_with_encoder(PngEncoder::new_with_quality(
            &mut out,
            CompressionType::Fast,
            FilterType::Adaptive,
        ))
    } else {
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut out, quality))
    };
    written.map_err(refused)?;
    Ok(out)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands in `map_err`, which gives the error away"
)]
fn refused(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooComplex,
        _ => Refusal::Unreadable,
    }
}
