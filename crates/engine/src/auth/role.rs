//! Roles and their permissions.

use domain::role::Role;

use crate::Error;

/// Whether somebody whose role is `role` may do what `needed` may.
pub fn allow(role: Role, needed: Role) -> Result<(), Error> {
    if role.includes(needed) {
        return Ok(());
    }
    Err(Error::Forbidden("your role in this project does not allow this"))
}
