//! Pictures: a PNG is known by its bytes, and by nothing its sender says. There is no other file yet:
//! recordings come as JSON, which `recordings` feeds.

use domain::recording::{MAX_SCREENSHOT_SIDE, png_size};
use fuzz::{Observation, Random, Target, mutate};
use testkit::multipart::PNG;

struct Media;

const OTHERS: [&[u8]; 7] = [
    b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\xf7\x81\x01webm",
    b"RIFF\x24\0\0\0WEBPVP8 ",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    b"GIF89a\x01\0\x01\0",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"<!doctype html><script>",
    b"%PDF-1.7",
];

impl Target for Media {
    fn name(&self) -> &'static str {
        "media"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        match random.below(6) {
            0 => {
                let other = OTHERS[random.below(OTHERS.len())];
                mutate::bytes(random, other, PNG)
            }
            1 => PNG.to_vec(),
            2 => {
                let at = 16 + random.below(8);
                let mut bytes = PNG.to_vec();
                bytes[at] = random.byte();
                bytes
            }
            _ => mutate::bytes(random, PNG, OTHERS[0]),
        }
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        match png_size(input) {
            Ok((width, height)) => {
                assert!((1..=MAX_SCREENSHOT_SIDE).contains(&width), "{width}");
                assert!((1..=MAX_SCREENSHOT_SIDE).contains(&height), "{height}");
                // Judged independently of how it reads.
                assert!(input.starts_with(b"\x89PNG\r\n\x1a\n"), "no PNG begins so");
                assert_eq!(&input[12..16], b"IHDR");
                assert!(input.ends_with(b"IEND\xaeB`\x82"), "no PNG ends so");
                "picture".to_owned()
            }
            Err(bad) => bad.to_string(),
        }
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["picture", "file must be a PNG", "file must be 1 to"]
    }
}

#[test]
fn media() {
    fuzz::run(&mut Media);
}
