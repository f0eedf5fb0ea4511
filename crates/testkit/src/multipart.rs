//! Forms as pages send them, and the file they carry.

/// The smallest whole picture: one transparent pixel.
pub const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n\x2d\xb4\0\0\0\0IEND\xaeB`\x82";

/// The `content-type` of [`multipart`].
pub const MULTIPART: &str = "multipart/form-data; boundary=cut";

/// A form with these fields and, when there is one, a file whose name and type are not to be trusted.
pub fn multipart(fields: &[(&str, &str)], file: Option<&[u8]>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    if let Some(file) = file {
        body.extend(b"--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.html\"\r\n");
        body.extend(b"Content-Type: text/html\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n");
    }
    body.extend(b"--cut--\r\n");
    body
}
