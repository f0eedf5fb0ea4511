//! Where inputs lie: the corpus in the repository, the input under test, and what failed.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

fn folder(kind: &str, target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(kind).join(target)
}

/// The inputs that are kept in the repository, by name.
pub(crate) fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder("corpus", target)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a file of the corpus can be read");
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}

/// Saves an input that failed and returns where.
pub(crate) fn save_failure(target: &str, input: &[u8]) -> PathBuf {
    let folder = folder("failures", target);
    std::fs::create_dir_all(&folder).expect("the folder for failures can be made");
    let path = folder.join(format!("{:016x}", fingerprint(input)));
    std::fs::write(&path, input).expect("the failing input can be saved");
    path
}

/// FNV-1a: names files, nothing more.
fn fingerprint(input: &[u8]) -> u64 {
    input.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The input under test, on disk: it is still there when the process is not.
pub(crate) struct Current {
    file: File,
    path: PathBuf,
}

impl Current {
    pub(crate) fn create(target: &str) -> Self {
        let folder = folder("failures", target);
        std::fs::create_dir_all(&folder).expect("the folder for failures can be made");
        let path = folder.join("current");
        let file = File::create(&path).expect("the input under test can be written");
        Self { file, path }
    }

    pub(crate) fn put(&mut self, input: &[u8]) {
        let written = self
            .file
            .set_len(0)
            .and_then(|()| self.file.seek(SeekFrom::Start(0)))
            .and_then(|_| self.file.write_all(input));
        written.expect("the input under test can be written");
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Nothing is under test any more.
    pub(crate) fn remove(self) {
        // What is left over is overwritten by the next run.
        let _ = std::fs::remove_file(&self.path);
    }
}
