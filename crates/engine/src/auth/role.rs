//! Roles and their permissions.

use domain::role::Role;

use crate::Error;

/// Fails with [`Error::Forbidden`] unless `role` includes `needed`.
pub fn allow(role: Role, needed: Role) -> Result<(), Error> {
    if role.includes(needed) {
        return Ok(());
    }
    Err(Error::Forbidden("your role in this project does not allow this"))
}
