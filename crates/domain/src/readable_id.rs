//! Readable ids: a prefix that names the kind, and 32 hexadecimal digits.

/// What is no id of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id: use {0} and 32 hexadecimal digits")]
pub struct InvalidReadableId(pub(crate) &'static str);

/// Makes newtypes of UUIDs that are written and read as `prefix` and 32 hexadecimal digits.
macro_rules! readable_id {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, concat!($prefix, "{}"), self.0.simple())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::readable_id::InvalidReadableId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let digits = text.strip_prefix($prefix).filter(|digits| digits.len() == 32);
                let id = digits.and_then(|digits| uuid::Uuid::try_parse(digits).ok());
                id.map(Self).ok_or($crate::readable_id::InvalidReadableId($prefix))
            }
        }
    )+};
}

pub(crate) use readable_id;
