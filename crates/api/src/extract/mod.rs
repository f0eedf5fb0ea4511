//! Reading requests: JSON bodies, query strings, path parameters and who asks, each answering in our
//! error shape when it cannot be read.

mod caller;
mod input;
mod server_owner;

pub(crate) use caller::{
    Admin, Analyst, AskingMember, Caller, SignedIn, Viewer, check_same_origin,
};
pub(crate) use input::{Json, Query, not_collected};
pub(crate) use server_owner::ServerOwner;
