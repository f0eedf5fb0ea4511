//! The questions about forms.

use async_trait::async_trait;
use domain::question::Scope;
use domain::question::forms::{FormAbandonmentList, FormChoice, FormReport};

use super::Error;

/// Forms, under the contract of all questions; see [`domain::question::forms`].
#[async_trait]
pub trait FormQuestions: Send + Sync {
    /// The `limit` forms with most starts, by field.
    async fn forms(&self, scope: &Scope, limit: usize) -> Result<FormReport, Error>;

    /// The `limit` latest starts of a form that were not submitted.
    async fn form_abandonments(
        &self,
        scope: &Scope,
        choice: &FormChoice,
        limit: usize,
    ) -> Result<FormAbandonmentList, Error>;
}
