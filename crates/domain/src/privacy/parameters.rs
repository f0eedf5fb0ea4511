//! The query parameters of a page's address that are kept.

/// Kept in every project: campaigns name nobody.
const CAMPAIGN: &str = "utm_";
/// Names that a project may list.
const MAX_NAMES: usize = 50;
/// Letters of a name at most.
const MAX_NAME: usize = 64;

/// The query parameters that a project keeps beside `utm_*`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct QueryParameters(Vec<String>);

impl QueryParameters {
    /// Reads names separated by spaces; a `*` at the end of one stands for anything.
    ///
    /// # Errors
    /// What the list may be, when it holds more than 50 names or one that no parameter can have.
    pub fn parse(list: &str) -> Result<Self, String> {
        let names: Vec<String> = list.split_whitespace().map(str::to_owned).collect();
        let is_name = |name: &str| {
            let stem = name.strip_suffix('*').unwrap_or(name);
            !stem.is_empty()
                && stem.len() <= MAX_NAME
                && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
        };
        if names.len() > MAX_NAMES || !names.iter().all(|name| is_name(name)) {
            return Err(format!(
                "at most {MAX_NAMES} names of query parameters, separated by spaces, each of at most \
                 {MAX_NAME} letters, digits, `_`, `-` and `.`, with `*` at its end only"
            ));
        }
        Ok(Self(names))
    }

    /// Whether the parameter of this name is kept. Names are compared letter by letter.
    pub(super) fn keep(&self, name: &str) -> bool {
        name.starts_with(CAMPAIGN)
            || self.0.iter().any(|known| match known.strip_suffix('*') {
                Some(stem) => name.starts_with(stem),
                None => name == known,
            })
    }
}
