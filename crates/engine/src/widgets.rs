//! Managing call widgets. Every change is known to this process's ingest at once.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{IdSource, ProjectId, WidgetId};
use domain::origin::AllowedDomain;
use domain::widget::WidgetKind;

use crate::ingest::WidgetDirectory;
use crate::ports::catalog::{Widget, WidgetPatch, WidgetStore};
use crate::{Error, validate};

/// Domains a widget may list.
const MAX_DOMAINS: usize = 100;

/// What a new widget is given.
#[derive(Debug, Clone)]
pub struct NewWidget {
    /// Its name.
    pub name: String,
    /// How it sits in its page.
    pub kind: WidgetKind,
    /// Whose pages may embed it, as written; empty: all.
    pub allowed_domains: Vec<String>,
    /// Whether it is shown only.
    pub is_demo: bool,
}

/// What to change of a widget, as written.
#[derive(Debug, Clone, Default)]
pub struct WidgetEdit {
    /// Its name.
    pub name: Option<String>,
    /// How it sits in its page.
    pub kind: Option<WidgetKind>,
    /// Whose pages may embed it.
    pub allowed_domains: Option<Vec<String>>,
    /// Whether it admits anything.
    pub is_active: Option<bool>,
    /// Whether it is shown only.
    pub is_demo: Option<bool>,
}

/// The use cases around widgets. The caller has authorised the member.
pub struct WidgetService {
    store: Arc<dyn WidgetStore>,
    directory: Arc<WidgetDirectory>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl WidgetService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn WidgetStore>,
        directory: Arc<WidgetDirectory>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { store, directory, clock, ids }
    }

    /// Where ingest looks widgets up.
    pub fn directory(&self) -> &WidgetDirectory {
        &self.directory
    }

    /// A project's widgets, latest first.
    pub async fn list(&self, project: ProjectId) -> Result<Vec<Widget>, Error> {
        Ok(self.store.of_project(project).await?)
    }

    /// Makes a widget.
    pub async fn create(&self, project: ProjectId, new: NewWidget) -> Result<Widget, Error> {
        let now = self.clock.now();
        let widget = Widget {
            id: WidgetId(self.ids.next(now)),
            project_id: project,
            name: validate::name("name", &new.name)?,
            kind: new.kind,
            allowed_domains: valid_domains(&new.allowed_domains)?,
            is_active: true,
            is_demo: new.is_demo,
            created_at: now,
        };
        self.store.add(widget.clone()).await?;
        self.directory.forget(widget.id).await;
        Ok(widget)
    }

    /// Changes a widget and returns it as it is now.
    pub async fn change(
        &self,
        project: ProjectId,
        id: WidgetId,
        change: WidgetEdit,
    ) -> Result<Widget, Error> {
        let changes = WidgetPatch {
            name: change.name.as_deref().map(|name| validate::name("name", name)).transpose()?,
            kind: change.kind,
            allowed_domains: change.allowed_domains.as_deref().map(valid_domains).transpose()?,
            is_active: change.is_active,
            is_demo: change.is_demo,
        };
        let found = self.store.change(project, id, changes).await?;
        let widget = found.ok_or(Error::NotFound("widget"))?;
        self.directory.forget(id).await;
        Ok(widget)
    }

    /// Deletes a widget. Its events and calls stay.
    pub async fn delete(&self, project: ProjectId, id: WidgetId) -> Result<(), Error> {
        if !self.store.remove(project, id).await? {
            return Err(Error::NotFound("widget"));
        }
        self.directory.forget(id).await;
        Ok(())
    }
}

impl std::fmt::Debug for WidgetService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("WidgetService").finish_non_exhaustive()
    }
}

fn valid_domains(texts: &[String]) -> Result<Vec<AllowedDomain>, Error> {
    if texts.len() > MAX_DOMAINS {
        let detail = format!("allowed_domains can have at most {MAX_DOMAINS} domains");
        return Err(Error::invalid("allowed_domains", detail));
    }
    let read = |text: &String| {
        AllowedDomain::parse(text).map_err(|error| {
            Error::invalid("allowed_domains", format!("allowed_domains: {text:?} is {error}"))
        })
    };
    texts.iter().map(read).collect()
}
