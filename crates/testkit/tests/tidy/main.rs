//! The rules of the house that no compiler checks: sizes, who may know whom, and what is left undone.

#![expect(
    clippy::expect_used,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "helpers of tests: a failed expectation must end the test"
)]

mod dependencies;
mod licences;
mod sizes;
mod sources;
mod vocabulary;
mod words;
