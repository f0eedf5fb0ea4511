//! A request as a file: what a target's input is.
//!
//! ```text
//! POST /ingest-events
//! x-api-key: {key}
//! pack: gzip
//! cut: 100
//!
//! {"events": []}
//! ```
//!
//! `encoding`, `pad` and `cut` are not sent: they say how the body is encoded, how many spaces follow it
//! before that, and after how many bytes it breaks off. Words in braces stand for what only the running
//! server knows. Such a file can be read, changed and kept, whatever the server's keys are.

use super::encoding;

/// A request, read.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content_encoding: BodyEncoding,
    pub(crate) body: Vec<u8>,
}

/// What happens to the body on its way.
#[derive(Debug, Default)]
pub(crate) struct BodyEncoding {
    pub(crate) encoding: String,
    pub(crate) pad: usize,
    pub(crate) cut: Option<usize>,
}

/// Most spaces after a body: several times what a body may be.
const MAX_PAD: usize = 32 << 20;

impl Request {
    /// Reads a file with these words in their places. None: it is no request.
    pub(crate) fn read(input: &[u8], words: &[(&str, String)]) -> Option<Self> {
        let end = input.windows(2).position(|pair| pair == b"\n\n")?;
        let (head, body) = (&input[..end], &input[end + 2..]);
        let mut lines = std::str::from_utf8(head).ok()?.lines();
        let (method, path) = lines.next()?.split_once(' ')?;
        let mut request = Self {
            method: method.to_owned(),
            path: filled(path, words),
            headers: Vec::new(),
            content_encoding: BodyEncoding::default(),
            body: filled_bytes(body, words),
        };
        for line in lines {
            let (name, value) = line.split_once(": ")?;
            let content_encoding = &mut request.content_encoding;
            match name {
                "pack" => value.clone_into(&mut content_encoding.encoding),
                "pad" => content_encoding.pad = value.parse::<usize>().ok()?.min(MAX_PAD),
                "cut" => content_encoding.cut = value.parse().ok(),
                _ => request.headers.push((name.to_owned(), filled(value, words))),
            }
        }
        Some(request)
    }

    /// The body as it is sent.
    pub(crate) fn encoded_body(&self) -> Vec<u8> {
        let BodyEncoding { encoding: encoding_name, pad, cut } = &self.content_encoding;
        let mut plain = self.body.clone();
        plain.resize(plain.len() + pad, b' ');
        let mut encoded = encoding::encode(encoding_name, plain);
        encoded.truncate(cut.unwrap_or(usize::MAX));
        encoded
    }

    /// Whether the body arrives as it was written, and the server can know it.
    pub(crate) fn is_whole(&self) -> bool {
        let is_encoded = self.content_encoding.pad > 0 || self.content_encoding.cut.is_some();
        let is_encoded = is_encoded || !self.content_encoding.encoding.is_empty();
        !is_encoded && self.header("content-encoding").is_none()
    }

    pub(crate) fn is_padded(&self) -> bool {
        self.content_encoding.pad > 0
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| &**value)
    }
}

/// The head of a request that is being made.
#[derive(Debug)]
pub(crate) struct Head(String);

impl Head {
    pub(crate) fn post(path: &str) -> Self {
        Self(format!("POST {path}\n"))
    }

    pub(crate) fn get(path: &str) -> Self {
        Self(format!("GET {path}\n"))
    }

    pub(crate) fn method(method: &str, path: &str) -> Self {
        Self(format!("{method} {path}\n"))
    }

    /// A header; line breaks would make it two.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.0.extend([name, ": ", &value.replace(['\n', '\r'], " "), "\n"]);
        self
    }

    pub(crate) fn body(self, body: &[u8]) -> Vec<u8> {
        [self.0.as_bytes(), b"\n", body].concat()
    }
}

fn filled(text: &str, words: &[(&str, String)]) -> String {
    words.iter().fold(text.to_owned(), |text, (word, meaning)| text.replace(word, meaning))
}

fn filled_bytes(bytes: &[u8], words: &[(&str, String)]) -> Vec<u8> {
    let mut filled = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        if let Some((word, meaning)) =
            words.iter().find(|(word, _)| rest.starts_with(word.as_bytes()))
        {
            filled.extend_from_slice(meaning.as_bytes());
            rest = &rest[word.len()..];
        } else {
            filled.push(*first);
            rest = after;
        }
    }
    filled
}
