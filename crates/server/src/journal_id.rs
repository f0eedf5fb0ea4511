//! The id of this server's journal, in a file of its folder.
//!
//! Servers that share a catalog keep how far they have followed their journals there, by this id. It
//! lives and goes with the journal: a journal begun anew has a new id and is followed from its start.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::Context as _;
use domain::clock::Clock;
use domain::id::IdSource;
use uuid::Uuid;

/// Reads the id of the journal in `folder`, or makes it, on disk before it is returned.
pub(crate) fn load_or_make(
    folder: &Path,
    clock: &dyn Clock,
    ids: &dyn IdSource,
) -> anyhow::Result<Uuid> {
    let path = folder.join("id");
    match fs::read_to_string(&path) {
        Ok(text) => {
            Uuid::parse_str(text.trim()).with_context(|| format!("{} holds no id", path.display()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let id = ids.next(clock.now());
            make(folder, &path, id)
                .with_context(|| format!("{} cannot be created", path.display()))?;
            Ok(id)
        }
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Whole or not at all: positions stored under an id that a crash forgets would be counted anew.
fn make(folder: &Path, path: &Path, id: Uuid) -> std::io::Result<()> {
    let unfinished = folder.join("id.new");
    let mut file = File::create(&unfinished)?;
    writeln!(file, "{id}")?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::{RandomIds, SystemClock};

    #[test]
    fn an_id_is_made_once_and_an_invalid_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let id = load_or_make(folder.path(), &SystemClock, &RandomIds).expect("made");
        assert_eq!(load_or_make(folder.path(), &SystemClock, &RandomIds).expect("read"), id);
        fs::write(folder.path().join("id"), "").expect("written");
        assert!(load_or_make(folder.path(), &SystemClock, &RandomIds).is_err());
    }
}
