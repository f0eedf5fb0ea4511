//! Lists the migrations, so that the catalog carries them: `sqlx::migrate!` would do it, too, and with
//! it come SQLite, TLS and a runtime a second time, built for the compiler.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=migrations");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("migrations");
    let files = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path()));
    let mut files = files.collect::<Result<Vec<_>, std::io::Error>>()?;
    files.sort();
    let mut list = String::from("&[");
    for file in files {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let named = stem.split_once('_').and_then(|(version, name)| {
            Some((version.parse::<i64>().ok()?, name.replace('_', " ")))
        });
        let (version, name) = named
            .ok_or_else(|| format!("{}: not named as 0001_what_it_does.sql", file.display()))?;
        // The compiler knows the folder: checkouts that share a target folder share this list.
        let text = format!(
            "concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?})",
            format!("/migrations/{stem}.sql")
        );
        write!(list, "({version}, {name:?}, include_str!({text})),")?;
    }
    list.push(']');
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("migrations.rs"), list)?)
}
