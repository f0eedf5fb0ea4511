//! Embedded call widgets.

use async_trait::async_trait;
use domain::id::{ProjectId, WidgetId};
use domain::origin::AllowedDomain;
use domain::time::Timestamp;
use domain::widget::WidgetKind;

use super::Error;

/// A call widget. Its id stands in web pages and may only write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widget {
    /// Names it, over all projects.
    pub id: WidgetId,
    /// Whose events it brings.
    pub project_id: ProjectId,
    /// Its name, for people.
    pub name: String,
    /// How it sits in its page.
    pub kind: WidgetKind,
    /// Whose pages may embed it; empty: all.
    pub allowed_domains: Vec<AllowedDomain>,
    /// Whether it admits anything.
    pub is_active: bool,
    /// Whether it is shown only: what it sends is not stored.
    pub is_demo: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What to change of a widget; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WidgetPatch {
    /// Its name.
    pub name: Option<String>,
    /// How it sits in its page.
    pub kind: Option<WidgetKind>,
    /// Whose pages may embed it.
    pub allowed_domains: Option<Vec<AllowedDomain>>,
    /// Whether it admits anything.
    pub is_active: Option<bool>,
    /// Whether it is shown only.
    pub is_demo: Option<bool>,
}

/// Widgets. See [`super`] for the contract.
#[async_trait]
pub trait WidgetStore: Send + Sync {
    /// Stores a new widget.
    async fn add(&self, widget: Widget) -> Result<(), Error>;

    /// A project's widgets, latest first.
    async fn of_project(&self, project: ProjectId) -> Result<Vec<Widget>, Error>;

    /// The widget with this id, whoever asks.
    async fn widget(&self, id: WidgetId) -> Result<Option<Widget>, Error>;

    /// Changes a widget and returns it as it is now; none when the project has no such widget.
    async fn change(
        &self,
        project: ProjectId,
        id: WidgetId,
        changes: WidgetPatch,
    ) -> Result<Option<Widget>, Error>;

    /// Deletes a widget; `false` when the project has no such widget. Its calls stay.
    async fn remove(&self, project: ProjectId, id: WidgetId) -> Result<bool, Error>;
}
