//! Logos of projects: small pictures that members upload and browsers show.

use crate::recording::png_size;

/// Largest logo, in bytes.
pub const MAX_LOGO_BYTES: usize = 200 * 1024;
/// Longest side of a logo, in pixels.
pub const MAX_LOGO_SIDE: u32 = 1_024;

const JPEG_BEGIN: [u8; 2] = [0xff, 0xd8];
const JPEG_END: [u8; 2] = [0xff, 0xd9];

/// The format of a logo's picture. Vector graphics can hold scripts and are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

/// Why bytes are no logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLogo {
    /// Too large.
    #[error("must be at most 200 KiB")]
    Bytes,
    /// Another kind of file, or a broken one.
    #[error("must be a PNG or JPEG image")]
    Format,
    /// Too many pixels, or none.
    #[error("must be 1 to {MAX_LOGO_SIDE} pixels wide and high")]
    Size,
}

impl LogoFormat {
    /// All formats.
    pub const ALL: [Self; 2] = [Self::Png, Self::Jpeg];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// The media type that browsers are sent.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The format of a picture, by what it begins and ends with; its size is read from its header.
    ///
    /// # Errors
    ///
    /// When it is none, or too large in bytes or pixels.
    pub fn of(bytes: &[u8]) -> Result<Self, InvalidLogo> {
        if bytes.len() > MAX_LOGO_BYTES {
            return Err(InvalidLogo::Bytes);
        }
        let (format, (width, height)) = if bytes.starts_with(&JPEG_BEGIN) {
            (Self::Jpeg, jpeg_size(bytes).ok_or(InvalidLogo::Format)?)
        } else {
            (Self::Png, png_size(bytes).map_err(|_| InvalidLogo::Format)?)
        };
        let sides = 1..=MAX_LOGO_SIDE;
        let fits = sides.contains(&width) && sides.contains(&height);
        fits.then_some(format).ok_or(InvalidLogo::Size)
    }
}

/// Width and height of a JPEG: of its first frame header. It must end where the picture does.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(&JPEG_BEGIN)?;
    if !rest.ends_with(&JPEG_END) {
        return None;
    }
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        match marker {
            // A frame header, as opposed to tables (C4, C8, CC): its precision, then height and width.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let [height, more, width, less] = *rest.get(5..9)? else { return None };
                let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
                return Some((side(width, less), side(height, more)));
            }
            // Segments with a length: tables, applications' data, comments.
            0xc4 | 0xc8 | 0xcc | 0xdb | 0xdd | 0xe0..=0xef | 0xfe if length >= 2 => {
                rest = rest.get(2 + length..)?;
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 6, 0, 0, 0, 1, 2, 3, 4]);
        bytes.extend(b"\0\0\0\0IEND\xaeB`\x82");
        bytes
    }

    /// Application data, a table, the frame header of this size, and the end.
    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, b'J', b'F', 0xff, 0xdb, 0, 3, 7];
        bytes.extend([0xff, 0xc2, 0, 11, 8]);
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend([1, 1, 0x11, 0, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn the_format_is_read_from_the_bytes() {
        assert_eq!(LogoFormat::of(&png(1_024, 1)), Ok(LogoFormat::Png));
        assert_eq!(LogoFormat::of(&jpeg(1, 1_024)), Ok(LogoFormat::Jpeg));
        for format in LogoFormat::ALL {
            assert_eq!(LogoFormat::parse(format.as_str()), Some(format));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            b"\xff\xd8\xff\xd9",
            b"\xff\xd8<script>\xff\xd9",
        ] {
            assert_eq!(LogoFormat::of(bytes), Err(InvalidLogo::Format), "{bytes:?}");
        }
        for whole in [png(10, 10), jpeg(10, 10)] {
            for end in 0..whole.len() {
                assert!(LogoFormat::of(&whole[..end]).is_err(), "cut at {end}");
            }
            let with_more = [&whole[..], b"<script>alert(1)</script>"].concat();
            assert_eq!(LogoFormat::of(&with_more), Err(InvalidLogo::Format));
        }
    }

    #[test]
    fn bytes_and_pixels_are_bounded() {
        for picture in [png(1_025, 1), png(0, 1), png(8_192, 8_192), jpeg(1, 1_025), jpeg(0, 1)] {
            let refused = LogoFormat::of(&picture);
            assert!(matches!(refused, Err(InvalidLogo::Size | InvalidLogo::Format)), "{refused:?}");
        }
        assert_eq!(LogoFormat::of(&png(1_025, 1)), Err(InvalidLogo::Size));
        let mut large = jpeg(8, 8);
        large.splice(2..2, [0xff, 0xfe, 0xff, 0xff].into_iter().chain(vec![0; 0xfffd]));
        assert_eq!(LogoFormat::of(&large), Ok(LogoFormat::Jpeg), "a long comment");
        large.extend(vec![0; MAX_LOGO_BYTES]);
        assert_eq!(LogoFormat::of(&large), Err(InvalidLogo::Bytes));
    }
}
