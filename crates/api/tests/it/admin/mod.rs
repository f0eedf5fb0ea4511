//! What members manage.

mod crm;
