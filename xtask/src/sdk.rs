//! Persona's browser SDK: taken from npm unmodified, known by its hash, served by ourselves.

use std::fs;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};

use crate::workspace::Workspace;

const SOURCE: &str = "node_modules/persona/dist/persona.js";
const FOLDER: &str = "public/vendor";
const FILE: &str = "persona-5.9.0.js";
/// SHA-384 of the file in npm's `persona` 5.9.0, in the form that Subresource Integrity uses.
const INTEGRITY: &str = "sha384-JrEJpXyEEbcj6P33Cx89BDBYqufbfCxYIcN74C53YNVRmoKX51y+ue3/quODNpa9";

/// Puts the SDK where the site's static files are taken from.
pub(crate) fn copy(workspace: &Workspace) -> Result<()> {
    let script =
        fs::read(workspace.path(SOURCE)).with_context(|| format!("cannot read {SOURCE}"))?;
    check(&script)?;
    let folder = workspace.path(FOLDER);
    if fs::read(folder.join(FILE)).is_ok_and(|copied| copied == script) {
        return Ok(());
    }
    eprintln!("==> copying the Persona SDK to {FOLDER}/{FILE}");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("cannot remove the SDK of before")?;
    }
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(FILE), script).with_context(|| format!("cannot write {FOLDER}/{FILE}"))
}

fn check(script: &[u8]) -> Result<()> {
    let found = format!("sha384-{}", STANDARD.encode(Sha384::digest(script)));
    ensure!(
        found == INTEGRITY,
        "{SOURCE} is not the file that Leftoff was reviewed with.\n  expected {INTEGRITY}\n  found    {found}\n\
         Remove node_modules and try again. If the SDK was updated on purpose, change its hash here and in the portal."
    );
    Ok(())
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
