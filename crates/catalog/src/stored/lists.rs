//! Lists of texts, as a bare JSON array: `["shop.test","*.shop.test"]`.

use domain::origin::AllowedDomain;
use engine::ports::catalog::Error;

use crate::error::malformed;

/// The array of these texts.
pub(crate) fn encode<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    column: &'static str,
) -> Result<String, Error> {
    let texts: Vec<&str> = texts.into_iter().collect();
    serde_json::to_string(&texts).map_err(|_| malformed(column))
}

/// The texts of an array.
pub(crate) fn decode(array: &str, column: &'static str) -> Result<Vec<String>, Error> {
    serde_json::from_str(array).map_err(|_| malformed(column))
}

/// The array of what a key or a widget admits.
pub(crate) fn encode_domains(domains: &[AllowedDomain]) -> Result<String, Error> {
    encode(domains.iter().map(AllowedDomain::as_str), "allowed_domains")
}

/// What a key or a widget admits. An entry that no longer reads is an error: without it the list could
/// be empty, which would admit every page.
pub(crate) fn decode_domains(array: &str) -> Result<Vec<AllowedDomain>, Error> {
    let texts = decode(array, "allowed_domains")?;
    let domains = texts.iter().map(|text| AllowedDomain::parse(text));
    domains.collect::<Result<_, _>>().map_err(|_| malformed("allowed_domains"))
}
