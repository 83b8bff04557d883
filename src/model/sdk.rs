//! The one version of Persona's browser SDK that we serve.

/// Version of the npm package `persona`.
pub const VERSION: &str = "5.9.0";

/// Where the portal serves the package's `dist/persona.js`, unmodified.
pub const PATH: &str = "/vendor/persona-5.9.0.js";

/// Subresource integrity of that file: `sha384-` and the base64 of its hash.
///
/// The set-up, the server at start and the browser each refuse a file with another hash.
pub const INTEGRITY: &str =
    "sha384-JrEJpXyEEbcj6P33Cx89BDBYqufbfCxYIcN74C53YNVRmoKX51y+ue3/quODNpa9";
