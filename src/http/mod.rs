//! HTTP: the router and everything that stands around the pages.

mod figures;
mod headers;
mod health;
mod limits;
mod log;
mod method;
mod origin;
mod request_id;
mod site;
mod webhooks;
mod words;

use std::{
    future::{Future, IntoFuture as _},
    io,
    net::SocketAddr,
    time::Duration,
};

use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
    serve::ListenerExt as _,
};
use tokio::{net::TcpListener, task::JoinHandle, time::sleep};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
};

pub use figures::serve_figures;

use crate::{
    api, ops, paths, portal,
    state::{AppState, Parts},
};

/// Nothing that a browser sends us is longer, in bytes.
const LONGEST_BODY: usize = 16 * 1024;
/// No request takes longer; calls to Persona are bounded well below.
const LONGEST_REQUEST: Duration = Duration::from_secs(40);
/// How often the counters of addresses that stopped asking are thrown away.
const LIMITS_SWEEP: Duration = Duration::from_mins(1);

/// The whole application as a service.
pub fn router(state: AppState) -> Router {
    // Views are rendered by tasks of Leptos' own; a second router of the same process finds it set.
    any_spawner::Executor::init_tokio().ok();
    let pages = Router::new()
        .route("/", get(portal::home::show))
        .route(paths::LINK, get(portal::link::show).post(portal::link::go))
        .route(paths::HAND_OFF, post(portal::hand_off::make))
        .route(paths::CHECK, post(portal::link::check))
        .route(
            paths::RECOVER,
            get(portal::recover::show).post(portal::recover::ask),
        )
        .route(paths::RECOVER_SENT, get(portal::recover::sent))
        .route(
            paths::RETURN,
            get(portal::return_to::show).post(portal::return_to::act),
        )
        .fallback(portal::home::not_found)
        .layer(from_fn_with_state(state.clone(), limits::pages));
    let acts = Router::new()
        .route(
            &format!("{}/{{act}}", paths::API),
            post(portal::acts::handle),
        )
        .layer(from_fn_with_state(state.clone(), limits::acts));
    let ops = ops::router(&state)
        .merge(api::docs())
        .layer(from_fn_with_state(state.clone(), limits::pages));
    let browsers = acts
        .merge(site::routes(&state))
        .merge(pages)
        .merge(ops)
        .merge(health::routes());
    // Machines prove by a key or a signature who they are.
    let machines = api::router(&state).merge(webhooks::routes());
    around(for_browsers(browsers, &state).merge(machines), state)
}

/// Puts around routes what no browser's request is answered without.
pub fn guarded(routes: Router<AppState>, state: AppState) -> Router {
    around(for_browsers(routes, &state), state)
}

/// What browsers send comes from our own pages only and is never long; whatever fails is answered in words.
fn for_browsers(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    let guards = ServiceBuilder::new()
        .layer(from_fn_with_state(state.clone(), words::give))
        .layer(CatchPanicLayer::custom(words::after_panic))
        .layer(from_fn(method::guard))
        .layer(from_fn_with_state(state.clone(), origin::guard))
        .layer(RequestBodyLimitLayer::new(LONGEST_BODY))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            LONGEST_REQUEST,
        ));
    routes.layer(guards)
}

/// What stands around every request: its ID, its line in the log, and the headers of its answer.
fn around(routes: Router<AppState>, state: AppState) -> Router {
    let layers = ServiceBuilder::new()
        .layer(from_fn(request_id::guard))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(state.config.server.client_ip.clone().into_extension())
        .layer(from_fn_with_state(state.clone(), log::requests))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(CatchPanicLayer::custom(words::after_panic));
    routes.layer(layers).with_state(state)
}

/// Answers requests and does nothing in the background, until it is dropped.
///
/// # Errors
/// When the listener fails.
pub async fn answer(listener: TcpListener, state: AppState) -> io::Result<()> {
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).await
}

/// Serves until `stop` resolves, then finishes what is under way, for as long as the settings allow.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    employ(&state);
    let helping = [
        tokio::spawn(sweep_limits(state.clone())),
        tokio::spawn(state.deliveries.clone().follow_commits()),
    ];
    let settings = state.config.server.clone();
    let stopping = state.stopping.clone();
    let stop = async move {
        stop.await;
        // A stream has no end of its own, and whoever waits for all answers would wait for it.
        stopping.cancel();
        // Whoever sends us requests is to learn first, from /readyz, that they should not.
        sleep(settings.drain()).await;
    };
    let app = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    // Without it each small answer waits for the client's delayed acknowledgement.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY is not set");
        }
    });
    let serving = axum::serve(listener, app).with_graceful_shutdown(stop);
    let served = tokio::select! {
        served = serving.into_future() => served,
        () = too_late(&state) => {
            tracing::warn!("requests that took too long were cut off");
            Ok(())
        }
    };
    helping.iter().for_each(JoinHandle::abort);
    state.crew.leave(state.config.server.patience()).await;
    state.store.close().await;
    served
}

/// Everything that is done in the background.
fn employ(state: &AppState) {
    let Parts { crew, stopping, .. } = &**state;
    crew.employ(state.mirror.clone(), stopping.clone());
    crew.employ(state.bulks.clone(), stopping.clone());
    crew.employ(state.webhooks.clone(), stopping.clone());
    crew.employ(state.sweeps.clone(), stopping.clone());
    crew.employ(state.watch.clone(), stopping.clone());
    crew.employ(state.replays.clone(), stopping.clone());
    crew.employ(state.deliveries.clone(), stopping.clone());
    crew.employ(state.recovery.clone(), stopping.clone());
    crew.employ(state.notifier.clone(), stopping.clone());
    crew.employ(state.policies.clone(), stopping.clone());
}

/// Resolves when nobody waits any longer for requests to end.
async fn too_late(state: &AppState) {
    let settings = &state.config.server;
    state.stopping.cancelled().await;
    sleep(settings.drain() + settings.patience()).await;
}

async fn sweep_limits(state: AppState) {
    let mut tick = tokio::time::interval(LIMITS_SWEEP);
    loop {
        tick.tick().await;
        state.limits.forget_idle();
        state.staff.forget_idle().await;
        state.quota.forget_idle();
    }
}

/// What a middleware calls to go on.
type Next = axum::middleware::Next;
