//! Carrying a request out, once.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;

use super::{input::Asked, kind::Kind, problem::Problem};
use crate::{
    keys::Caller,
    replay::{Begun, Reply, Turn},
    state::AppState,
    store::{self, Change},
};

/// Says that an answer was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A request that may be carried out.
#[derive(Debug)]
pub(super) struct Act<T> {
    /// Who asks.
    pub(super) caller: Caller,
    /// What for.
    pub(super) input: T,
    turn: Turn,
}

/// What to do with a request.
#[derive(Debug)]
pub(super) enum Next<T> {
    /// Carry it out.
    Act(Act<T>),
    /// It was carried out; answer so.
    Answer(Response),
}

impl<T> Asked<T> {
    /// Takes the turn to carry the request out, or gives the answer that was given before.
    pub(super) async fn begin(self, state: &AppState) -> Result<Next<T>, Problem> {
        let turn = match self.named {
            None => Turn::unnamed(),
            Some((slot, fingerprint)) => match state.replays.begin(slot, fingerprint).await? {
                Begun::Turn(turn) => turn,
                Begun::Again(reply) => return Ok(Next::Answer(again(reply))),
                Begun::Other => {
                    let detail = "Another request was carried out under this Idempotency-Key.";
                    return Err(Problem::new(Kind::IdempotencyMismatch, detail));
                }
                Begun::UnderWay => {
                    let detail = "A request with this Idempotency-Key is being carried out.";
                    return Err(Problem::new(Kind::RequestUnderWay, detail));
                }
                Begun::Unreadable => {
                    let detail = "It was carried out, but its answer can be read no more.";
                    return Err(Problem::new(Kind::AnswerLost, detail));
                }
            },
        };
        Ok(Next::Act(Act {
            caller: self.caller,
            input: self.input,
            turn,
        }))
    }
}

impl<T> Act<T> {
    /// The turn, for the change that carries the request out. Whoever calls this keeps the act until that is committed.
    pub(super) fn turn(&self) -> Turn {
        self.turn.clone()
    }
}

/// Writes an answer, and keeps it in the change that carries the request out.
pub(super) fn reply(
    change: &Change<'_>,
    turn: &Turn,
    status: StatusCode,
    body: &impl Serialize,
) -> store::Result<Reply> {
    let reply = Reply {
        status: status.as_u16(),
        body: serde_json::to_vec(body).map_err(|_| store::Error::Interrupted)?,
    };
    turn.keep(change, &reply)?;
    Ok(reply)
}

/// An answer on its way.
pub(super) fn answer(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let media_type = HeaderValue::from_static("application/json");
    (status, [(CONTENT_TYPE, media_type)], reply.body).into_response()
}

fn again(reply: Reply) -> Response {
    let mut response = answer(reply);
    let yes = HeaderValue::from_static("true");
    response.headers_mut().insert(REPLAYED, yes);
    response
}
