//! Persona's browser SDK: taken from npm unmodified, known by its hash, served by ourselves.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};

use crate::workspace::Workspace;

/// The portal's own constants, so that its version and hash stand in one place.
#[path = "../../src/model/sdk.rs"]
#[expect(unreachable_pub, reason = "the portal shows them to its other modules")]
mod pinned;

const SOURCE: &str = "node_modules/persona/dist/persona.js";
/// What cargo-leptos copies into the site as it is.
const STATIC_FILES: &str = "public";

/// Puts the SDK where the site's static files are taken from.
pub(crate) fn copy(workspace: &Workspace) -> Result<()> {
    let script =
        fs::read(workspace.path(SOURCE)).with_context(|| format!("cannot read {SOURCE}"))?;
    check(&script)?;
    let name = format!("{STATIC_FILES}{}", pinned::PATH);
    let copy = workspace.path(&name);
    if fs::read(&copy).is_ok_and(|copied| copied == script) {
        return Ok(());
    }
    eprintln!("==> copying the Persona SDK {} to {name}", pinned::VERSION);
    replace_folder_of(&copy, &script).with_context(|| format!("cannot write {name}"))
}

fn check(script: &[u8]) -> Result<()> {
    let found = format!("sha384-{}", STANDARD.encode(Sha384::digest(script)));
    ensure!(
        found == pinned::INTEGRITY,
        "{SOURCE} is not the script of Persona's SDK {} that this project is pinned to\n  \
         expected {}\n  found    {found}\n\
         Remove node_modules and try again; an update of the SDK changes src/model/sdk.rs too.",
        pinned::VERSION,
        pinned::INTEGRITY,
    );
    Ok(())
}

/// Leaves the file alone in its folder: an older version would be served too.
fn replace_folder_of(file: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(folder)?,
        }
    }
    fs::write(file, content)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::check;

    #[test]
    fn changed_script_is_refused_by_its_hash() {
        let error = check(b"window.Persona = {}").unwrap_err().to_string();
        assert!(error.contains("found    sha384-"), "{error}");
    }
}
