//! Rate limits.

use serde_json::json;

use super::call::{Call, Reply};

/// `GET /rate-limits`; the figures count this request.
pub(crate) fn list(call: &Call<'_>) -> Reply {
    let rate = call.state.rate_limiter.peek(call.state.now);
    Reply::ok(json!({
        "data": [{
            "type": "rate-limit/api",
            "attributes": { "limit": rate.limit, "remaining": rate.remaining, "seconds-to-reset": rate.reset },
        }],
    }))
}
