//! Cargo.lock, read for the one version that a tool must share.

use std::fs;

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// The version that Cargo.lock gives to a package.
pub(crate) fn version_of(workspace: &Workspace, package: &str) -> Result<String> {
    let text =
        fs::read_to_string(workspace.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    find_version(&text, package).with_context(|| format!("Cargo.lock names no {package}"))
}

/// cargo writes `version` on the line that follows `name`.
fn find_version(text: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let after = text.lines().skip_while(|line| *line != name).nth(1)?;
    let version = after.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::find_version;

    const LOCK: &str = "\
[[package]]
name = \"wasm-bindgen-macro\"
version = \"1.0.0\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
";

    #[test]
    fn version_belongs_to_the_package_of_exactly_that_name() {
        assert_eq!(
            find_version(LOCK, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
    }

    #[test]
    fn package_that_is_not_locked_has_no_version() {
        assert_eq!(find_version(LOCK, "wasm"), None);
    }
}
