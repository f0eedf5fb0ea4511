//! Masks personal data before it is stored; only the kind of data remains.
//!
//! [`mask`] replaces e-mail addresses, numbers of cards, accounts and phones, tokens and long numbers in
//! texts and addresses by words such as `[email]`. The browser SDK follows the same rules
//! (`sdk/src/lib/mask.ts`), and `personal-data.json` holds both to one set of cases. A masked text masked
//! again stays as it is. `docs/privacy.md` says which fields are masked.

mod address;
mod features;
mod json;
pub mod mask;
mod numbers;
mod parameters;
mod plain;
mod rules;

#[cfg(test)]
mod tests;

pub use address::mask_ip;
pub use parameters::QueryParameters;
