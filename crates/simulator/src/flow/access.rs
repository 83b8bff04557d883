//! Who may enter the flow with what (docs.withpersona.com/resuming-inquiries).

use crate::state::State;
use crate::status::Status;

/// A person who is in.
pub(crate) struct Visit {
    pub(crate) inquiry: String,
    /// A token of the session that they are in.
    pub(crate) token: String,
    /// Whether they have begun.
    pub(crate) started: bool,
}

/// Persona's `unauthenticated`, 409: no token, a lost or ended session, or an inquiry that nobody may enter.
#[derive(Debug)]
pub(crate) struct Denied;

/// Lets a person in: a created inquiry opens for its ID alone, a pending one for a live session's token.
pub(crate) fn enter(
    state: &mut State,
    inquiry: &str,
    token: Option<&str>,
    user_agent: Option<String>,
) -> Result<Visit, Denied> {
    let status = state.writable(inquiry).map_err(|_| Denied)?.status;
    let session = match (session_of(state, inquiry, token), status) {
        (Some(session), Status::Created | Status::Pending) => session,
        (None, Status::Created) => state.unused_or_new_session(inquiry).map_err(|_| Denied)?,
        _ => return Err(Denied),
    };
    state.activate_session(&session, user_agent);
    let token = match token.filter(|token| state.session_of_token(token).is_some()) {
        Some(token) => token.to_owned(),
        None => state.session_token(&session).ok_or(Denied)?,
    };
    Ok(Visit {
        inquiry: inquiry.to_owned(),
        token,
        started: status == Status::Pending,
    })
}

/// The live session of this inquiry that a token opens.
fn session_of(state: &State, inquiry: &str, token: Option<&str>) -> Option<String> {
    let session = state.session_of_token(token?)?;
    (session.inquiry == inquiry).then(|| session.id.clone())
}
