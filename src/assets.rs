//! What the browser loads of the built site, checked once at start.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use leptos::config::LeptosOptions;
use sha2::{Digest as _, Sha384};

use crate::model::sdk;

/// Names that the build gave to its files.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// URL of the style sheet.
    pub style: String,
}

/// Why the built site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum AssetError {
    /// A file is missing.
    #[error(
        "{0} cannot be read ({1}): build the site with `cargo xtask demo` or `cargo leptos build`"
    )]
    Missing(PathBuf, io::Error),
    /// The SDK is not the file that we know.
    #[error("{0} is not the unmodified dist/persona.js of persona {version}", version = sdk::VERSION)]
    Altered(PathBuf),
}

impl Assets {
    /// Reads the names, and checks that the SDK is the file that we know.
    ///
    /// # Errors
    /// When a file is missing or altered.
    pub fn load(options: &LeptosOptions) -> Result<Self, AssetError> {
        check_sdk(Path::new(options.site_root.as_ref()))?;
        let hash = if options.hash_files {
            style_hash(options)?
        } else {
            String::new()
        };
        let (package, name) = (&options.site_pkg_dir, &options.output_name);
        Ok(Self {
            style: format!("/{package}/{name}{hash}.css"),
        })
    }
}

fn check_sdk(root: &Path) -> Result<(), AssetError> {
    let path = root.join(sdk::PATH.trim_start_matches('/'));
    let bytes = read(&path)?;
    let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)));
    if integrity == sdk::INTEGRITY {
        Ok(())
    } else {
        Err(AssetError::Altered(path))
    }
}

/// cargo-leptos writes the hashes beside the binary.
fn style_hash(options: &LeptosOptions) -> Result<String, AssetError> {
    let beside = env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(Path::to_path_buf));
    let path = beside.unwrap_or_default().join(options.hash_file.as_ref());
    let hashes = String::from_utf8_lossy(&read(&path)?).into_owned();
    let hash = hashes
        .lines()
        .find_map(|line| line.trim().strip_prefix("css:"));
    Ok(hash.map_or_else(String::new, |hash| format!(".{}", hash.trim())))
}

fn read(path: &Path) -> Result<Vec<u8>, AssetError> {
    fs::read(path).map_err(|error| AssetError::Missing(path.to_owned(), error))
}
