//! Names the SDK's content, and finds the dashboard or stands a page in for it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> std::io::Result<()> {
    // Read when it runs: checkouts that share a target folder share this program.
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let root = manifest.join("../..");
    let scripts = [
        "friction-tracker.js",
        "footfall-more.js",
        "footfall-recorder.js",
        "footfall-screenshot.js",
    ];
    name_scripts(&scripts.map(|name| root.join("sdk/built").join(name)))?;
    find_dashboard(&root.join("web/dist"))
}

fn name_scripts(scripts: &[PathBuf]) -> std::io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for script in scripts {
        println!("cargo::rerun-if-changed={}", script.display());
        fs::read(script)?.hash(&mut hasher);
    }
    println!("cargo::rustc-env=FOOTFALL_SCRIPT_HASH={:016x}", hasher.finish());
    Ok(())
}

/// Without Node there is no dashboard; the server then shows a page that says how to build it.
fn find_dashboard(built: &Path) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={}", built.display());
    let folder = if built.join("index.html").is_file() {
        built.canonicalize()?
    } else {
        let folder = PathBuf::from(env::var("OUT_DIR").unwrap_or_default()).join("dashboard");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), PLACEHOLDER)?;
        folder
    };
    println!("cargo::rustc-env=FOOTFALL_WEB_DIST={}", folder.display());
    Ok(())
}

const PLACEHOLDER: &str = "<!doctype html>
<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Footfall</title></head>
<body><h1>Footfall is running</h1>
<p>This build has no dashboard. Run <code>npm ci && npm run build</code> in <code>web/</code> and build
the server again, or use <code>make run</code>.</p></body></html>
";
