//! Resolves a data subject's identifiers: those of their contact, and the browsers and sessions that
//! nobody but they used.

use domain::erasure::Identifiers;
use domain::id::ProjectId;

use super::{Dependencies, PrivacyService};
use crate::Error;

impl PrivacyService {
    /// Everything a person is known by, as far as the tables have come.
    pub(super) async fn resolve(
        &self,
        project: ProjectId,
        named: &Identifiers,
    ) -> Result<Identifiers, Error> {
        let Dependencies { catalog, lake, .. } = &self.parts;
        let mut person = catalog.resolve_identifiers(project, named).await?;
        person.add(lake.devices(project, &person).await?);
        self.leave_out_shared(project, &mut person).await?;
        // A browser that is theirs alone may have had sessions before they signed in.
        person.add(lake.devices(project, &person).await?);
        self.leave_out_shared(project, &mut person).await?;
        Ok(person)
    }

    async fn leave_out_shared(
        &self,
        project: ProjectId,
        person: &mut Identifiers,
    ) -> Result<(), Error> {
        let Dependencies { catalog, lake, .. } = &self.parts;
        person.leave_out_devices(&catalog.shared_devices(project, person).await?);
        person.leave_out_devices(&lake.shared_devices(project, person).await?);
        Ok(())
    }
}
